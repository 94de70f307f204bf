//! Task definitions: families, revisions, authoring.

mod actions;
pub mod api;
mod beginning;
pub mod choices;
pub mod drafts;
mod editor;
mod family_page;
mod form;
mod form_page;
mod list_page;
pub mod model;
mod overview;
#[cfg(feature = "ssr")]
mod redact;
pub mod review;
mod revision_page;
pub mod revisions;
pub mod start;
mod table;
pub mod team_templates;
#[cfg(feature = "ssr")]
pub mod view;

pub use berth_definition::{
    convert, diff, document, export, field, finding, import, merge, rules, schema, secrecy,
    summary, templates, text,
};
pub use family_page::FamilyPage;
pub use form_page::NewTaskDefinitionPage;
pub use list_page::FamiliesPage;
pub use review::ComparePage;
pub use revision_page::RevisionPage;
