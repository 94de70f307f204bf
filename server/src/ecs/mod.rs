//! The gateway to Amazon ECS: the console's words in, the SDK, the console's words out. The only
//! place that names the AWS SDK.

mod asks;
mod budget;
mod calls;
mod changes;
mod clusters;
mod connect;
mod documents;
mod errors;
mod identity;
mod launch;
mod neighbours;
mod next_step;
mod pages;
mod policy;
mod reads;
mod registrations;
mod services;
mod source;
mod task_definitions;
mod tasks;
mod unsent;

use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;
use aws_sdk_ecs::Client;
use berth_app::backend::{Account, Ecs};
use berth_app::error::AppError;
use berth_app::names::Revision;
use berth_app::reading::Soon;
use berth_app::task_definitions::model::TaskDefinition;

pub use budget::Budget;
pub use connect::ConnectError;
pub use neighbours::{Listed, Unlisted};
pub use policy::{operations, optional_policy, policy};
pub use source::{Found, ReadError, ReadErrorKind, Source, TaskSweep};

use calls::Calls;
use documents::{Documents, Pays};
use neighbours::Line;
use registrations::Registrations;

/// The one door to Amazon ECS. Clones share it.
#[derive(Clone, Debug)]
pub struct Gateway(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    client: Client,
    budget: Budget,
    calls: Calls,
    documents: Documents,
    /// To the services beside ECS.
    line: Line,
    registrations: Registrations,
    /// Grows when STS has said who the console is.
    account: Arc<RwLock<Account>>,
}

impl Gateway {
    /// Forgets what was kept of a revision, whose status or tags may have changed.
    pub fn forget(&self, revision: &Revision) {
        self.0.documents.forget(revision);
    }

    /// Calls made to ECS so far; repeated attempts count too.
    pub fn calls(&self) -> u64 {
        self.0.calls.total()
    }

    /// Calls made so far by operation, such as `DescribeTasks`; repeated attempts count too.
    pub fn calls_by_operation(&self) -> Vec<(String, u64)> {
        self.0.calls.by_operation()
    }
}

#[async_trait]
impl Ecs for Gateway {
    async fn task_definition(&self, revision: &Revision) -> Result<Arc<TaskDefinition>, AppError> {
        self.read_task_definition(revision, Pays::Ahead).await
    }

    async fn task_definition_soon(
        &self,
        revision: &Revision,
    ) -> Result<Soon<Arc<TaskDefinition>>, AppError> {
        self.read_task_definition_soon(revision).await
    }

    fn account(&self) -> Account {
        self.0.account.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
