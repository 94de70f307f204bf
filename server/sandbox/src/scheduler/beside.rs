//! Deployments beside an older revision: green has its full count from SCALE_UP
//! on, blue keeps its own until CLEAN_UP.

use super::{Seen, chosen, group, live, retire, split, start, stop};
use crate::deployments::{self, Rollout, Walk};
use crate::services::history::Progress;
use crate::services::model::Service;
use crate::services::poke;
use crate::world::World;

/// Whether the newest service deployment walks through lifecycle stages, or has stopped on its way
/// and left two revisions.
pub(super) fn concerns(service: &Service) -> bool {
    let newest = service.history.front().filter(|item| item.walk.is_some());
    newest.is_some_and(|item| !matches!(item.status, Progress::Successful | Progress::RolledBack))
}

pub(super) fn reconcile(world: &mut World, key: &str) {
    deployments::advance(world, key);
    let status = world.services.get(key).and_then(|service| Some(service.history.front()?.status));
    let back = status == Some(Progress::RollingBack) && deployments::returned(world, key);
    let Some(service) = world.services.get(key) else {
        return;
    };
    let Some((status, walk)) =
        service.history.front().and_then(|item| Some((item.status, item.walk.clone()?)))
    else {
        return;
    };
    let all: Vec<String> = service.deployments.iter().map(|item| item.id.clone()).collect();
    for (at, id) in all.iter().enumerate() {
        let wants = match status {
            Progress::RollingBack if at == 0 => Wants::Full,
            Progress::RollingBack if back => Wants::Nothing,
            Progress::RollingBack => Wants::Same,
            _ => wants(world, key, &walk, at, id),
        };
        keep(world, key, id, wants);
    }
    let stays =
        walk.blue.as_deref().filter(|_| !walk.cleans_up() && status != Progress::Successful);
    retire(world, key, stays.filter(|_| !back));
    finish(world, key, status, back);
}

/// How many tasks a deployment shall have.
#[derive(Clone, Copy, PartialEq)]
enum Wants {
    Full,
    Nothing,
    /// Those it has, as far as the service wants so many.
    Same,
}

fn wants(world: &World, key: &str, walk: &Walk, at: usize, id: &str) -> Wants {
    let Some(service) = world.services.get(key) else {
        return Wants::Same;
    };
    let newest = service.history.front();
    let runs = newest.is_some_and(|item| item.status == Progress::Running);
    let whole = service.deployments.get(at).is_some_and(|item| item.rollout == Rollout::Completed);
    match (at, Some(id) == walk.blue.as_deref()) {
        // Also after it is complete, until the next look.
        (0, _) if runs && !walk.is_scaled_up() => Wants::Nothing,
        (0, _) if runs || whole => Wants::Full,
        (0, _) => Wants::Same,
        (_, true) if walk.cleans_up() => {
            if runs {
                Wants::Nothing
            } else {
                Wants::Same
            }
        }
        // A blue that never completed is not started again.
        (_, true) => {
            if whole {
                Wants::Full
            } else {
                Wants::Same
            }
        }
        (_, false) => {
            if runs {
                Wants::Nothing
            } else {
                Wants::Same
            }
        }
    }
}

/// Starts and stops tasks of one deployment. Those on a draining instance go when the others are
/// healthy.
fn keep(world: &mut World, key: &str, id: &str, wants: Wants) {
    let Some(service) = world.services.get(key) else {
        return;
    };
    let (mine, _) = split(world, service, id);
    let leaving: Vec<Seen> = live(world, service)
        .filter(|task| task.wanted && !mine.iter().any(|(_, _, known)| *known == task.id))
        .filter(|task| task.owner.as_ref().is_some_and(|owner| owner.deployment == id))
        .map(|task| (task.ready, task.at.created, task.id.clone()))
        .collect();
    let desired = if wants == Wants::Nothing { 0 } else { service.target(world) };
    let have = group(&mine);
    let mut stops = chosen(world, mine, have.wanted.saturating_sub(desired));
    if have.ready >= desired {
        stops.extend(chosen(world, leaving, u32::MAX));
    }
    stop(world, key, &stops);
    if wants == Wants::Full {
        start(world, key, id, desired.saturating_sub(have.wanted));
    }
}

/// A rollback is over when only the older revision is left; a walk has ended by itself.
fn finish(world: &mut World, key: &str, status: Progress, back: bool) {
    let Some(service) = world.services.get(key) else {
        return;
    };
    let green = service.primary().map(|primary| primary.id.as_str());
    let alone = live(world, service)
        .all(|task| task.owner.as_ref().map(|owner| owner.deployment.as_str()) == green);
    if back && alone {
        deployments::complete(world, key);
    } else if status != Progress::Successful {
        return;
    }
    // The next look says that the service is steady, if it is: it may have been scaled meanwhile.
    poke(world, key, 500);
}
