//! What was done, by whom, and how it ended.

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;

/// One line of the audit log. Of a change it is written before the change is tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Given by the store, growing.
    pub id: i64,
    /// When the change was asked for.
    pub at: Timestamp,
    /// The member's email at the time, `visitor` for a try to sign in that failed, or `console` for
    /// what nobody signed in asked for.
    pub who: String,
    /// What was done, as `Change::verb`: `service.scaled`.
    pub what: String,
    /// To what, as `Change::subject`: `production/checkout-api`.
    pub subject: String,
    /// Particulars without secrets, as `Change::detail`: `2 → 4 tasks`.
    pub detail: String,
    /// How it ended.
    pub outcome: Outcome,
    /// Finds the request in the server's log.
    pub request_id: String,
}

/// How a change ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Asked for; the end is not (yet) known.
    Pending,
    /// Done; with what came out of it, where that says more than the change did: `web:8`.
    Done(String),
    /// Refused or failed, in one sentence.
    Failed(String),
}

impl Outcome {
    /// Its kind in one word, for machines.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Done(_) => "done",
            Self::Failed(_) => "failed",
        }
    }
}
