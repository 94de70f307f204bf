//! What is said of tasks before they run.

use serde::{Deserialize, Serialize};

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
