//! Who is there: the cookie, passwords, sign-in, one-time links.

mod answers;
mod device;
mod handlers;
mod members;
mod next;
mod passwords;
mod peer;
mod record;
mod revocations;
mod session;
mod set_up;
#[cfg(test)]
mod tests;
mod throttle;

pub use handlers::{Auth, sign_in, sign_out};
pub use members::{INVITATION_MS, Members, SET_UP_MS, set_up_link};
pub use next::safe_next;
pub use passwords::{PasswordError, Passwords};
pub use peer::{Peer, TrustForwarded};
pub use revocations::Revocations;
pub use session::{
    ABSOLUTE_MS, IDLE_MS, OpenSession, Sessions, member_of, note_use, session_layer,
};
pub use set_up::set_up;
