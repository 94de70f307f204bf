//! The audit log.

pub mod api;
mod list_page;
pub mod model;
mod table;
mod words;

pub use list_page::AuditPage;
