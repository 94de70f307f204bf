//! The frame around the pages of members: where one is, who one is, and how fresh the data is.

pub mod api;
mod page;

pub use page::{MemberPages, use_role};
