//! Application Auto Scaling of services: targets with their bounds, policies
//! that move the desired count (target tracking by the metrics of CloudWatch,
//! steps by its alarms), and scheduled actions that move the bounds.

mod operations;
mod policies;
mod schedule;
mod scheduled;
mod steps;
mod tracking;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::refusal::Refusal;
use crate::services;
use crate::services::model::Standing;
use crate::world::World;

pub(crate) use operations::BUILT;
pub(crate) use scheduled::run as run_scheduled;
pub(crate) use steps::{Breach, alarmed};
pub(crate) use tracking::look;

use scheduled::Scheduled;

/// Scalable targets by resource id, `service/cluster/name`.
pub(crate) type Targets = BTreeMap<String, Target>;

/// A service whose desired count may be moved.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Target {
    min: i64,
    max: i64,
    /// Milliseconds since the epoch, as all times here.
    created_at: i64,
    role: Option<String>,
    policies: BTreeMap<String, Policy>,
    scheduled: BTreeMap<String, Scheduled>,
    /// Newest last, a hundred at most.
    activities: Vec<Activity>,
    moved_at: Option<i64>,
    /// The last move was to fewer tasks.
    moved_down: bool,
    /// The next look at its policies; an older one is void.
    look_at: Option<i64>,
}

/// A policy, as it was put.
#[derive(Debug, Serialize, Deserialize)]
struct Policy {
    arn: String,
    created_at: i64,
    /// Step scaling; else target tracking.
    steps: bool,
    configuration: Value,
}

/// A move of the desired count or of its bounds.
#[derive(Debug, Serialize, Deserialize)]
struct Activity {
    id: String,
    at: i64,
    /// What is done, and what it says when it is.
    what: String,
    done: String,
    cause: String,
}

fn invalid(sentence: impl Into<String>) -> Refusal {
    Refusal::new("ValidationException", sentence)
}

/// No service has more tasks, whatever the bounds say: a quota of AWS (R186).
const MOST_TASKS: i64 = 5_000;

impl Target {
    /// The nearest count that the target may have.
    fn within(&self, count: i64) -> i64 {
        count.clamp(self.min, self.max).min(MOST_TASKS)
    }
}

/// Whether so many seconds have not yet passed since the last move.
fn rests(now: i64, target: &Target, seconds: i64) -> bool {
    let since = target.moved_at.map(|at| at.saturating_add(seconds.saturating_mul(1_000)));
    since.is_some_and(|until| now < until)
}

/// The bound that an active service is outside of, and why it moves there.
fn bounded(world: &World, key: &str, resource: &str) -> Option<(u32, String)> {
    let target = world.scaling.get(resource)?;
    let service = world.services.get(key).filter(|one| one.standing == Standing::Active)?;
    let desired = i64::from(service.desired);
    let bounded = target.within(desired);
    if bounded == desired {
        return None;
    }
    let (what, bound) =
        if desired < bounded { ("minimum", target.min) } else { ("maximum", target.max) };
    Some((u32::try_from(bounded).ok()?, format!("{what} capacity was set to {bound}")))
}

/// Sets a service's desired count.
fn apply(world: &mut World, key: &str, resource: &str, count: u32, cause: String) {
    let activity = Activity {
        id: world.ids.uuid(),
        at: world.now,
        what: format!("Setting desired count to {count}."),
        done: format!(
            "Successfully set desired count to {count}. Change successfully fulfilled by ecs."
        ),
        cause,
    };
    let mut fewer = false;
    if let Some(service) = world.services.get_mut(key) {
        fewer = count < service.desired;
        service.desired = count;
        service.steady = false;
    }
    if let Some(target) = world.scaling.get_mut(resource) {
        target.moved_at = Some(activity.at);
        target.moved_down = fewer;
    }
    record(world, resource, activity);
    services::poke(world, key, 1_000);
}

fn record(world: &mut World, resource: &str, activity: Activity) {
    if let Some(target) = world.scaling.get_mut(resource) {
        target.activities.push(activity);
        if target.activities.len() > 100 {
            target.activities.remove(0);
        }
    }
}
