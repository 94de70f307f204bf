//! Members, roles, sign-in.

mod members_page;
pub mod model;
mod set_up_page;
mod sign_in_page;

pub use members_page::MembersPage;
pub use set_up_page::SetUpPage;
pub use sign_in_page::SignInPage;
