//! What is said of tasks before they run.

use serde::{Deserialize, Serialize};

use crate::clusters::model::StrategyItem;
use crate::names::{ClusterName, Revision};

/// What runs, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Launch {
    /// In which cluster.
    pub cluster: ClusterName,
    /// What.
    pub revision: Revision,
    /// On what.
    pub compute: Compute,
    /// With awsvpc only.
    pub network: Option<Network>,
}

/// What tasks run on: one launch type, one strategy, or (neither) the cluster's default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compute {
    /// What the cluster's default strategy says; without one, EC2.
    ClusterDefault,
    /// `FARGATE`, `EC2` or `EXTERNAL`.
    LaunchType(String),
    /// Shares by capacity provider.
    Strategy(Vec<StrategyItem>),
}

/// The network of awsvpc tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    /// At most 16, of one VPC.
    pub subnets: Vec<String>,
    /// At most 5.
    pub security_groups: Vec<String>,
    /// Whether tasks get a public address (Fargate only).
    pub public_ip: bool,
}
