//! Deployments: beginning one, failing one, completing one, rolling one back.

mod alarms;
mod breaker;
mod ending;
mod hooks;
mod stages;
mod success;
mod traffic;
mod walk;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::services::history::{KEPT, Progress, ServiceDeployment};
use crate::services::model::Service;
use crate::services::revisions::Revision;
use crate::task_definitions;
use crate::world::World;

pub(crate) use alarms::watch;
pub(crate) use breaker::{task_failed, task_ready};
pub(crate) use ending::{abandon, complete, has_way_back, stop, under_way};
pub(crate) use hooks::Status as HookStatus;
pub(crate) use stages::Stage;
pub(crate) use success::{Seen, succeeds};
pub(crate) use traffic::{Traffic, put_weights, tenths};
pub(crate) use walk::{Walk, advance, returned};

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
    /// When the bake time ends, once it has begun.
    pub(crate) baked_at: Option<i64>,
    /// Its tasks are in the alternate target groups.
    pub(crate) alternate: bool,
    /// None where no strategy has shifted traffic.
    pub(crate) traffic: Option<Traffic>,
}

impl Deployment {
    pub(crate) fn new(
        id: String,
        revision: String,
        definition_arn: &str,
        settings: Value,
        now: i64,
    ) -> Self {
        Self {
            reason: format!("ECS deployment {id} in progress."),
            id,
            created_at: now,
            updated_at: now,
            definition_arn: definition_arn.to_owned(),
            revision,
            settings,
            failed_tasks: 0,
            in_row: 0,
            breaker: 0,
            rollout: Rollout::InProgress,
            next_start: now,
            baked_at: None,
            alternate: false,
            traffic: None,
        }
    }
}

/// The strategy of a deployment configuration (R240).
pub(crate) fn strategy(configuration: &Value) -> &str {
    configuration.get("strategy").and_then(Value::as_str).unwrap_or("ROLLING")
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
    let target = world.services.get(key).map_or(0, |service| service.target(world));
    abandon(world, key, "Service deployment was superseded by a newer one.");
    let Some(service) = world.services.get_mut(key) else {
        return;
    };
    let configuration =
        service.settings.get("deploymentConfiguration").cloned().unwrap_or_else(|| json!({}));
    let walk = (strategy(&configuration) != "ROLLING").then(|| Walk::new(service, &configuration));
    let alternate = alternate(service, walk.as_ref());
    let mut deployment = Deployment::new(
        format!("ecs-svc/{id}"),
        revision.clone(),
        definition_arn,
        service.settings.clone(),
        now,
    );
    deployment.alternate = alternate;
    service.revisions.push_front(Revision {
        id: revision.clone(),
        created_at: now,
        definition_arn: definition_arn.to_owned(),
        settings: service.settings.clone(),
        images,
        alternate,
    });
    service.revisions.truncate(KEPT);
    service.history.push_front(ServiceDeployment {
        id: history,
        created_at: now,
        started_at: None,
        updated_at: now,
        finished_at: None,
        stopped_at: None,
        status: Progress::Pending,
        reason: None,
        sources: service.deployments.iter().map(|item| item.revision.clone()).collect(),
        target: revision,
        rollback: None,
        failures: 0,
        threshold: breaker::threshold(service, target),
        tripped: false,
        triggered: Vec::new(),
        walk,
        configuration,
    });
    service.history.truncate(KEPT);
    service.deployments.insert(0, deployment);
    service.steady = false;
}

/// Green takes the target groups that blue has not; a rolling deployment stays where its service
/// is.
fn alternate(service: &Service, walk: Option<&Walk>) -> bool {
    match walk {
        Some(walk) => {
            let mut blue = service.deployments.iter();
            blue.find(|item| Some(&item.id) == walk.blue.as_ref()).is_some_and(|it| !it.alternate)
        }
        None => service.primary().is_some_and(|primary| primary.alternate),
    }
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
