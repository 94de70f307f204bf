//! Tasks: list, run, detail, stop.

pub mod api;
mod containers;
mod detail_page;
pub mod draft;
mod exit_code;
mod list_page;
pub mod model;
mod phases;
mod placement;
pub mod run_draft;
mod run_fields;
pub mod run_model;
mod run_page;
#[cfg(test)]
pub mod samples;
#[cfg(feature = "ssr")]
mod started_by;
pub mod state;
mod stop_dialog;
mod stop_signs;
mod stopped;
mod table;
mod timeline;
#[cfg(feature = "ssr")]
pub mod view;

pub use detail_page::TaskPage;
pub use list_page::TasksPage;
pub use run_page::RunTaskPage;
pub use state::{health_state, place_words, task_state};
pub use table::TasksTable;
