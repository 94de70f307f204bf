//! How deployments end: the circuit breaker, a stop on request, a rollback, or
//! success.

use serde_json::{Value, json};

use super::{Rollout, breaker};
use crate::refusal::Refusal;
use crate::services::history::{Progress, ServiceDeployment};
use crate::services::model::Service;
use crate::services::{events, poke};
use crate::tasks::model::Owner;
use crate::world::World;

const STOPPED_BY_USER: &str = "Service deployment was stopped by the user.";

/// The circuit breaker ends a deployment that cannot start its tasks.
pub(super) fn trip(world: &mut World, owner: &Owner) {
    let sentence =
        format!("(deployment {}) deployment failed: tasks failed to start.", owner.deployment);
    events::add(world, &owner.service, &sentence);
    let reason = "ECS deployment circuit breaker: tasks failed to start.";
    fail_primary(world, &owner.service, reason);
    let Some(service) = world.services.get(&owner.service) else {
        return;
    };
    let wants = breaker::setting(service, "rollback") == Some(&json!(true));
    let again = service.history.front().is_some_and(|item| item.status == Progress::RollingBack);
    if let Some(newest) = world.services.get_mut(&owner.service).and_then(newest) {
        newest.tripped = true;
    }
    if again {
        finish_history(world, &owner.service, Progress::RollbackFailed, reason);
    } else if !(wants && roll_back(world, &owner.service, "ECS deployment circuit breaker")) {
        // Without a rollback a failed service deployment is one that has stopped.
        finish_history(world, &owner.service, Progress::Stopped, reason);
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
            roll_back(world, key, "Service deployment stopped by user");
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

/// Asks a deployment in progress to stop; the scheduler's next look does it.
///
/// # Errors
/// ConflictException when there is nothing to roll back to.
pub(crate) fn stop(world: &mut World, key: &str, rollback: bool) -> Result<(), Refusal> {
    let target = world.services.get(key).and_then(|service| {
        let primary = service.primary()?;
        service.completed.as_ref().filter(|back| back.id != primary.id)
    });
    if rollback && target.is_none() {
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
