//! Tasks: list, run, detail, stop.

mod detail_page;
mod list_page;
pub mod model;
mod run_page;
#[cfg(feature = "ssr")]
pub mod view;

pub use detail_page::TaskPage;
pub use list_page::TasksPage;
pub use run_page::RunTaskPage;
