//! Drafts: what is typed is kept from the first letter on, by the console and meanwhile by the
//! browser, listed, handed over by link, and merged when two people are in one.
//!
//! The form's page begins with [`begun_from`], makes a [`Keeping`] beside the form, shows its
//! [`KeepingBar`] and tells it of the registration: that is all it needs to know.

pub mod api;
mod bar;
mod book;
mod browser;
mod choices;
mod count_link;
mod hand_over;
mod keeping;
mod list_page;
mod listening;
mod meeting;
pub mod model;
mod sending;
mod table;

pub use bar::KeepingBar;
pub use count_link::DraftsLink;
pub use keeping::{Keeping, begun_from};
pub use list_page::DraftsPage;
