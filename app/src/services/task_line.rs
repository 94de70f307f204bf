//! A task in one line, for the pages of clusters and services.

use serde::{Deserialize, Serialize};

use crate::listing::Row;
use crate::names::{ClusterName, Revision, TaskId};
use crate::tasks::model::Task;
use crate::tasks::state::task_state;
use crate::timestamp::Timestamp;
use crate::ui::Tone;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskLine {
    /// The id, as the line's key.
    pub key: String,
    /// The cluster it runs in.
    pub cluster: ClusterName,
    /// Its id.
    pub id: TaskId,
    /// `service:NAME`, `family:NAME`, or what the launcher chose.
    pub group: String,
    /// The revision it runs.
    pub revision: Revision,
    /// Whose it is while one deployment takes the place of another; none at other times.
    pub side: Option<Side>,
    /// Where it stands.
    pub last_status: String,
    /// Where ECS wants it.
    pub desired_status: String,
    /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
    pub health: String,
    /// When it was accepted, started, or stopped: the last of these.
    pub since: Option<Timestamp>,
    /// Why it stopped, in AWS's words.
    pub reason: Option<String>,
    /// What went wrong at its end, as [`Task::bad_end`].
    pub bad_end: Option<String>,
}

/// A side of a rolling deployment. The revision alone doesn't tell: both may run the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Of the deployment that shall stay: the new one, or in a rollback the one gone back to.
    Present,
    /// Of a deployment that is being replaced.
    Replaced,
}

impl Side {
    /// The side in two words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Present => "present deployment",
            Self::Replaced => "deployment before",
        }
    }
}

impl Row for TaskLine {
    fn key(&self) -> &str {
        &self.key
    }
}

impl From<&Task> for TaskLine {
    fn from(task: &Task) -> Self {
        let times = &task.times;
        Self {
            key: task.id.to_string(),
            cluster: task.cluster.clone(),
            id: task.id.clone(),
            group: task.group.clone(),
            revision: task.task_definition.clone(),
            side: None,
            last_status: task.last_status.clone(),
            desired_status: task.desired_status.clone(),
            health: task.health.clone(),
            since: times.stopped_at.or(times.started_at).or(times.created_at),
            reason: task.stopped_reason.clone(),
            bad_end: task.bad_end(),
        }
    }
}

impl TaskLine {
    /// How it stands, in a word; health counts where it is checked.
    pub fn standing(&self) -> (Tone, String) {
        match (self.last_status.as_str(), self.desired_status.as_str()) {
            (last @ "STOPPED", desired) => task_state(last, desired, self.bad_end.as_deref()),
            (_, "STOPPED") => (Tone::Busy, "Stopping".to_owned()),
            ("RUNNING", _) if self.health == "UNHEALTHY" => (Tone::Bad, "Unhealthy".to_owned()),
            ("RUNNING", _) if self.health == "HEALTHY" => (Tone::Good, "Healthy".to_owned()),
            ("RUNNING", _) => (Tone::Good, "Running".to_owned()),
            (status, _) => {
                let mut word = status.to_lowercase();
                if let Some(first) = word.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                (Tone::Busy, word)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_stands_in_a_word() {
        for (last, desired, health, tone, word) in [
            ("RUNNING", "RUNNING", "UNKNOWN", Tone::Good, "Running"),
            ("RUNNING", "RUNNING", "HEALTHY", Tone::Good, "Healthy"),
            ("RUNNING", "RUNNING", "UNHEALTHY", Tone::Bad, "Unhealthy"),
            ("RUNNING", "STOPPED", "HEALTHY", Tone::Busy, "Stopping"),
            ("STOPPED", "STOPPED", "UNKNOWN", Tone::Idle, "Stopped"),
            ("PENDING", "RUNNING", "UNKNOWN", Tone::Busy, "Pending"),
        ] {
            let line = TaskLine {
                key: "a".into(),
                cluster: "c".parse().unwrap(),
                id: "a".parse().unwrap(),
                group: "service:web".into(),
                revision: "web:1".parse().unwrap(),
                side: None,
                last_status: last.into(),
                desired_status: desired.into(),
                health: health.into(),
                since: None,
                reason: None,
                bad_end: None,
            };
            assert_eq!(line.standing(), (tone, word.to_owned()));
        }
    }
}
