//! What a new revision changes: the third view of the form's document, the page that compares any
//! two revisions, and what to do with one that was registered.

pub mod api;
#[cfg(feature = "ssr")]
pub mod asked;
mod changes_view;
mod compare_page;
mod lines_view;
pub mod model;
mod next;
mod panel;
mod revision_field;
mod schedule;
mod state;
mod tools;
mod update;
mod views;

pub use compare_page::ComparePage;
pub use next::NextSteps;
pub use panel::{ReviewLine, ReviewPanel};
pub use revision_field::RevisionField;
pub use state::Review;
pub use tools::{RevisionTools, SinceLine};
pub use views::{BesideTabs, NarrowTabs, View};

use crate::error::AppError;
use crate::names::Revision;

/// The answer to whoever registers what is there already.
pub fn equals(newest: &Revision) -> AppError {
    AppError::refused(
        format!("It would equal {newest}: nothing in it changes."),
        format!("Change something first, or go on with {newest}."),
    )
}
