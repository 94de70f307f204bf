//! Application Auto Scaling of services: targets with their bounds, and target
//! tracking policies that move the desired count by the metrics of CloudWatch.

mod operations;
mod tracking;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use operations::BUILT;
pub(crate) use tracking::look;

/// Scalable targets by resource id, `service/cluster/name`.
pub(crate) type Targets = BTreeMap<String, Target>;

/// A service whose desired count may be moved.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Target {
    min: i64,
    max: i64,
    /// Milliseconds since the epoch, as all times here.
    created_at: i64,
    role: Option<String>,
    policies: BTreeMap<String, Policy>,
    /// Newest last, a hundred at most.
    activities: Vec<Activity>,
    moved_at: Option<i64>,
    /// The next look is planned; there must not be two.
    watched: bool,
}

/// A target tracking policy, as it was put.
#[derive(Debug, Serialize, Deserialize)]
struct Policy {
    arn: String,
    created_at: i64,
    configuration: Value,
}

/// A move of the desired count, or none with the reason why.
#[derive(Debug, Serialize, Deserialize)]
struct Activity {
    id: String,
    at: i64,
    count: u32,
    cause: String,
}
