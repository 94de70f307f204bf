//! What came out of a change, for the audit log: what nobody could know before it was made.

use crate::names::{ClusterName, Revision, ServiceName, TaskId};
use crate::status::model::StatusPage;
use crate::task_definitions::drafts::model::Made;
use crate::task_definitions::model::DeletedRevisions;
use crate::tasks::run_model::RunOutcome;
use crate::weather::model::Weather;
use crate::words::tasks;

/// The answer of a change.
pub trait CameOut {
    /// What came out of it, in words; empty when the change itself says it all. Nothing secret: it
    /// is written to the audit log as it is.
    fn came_out(&self) -> String {
        String::new()
    }

    /// The tasks that it started.
    fn started(&self) -> &[TaskId] {
        &[]
    }
}

impl CameOut for () {}
impl CameOut for ClusterName {}
impl CameOut for (ClusterName, ServiceName) {}
impl CameOut for Weather {}
/// A draft's id is its link.
impl CameOut for Made {}
/// A page's link is as good as a password.
impl CameOut for StatusPage {}

impl CameOut for Revision {
    fn came_out(&self) -> String {
        self.to_string()
    }
}

impl CameOut for DeletedRevisions {
    fn came_out(&self) -> String {
        let refused =
            self.refused.iter().map(|(revision, said)| format!("{revision} kept: {said}"));
        self.deleted
            .iter()
            .map(|revision| revision.number.to_string())
            .chain(refused)
            .collect::<Vec<_>>()
            .join(", ")
    }
}

impl CameOut for RunOutcome {
    /// With every id, so that the log finds the run of any of its tasks.
    fn came_out(&self) -> String {
        let ids: Vec<&str> = self.tasks.iter().map(|id| id.as_str()).collect();
        let started = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        let count = if started == self.asked {
            tasks(started)
        } else {
            format!("{started} of {}", tasks(self.asked))
        };
        format!("{count}: {}", ids.join(", "))
    }

    fn started(&self) -> &[TaskId] {
        &self.tasks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_says_how_many_started_and_which() {
        for (asked, ids, said) in [
            (1, &["a"][..], "1 task: a"),
            (2, &["a", "b"], "2 tasks: a, b"),
            (5, &["a", "b"], "2 of 5 tasks: a, b"),
            (5, &["a"], "1 of 5 tasks: a"),
        ] {
            let run = RunOutcome {
                cluster: "batch".parse().unwrap(),
                asked,
                group: "family:etl".into(),
                tasks: ids.iter().map(|id| id.parse().unwrap()).collect(),
                failures: Vec::new(),
            };
            assert_eq!(run.came_out(), said);
        }
    }
}
