//! How deployments end: the circuit breaker, a stop on request, a rollback, or
//! success.

use serde_json::Value;

use super::{Rollout, Traffic};
use crate::refusal::Refusal;
use crate::services::history::{Progress, ServiceDeployment};
use crate::services::model::Service;
use crate::services::{events, poke};
use crate::world::World;

const STOPPED_BY_USER: &str = "Service deployment was stopped by the user.";

/// Why a deployment fails, in the words of its event, its reason and its rollback.
#[derive(Debug, Clone, Copy)]
pub(super) struct Failure {
    pub(super) event: &'static str,
    pub(super) who: &'static str,
    pub(super) rolls_back: bool,
}

/// Tasks cannot be started.
pub(super) const BREAKER: Failure = Failure {
    event: "tasks failed to start.",
    who: "ECS deployment circuit breaker",
    rolls_back: false,
};

/// An alarm has gone off.
pub(super) const ALARMS: Failure =
    Failure { event: "alarm detected.", who: "ECS deployment alarms", rolls_back: false };

/// A lifecycle hook has failed, which always rolls back.
pub(super) const HOOKS: Failure = Failure {
    event: "hook execution failure(s) detected.",
    who: "ECS deployment lifecycle hooks",
    rolls_back: true,
};

/// The PRIMARY deployment fails, and with it the service deployment, unless that rolls back.
pub(super) fn fail(world: &mut World, key: &str, failure: Failure) {
    let Failure { event, who, rolls_back } = failure;
    let Some(service) = world.services.get(key) else {
        return;
    };
    let id = service.primary().map(|primary| primary.id.clone()).unwrap_or_default();
    let again = service.history.front().is_some_and(|item| item.status == Progress::RollingBack);
    events::add(world, key, &format!("(deployment {id}) deployment failed: {event}"));
    let reason = format!("{who}: {event}");
    fail_primary(world, key, &reason);
    if again {
        finish_history(world, key, Progress::RollbackFailed, &reason);
    } else if !(rolls_back && roll_back(world, key, who)) {
        // Without a rollback a failed service deployment is one that has stopped.
        finish_history(world, key, Progress::Stopped, &reason);
    }
}

fn newest(service: &mut Service) -> Option<&mut ServiceDeployment> {
    service.history.front_mut()
}

/// Ends a service deployment that is not finished: nobody wants it any more.
pub(crate) fn abandon(world: &mut World, key: &str, reason: &str) {
    finish_history(world, key, Progress::Stopped, reason);
}

/// Carries out what was asked since the last look at the service: a new
/// service deployment starts, one to be stopped stops or rolls back.
pub(crate) fn under_way(world: &mut World, key: &str) {
    let now = world.now;
    let Some(newest) = world.services.get_mut(key).and_then(newest) else {
        return;
    };
    match newest.status {
        Progress::Pending => {
            newest.status = Progress::Running;
            newest.started_at = Some(now);
            newest.updated_at = now;
        }
        Progress::StopRequested => {
            finish_history(world, key, Progress::Stopped, STOPPED_BY_USER);
        }
        Progress::RollbackRequested => {
            let back = roll_back(world, key, "Service deployment stopped by user");
            if !back {
                finish_history(world, key, Progress::Stopped, STOPPED_BY_USER);
            }
        }
        _ => {}
    }
}

fn fail_primary(world: &mut World, key: &str, reason: &str) {
    let now = world.now;
    let primary = world.services.get_mut(key).and_then(|service| service.deployments.first_mut());
    if let Some(primary) = primary {
        primary.rollout = Rollout::Failed;
        reason.clone_into(&mut primary.reason);
        primary.updated_at = now;
    }
}

fn finish_history(world: &mut World, key: &str, status: Progress, reason: &str) {
    let now = world.now;
    let newest = world.services.get_mut(key).and_then(newest);
    if let Some(newest) = newest.filter(|item| !item.status.is_final()) {
        newest.status = status;
        newest.finished_at = Some(now);
        newest.updated_at = now;
        if status == Progress::Stopped {
            newest.stopped_at = Some(now);
        }
        newest.reason = Some(reason.to_owned());
    }
}

/// Makes the last completed deployment PRIMARY again, under its old id, as if it began now. False
/// if there is none.
fn roll_back(world: &mut World, key: &str, who: &str) -> bool {
    let now = world.now;
    let Some(service) = world.services.get_mut(key) else {
        return false;
    };
    let Some(mut back) = service.completed.clone() else {
        return false;
    };
    if service.primary().is_some_and(|primary| primary.id == back.id) {
        return false;
    }
    // Its traffic is what has become of it since it completed.
    let here = service.deployments.iter().find(|item| item.id == back.id);
    back.traffic = match here {
        Some(item) => item.traffic,
        None => back.traffic.map(|_| Traffic::default()),
    };
    service.deployments.retain(|item| item.id != back.id);
    back.rollout = Rollout::InProgress;
    back.reason = format!("{who}: rolling back to deploymentId {}.", back.id);
    back.created_at = now;
    back.updated_at = now;
    back.next_start = now;
    back.failed_tasks = 0;
    back.in_row = 0;
    back.breaker = 0;
    back.baked_at = None;
    service.settings = rolled_settings(&service.settings, &back.settings);
    let sentence = format!("rolling back to deployment {}.", back.id);
    if let Some(newest) = service.history.front_mut() {
        newest.status = Progress::RollingBack;
        newest.updated_at = now;
        newest.rollback = Some((now, format!("{who}: rolling back."), back.revision.clone()));
    }
    service.deployments.insert(0, back);
    events::add(world, key, &sentence);
    poke(world, key, 1_000);
    true
}

/// A rollback takes the old revision's settings and keeps how to deploy.
fn rolled_settings(present: &Value, old: &Value) -> Value {
    let mut settings = old.clone();
    let configuration = present.get("deploymentConfiguration").cloned();
    crate::ask::put(&mut settings, "deploymentConfiguration", configuration);
    settings
}

/// Whether another deployment than the PRIMARY one has completed, to roll back to.
pub(crate) fn has_way_back(service: &Service) -> bool {
    let primary = service.primary().map(|primary| &primary.id);
    service.completed.as_ref().is_some_and(|back| Some(&back.id) != primary)
}

/// Asks a deployment in progress to stop; the scheduler's next look does it.
///
/// # Errors
/// ConflictException when there is nothing to roll back to.
pub(crate) fn stop(world: &mut World, key: &str, rollback: bool) -> Result<(), Refusal> {
    if rollback && !world.services.get(key).is_some_and(has_way_back) {
        return Err(Refusal::new(
            "ConflictException",
            "The service deployment cannot be rolled back because there is no previous successful deployment.",
        ));
    }
    fail_primary(world, key, STOPPED_BY_USER);
    let now = world.now;
    if let Some(newest) = world.services.get_mut(key).and_then(newest) {
        newest.status =
            if rollback { Progress::RollbackRequested } else { Progress::StopRequested };
        newest.updated_at = now;
    }
    poke(world, key, 1_000);
    Ok(())
}

/// The PRIMARY deployment has all its tasks and is alone.
pub(crate) fn complete(world: &mut World, key: &str) {
    let now = world.now;
    let Some(service) = world.services.get_mut(key) else {
        return;
    };
    let Some(primary) = service.deployments.first_mut() else {
        return;
    };
    primary.rollout = Rollout::Completed;
    primary.reason = format!("ECS deployment {} completed.", primary.id);
    primary.updated_at = now;
    let completed = primary.clone();
    let sentence = format!("(deployment {}) deployment completed.", primary.id);
    service.completed = Some(completed);
    let rolled = service.history.front().is_some_and(|item| item.status == Progress::RollingBack);
    let status = if rolled { Progress::RolledBack } else { Progress::Successful };
    finish_history(world, key, status, &sentence);
    events::add(world, key, &sentence);
}
