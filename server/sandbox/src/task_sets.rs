//! Task sets: the deployments of a service whose deployment controller is
//! EXTERNAL. Somebody else decides how many tasks of which revision run.

pub(crate) mod operations;
mod view;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::services::model::Service;
use crate::world::World;

pub(crate) use view::all as views;

/// A task set. Its revision, its settings and its failures are those of the
/// deployment with the same id.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct TaskSet {
    /// `ecs-svc/...`.
    pub(crate) id: String,
    pub(crate) external_id: Option<String>,
    /// Percent of the service's desired count.
    pub(crate) scale: f64,
    pub(crate) primary: bool,
    /// Deleted; there until its last task is gone.
    pub(crate) draining: bool,
    pub(crate) steady: bool,
    pub(crate) steady_at: i64,
    pub(crate) tags: Vec<Value>,
    pub(crate) client_token: Option<(String, u64)>,
}

impl TaskSet {
    /// How many tasks it shall have, rounded up.
    pub(crate) fn target(&self, desired: u32) -> u32 {
        if self.draining {
            return 0;
        }
        // 8.8 percent of 375 are 33, though the product of two floats is a little more.
        (f64::from(desired) * self.scale / 100.0 - 1e-9).ceil().max(0.0) as u32
    }

    pub(crate) fn word(&self) -> &'static str {
        match (self.draining, self.primary) {
            (true, _) => "DRAINING",
            (false, true) => "PRIMARY",
            (false, false) => "ACTIVE",
        }
    }
}

/// Whether a service's tasks are in task sets.
pub(crate) fn has(service: &Service) -> bool {
    service.settings.pointer("/deploymentController/type") == Some(&json!("EXTERNAL"))
}

/// What the scheduler has seen of a task set: whether it is steady, and since when.
pub(crate) fn seen(world: &mut World, key: &str, id: &str, steady: bool) {
    let now = world.now;
    let Some(service) = world.services.get_mut(key) else {
        return;
    };
    if let Some(set) = service.task_sets.iter_mut().find(|set| set.id == id)
        && set.steady != steady
    {
        set.steady = steady;
        set.steady_at = now;
    }
}

/// Forgets the deleted task sets whose last task is gone.
pub(crate) fn retire(world: &mut World, key: &str) {
    let Some(service) = world.services.get(key) else {
        return;
    };
    let held = |id: &str| {
        let mut tasks = service.tasks.iter().filter_map(|id| world.tasks.get(id));
        tasks.any(|task| task.owner.as_ref().is_some_and(|owner| owner.deployment == id))
    };
    let gone = service.task_sets.iter().filter(|set| set.draining && !held(&set.id));
    let gone: Vec<String> = gone.map(|set| set.id.clone()).collect();
    if let Some(service) = world.services.get_mut(key) {
        service.task_sets.retain(|set| !gone.contains(&set.id));
        service.deployments.retain(|item| !gone.contains(&item.id));
    }
}
