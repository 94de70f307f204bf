//! The task sets of a service whose deployments somebody else decides on.

use super::{chosen, group, live, split, start, stop};
use crate::services::events;
use crate::task_sets;
use crate::world::World;

/// Gives every task set as many tasks as its scale says.
pub(super) fn reconcile(world: &mut World, key: &str) {
    let Some(service) = world.services.get(key) else {
        return;
    };
    let sets: Vec<(String, u32)> =
        service.task_sets.iter().map(|set| (set.id.clone(), set.target(service.desired))).collect();
    let mut all_steady = true;
    for (id, target) in sets {
        let steady = keep(world, key, &id, target);
        task_sets::seen(world, key, &id, steady);
        all_steady &= steady;
    }
    task_sets::retire(world, key);
    let any = world.services.get(key).is_some_and(|service| !service.task_sets.is_empty());
    if any && all_steady {
        events::steady(world, key);
    }
}

/// Starts and stops tasks of one set; those on a draining instance go when the
/// others are healthy. Whether nothing was left to do.
fn keep(world: &mut World, key: &str, id: &str, target: u32) -> bool {
    let Some(service) = world.services.get(key) else {
        return false;
    };
    let (mine, others) = split(world, service, id);
    let own = |task: &str| {
        let owner = world.tasks.get(task).and_then(|task| task.owner.as_ref());
        owner.is_some_and(|owner| owner.deployment == id)
    };
    let leaving: Vec<_> = others.into_iter().filter(|(_, _, task)| own(task)).collect();
    let have = group(&mine);
    let still = live(world, service)
        .filter(|task| task.owner.as_ref().is_some_and(|owner| owner.deployment == id))
        .count();
    let steady = have.ready == target && usize::try_from(target) == Ok(still);
    let mut stops = chosen(world, mine, have.wanted.saturating_sub(target));
    if have.ready >= target {
        stops.extend(chosen(world, leaving, u32::MAX));
    }
    stop(world, key, &stops);
    start(world, key, id, target.saturating_sub(have.wanted));
    steady
}
