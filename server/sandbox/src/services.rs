//! Services: what they are, what is asked of them, and what their tasks tell them.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod events;
pub(crate) mod grace;
pub(crate) mod history;
pub(crate) mod model;
pub(crate) mod namespace;
pub(crate) mod operations;
pub(crate) mod revisions;
pub(crate) mod steer;
pub(crate) mod update;
pub(crate) mod view;

use crate::deployments;
use crate::queue::{Effect, Step};
use crate::tasks::model::{Owner, StopCode};
use crate::world::World;

/// Asks the scheduler to look at a service soon. Several asks make one look.
pub(crate) fn poke(world: &mut World, key: &str, wait_ms: i64) {
    let due = world.now + wait_ms;
    let Some(service) = world.services.get_mut(key) else {
        return;
    };
    if service.look_at.is_some_and(|planned| planned <= due) {
        return;
    }
    service.look_at = Some(due);
    let key = key.to_owned();
    world.plan(wait_ms, Effect::Service { key });
}

/// Lets the scheduler look at every service of a cluster.
pub(crate) fn poke_cluster(world: &mut World, cluster: &str) {
    let prefix = format!("{cluster}/");
    let keys: Vec<String> = world
        .services
        .range(prefix.clone()..)
        .map(|(key, _)| key.clone())
        .take_while(|key| key.starts_with(&prefix))
        .collect();
    for key in keys {
        poke(world, &key, 1_000);
    }
}

/// Lets the scheduler look at the services whose deployments watch an alarm.
pub(crate) fn poke_alarmed(world: &mut World, alarm: &str) {
    let named = serde_json::json!(alarm);
    let watches = |service: &model::Service| {
        let newest = service.history.front().filter(|item| !item.status.is_final());
        let names = newest.and_then(|item| item.configuration.pointer("/alarms/alarmNames"));
        names.and_then(serde_json::Value::as_array).is_some_and(|list| list.contains(&named))
    };
    let found = world.services.iter().filter(|(_, service)| watches(service));
    let keys: Vec<String> = found.map(|(key, _)| key.clone()).collect();
    for key in keys {
        poke(world, &key, 500);
    }
}

fn owner_of(world: &World, task: &str) -> Option<Owner> {
    world.tasks.get(task)?.owner.clone()
}

/// A task of a service runs, is healthy, or is gone.
pub(crate) fn task_moved(world: &mut World, task: &str, step: Step) {
    let Some(owner) = owner_of(world, task) else {
        return;
    };
    match step {
        Step::Run => events::registered(world, task),
        Step::Ready => deployments::task_ready(world, &owner),
        _ => {
            if let Some(service) = world.services.get_mut(&owner.service) {
                service.tasks.remove(task);
            }
        }
    }
    poke(world, &owner.service, 500);
}

/// A task of a service begins to stop.
pub(crate) fn task_stopping(world: &mut World, task: &str) {
    let Some(owner) = owner_of(world, task) else {
        return;
    };
    if let Some(service) = world.services.get_mut(&owner.service) {
        service.steady = false;
    }
    // The scheduler says it of all the tasks that it stops at once.
    let code = world.tasks.get(task).and_then(|task| task.stop_code);
    if code == Some(StopCode::UserInitiated) {
        events::deregistered(world, &owner.service, &[task.to_owned()]);
    }
    poke(world, &owner.service, 1_500);
}

/// A task of a service has failed.
pub(crate) fn task_failed(world: &mut World, task: &str) {
    if let Some(owner) = owner_of(world, task) {
        events::deregistered(world, &owner.service, &[task.to_owned()]);
        deployments::task_failed(world, task, &owner);
    }
}
