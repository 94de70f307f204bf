//! The demo's scripted actors: they use the same operations a caller would, so
//! that nothing they do is impossible.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::demo::call;
use super::shop::{self, FAILURES, JOBS, SHELVES};
use crate::ask::{Ask, put};
use crate::queue::Effect;
use crate::tasks::lifecycle;
use crate::tasks::model::StopCode;
use crate::world::World;

/// Someone who does something again and again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Actor {
    /// Releases the storefront.
    Releases { number: u32 },
    /// Runs the batch cluster's jobs.
    Jobs { number: u32, failed: usize },
    /// Takes a task of production away now and then.
    Misfortune,
}

/// A release every six minutes; rolling one task at a time takes about four.
pub(crate) const RELEASE_EVERY_MS: i64 = 360_000;

/// Revisions of the storefront that are kept: a world that runs for months
/// must not grow for months.
const REVISIONS_KEPT: usize = 40;

/// An actor takes its turn and plans the next.
pub(crate) fn act(world: &mut World, index: usize) {
    let Some(mut actor) = world.actors.get(index).cloned() else {
        return;
    };
    let wait = match &mut actor {
        Actor::Releases { number } => release(world, number),
        Actor::Jobs { number, failed } => run_job(world, number, failed),
        Actor::Misfortune => take_away(world),
    };
    if let Some(place) = world.actors.get_mut(index) {
        *place = actor;
    }
    world.plan(wait, Effect::Actor { index });
}

fn release(world: &mut World, number: &mut u32) -> i64 {
    let storefront = SHELVES
        .iter()
        .find(|shelf| shelf.cluster == "production" && shelf.name == "storefront-web");
    // A visitor may have deleted the service or the cluster.
    let there = world
        .services
        .get("production/storefront-web")
        .is_some_and(|service| service.standing == crate::services::model::Standing::Active);
    if let Some(shelf) = storefront.filter(|_| there) {
        let image = format!("shop/storefront-web:2026.11.{number}");
        let registered = call(world, "RegisterTaskDefinition", &shelf.document(&image));
        let arn = registered.pointer("/taskDefinition/taskDefinitionArn").cloned();
        let update =
            json!({"cluster": shelf.cluster, "service": shelf.name, "taskDefinition": arn});
        // The visitor may have changed the service so that this is refused.
        let _ = crate::services::update::update(world, Ask(&update));
        *number += 1;
        if let Some(revisions) = world.task_definitions.get_mut(&shelf.family()) {
            let surplus = revisions.len().saturating_sub(REVISIONS_KEPT);
            revisions.drain(..surplus);
        }
    }
    RELEASE_EVERY_MS
}

fn run_job(world: &mut World, number: &mut u32, failed: &mut usize) -> i64 {
    let which = usize::try_from(world.ids.between(0, 2)).unwrap_or(0);
    let fails = world.ids.chance(12);
    if let Some((family, _)) = JOBS.get(which) {
        let mut wish = json!({
            "cluster": "batch",
            "taskDefinition": family,
            "startedBy": format!("schedule/{family}"),
            "networkConfiguration": shop::network(),
            "capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}],
            "tags": [{"key": "run", "value": number.to_string()}],
        });
        let failure = FAILURES.get(*failed % FAILURES.len()).copied().unwrap_or_default();
        if fails {
            *failed += 1;
            let environment = json!([{"name": "SANDBOX_BEHAVIOUR", "value": failure}]);
            let overrides =
                json!({"containerOverrides": [{"name": family, "environment": environment}]});
            put(&mut wish, "overrides", Some(overrides));
        }
        let _ = crate::tasks::run::run(world, Ask(&wish));
        *number += 1;
    }
    stop_long_jobs(world);
    world.ids.between(20_000, 40_000)
}

/// No job of the schedule runs longer than three minutes.
fn stop_long_jobs(world: &mut World) {
    let since = world.now - 180_000;
    let long = world.tasks.values().filter(|task| {
        let scheduled = task.started_by.as_deref().is_some_and(|by| by.starts_with("schedule/"));
        task.cluster == "batch" && scheduled && task.at.started.is_some_and(|at| at < since)
    });
    let long: Vec<String> = long.map(|task| task.id.clone()).collect();
    for id in long {
        lifecycle::stop(world, &id, StopCode::UserInitiated, "The job ran for three minutes.");
    }
}

fn take_away(world: &mut World) -> i64 {
    let running: Vec<(String, bool)> = world
        .tasks
        .values()
        .filter(|task| task.cluster == "production" && task.ready && task.owner.is_some())
        .map(|task| (task.id.clone(), task.capacity_provider.as_deref() == Some("FARGATE_SPOT")))
        .collect();
    let last = i64::try_from(running.len()).unwrap_or(0) - 1;
    if last >= 0 {
        let at = usize::try_from(world.ids.between(0, last)).unwrap_or(0);
        if let Some((id, spot)) = running.get(at) {
            let (code, reason) = if *spot {
                (StopCode::SpotInterruption, "Your Spot Task was interrupted.")
            } else {
                (StopCode::UserInitiated, "Task stopped by user")
            };
            lifecycle::stop(world, id, code, reason);
        }
    }
    world.ids.between(7 * 60_000, 15 * 60_000)
}
