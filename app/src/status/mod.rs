//! Status pages: what the team shares with anyone who has the link.

#[expect(missing_docs, reason = "the arguments of a function are the members of its struct")]
pub mod api;
mod chosen;
pub mod draft;
mod edit_page;
mod form;
mod form_page;
mod link;
mod list_page;
pub mod model;
mod picker;
mod preview_page;
pub mod public;
#[cfg(feature = "hydrate")]
mod public_live;
mod public_page;
mod public_parts;
mod table;
#[cfg(feature = "ssr")]
pub mod view;

pub use edit_page::EditStatusPagePage;
pub use form_page::NewStatusPagePage;
pub use list_page::StatusPagesPage;
pub use preview_page::StatusPagePreviewPage;
pub use public_page::PublicStatusPage;
