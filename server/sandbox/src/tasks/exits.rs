//! How tasks end without being asked to.

use super::containers::{self, Plans};
use super::lifecycle::stop;
use super::model::{ContainerStatus, Health, StopCode};
use super::words;
use crate::arn::last_part;
use crate::behaviour::Behaviour;
use crate::services;
use crate::task_definitions;
use crate::world::World;

/// A secret or an image of a container cannot be had.
pub(super) fn cannot_start(world: &mut World, id: &str) {
    let definition = world.tasks.get(id).map(|task| task.definition_arn.clone());
    let definition = definition.and_then(|arn| task_definitions::by_arn(world, &arn));
    let role = definition.and_then(|definition| definition.member("executionRoleArn"));
    let role = role.map_or("ecsTaskExecutionRole", last_part).to_owned();
    let Some(task) = world.tasks.get_mut(id) else {
        return;
    };
    let mut sentence = String::new();
    for container in &mut task.containers {
        match container.behaviour {
            Behaviour::NoSecret(why) => {
                sentence =
                    words::no_secret(&world.place, (&role, id), container.secret.as_deref(), why);
            }
            Behaviour::CannotPull(why) => {
                sentence = words::cannot_pull(&container.image, why);
                container.reason = Some(sentence.clone());
            }
            _ => {}
        }
    }
    services::task_failed(world, id);
    stop(world, id, StopCode::TaskFailedToStart, &sentence);
}

/// A container has ended by itself: it is started again, or an essential one
/// takes its task along. Answers whether the task lives on.
pub(super) fn container_exited(world: &mut World, id: &str, at: usize, plans: &mut Plans) -> bool {
    let now = world.now;
    let Some(task) = world.tasks.get_mut(id) else {
        return false;
    };
    let Some(container) = task.containers.get_mut(at) else {
        return false;
    };
    let Some((_, code, reason)) = container.behaviour.end() else {
        return false;
    };
    if containers::restart(task, at, code, now, &mut world.ids, plans) {
        return true;
    }
    let Some(container) = task.containers.get_mut(at) else {
        return false;
    };
    container.status = ContainerStatus::Stopped;
    container.exit_code = Some(code);
    container.reason = reason.map(str::to_owned);
    task.version += 1;
    let ends = container.essential;
    if ends {
        services::task_failed(world, id);
        stop(world, id, StopCode::EssentialContainerExited, "Essential container in task exited");
    }
    !ends
}

/// An essential container will never start, because another one has not come
/// as far as it must.
pub(super) fn gave_up(world: &mut World, id: &str) {
    services::task_failed(world, id);
    stop(world, id, StopCode::TaskFailedToStart, "Essential container in task exited");
}

/// A container's own health checks have failed: a service replaces the task,
/// a standalone task only shows it.
pub(super) fn checks_failed(world: &mut World, id: &str) {
    let Some(task) = world.tasks.get(id) else {
        return;
    };
    if task.owner.is_none() || task.health() != Health::Unhealthy {
        return;
    }
    services::events::say(world, id, |short| {
        format!("(task {short}) failed container health checks.")
    });
    services::task_failed(world, id);
    stop(world, id, StopCode::ServiceSchedulerInitiated, "Task failed container health checks");
}

/// The load balancer finds the task unhealthy.
pub(super) fn target_unhealthy(world: &mut World, id: &str) {
    let Some(task) = world.tasks.get(id) else {
        return;
    };
    let Some(group) = task.target_groups.first().cloned() else {
        return;
    };
    let port = task
        .containers
        .iter()
        .flat_map(|container| &container.bindings)
        .next()
        .map_or(80, |binding| binding.container_port);
    services::events::say(world, id, |_| {
        format!(
            "(port {port}) is unhealthy in (target-group {group}) due to (reason Health checks failed)."
        )
    });
    let reason = format!("Task failed ELB health checks in (target-group {group})");
    services::task_failed(world, id);
    stop(world, id, StopCode::ServiceSchedulerInitiated, &reason);
}
