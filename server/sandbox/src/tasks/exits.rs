//! How tasks end without being asked to.

use super::lifecycle::stop;
use super::model::{ContainerStatus, Health, StopCode};
use crate::behaviour::Behaviour;
use crate::services;
use crate::world::World;

/// The image of a container cannot be pulled.
pub(super) fn pull_failed(world: &mut World, id: &str) {
    let Some(task) = world.tasks.get_mut(id) else {
        return;
    };
    let mut sentence = String::new();
    for container in &mut task.containers {
        if container.behaviour == Behaviour::ImageNotFound {
            sentence = format!(
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {0}: {0}: not found",
                container.image
            );
            container.reason = Some(sentence.clone());
        }
    }
    services::task_failed(world, id);
    stop(world, id, StopCode::TaskFailedToStart, &sentence);
}

/// A container has ended by itself; an essential one takes its task along.
pub(super) fn container_exited(world: &mut World, id: &str, at: usize) {
    let Some(task) = world.tasks.get_mut(id) else {
        return;
    };
    let Some(container) = task.containers.get_mut(at) else {
        return;
    };
    let Some((_, code, reason)) = container.behaviour.end() else {
        return;
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
