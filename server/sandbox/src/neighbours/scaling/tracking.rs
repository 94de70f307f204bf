//! How a policy moves the count: three minutes above the target are enough for
//! more tasks, fewer need a quarter of an hour clearly below it.

use serde_json::Value;

use super::{Target, apply, bounded};
use crate::neighbours::cloudwatch;
use crate::queue::Effect;
use crate::services::model::Standing;
use crate::world::World;

/// How often a policy looks at its metric.
pub(super) const PACE_MS: i64 = 60_000;
/// AWS's default for services, in seconds, for both directions.
const COOLDOWN: i64 = 300;
const MINUTES_UP: usize = 3;
const MINUTES_DOWN: usize = 15;
/// Below this part of the target a service has too many tasks.
const CLEARLY_BELOW: f64 = 0.9;

/// Looks at a target: moves its service if a policy says so, and plans the next look.
pub(crate) fn look(world: &mut World, resource: &str) {
    let Some(key) = resource.strip_prefix("service/") else {
        return;
    };
    let active = world.services.get(key).is_some_and(|one| one.standing == Standing::Active);
    let now = world.now;
    let Some(target) = world.scaling.get_mut(resource) else {
        return;
    };
    if target.look_at != Some(now) {
        return;
    }
    let goes_on = active && !target.policies.is_empty();
    target.look_at = goes_on.then_some(now + PACE_MS);
    let Some(target) = world.scaling.get(resource).filter(|_| goes_on) else {
        return;
    };
    if let Some((count, cause)) = wanted(world, key, resource, target) {
        apply(world, key, resource, count, cause);
    }
    world.plan(PACE_MS, Effect::Scale { resource: resource.to_owned() });
}

/// The count that a service should have, and why; none when it may stay.
fn wanted(world: &World, key: &str, resource: &str, target: &Target) -> Option<(u32, String)> {
    if let Some(outside) = bounded(world, key, resource) {
        return Some(outside);
    }
    let desired = i64::from(world.services.get(key)?.desired);
    // With several policies the one that wants the most tasks wins.
    let tracking = || target.policies.iter().filter(|(_, policy)| !policy.steps);
    let wishes = tracking().filter_map(|(name, policy)| {
        let (count, alarm) = wish(world, key, target, desired, &policy.configuration)?;
        let cause = format!(
            "monitor alarm TargetTracking-{resource}-Alarm{alarm} in state ALARM triggered policy {name}"
        );
        Some((count, cause))
    });
    let (count, cause) = wishes.max_by_key(|(count, _)| *count)?;
    (i64::from(count) != desired).then_some((count, cause))
}

fn wish(
    world: &World,
    key: &str,
    target: &Target,
    desired: i64,
    configuration: &Value,
) -> Option<(u32, &'static str)> {
    let (cluster, service) = key.split_once('/')?;
    let goal = configuration.get("TargetValue").and_then(Value::as_f64)?;
    let metric = match super::super::text_at(
        configuration,
        "/PredefinedMetricSpecification/PredefinedMetricType",
    )? {
        "ECSServiceAverageCPUUtilization" => "CPUUtilization",
        _ => "MemoryUtilization",
    };
    let rests = |name: &str| {
        let seconds = configuration.get(name).and_then(Value::as_i64).unwrap_or(COOLDOWN);
        super::rests(world.now, target, seconds)
    };
    let seen = cloudwatch::recent(world, cluster, service, metric, MINUTES_DOWN);
    let lately = seen.get(..MINUTES_UP)?;
    let average = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let counted = |average: f64| {
        let count = (desired as f64 * average / goal).ceil() as i64;
        u32::try_from(target.within(count)).ok()
    };
    if lately.iter().all(|value| *value > goal) {
        return counted(average(lately))
            .filter(|_| !rests("ScaleOutCooldown"))
            .map(|count| (count, "High"));
    }
    let may = configuration.get("DisableScaleIn").and_then(Value::as_bool) != Some(true);
    let low = seen.len() == MINUTES_DOWN && seen.iter().all(|value| *value < goal * CLEARLY_BELOW);
    let less = counted(average(&seen)).filter(|_| low && may && !rests("ScaleInCooldown"));
    less.map(|count| (count, "Low"))
}
