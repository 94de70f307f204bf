//! How a task lives: each step happens at its own time and plans the next.
//!
//! PROVISIONING, PENDING, ACTIVATING (with a load balancer), RUNNING,
//! DEACTIVATING (with a load balancer), STOPPING, DEPROVISIONING (awsvpc),
//! STOPPED.

use super::model::{ContainerStatus, Health, Phase, StopCode, Task};
use super::{exits, model};
use crate::behaviour::Behaviour;
use crate::ids::Ids;
use crate::instances;
use crate::queue::{Effect, Step};
use crate::services;
use crate::world::World;

/// Stopped tasks can be seen for one hour.
pub(super) const KEPT_MS: i64 = 3_600_000;

/// R252: without any check a task counts as healthy 40 s after RUNNING.
const UNCHECKED_READY_MS: i64 = 40_000;

/// What a step plans: milliseconds from now, and the step.
type Plans = Vec<(i64, Step)>;

/// Takes one step of a task, unless it belongs to an older epoch.
pub(crate) fn step(world: &mut World, id: &str, epoch: u32, step: Step) {
    let now = world.now;
    let Some(task) = world.tasks.get_mut(id).filter(|task| task.epoch == epoch) else {
        return;
    };
    let mut plans = Plans::new();
    let ids = &mut world.ids;
    match step {
        Step::Attach => attach(task, now, ids, &mut plans),
        Step::PullStart => pull_start(task, now, ids, &mut plans),
        Step::PullDone => pull_done(task, now, ids, &mut plans),
        Step::Run => run(task, now, &mut plans),
        Step::Healthy(at) => set_health(task, at, Health::Healthy),
        Step::PullFail => exits::pull_failed(world, id),
        Step::Exit(at) => exits::container_exited(world, id, at),
        Step::Unhealthy(at) => {
            set_health(task, at, Health::Unhealthy);
            if !services::grace::postpones(world, id, step) {
                exits::checks_failed(world, id);
            }
        }
        Step::TargetUnhealthy => {
            if !services::grace::postpones(world, id, step) {
                exits::target_unhealthy(world, id);
            }
        }
        Step::Ready => task.ready = true,
        Step::Drained => to_stopping(task, ids, &mut plans),
        Step::ContainersStopped => containers_stopped(world, id, &mut plans),
        Step::Gone => gone(world, id, &mut plans),
        Step::Forget => return forget(world, id),
    }
    plan(world, id, plans);
    if matches!(step, Step::Run | Step::Ready | Step::Gone) {
        services::task_moved(world, id, step);
    }
}

fn plan(world: &mut World, id: &str, plans: Plans) {
    let Some(epoch) = world.tasks.get(id).map(|task| task.epoch) else {
        return;
    };
    for (wait, step) in plans {
        let id = id.to_owned();
        world.plan(wait, Effect::Task { id, epoch, step });
    }
}

fn enter(task: &mut Task, phase: Phase) {
    task.phase = phase;
    task.version += 1;
}

fn attach(task: &mut Task, now: i64, ids: &mut Ids, plans: &mut Plans) {
    enter(task, Phase::Pending);
    task.at.connected = Some(now);
    if let Some(interface) = &mut task.interface {
        interface.status = "ATTACHED".to_owned();
    }
    plans.push((ids.between(500, 1_500), Step::PullStart));
}

fn pull_start(task: &mut Task, now: i64, ids: &mut Ids, plans: &mut Plans) {
    task.at.pull_started = Some(now);
    task.at.connected = task.at.connected.or(Some(now));
    let missing = |container: &model::Container| container.behaviour == Behaviour::ImageNotFound;
    if task.containers.iter().any(missing) {
        plans.push((ids.between(2_000, 4_000), Step::PullFail));
        return;
    }
    // Fargate has no image cache, an instance usually has the layers already.
    let pull = if task.fargate { ids.between(5_000, 15_000) } else { ids.between(1_000, 4_000) };
    plans.push((pull, Step::PullDone));
}

fn pull_done(task: &mut Task, now: i64, ids: &mut Ids, plans: &mut Plans) {
    task.at.pull_stopped = Some(now);
    task.version += 1;
    for container in &mut task.containers {
        container.runtime_id = Some(ids.hex32());
        container.status = ContainerStatus::Running;
    }
    if task.target_groups.is_empty() {
        plans.push((ids.between(500, 1_500), Step::Run));
    } else {
        enter(task, Phase::Activating);
        plans.push((ids.between(3_000, 6_000), Step::Run));
    }
}

fn run(task: &mut Task, now: i64, plans: &mut Plans) {
    enter(task, Phase::Running);
    task.at.started = Some(now);
    let mut never = false;
    let mut ready = UNCHECKED_READY_MS;
    let mut checked = false;
    for (at, container) in task.containers.iter().enumerate() {
        if let Some((seconds, _, _)) = container.behaviour.end() {
            plans.push((seconds * 1_000, Step::Exit(at)));
        }
        let healthy = container.behaviour.healthy_after();
        never |= healthy.is_none();
        let Some(checks) = container.checks else {
            ready = ready.max(healthy.unwrap_or(0) * 1_000);
            continue;
        };
        // A start slower than the checks allow is as bad as never.
        if healthy.is_none() || checks.passes_after > checks.fails_after {
            plans.push((checks.fails_after * 1_000, Step::Unhealthy(at)));
            never |= container.essential;
        } else {
            plans.push((checks.passes_after * 1_000, Step::Healthy(at)));
            ready = if checked {
                ready.max(checks.passes_after * 1_000)
            } else {
                checks.passes_after * 1_000
            };
            checked = true;
        }
    }
    if !task.target_groups.is_empty() && !checked {
        // Three checks of a target group, ten seconds apart.
        ready = ready.min(30_000);
    }
    if never {
        if !task.target_groups.is_empty() {
            plans.push((60_000, Step::TargetUnhealthy));
        }
    } else {
        plans.push((ready, Step::Ready));
    }
}

fn set_health(task: &mut Task, at: usize, health: Health) {
    if let Some(container) = task.containers.get_mut(at) {
        container.health = health;
        task.version += 1;
    }
}

/// Asks a task to stop; a task that is stopping already is left alone.
pub(crate) fn stop(world: &mut World, id: &str, code: StopCode, reason: &str) {
    let now = world.now;
    let Some(task) = world.tasks.get_mut(id).filter(|task| task.wanted) else {
        return;
    };
    task.wanted = false;
    task.ready = false;
    task.epoch += 1;
    task.stop_code = Some(code);
    task.stop_reason = Some(reason.to_owned());
    task.at.stopping = Some(now);
    let ids = &mut world.ids;
    let mut plans = Plans::new();
    match task.phase {
        Phase::Provisioning => {
            enter(task, Phase::Deprovisioning);
            plans.push((ids.between(3_000, 6_000), Step::Gone));
            for container in &mut task.containers {
                container.status = ContainerStatus::Stopped;
            }
        }
        Phase::Activating | Phase::Running if !task.target_groups.is_empty() => {
            enter(task, Phase::Deactivating);
            plans.push((ids.between(5_000, 10_000), Step::Drained));
        }
        _ => to_stopping(task, ids, &mut plans),
    }
    plan(world, id, plans);
    services::task_stopping(world, id);
}

fn to_stopping(task: &mut Task, ids: &mut Ids, plans: &mut Plans) {
    enter(task, Phase::Stopping);
    let stubborn = task
        .containers
        .iter()
        .filter(|container| container.status == ContainerStatus::Running)
        .filter(|container| container.behaviour == Behaviour::IgnoresSigterm)
        .map(|container| container.stop_timeout * 1_000)
        .max();
    plans.push((stubborn.unwrap_or(0) + ids.between(1_200, 3_000), Step::ContainersStopped));
}

fn containers_stopped(world: &mut World, id: &str, plans: &mut Plans) {
    let now = world.now;
    let Some(task) = world.tasks.get_mut(id) else {
        return;
    };
    task.at.execution_stopped = Some(now);
    for container in &mut task.containers {
        if container.status == ContainerStatus::Running {
            let killed = container.behaviour == Behaviour::IgnoresSigterm;
            container.exit_code = Some(if killed { 137 } else { 0 });
        }
        container.status = ContainerStatus::Stopped;
    }
    if task.awsvpc {
        enter(task, Phase::Deprovisioning);
        plans.push((world.ids.between(5_000, 12_000), Step::Gone));
    } else {
        plans.push((world.ids.between(100, 900), Step::Gone));
    }
}

fn gone(world: &mut World, id: &str, plans: &mut Plans) {
    let now = world.now;
    instances::release(world, id);
    if let Some(task) = world.tasks.get_mut(id) {
        enter(task, Phase::Stopped);
        task.at.stopped = Some(now);
        if let Some(interface) = &mut task.interface {
            interface.status = "DELETED".to_owned();
        }
        plans.push((KEPT_MS, Step::Forget));
    }
}

fn forget(world: &mut World, id: &str) {
    if let Some(task) = world.tasks.remove(id)
        && let Some(cluster) = world.clusters.get_mut(&task.cluster)
    {
        cluster.tasks.remove(id);
    }
}
