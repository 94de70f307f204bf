//! Tells open event streams that a member's rights have changed.

use tokio::sync::broadcast;

/// Changes that a slow listener may fall behind; who falls further behind checks its member.
const BACKLOG: usize = 64;

/// Whose rights have changed: signed out, disabled, another role, a new password. Clones share it.
#[derive(Clone, Debug)]
pub struct Revocations(broadcast::Sender<i64>);

impl Default for Revocations {
    fn default() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }
}

impl Revocations {
    /// The members whose rights change from now on. A stream ends when it hears its own member, or
    /// that it lagged; a browser that is still signed in comes back by itself.
    pub fn listen(&self) -> broadcast::Receiver<i64> {
        self.0.subscribe()
    }

    /// Tells every stream.
    pub fn revoke(&self, member: i64) {
        // Nobody may be listening.
        let _ = self.0.send(member);
    }
}
