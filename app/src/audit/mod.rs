//! The audit log.

mod list_page;
pub mod model;

pub use list_page::AuditPage;
