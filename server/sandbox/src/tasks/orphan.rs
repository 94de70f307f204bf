//! Tasks whose container instance was deregistered: nobody can say any more how
//! they are, so Amazon ECS counts them as stopped at once.

use super::model::{ContainerStatus, Phase, StopCode};
use crate::instances;
use crate::queue::{Effect, Step};
use crate::services;
use crate::world::World;

const REASON: &str = "Container instance deregistration forced by user";

/// Stops keeping track of a task. Its service starts another one.
pub(crate) fn orphan(world: &mut World, id: &str) {
    let now = world.now;
    instances::release(world, id);
    let Some(task) = world.tasks.get_mut(id).filter(|task| task.is_live()) else {
        return;
    };
    if task.wanted {
        task.stop_code = Some(StopCode::UserInitiated);
        task.stop_reason = Some(REASON.to_owned());
        task.at.stopping = Some(now);
    }
    task.wanted = false;
    task.ready = false;
    task.protected_until = None;
    task.epoch += 1;
    task.version += 1;
    services::task_stopping(world, id);
    let Some(task) = world.tasks.get_mut(id) else {
        return;
    };
    task.phase = Phase::Stopped;
    task.at.execution_stopped = task.at.execution_stopped.or(Some(now));
    task.at.stopped = Some(now);
    for container in &mut task.containers {
        container.status = ContainerStatus::Stopped;
    }
    if let Some(interface) = &mut task.interface {
        interface.status = "DELETED".to_owned();
    }
    let epoch = task.epoch;
    let effect = Effect::Task { id: id.to_owned(), epoch, step: Step::Forget };
    world.plan(super::lifecycle::KEPT_MS, effect);
    services::task_moved(world, id, Step::Gone);
}
