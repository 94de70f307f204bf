//! Deployments: beginning one, failing one, completing one, rolling one back.

mod ending;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::services::events;
use crate::services::history::{KEPT, Progress, Revision, ServiceDeployment};
use crate::services::model::Service;
use crate::task_definitions;
use crate::tasks::model::Owner;
use crate::world::World;

pub(crate) use ending::{complete, stop};

/// Seconds until the next start after so many failures in a row. AWS waits up
/// to a quarter of an hour.
const BACK_OFF: [i64; 9] = [0, 0, 10, 30, 60, 120, 300, 600, 900];

/// A task that ran this long has not failed to start.
const RAN_WELL_MS: i64 = 600_000;

/// How a rollout stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Rollout {
    InProgress,
    Completed,
    Failed,
}

impl Rollout {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::InProgress => "IN_PROGRESS",
            Self::Completed => "COMPLETED",
            Self::Failed => "FAILED",
        }
    }
}

/// A deployment of a service.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Deployment {
    /// `ecs-svc/...`.
    pub(crate) id: String,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) definition_arn: String,
    pub(crate) revision: String,
    pub(crate) settings: Value,
    pub(crate) failed_tasks: u32,
    /// Failures since the last healthy task: the back-off.
    pub(crate) in_row: u32,
    /// Failures that the circuit breaker counts.
    pub(crate) breaker: u32,
    pub(crate) rollout: Rollout,
    pub(crate) reason: String,
    /// No task is started before.
    pub(crate) next_start: i64,
}

/// A deployment's tasks.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Counts {
    pub(crate) wanted: u32,
    pub(crate) ready: u32,
    pub(crate) running: u32,
    pub(crate) pending: u32,
}

/// Counts the tasks of a deployment that are not yet stopped.
pub(crate) fn counts(world: &World, service: &Service, deployment: &str) -> Counts {
    let mut counts = Counts::default();
    for task in service.tasks.iter().filter_map(|id| world.tasks.get(id)) {
        if task.owner.as_ref().is_some_and(|owner| owner.deployment == deployment) {
            counts.wanted += u32::from(task.wanted);
            counts.ready += u32::from(task.ready);
            counts.running += u32::from(task.is_running());
            counts.pending += u32::from(task.is_pending());
        }
    }
    counts
}

/// Begins a deployment of a service's present settings.
pub(crate) fn begin(world: &mut World, key: &str, definition_arn: &str) {
    let images = images(world, definition_arn);
    let (id, revision, history) = (world.ids.digits19(), world.ids.digits19(), world.ids.mixed21());
    let now = world.now;
    let Some(service) = world.services.get_mut(key) else {
        return;
    };
    if let Some(running) = service.history.front_mut().filter(|item| !item.status.is_final()) {
        running.status = Progress::Stopped;
        running.stopped_at = Some(now);
        running.finished_at = Some(now);
        running.updated_at = now;
        running.reason = Some("Service deployment was superseded by a newer one.".to_owned());
    }
    let deployment = Deployment {
        reason: format!("ECS deployment ecs-svc/{id} in progress."),
        id: format!("ecs-svc/{id}"),
        created_at: now,
        updated_at: now,
        definition_arn: definition_arn.to_owned(),
        revision: revision.clone(),
        settings: service.settings.clone(),
        failed_tasks: 0,
        in_row: 0,
        breaker: 0,
        rollout: Rollout::InProgress,
        next_start: now,
    };
    service.revisions.push_front(Revision {
        id: revision.clone(),
        created_at: now,
        definition_arn: definition_arn.to_owned(),
        settings: service.settings.clone(),
        images,
    });
    service.revisions.truncate(KEPT);
    service.history.push_front(ServiceDeployment {
        id: history,
        created_at: now,
        started_at: now,
        updated_at: now,
        finished_at: None,
        stopped_at: None,
        status: Progress::Running,
        reason: None,
        sources: service.deployments.iter().map(|item| item.revision.clone()).collect(),
        target: revision,
        rollback: None,
        failures: 0,
        threshold: threshold(service),
        configuration: service
            .settings
            .get("deploymentConfiguration")
            .cloned()
            .unwrap_or_else(|| json!({})),
    });
    service.history.truncate(KEPT);
    service.deployments.insert(0, deployment);
    service.steady = false;
}

fn images(world: &World, definition_arn: &str) -> Vec<(String, String)> {
    let Some(definition) = task_definitions::by_arn(world, definition_arn) else {
        return Vec::new();
    };
    let text = |container: &Value, name: &str| {
        container.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let containers = definition.containers().iter();
    containers.map(|item| (text(item, "name"), text(item, "image"))).collect()
}

fn breaker<'s>(service: &'s Service, member: &str) -> Option<&'s Value> {
    service.settings.get("deploymentConfiguration")?.get("deploymentCircuitBreaker")?.get(member)
}

/// R237: half of the desired count unless configured, at least 3 and at most 200.
fn threshold(service: &Service) -> u32 {
    let configured = breaker(service, "thresholdConfiguration");
    let kind = configured.and_then(|item| item.get("type")).and_then(Value::as_str);
    let value = configured.and_then(|item| item.get("value")).and_then(Value::as_u64).unwrap_or(50);
    let value = u32::try_from(value).unwrap_or(u32::MAX);
    let share = service.desired.saturating_mul(value).div_ceil(100);
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
    let keeps = breaker(service, "resetOnHealthyTask") == Some(&json!(false));
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
    let Some(service) = world.services.get_mut(&owner.service) else {
        return;
    };
    let armed = breaker(service, "enable") == Some(&json!(true));
    let limit = threshold(service);
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
    let rolling = deployment.rollout == Rollout::InProgress;
    let trips = rolling && armed && deployment.breaker >= limit;
    let failures = deployment.breaker;
    if let Some(newest) = service.history.front_mut().filter(|_| rolling) {
        newest.failures = failures;
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
        ending::trip(world, owner);
    }
}
