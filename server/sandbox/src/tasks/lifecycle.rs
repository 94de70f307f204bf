//! How a task lives: each step happens at its own time and plans the next.
//!
//! PROVISIONING, PENDING, ACTIVATING (with a load balancer), RUNNING,
//! DEACTIVATING (with a load balancer), STOPPING, DEPROVISIONING (awsvpc),
//! STOPPED.

use super::containers::{self, Plans};
use super::exits;
use super::model::{Container, ContainerStatus, Health, Phase, StopCode, Task};
use crate::behaviour::Behaviour;
use crate::ids::Ids;
use crate::instances;
use crate::queue::{Effect, Step, Turn};
use crate::services;
use crate::world::World;

/// Stopped tasks can be seen for one hour.
pub(super) const KEPT_MS: i64 = 3_600_000;

/// R252: without any check a task counts as healthy 40 s after RUNNING.
const UNCHECKED_READY_MS: i64 = 40_000;

/// Three checks of a target group, ten seconds apart.
const TARGET_READY_MS: i64 = 30_000;

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
        Step::CannotStart => exits::cannot_start(world, id),
        Step::Start => start_containers(world, id, &mut plans),
        // Two containers that start and end at once may both have planned it.
        Step::Run if task.is_running() => return,
        Step::Run => run(task, now, &mut plans),
        Step::Container { at, run, turn } => {
            let alive = task.wanted || turn == Turn::Ended;
            if alive && task.containers.get(at).is_some_and(|container| container.run == run) {
                container_turn(world, id, at, step, turn, &mut plans);
            }
        }
        Step::TargetUnhealthy => {
            if !services::grace::postpones(world, id, step) {
                exits::target_unhealthy(world, id);
            }
        }
        Step::Ready => task.ready = true,
        Step::Drained => to_stopping(world, id, &mut plans),
        Step::ContainersStopped => containers_stopped(world, id, &mut plans),
        Step::Gone => gone(world, id, &mut plans),
        Step::Forget => return forget(world, id),
    }
    plan(world, id, plans);
    if matches!(step, Step::Run | Step::Ready | Step::Gone) {
        services::task_moved(world, id, step);
    }
}

fn container_turn(
    world: &mut World,
    id: &str,
    at: usize,
    step: Step,
    turn: Turn,
    plans: &mut Plans,
) {
    let Some(task) = world.tasks.get_mut(id) else {
        return;
    };
    match turn {
        Turn::Exit => {
            if exits::container_exited(world, id, at, plans) {
                start_containers(world, id, plans);
            }
        }
        Turn::Healthy => {
            set_health(task, at, Health::Healthy);
            if task.is_running() && !task.ready && task.health() == Health::Healthy {
                plans.push((0, Step::Ready));
            }
            start_containers(world, id, plans);
        }
        Turn::Unhealthy => {
            set_health(task, at, Health::Unhealthy);
            if !services::grace::postpones(world, id, step) {
                exits::checks_failed(world, id);
            }
            start_containers(world, id, plans);
        }
        Turn::Late => {
            if containers::late(task, at) {
                exits::gave_up(world, id);
            }
        }
        Turn::Ended => {
            containers::ended(task, at);
            stop_containers(world, id, plans);
        }
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
    task.at.connected = task.at.connected.or(Some(now));
    let any = |wanted: fn(Behaviour) -> bool| {
        task.containers.iter().any(|container| wanted(container.behaviour))
    };
    if any(|behaviour| matches!(behaviour, Behaviour::NoSecret(_))) {
        plans.push((ids.between(2_000, 4_000), Step::CannotStart));
        return;
    }
    task.at.pull_started = Some(now);
    if any(|behaviour| matches!(behaviour, Behaviour::CannotPull(_))) {
        plans.push((ids.between(2_000, 4_000), Step::CannotStart));
        return;
    }
    // Fargate has no image cache, an instance usually has the layers already.
    let pull = if task.fargate { ids.between(5_000, 15_000) } else { ids.between(1_000, 4_000) };
    plans.push((pull, Step::PullDone));
}

fn pull_done(task: &mut Task, now: i64, ids: &mut Ids, plans: &mut Plans) {
    task.at.pull_stopped = Some(now);
    task.version += 1;
    plans.push((ids.between(500, 1_500), Step::Start));
}

/// Starts the containers that wait for nothing more. When all have started,
/// the task runs, or is made known to its load balancer first.
fn start_containers(world: &mut World, id: &str, plans: &mut Plans) {
    let now = world.now;
    let Some(task) = world.tasks.get_mut(id).filter(|task| task.wanted) else {
        return;
    };
    let ids = &mut world.ids;
    if containers::start(task, now, ids, plans) {
        // What the others would have done, they will not.
        plans.clear();
        return exits::gave_up(world, id);
    }
    let waiting =
        task.containers.iter().any(|container| container.status == ContainerStatus::Pending);
    if waiting || task.phase != Phase::Pending {
        return;
    }
    if task.target_groups.is_empty() {
        plans.push((0, Step::Run));
    } else {
        enter(task, Phase::Activating);
        plans.push((ids.between(3_000, 6_000), Step::Run));
    }
}

/// The task runs, and it is planned when its service may count it as healthy:
/// when its checked containers are, or, without checks, after a while.
fn run(task: &mut Task, now: i64, plans: &mut Plans) {
    enter(task, Phase::Running);
    task.at.started = Some(now);
    let balanced = !task.target_groups.is_empty();
    let healthy_after = |container: &Container| container.behaviour.healthy_after();
    if balanced && task.containers.iter().any(|container| healthy_after(container).is_none()) {
        return plans.push((60_000, Step::TargetUnhealthy));
    }
    if task.is_checked() {
        if task.health() == Health::Healthy {
            plans.push((0, Step::Ready));
        }
        return;
    }
    let least = if balanced { TARGET_READY_MS } else { UNCHECKED_READY_MS };
    let slowest = task.containers.iter().filter_map(healthy_after).max().unwrap_or(0);
    plans.push((least.max(slowest * 1_000), Step::Ready));
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
        _ => to_stopping(world, id, &mut plans),
    }
    plan(world, id, plans);
    services::task_stopping(world, id);
}

fn to_stopping(world: &mut World, id: &str, plans: &mut Plans) {
    if let Some(task) = world.tasks.get_mut(id) {
        enter(task, Phase::Stopping);
        stop_containers(world, id, plans);
    }
}

/// Stops the containers whose turn it is; after the last one the task goes on.
fn stop_containers(world: &mut World, id: &str, plans: &mut Plans) {
    if let Some(task) = world.tasks.get_mut(id)
        && containers::stop(task, &mut world.ids, plans)
    {
        plans.push((world.ids.between(200, 800), Step::ContainersStopped));
    }
}

fn containers_stopped(world: &mut World, id: &str, plans: &mut Plans) {
    let now = world.now;
    let Some(task) = world.tasks.get_mut(id) else {
        return;
    };
    task.at.execution_stopped = Some(now);
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
