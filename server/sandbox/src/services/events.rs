//! What a service tells about itself, in AWS's sentences.

use std::collections::BTreeMap;

use super::model::{Event, Standing};
use crate::queue::Effect;
use crate::world::World;

/// DescribeServices shows at most a hundred events.
const KEPT: usize = 100;

/// A steady service says so again after six hours.
pub(crate) const STEADY_MS: i64 = 6 * 3_600_000;

/// Adds "(service NAME) `sentence`" to the service's events.
pub(crate) fn add(world: &mut World, key: &str, sentence: &str) {
    let id = world.ids.uuid();
    let at = world.now;
    if let Some(service) = world.services.get_mut(key) {
        let message = format!("(service {}) {sentence}", service.name);
        service.events.push_front(Event { id, at, message });
        service.events.truncate(KEPT);
    }
}

/// Adds an event to the service of a task; the words are given its id.
pub(crate) fn say(world: &mut World, task: &str, words: impl Fn(&str) -> String) {
    let owner = world.tasks.get(task).and_then(|task| task.owner.clone());
    if let Some(owner) = owner {
        add(world, &owner.service, &words(task));
    }
}

/// "(task a) (task b)".
pub(crate) fn listed(ids: &[String]) -> String {
    let words: Vec<String> = ids.iter().map(|id| format!("(task {id})")).collect();
    words.join(" ")
}

/// Tasks have been started.
pub(crate) fn started(world: &mut World, key: &str, ids: &[String]) {
    let sentence = format!("has started {} tasks: {}.", ids.len(), listed(ids));
    add(world, key, &sentence);
}

/// Tasks are being stopped; their targets are let go first.
pub(crate) fn stopped(world: &mut World, key: &str, ids: &[String]) {
    deregistered(world, key, ids);
    let sentence = format!("has stopped {} running tasks: {}.", ids.len(), listed(ids));
    add(world, key, &sentence);
}

/// The targets of tasks that ran are let go; a task that never ran was never a target.
pub(crate) fn deregistered(world: &mut World, key: &str, ids: &[String]) {
    let mut groups: BTreeMap<String, u32> = BTreeMap::new();
    let mut draining = 0;
    for task in ids.iter().filter_map(|id| world.tasks.get(id)) {
        if task.at.started.is_some() && !task.target_groups.is_empty() {
            draining += 1;
            for group in &task.target_groups {
                *groups.entry(group.clone()).or_insert(0) += 1;
            }
        }
    }
    for (group, count) in groups {
        add(world, key, &format!("deregistered {count} targets in (target-group {group})"));
    }
    if draining > 0 {
        add(world, key, &format!("has begun draining connections on {draining} tasks."));
    }
}

/// A task that runs is registered with its target groups.
pub(crate) fn registered(world: &mut World, task: &str) {
    let Some(task) = world.tasks.get(task) else {
        return;
    };
    let groups = task.target_groups.clone();
    let Some(owner) = task.owner.clone() else {
        return;
    };
    for group in groups {
        add(world, &owner.service, &format!("registered 1 targets in (target-group {group})"));
    }
}

/// Says once that nothing is left to do.
pub(crate) fn steady(world: &mut World, key: &str) {
    let Some(service) = world.services.get_mut(key) else {
        return;
    };
    if !service.steady {
        service.steady = true;
        service.unplaced = None;
        add(world, key, "has reached a steady state.");
    }
}

/// Says it again every six hours, as long as it is the same service.
pub(crate) fn repeat_steady(world: &mut World, key: &str, created_at: i64) {
    let Some(service) = world.services.get(key) else {
        return;
    };
    if service.created_at != created_at || service.standing != Standing::Active {
        return;
    }
    let quiet = service.events.front().is_none_or(|event| world.now - event.at >= STEADY_MS / 2);
    if service.steady && quiet {
        add(world, key, "has reached a steady state.");
    }
    let key = key.to_owned();
    world.plan(STEADY_MS, Effect::Steady { key, created_at });
}
