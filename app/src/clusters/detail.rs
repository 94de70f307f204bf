//! What the detail page shows of a cluster.

use serde::{Deserialize, Serialize};

use super::model::{StrategyItem, Tag};
use crate::listing::Row;
use crate::names::{ClusterName, ServiceName};
use crate::timestamp::Timestamp;

/// A cluster with what is left in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusterDetail {
    /// Its name.
    pub name: ClusterName,
    /// Its ARN.
    pub arn: String,
    /// As ECS writes it.
    pub status: String,
    /// Tasks that run.
    pub running: u32,
    /// Tasks on their way.
    pub pending: u32,
    /// Capacity providers it may use.
    pub providers: Vec<String>,
    /// Its default strategy.
    pub strategy: Vec<StrategyItem>,
    /// `disabled`, `enabled` or `enhanced`; empty when ECS did not say.
    pub insights: String,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// What is in it.
    pub remains: Remains,
}

/// What keeps a cluster from being deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remains {
    /// Services that are not deleted to the end.
    pub services: Vec<ServiceName>,
    /// Tasks that have not ended.
    pub tasks: usize,
    /// Registered instances.
    pub instances: u32,
}

impl Remains {
    /// Whether nothing is left: ECS will delete the cluster.
    pub fn is_empty(&self) -> bool {
        self.services.is_empty() && self.tasks == 0 && self.instances == 0
    }
}

/// One event of one of the cluster's services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedEvent {
    /// `service/event`.
    pub key: String,
    /// Whose it is.
    pub service: ServiceName,
    /// When it was written.
    pub at: Timestamp,
    /// AWS's words, without the service's name.
    pub message: String,
}

impl Row for FeedEvent {
    fn key(&self) -> &str {
        &self.key
    }
}
