//! Task definitions: families, revisions, authoring.

mod family_page;
mod form_page;
mod list_page;
pub mod model;
mod revision_page;
#[cfg(feature = "ssr")]
pub mod view;

pub use family_page::FamilyPage;
pub use form_page::NewTaskDefinitionPage;
pub use list_page::FamiliesPage;
pub use revision_page::RevisionPage;
