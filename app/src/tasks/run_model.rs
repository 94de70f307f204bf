//! What came of running tasks.

use serde::{Deserialize, Serialize};

use crate::names::{ClusterName, TaskId};
use crate::words::tasks;

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
        format!("{} of {} started", self.tasks.len(), tasks(self.asked))
    }
}
