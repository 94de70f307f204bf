//! Services: list, create, detail, scale, deploy, delete.

mod action_dialog;
mod actions;
pub mod api;
mod configuration;
mod delete_dialog;
mod deploy_dialog;
mod deployments;
pub mod detail;
mod detail_page;
pub mod draft;
pub mod draft_changes;
mod draft_rules;
mod event_list;
pub mod events;
mod form_fields;
mod form_page;
mod form_rolling;
pub mod last_deployment;
mod list_page;
mod mark;
pub mod model;
mod of_cluster;
mod overview;
mod percent;
mod restart_dialog;
#[cfg(test)]
pub mod samples;
mod scale_dialog;
pub mod state;
mod table;
pub mod task_line;
mod task_lines;
#[cfg(feature = "ssr")]
pub mod view;
#[cfg(feature = "ssr")]
mod view_tasks;

pub use detail_page::ServicePage;
pub use event_list::event_words;
pub use events::event_tone;
pub use form_page::NewServicePage;
pub use list_page::ServicesPage;
pub use mark::ServiceMark;
pub use of_cluster::{ServicesOf, ServicesOfCluster, ask_services_of};
pub use table::ServicesTable;
pub use task_lines::{TaskLines, TasksOf, ask_tasks_of};
