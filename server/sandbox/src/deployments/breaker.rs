//! Failures of a deployment's tasks: the back-off and the circuit breaker.

use serde_json::{Value, json};

use super::{Rollout, ending};
use crate::services::events;
use crate::services::model::Service;
use crate::task_sets;
use crate::tasks::model::Owner;
use crate::world::World;

/// Seconds until the next start after so many failures in a row. AWS waits up
/// to a quarter of an hour.
const BACK_OFF: [i64; 9] = [0, 0, 10, 30, 60, 120, 300, 600, 900];

/// A task that ran this long has not failed to start.
const RAN_WELL_MS: i64 = 600_000;

/// A member of the circuit breaker's settings.
pub(super) fn setting<'s>(service: &'s Service, member: &str) -> Option<&'s Value> {
    service.settings.get("deploymentConfiguration")?.get("deploymentCircuitBreaker")?.get(member)
}

/// R237: half of the desired count unless configured, at least 3 and at most 200. A daemon has no
/// desired count of its own, so the number of tasks it aims at is given.
pub(super) fn threshold(service: &Service, target: u32) -> u32 {
    let configured = setting(service, "thresholdConfiguration");
    let kind = configured.and_then(|item| item.get("type")).and_then(Value::as_str);
    let value = configured.and_then(|item| item.get("value")).and_then(Value::as_u64).unwrap_or(50);
    let value = u32::try_from(value).unwrap_or(u32::MAX);
    let share = target.saturating_mul(value).div_ceil(100);
    match kind {
        Some("COUNT") => value.max(1),
        Some("UNBOUNDED_PERCENT") => share.max(1),
        _ => share.clamp(3, 200),
    }
}

/// A task of a deployment is healthy: failures no longer count (Deployment.failedTasks: "resets to
/// zero").
pub(crate) fn task_ready(world: &mut World, owner: &Owner) {
    let Some(service) = world.services.get_mut(&owner.service) else {
        return;
    };
    let keeps = setting(service, "resetOnHealthyTask") == Some(&json!(false));
    let deployment = service.deployments.iter_mut().find(|item| item.id == owner.deployment);
    if let Some(deployment) = deployment {
        deployment.failed_tasks = 0;
        deployment.in_row = 0;
        if !keeps {
            deployment.breaker = 0;
        }
    }
}

/// A task of a deployment has failed: back off, say so, trip the breaker.
pub(crate) fn task_failed(world: &mut World, task: &str, owner: &Owner) {
    let now = world.now;
    let started = world.tasks.get(task).and_then(|task| task.at.started);
    let target = world.services.get(&owner.service).map_or(0, |service| service.target(world));
    let Some(service) = world.services.get_mut(&owner.service) else {
        return;
    };
    let armed = setting(service, "enable") == Some(&json!(true));
    let rolls_back = setting(service, "rollback") == Some(&json!(true));
    let limit = threshold(service, target);
    // Only the newest deployment can fail; a task set has nobody who would roll it back.
    let newest = service.primary().is_some_and(|primary| primary.id == owner.deployment)
        && !task_sets::has(service);
    let Some(deployment) = service.deployments.iter_mut().find(|item| item.id == owner.deployment)
    else {
        return;
    };
    if started.is_some_and(|started| now - started > RAN_WELL_MS) {
        deployment.in_row = 0;
    }
    deployment.failed_tasks += 1;
    deployment.in_row += 1;
    deployment.breaker += 1;
    deployment.updated_at = now;
    let at = usize::try_from(deployment.in_row).unwrap_or(usize::MAX).min(BACK_OFF.len() - 1);
    deployment.next_start = now + BACK_OFF[at] * 1_000;
    let troubled = deployment.in_row >= 3;
    let rolling = newest && deployment.rollout == Rollout::InProgress;
    let trips = rolling && armed && deployment.breaker >= limit;
    let failures = deployment.breaker;
    if let Some(newest) = service.history.front_mut().filter(|_| rolling) {
        newest.failures = failures;
        newest.threshold = limit;
        newest.updated_at = now;
    }
    if troubled {
        events::add(
            world,
            &owner.service,
            "is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
        );
    }
    if trips {
        if let Some(newest) =
            world.services.get_mut(&owner.service).and_then(|service| service.history.front_mut())
        {
            newest.tripped = true;
        }
        ending::fail(world, &owner.service, ending::Failure { rolls_back, ..ending::BREAKER });
    }
}
