//! When a deployment has succeeded: all its tasks are healthy and alone, or
//! enough of them by its early success criteria, and the bake time is over.

use serde_json::{Value, json};

use crate::services::model::Service;
use crate::services::poke;
use crate::world::World;

/// What the scheduler has seen of the PRIMARY deployment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) desired: u32,
    pub(crate) healthy: u32,
    /// Tasks of older deployments are left.
    pub(crate) old_left: bool,
    /// Nothing is to be started or stopped, and every task is healthy.
    pub(crate) settled: bool,
}

/// Whether the PRIMARY deployment has succeeded now. Begins its bake time when
/// only that is left.
pub(crate) fn succeeds(world: &mut World, key: &str, seen: Seen) -> bool {
    let now = world.now;
    let Some(service) = world.services.get_mut(key) else {
        return false;
    };
    if !enough(service, seen) {
        return false;
    }
    let bake_ms = number(service, "bakeTimeInMinutes").unwrap_or(0) * 60_000;
    let Some(primary) = service.deployments.first_mut() else {
        return false;
    };
    let baked_at = *primary.baked_at.get_or_insert(now + bake_ms);
    if baked_at > now {
        poke(world, key, baked_at - now);
    }
    baked_at <= now
}

/// Early success asks for a share of the desired count, rounded up like the
/// minimum; BLOCKING also waits for the older tasks to go.
fn enough(service: &Service, seen: Seen) -> bool {
    let criteria = configured(service, "earlySuccessCriteria");
    let Some(criteria) = criteria.filter(|item| item.get("enable") == Some(&json!(true))) else {
        return seen.settled;
    };
    let percent = criteria.get("healthyPercent").and_then(Value::as_u64).unwrap_or(100);
    let needed = (u64::from(seen.desired) * percent).div_ceil(100);
    let deferred = criteria.get("sourceServiceRevisionCleanup") == Some(&json!("DEFERRED"));
    u64::from(seen.healthy) >= needed && (deferred || !seen.old_left)
}

fn configured<'s>(service: &'s Service, member: &str) -> Option<&'s Value> {
    service.settings.get("deploymentConfiguration")?.get(member)
}

fn number(service: &Service, member: &str) -> Option<i64> {
    configured(service, member)?.as_i64()
}
