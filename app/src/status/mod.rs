//! Status pages: what the team shares with anyone who has the link.

mod edit_page;
mod form_page;
mod list_page;
pub mod model;
mod public_page;

pub use edit_page::EditStatusPagePage;
pub use form_page::NewStatusPagePage;
pub use list_page::StatusPagesPage;
pub use public_page::PublicStatusPage;
