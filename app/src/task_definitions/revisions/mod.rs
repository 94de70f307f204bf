//! Revisions in numbers: which can be deregistered or deleted, and doing so one after the other.

pub mod api;
mod bulk;
mod clean_up;
pub mod plan;
mod progress;
mod table;

pub use bulk::{BulkDialog, Wanted};
pub use clean_up::CleanUp;
pub use plan::Work;
pub use table::RevisionsTable;
