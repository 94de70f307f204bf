//! The health check grace period: failing health checks are not acted upon
//! until a task has run for so long.

use serde_json::Value;

use crate::queue::{Effect, Step, Turn};
use crate::world::World;

/// Whether the service does not act upon a task's failing health check yet.
/// The step is planned again for the end of the grace period. A container that
/// passes its checks before that becomes healthy instead.
pub(crate) fn postpones(world: &mut World, id: &str, step: Step) -> bool {
    let Some(task) = world.tasks.get(id) else {
        return false;
    };
    let Some(owner) = task.owner.as_ref() else {
        return false;
    };
    // A container may be unhealthy before its task runs.
    let started = task.at.started.unwrap_or(world.now);
    let settings = world.services.get(&owner.service).map(|service| &service.settings);
    let seconds = settings
        .and_then(|settings| settings.get("healthCheckGracePeriodSeconds"))
        .and_then(Value::as_i64)
        .unwrap_or(0);
    let ends = started + seconds * 1_000;
    if seconds > 0 && task.ready {
        return true;
    }
    if ends <= world.now {
        return false;
    }
    let passes = match step {
        Step::Container { at, run, .. } => task.containers.get(at).and_then(|container| {
            container.behaviour.healthy_after()?;
            let passes = container.started_at? + container.checks?.passes_after * 1_000;
            (passes <= ends).then_some((passes, Step::Container { at, run, turn: Turn::Healthy }))
        }),
        _ => None,
    };
    let (due, step) = passes.unwrap_or((ends, step));
    let (epoch, wait) = (task.epoch, due - world.now);
    world.plan(wait, Effect::Task { id: id.to_owned(), epoch, step });
    true
}
