//! Members, roles, sign-in.

pub mod api;
pub mod draft;
pub mod flash;
mod members_page;
pub mod model;
mod set_up_page;
mod sign_in_page;
#[cfg(feature = "ssr")]
pub mod view;

pub use members_page::MembersPage;
pub use set_up_page::SetUpPage;
pub use sign_in_page::SignInPage;
