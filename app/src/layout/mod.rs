//! The frame around the pages of members: where one is, who one is, and how fresh the data is.

pub mod api;
mod page;
mod refusal;

pub use page::{MemberPages, NoSuchPage, NotFound, use_member_key, use_role};
pub use refusal::{ForRole, use_refusal, use_refusal_of_ecs};
