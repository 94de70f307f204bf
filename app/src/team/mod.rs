//! Members, roles, sign-in.

mod add_dialog;
pub mod api;
mod change_dialogs;
pub mod draft;
pub mod flash;
mod link_panel;
mod members_page;
pub mod model;
mod set_up_page;
mod sign_in_page;
mod table;
#[cfg(feature = "ssr")]
pub mod view;

pub use members_page::MembersPage;
pub use set_up_page::SetUpPage;
pub use sign_in_page::SignInPage;
