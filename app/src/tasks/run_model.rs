//! What the form to run tasks offers, and what came of it.

use serde::{Deserialize, Serialize};

use crate::names::{ClusterName, TaskId};
use crate::services::choices::ServiceChoices;
use crate::services::model::Network;

/// What there is to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunChoices {
    /// Clusters and families.
    pub what: ServiceChoices,
    /// Networks that services use, to take over.
    pub networks: Vec<KnownNetwork>,
}

/// The network of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownNetwork {
    /// The service's cluster.
    pub cluster: ClusterName,
    /// The service's name.
    pub service: String,
    /// Its network.
    pub network: Network,
}

/// What came of it: some may have started although others could not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunOutcome {
    /// Where.
    pub cluster: ClusterName,
    /// How many were asked for.
    #[serde(default)]
    pub asked: u32,
    /// Their group.
    pub group: String,
    /// The tasks that were accepted.
    pub tasks: Vec<TaskId>,
    /// Why the others were not, in AWS's words.
    pub failures: Vec<String>,
}

impl RunOutcome {
    /// How many started: `5 of 9 tasks started`.
    pub fn started(&self) -> String {
        format!("{} of {} tasks started", self.tasks.len(), self.asked)
    }
}
