//! The gateway to Amazon ECS: the console's words in, the SDK, the console's words out. The only
//! place that names the AWS SDK.

mod calls;
mod changes;
mod clusters;
mod connect;
mod documents;
mod errors;
mod identity;
mod launch;
mod next_step;
mod pages;
mod reads;
mod services;
mod source;
mod task_definitions;
mod tasks;

use std::sync::{Arc, PoisonError, RwLock};

use aws_sdk_ecs::Client;
use berth_app::backend::Account;
use berth_app::names::Revision;

pub use connect::ConnectError;
pub use source::{ReadError, ReadErrorKind, Source, TaskSweep};

use calls::Calls;
use documents::Documents;

/// The one door to Amazon ECS. Clones share it.
#[derive(Clone, Debug)]
pub struct Gateway(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    client: Client,
    calls: Calls,
    documents: Documents,
    /// Grows when STS has said who the console is.
    account: Arc<RwLock<Account>>,
}

impl Gateway {
    /// What is known of the account so far.
    fn known_account(&self) -> Account {
        self.0.account.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Forgets what was kept of a revision, whose status or tags may have changed.
    pub fn forget(&self, revision: &Revision) {
        self.0.documents.forget(revision);
    }

    /// Calls made so far by operation, such as `DescribeTasks`; repeated attempts count too.
    pub fn calls_by_operation(&self) -> Vec<(String, u64)> {
        self.0.calls.by_operation()
    }
}
