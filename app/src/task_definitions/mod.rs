//! Task definitions: families, revisions, authoring.

mod api;
pub mod document;
mod family_page;
mod form_page;
pub mod import;
mod list_page;
pub mod model;
#[cfg(feature = "ssr")]
mod redact;
mod revision_page;
pub mod rules;
mod table;
#[cfg(feature = "ssr")]
pub mod view;

pub use family_page::FamilyPage;
pub use form_page::NewTaskDefinitionPage;
pub use list_page::FamiliesPage;
pub use revision_page::RevisionPage;
