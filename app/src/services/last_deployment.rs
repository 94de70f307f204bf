//! How the last deployment ended: a pure function of what ECS tells in one reading.
//!
//! When ECS rolls back, the deployment before is PRIMARY again under its old id, rolls out and
//! completes like any other; the one that failed leaves the list. Only two events tell of it then:
//! `(deployment ecs-svc/2) deployment failed: tasks failed to start.` and right after it
//! `rolling back to deployment ecs-svc/1.`

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::model::Service;
use crate::names::Revision;
use crate::tasks::model::Task;
use crate::timestamp::Timestamp;

/// The event of a failure stands next to that of its rollback; they are written in one go.
const TOGETHER_MS: i64 = 60_000;

/// That ECS took the last deployment back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rollback {
    /// The id of the deployment that ECS went back to.
    pub back_to: String,
    /// The id of the deployment that failed, where an event names it.
    pub failed: Option<String>,
    /// The revision that failed, as long as anything tells it.
    pub from: Option<Revision>,
    /// The revision that ECS went back to.
    pub to: Option<Revision>,
    /// When ECS went back.
    pub at: Timestamp,
    /// Why, in ECS's words: `tasks failed to start`.
    pub reason: Option<String>,
}

impl Rollback {
    /// The rollback in a sentence; `done` once nothing is left of it to do.
    pub fn words(&self, done: bool) -> String {
        let again = self.from.is_some() && self.from == self.to;
        let what = match &self.from {
            Some(from) if again => format!("A new deployment of {from}"),
            Some(from) => from.to_string(),
            None => "The last deployment".to_owned(),
        };
        let failed = self.reason.as_ref().map(|why| format!(" failed ({why}) and"));
        let was = if done { "was" } else { "is being" };
        let to = self.to.as_ref().filter(|_| !again).map(|to| format!(" to {to}"));
        let (failed, to) = (failed.unwrap_or_default(), to.unwrap_or_default());
        format!("{what}{failed} {was} rolled back{to}.")
    }
}

/// What the reading tells of a rollback, as long as nothing newer was deployed. `before` is what
/// an earlier reading told: ECS drops the deployment that failed, after an hour its tasks, and in
/// the end the events.
pub fn rollback(
    service: &Service,
    before: Option<&Rollback>,
    tasks: &[Arc<Task>],
) -> Option<Rollback> {
    let present = service.present_deployment()?;
    let before = before.filter(|known| known.back_to == present.id);
    let goes_back = |words: &str| gone_back_to(words) == Some(present.id.as_str());
    let event = service.events.iter().find(|event| goes_back(&event.message));
    let going = present.rollout_reason.as_deref().is_some_and(goes_back);
    let Some(at) = event.map(|event| event.at).or(present.created_at.filter(|_| going)) else {
        return before.cloned();
    };
    let near = |event: Timestamp| event <= at && at.ms_since(event) <= TOGETHER_MS;
    let mut near = service.events.iter().filter(|event| near(event.at));
    let (failed, reason) = near.find_map(|event| failure(&event.message)).unzip();
    let known = before.filter(|known| known.at == at);
    let failed = failed.flatten().or_else(|| known?.failed.as_deref());
    let listed = || service.deployments.iter().find(|one| Some(one.id.as_str()) == failed);
    let task =
        || tasks.iter().find(|task| failed.is_some() && task.started_by.as_deref() == failed);
    Some(Rollback {
        back_to: present.id.clone(),
        failed: failed.map(str::to_owned),
        from: listed()
            .and_then(|listed| listed.task_definition.clone())
            .or_else(|| known?.from.clone())
            .or_else(|| Some(task()?.task_definition.clone())),
        to: present.task_definition.clone(),
        at,
        reason: reason.map(str::to_owned).or_else(|| known?.reason.clone()),
    })
}

/// The deployment that an event, or a deployment's reason, says ECS goes back to.
fn gone_back_to(words: &str) -> Option<&str> {
    deployment_id(words.split_once("rolling back to ")?.1)
}

/// The deployment that an event says has failed, and why.
fn failure(words: &str) -> Option<(Option<&str>, &str)> {
    let (which, why) = words.split_once("deployment failed: ")?;
    Some((deployment_id(which), why.trim_end_matches('.')))
}

/// The first deployment id in a text.
fn deployment_id(text: &str) -> Option<&str> {
    const KIND: &str = "ecs-svc/";
    let id = text.get(text.find(KIND)?..)?;
    let end = id[KIND.len()..].find(|c: char| !c.is_ascii_alphanumeric());
    id.get(..end.map_or(id.len(), |end| KIND.len() + end))
}

/// The last deployment that was tried, however it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When it began; when it was rolled back, the moment of that.
    pub at: Timestamp,
    /// How it ended.
    pub outcome: Outcome,
}

/// How a deployment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It goes on.
    Open,
    /// What it brought is in place.
    Completed,
    /// It failed, and nothing took it back.
    Failed,
    /// It failed, and ECS went back.
    RolledBack,
}

impl Outcome {
    /// A remark beside the time; a deployment that went well needs none.
    pub const fn remark(self) -> Option<&'static str> {
        match self {
            Self::Open => Some("in progress"),
            Self::Completed => None,
            Self::Failed => Some("failed"),
            Self::RolledBack => Some("rolled back"),
        }
    }
}

/// The last deployment that was tried; ECS shows what it went back to instead of what failed.
pub fn last_attempt(service: &Service) -> Option<Attempt> {
    if let Some(rollback) = &service.rollback {
        return Some(Attempt { at: rollback.at, outcome: Outcome::RolledBack });
    }
    let present = service.present_deployment()?;
    let outcome = match present.rollout.as_deref() {
        Some("FAILED") => Outcome::Failed,
        Some("IN_PROGRESS") => Outcome::Open,
        _ => Outcome::Completed,
    };
    Some(Attempt { at: present.created_at?, outcome })
}

#[cfg(test)]
mod tests;
