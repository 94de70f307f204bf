//! Who is there: the cookie, passwords, sign-in, one-time links.

mod session;

pub use session::{ABSOLUTE_MS, IDLE_MS, Sessions, member_of, session_layer};
