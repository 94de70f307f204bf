//! DeleteService: DRAINING until the last task is gone, INACTIVE for a while.

use serde_json::json;

use super::model::Standing;
use super::{poke, update, view};
use crate::ask::Ask;
use crate::deployments;
use crate::queue::Effect;
use crate::refusal::{Refusal, Reply};
use crate::world::World;

/// An inactive service can be described for an hour.
const KEPT_MS: i64 = 3_600_000;

/// DeleteService.
pub(crate) fn delete(world: &mut World, ask: Ask<'_>) -> Reply {
    let key = update::named(world, ask)?;
    let force = ask.flag("force")?.unwrap_or(false);
    let Some(service) = world.services.get_mut(&key) else {
        return Err(Refusal::no_service());
    };
    if service.standing == Standing::Inactive {
        return Err(Refusal::service_not_active());
    }
    if service.desired > 0 && !service.daemon && !force {
        return Err(Refusal::invalid("The service cannot be stopped while it is scaled above 0."));
    }
    service.standing = Standing::Draining;
    service.desired = 0;
    service.steady = false;
    poke(world, &key, 500);
    Ok(json!({"service": view::of(world, &key, true)}))
}

/// The last task of a draining service is gone.
pub(crate) fn finish(world: &mut World, key: &str) {
    let Some(service) = world.services.get_mut(key) else {
        return;
    };
    service.standing = Standing::Inactive;
    service.deployments.clear();
    service.task_sets.clear();
    let created_at = service.created_at;
    // A new service of this name is not the one that was to be scaled.
    world.scaling.remove(&format!("service/{key}"));
    deployments::abandon(world, key, "The service was deleted.");
    let key = key.to_owned();
    world.plan(KEPT_MS, Effect::ForgetService { key, created_at });
}

/// Forgets an inactive service, unless another took its name since.
pub(crate) fn forget(world: &mut World, key: &str, created_at: i64) {
    let same = world.services.get(key).is_some_and(|service| {
        service.created_at == created_at && service.standing == Standing::Inactive
    });
    if same {
        world.services.remove(key);
    }
}
