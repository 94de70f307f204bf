//! What the console knows of a cluster.

use serde::{Deserialize, Serialize};

use crate::listing::Row;
use crate::names::ClusterName;

/// A cluster as ECS last described it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cluster {
    /// Its name.
    pub name: ClusterName,
    /// Its ARN.
    pub arn: String,
    /// `ACTIVE`, `PROVISIONING`, `DEPROVISIONING`, `FAILED` or `INACTIVE`.
    pub status: String,
    /// Tasks in state RUNNING.
    pub running_tasks: u32,
    /// Tasks on their way to RUNNING.
    pub pending_tasks: u32,
    /// Services that are ACTIVE.
    pub active_services: u32,
    /// Registered container instances.
    pub instances: u32,
    /// Capacity providers it may use.
    pub capacity_providers: Vec<String>,
    /// How tasks are spread when a launch says nothing of it.
    pub default_strategy: Vec<StrategyItem>,
    /// `disabled`, `enabled` or `enhanced`; empty when ECS did not say.
    pub container_insights: String,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// One provider of a capacity provider strategy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StrategyItem {
    /// The capacity provider's name.
    pub provider: String,
    /// Its share beyond the base, 0 to 1000.
    pub weight: u32,
    /// Tasks that it runs first, 0 to 100,000.
    pub base: u32,
}

/// A tag: a key of 1 to 128 characters and a value of up to 256.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Unique in its resource.
    pub key: String,
    /// May be empty.
    pub value: String,
}

/// What the list shows of a cluster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusterRow {
    /// The name, as the row's key.
    pub key: String,
    /// The name.
    pub name: ClusterName,
    /// As [`Cluster::status`].
    pub status: String,
    /// Tasks that run.
    pub running: u32,
    /// Tasks on their way.
    pub pending: u32,
    /// Services that are ACTIVE.
    pub services: u32,
    /// Services that need a look: failing, degraded, rolled back.
    pub ailing: u32,
    /// Registered instances.
    pub instances: u32,
    /// Capacity providers it may use.
    pub providers: Vec<String>,
}

impl Row for ClusterRow {
    fn key(&self) -> &str {
        &self.key
    }
}

/// The states of a cluster, as ECS writes them.
pub const STATUSES: [&str; 5] = ["ACTIVE", "PROVISIONING", "DEPROVISIONING", "FAILED", "INACTIVE"];

/// A cluster's state in a word; one that is not known yet stays as ECS writes it.
pub fn status_word(status: &str) -> String {
    match status {
        "ACTIVE" => "Active".to_owned(),
        "PROVISIONING" => "Being set up".to_owned(),
        "DEPROVISIONING" => "Being taken down".to_owned(),
        "FAILED" => "Failed".to_owned(),
        "INACTIVE" => "Deleted".to_owned(),
        other => other.to_owned(),
    }
}
