//! What happens at the door, in the audit log.
//!
//! Strangers write here, so it is bounded what they can make of it: an email that they typed is only
//! repeated when it is a member's, tries at a member are limited by the throttle, and of all others
//! there are at most [`STRANGERS_MAX`] in [`WINDOW_MS`]. A locked email or address is noted once.

use std::sync::{Arc, Mutex, PoisonError};

use berth_app::audit::model::Outcome;
use berth_app::backend::Access;
use berth_app::timestamp::Timestamp;

use super::peer::Peer;
use super::throttle::{Lock, TRIES, WINDOW_MS};
use crate::clock::Clock;
use crate::store::{AuditKey, NewAuditEntry, Store, StoreError};

/// Entries about nobody who is known, in [`WINDOW_MS`]: enough to see what goes on.
pub(super) const STRANGERS_MAX: usize = 50;
/// Who is written down for somebody who is not signed in.
pub(super) const VISITOR: &str = "visitor";
/// The subject of a try with an email that no member has: it may be anything, a password too.
pub(super) const UNKNOWN: &str = "unknown email";

/// Writes to the audit log. Clones share the bound.
#[derive(Clone)]
pub(super) struct Record {
    store: Store,
    clock: Arc<dyn Clock>,
    strangers: Arc<Mutex<Strangers>>,
}

/// How much was written about strangers lately.
struct Strangers {
    since: Timestamp,
    entries: usize,
}

impl Record {
    pub(super) fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        let strangers = Strangers { since: clock.now(), entries: 0 };
        Self { store, clock, strangers: Arc::new(Mutex::new(strangers)) }
    }

    /// Something that a member did. Whoever is let in by it must wait for this: nobody comes in
    /// without a record.
    pub(super) async fn member(
        &self,
        access: Access,
        email: &str,
        from: &Peer,
    ) -> Result<(), StoreError> {
        let key = AuditKey { who: email, what: access.verb(), subject: email };
        tracing::info!(who = email, what = key.what, address = %from.address, "at the door");
        self.write(key, from, &Outcome::Done(String::new())).await
    }

    /// A refused sign-in with a member's email, or with one that nobody has.
    pub(super) fn refused(&self, known: Option<&str>, said: &str, from: &Peer) {
        self.visitor(Access::Refused, known, said.to_owned(), from);
    }

    /// A try that was turned away unchecked; `known` is the member whose email was tried.
    pub(super) fn locked(&self, lock: Lock, known: Option<&str>, from: &Peer) {
        let minutes = WINDOW_MS / 60_000;
        let (which, known) = match lock {
            Lock::Email => ("with this email", known),
            // Whose email is tried on a locked address says nothing about the member.
            Lock::Address => ("from this address", None),
            Lock::Device => ("in a browser where the member had signed in", known),
        };
        let said = format!("{TRIES} tries in {minutes} minutes {which}: the next must wait.");
        self.visitor(Access::Locked, known, said, from);
    }

    /// Writes in the background: how long it takes, and whether it is done at all, must not tell
    /// from outside whose email is known.
    fn visitor(&self, access: Access, known: Option<&str>, mut said: String, from: &Peer) {
        tracing::info!(what = access.verb(), address = %from.address, "at the door");
        if known.is_none() {
            match self.count_stranger() {
                ..STRANGERS_MAX => {}
                STRANGERS_MAX => {
                    said.push_str(
                        " There are many such tries; no more of them are listed for now.",
                    );
                }
                _ => return,
            }
        }
        let subject = known.unwrap_or(UNKNOWN).to_owned();
        let (record, from) = (self.clone(), from.clone());
        tokio::spawn(async move {
            let key = AuditKey { who: VISITOR, what: access.verb(), subject: &subject };
            if let Err(error) = record.write(key, &from, &Outcome::Failed(said)).await {
                tracing::error!(%error, "a refused sign-in can't be written down");
            }
        });
    }

    /// How many entries about strangers came before this one.
    fn count_stranger(&self) -> usize {
        let now = self.clock.now();
        let mut strangers = self.strangers.lock().unwrap_or_else(PoisonError::into_inner);
        if now.ms_since(strangers.since) >= WINDOW_MS {
            *strangers = Strangers { since: now, entries: 0 };
        }
        let before = strangers.entries;
        strangers.entries = before.saturating_add(1);
        before
    }

    async fn write(
        &self,
        key: AuditKey<'_>,
        from: &Peer,
        outcome: &Outcome,
    ) -> Result<(), StoreError> {
        // There is no form that could be sent twice; the log wants a token for each entry.
        let token = format!("{:032x}", rand::random::<u128>());
        let detail = format!("from {}", from.address);
        let (request_id, at) = (from.request_id.as_str(), self.clock.now());
        let new = NewAuditEntry { key, detail: &detail, request_id, at };
        self.store.note_audit(&token, new, outcome).await
    }
}
