//! Templates of the team: saved from the form or a revision, listed, changed, and begun from.
//!
//! The form's page begins with [`begun_from`] or [`begun_from_default`] and lends its parts the
//! [`Shelf`]: the ways to begin and the menu of sidecars show what is on it.

pub mod api;
mod begun;
mod change_dialogs;
pub mod draft;
mod list_page;
pub mod model;
mod save;
mod save_dialog;
mod shelf;
mod table;

pub use begun::{Begun, BegunFrom, begun_from, begun_from_default};
pub use list_page::TemplatesPage;
pub use save::SaveAsTemplate;
pub use shelf::{Shelf, provide_shelf, use_shelf};
