//! The service scheduler: compares what a service wants with what it has, and
//! starts and stops tasks. It looks only when something has changed.

mod beside;
mod plan;
mod task_sets;
mod wish;

use serde_json::Value;

use crate::capacity_providers;
use crate::deployments::{self, Rollout};
use crate::placement::Daemon;
use crate::services::model::{Service, Standing};
use crate::services::{delete, events, poke};
use crate::tasks::launch::launch;
use crate::tasks::lifecycle;
use crate::tasks::model::{StopCode, Task};
use crate::tasks::protection;
use crate::world::World;
use plan::{Group, Plan, Sizes};
use wish::{providers, wish};

/// AWS starts tasks of a service in small groups.
const STARTS_AT_ONCE: u32 = 10;

/// How long to wait after no instance could take a task.
const PLACE_AGAIN_MS: i64 = 30_000;

/// The planned look at a service.
pub(crate) fn wake(world: &mut World, key: &str) {
    let now = world.now;
    let Some(service) = world.services.get_mut(key) else {
        return;
    };
    if service.look_at != Some(now) {
        return;
    }
    service.look_at = None;
    match service.standing {
        Standing::Active => reconcile(world, key),
        Standing::Draining => drain(world, key),
        Standing::Inactive => {}
    }
}

fn drain(world: &mut World, key: &str) {
    let Some(service) = world.services.get(key) else {
        return;
    };
    if service.tasks.is_empty() {
        delete::finish(world, key);
        return;
    }
    let wanted: Vec<String> =
        live(world, service).filter(|task| task.wanted).map(|task| task.id.clone()).collect();
    stop(world, key, &wanted);
}

fn live<'w>(world: &'w World, service: &'w Service) -> impl Iterator<Item = &'w Task> {
    service.tasks.iter().filter_map(|id| world.tasks.get(id))
}

fn reconcile(world: &mut World, key: &str) {
    deployments::under_way(world, key);
    deployments::watch(world, key);
    if world.services.get(key).is_some_and(beside::concerns) {
        return beside::reconcile(world, key);
    }
    let Some(service) = world.services.get(key) else {
        return;
    };
    if crate::task_sets::has(service) {
        return task_sets::reconcile(world, key);
    }
    let Some(primary) = service.primary() else {
        return;
    };
    let (mine, old) = split(world, service, &primary.id);
    let sizes = Sizes {
        desired: service.target(world),
        minimum_percent: service.percent("minimumHealthyPercent"),
        maximum_percent: service.percent("maximumPercent"),
        failed: primary.rollout == Rollout::Failed,
    };
    let plan = plan::plan(sizes, group(&mine), group(&old));
    let mut stops = chosen(world, old.clone(), plan.stop_old);
    stops.extend(chosen(world, mine.clone(), plan.stop_extra));
    // Also those that are still stopping: a rollout ends when the last of them is gone.
    let old_left = live(world, service)
        .any(|task| task.owner.as_ref().is_some_and(|owner| owner.deployment != primary.id));
    let settled = plan == Plan::default()
        && old.is_empty()
        && !old_left
        && group(&mine).ready == sizes.desired;
    let rolling = primary.rollout == Rollout::InProgress;
    let own = primary.id.clone();
    stop(world, key, &stops);
    start(world, key, &own, plan.start);
    retire(world, key, None);
    let seen = deployments::Seen {
        desired: sizes.desired,
        healthy: group(&mine).ready,
        old_left,
        settled,
    };
    let done = rolling && deployments::succeeds(world, key, seen);
    if done {
        deployments::complete(world, key);
    }
    // A deployment that still bakes is not steady.
    if settled && (done || !rolling) {
        events::steady(world, key);
    }
}

/// A task as the scheduler sees it: ready, created, id.
type Seen = (bool, i64, String);

/// The wanted tasks of the PRIMARY deployment, and those to be replaced: of
/// older deployments, on an instance that is being drained, or, of a daemon, on
/// one where it is not to be any more.
fn split(world: &World, service: &Service, primary: &str) -> (Vec<Seen>, Vec<Seen>) {
    let mut mine = Vec::new();
    let mut old = Vec::new();
    let daemon = service.daemon.then(|| Daemon::of(world, service));
    for task in live(world, service).filter(|task| task.wanted) {
        let instance = task.instance.as_ref().and_then(|id| world.instances.get(id));
        let leaving = instance.is_some_and(|instance| {
            instance.draining || daemon.as_ref().is_some_and(|one| !one.has(world, instance))
        });
        let own = task.owner.as_ref().is_some_and(|owner| owner.deployment == primary);
        let seen = (task.ready, task.at.created, task.id.clone());
        if own && !leaving { mine.push(seen) } else { old.push(seen) }
    }
    (mine, old)
}

fn group(tasks: &[Seen]) -> Group {
    let count = |list: usize| u32::try_from(list).unwrap_or(u32::MAX);
    Group { wanted: count(tasks.len()), ready: count(tasks.iter().filter(|task| task.0).count()) }
}

/// The tasks to stop first: those that are not ready, then the oldest. Protected ones are left.
fn chosen(world: &World, mut tasks: Vec<Seen>, count: u32) -> Vec<String> {
    tasks.retain(|(_, _, id)| !protection::protects(world, id));
    tasks.sort();
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    tasks.into_iter().take(count).map(|(_, _, id)| id).collect()
}

fn stop(world: &mut World, key: &str, ids: &[String]) {
    let Some(service) = world.services.get(key) else {
        return;
    };
    if ids.is_empty() {
        return;
    }
    let deployment = service.primary().map(|primary| primary.id.clone()).unwrap_or_default();
    let reason = format!("Scaling activity initiated by (deployment {deployment})");
    for id in ids {
        lifecycle::stop(world, id, StopCode::ServiceSchedulerInitiated, &reason);
    }
    events::stopped(world, key, ids);
}

/// Starts tasks of one of the service's deployments.
fn start(world: &mut World, key: &str, deployment: &str, count: u32) {
    let now = world.now;
    let Some(service) = world.services.get(key).filter(|_| count > 0) else {
        return;
    };
    let Some(deployment) = service.deployments.iter().find(|item| item.id == deployment) else {
        return;
    };
    if deployment.next_start > now {
        let wait = deployment.next_start - now;
        return poke(world, key, wait);
    }
    let wish = wish(world, service, deployment);
    let mut have = providers(world, service, &deployment.id);
    let strategy =
        deployment.settings.get("capacityProviderStrategy").and_then(Value::as_array).cloned();
    let mut started = Vec::new();
    let mut trouble = None;
    for _ in 0..count.min(STARTS_AT_ONCE) {
        let mut one = wish.clone();
        if let Some(name) =
            strategy.as_ref().and_then(|items| capacity_providers::next_provider(items, &have))
        {
            *have.entry(name.clone()).or_insert(0) += 1;
            one.capacity_provider = Some(name);
        }
        match launch(world, one) {
            Ok(id) => started.push(id),
            Err(unplaced) => {
                trouble = Some(unplaced.sentence());
                break;
            }
        }
    }
    if let Some(service) = world.services.get_mut(key) {
        service.tasks.extend(started.iter().cloned());
        service.steady = false;
    }
    if !started.is_empty() {
        events::started(world, key, &started);
    }
    match trouble {
        Some(sentence) => unplaced(world, key, &sentence),
        None if count > STARTS_AT_ONCE => poke(world, key, 2_000),
        None => {}
    }
}

/// Says why a task found no place, once for each cause, and tries again.
fn unplaced(world: &mut World, key: &str, sentence: &str) {
    let Some(service) = world.services.get(key) else {
        return;
    };
    let wanted = live(world, service).filter(|task| task.wanted).count();
    let Some(service) = world.services.get_mut(key) else {
        return;
    };
    // Where its own tasks are just leaving there will be room in a moment.
    let leaving = service.tasks.len() > wanted;
    if !leaving && service.unplaced.as_deref() != Some(sentence) {
        service.unplaced = Some(sentence.to_owned());
        let words = format!(
            "was unable to place a task because no container instance met all of its requirements. {sentence} For more information, see the Troubleshooting section of the Amazon ECS Developer Guide."
        );
        events::add(world, key, &words);
    }
    poke(world, key, PLACE_AGAIN_MS);
}

/// Older deployments without tasks leave the list, but for one that is still wanted.
fn retire(world: &mut World, key: &str, wanted: Option<&str>) {
    let Some(service) = world.services.get(key) else {
        return;
    };
    let mut kept = vec![];
    for (at, item) in service.deployments.iter().enumerate() {
        let held = live(world, service)
            .any(|task| task.owner.as_ref().is_some_and(|owner| owner.deployment == item.id));
        kept.push(at == 0 || held || Some(item.id.as_str()) == wanted);
    }
    if let Some(service) = world.services.get_mut(key) {
        let mut kept = kept.into_iter();
        service.deployments.retain(|_| kept.next().unwrap_or(true));
    }
}
