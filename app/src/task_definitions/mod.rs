//! Task definitions: families, revisions, authoring.

mod actions;
pub mod api;
pub mod document;
mod family_page;
mod form;
mod form_page;
pub mod import;
mod list_page;
pub mod model;
mod overview;
#[cfg(feature = "ssr")]
mod redact;
mod revision_page;
pub mod rules;
pub mod summary;
mod table;
#[cfg(feature = "ssr")]
pub mod view;

pub use family_page::FamilyPage;
pub use form_page::NewTaskDefinitionPage;
pub use list_page::FamiliesPage;
pub use revision_page::RevisionPage;
