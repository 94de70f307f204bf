//! The audit log: written before a change is tried, and again when it has ended.

use std::sync::Arc;

use async_trait::async_trait;
use berth_app::audit::model::{AuditEntry, Outcome};
use berth_app::backend::{Audit, Begun, Change};
use berth_app::error::AppError;
use berth_app::listing::{ListQuery, Listing};
use berth_app::names::RequestToken;

use crate::clock::Clock;
use crate::store::{AuditKey, NewAuditEntry, Store};

/// The log in the store.
#[derive(Clone)]
pub struct AuditLog {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl AuditLog {
    /// The log of a store.
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }
}

#[async_trait]
impl Audit for AuditLog {
    async fn entries(&self, query: &ListQuery) -> Result<Listing<AuditEntry>, AppError> {
        Ok(self.store.audit_entries(query).await?)
    }

    async fn begin(
        &self,
        who: &str,
        change: &Change,
        token: &RequestToken,
        request_id: &str,
    ) -> Result<Begun, AppError> {
        let (subject, detail) = (change.subject(), change.detail());
        let key = AuditKey { who, what: change.verb(), subject: &subject };
        let new = NewAuditEntry { key, detail: &detail, request_id, at: self.clock.now() };
        let begun = self.store.begin_audit(token.as_str(), new).await?;
        if matches!(begun, Some(Begun::First(_))) {
            // Also to the log, which whoever holds the database can't change afterwards.
            tracing::info!(who, what = key.what, subject, detail, request_id, "change begun");
        }
        begun.ok_or_else(|| {
            AppError::Conflict("This form was used for another change. Reload the page.".into())
        })
    }

    async fn finish(
        &self,
        id: i64,
        outcome: Outcome,
        answer: Option<String>,
    ) -> Result<(), AppError> {
        // How it ended, without what was said: that may quote what was sent.
        tracing::info!(id, outcome = outcome.kind(), "change ended");
        Ok(self.store.finish_audit(id, &outcome, answer.as_deref(), self.clock.now()).await?)
    }
}
