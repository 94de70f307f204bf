//! The demo's world. Its history is not written by hand: the world is made six
//! weeks ago and lives until now, so that everything in it adds up.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::actors::{self, Actor};
use super::shop::{self, SHELVES};
use crate::ask::Ask;
use crate::instances::{Instance, agent};
use crate::operations;
use crate::queue::Effect;
use crate::world::World;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// Makes the demo's world at `now`.
pub(super) fn world(region: &str, now: i64) -> World {
    let mut world = World::new(region, now - 42 * DAY_MS);
    foundations(&mut world);
    for shelf in &SHELVES {
        // Not all at the same time of day.
        let hour = i64::from(shelf.cpu) + i64::try_from(shelf.family().len()).unwrap_or(0) * 47;
        world.advance(now - shelf.age_days * DAY_MS + hour % 1_440 * MINUTE_MS);
        call(&mut world, "RegisterTaskDefinition", &shelf.document(shelf.image));
        call(&mut world, "CreateService", &shelf.service());
    }
    for (family, image) in shop::JOBS {
        call(&mut world, "RegisterTaskDefinition", &shop::job(family, image));
    }
    releases(&mut world, now);
    act(&mut world, now);
    // So lately that the tasks that failed are still there to be looked at. The image was never
    // published: the circuit breaker rolls back.
    world.advance(now - 25 * MINUTE_MS);
    release(&mut world, "notifications", "shop/notifications:2.1.0-image-not-found");
    // Its health checks fail, in staging; then one that comes up slowly, but does.
    release_in(&mut world, "staging", "checkout-api", "shop/checkout-api:3.9.0-rc3-unhealthy");
    release(&mut world, "search-api", "shop/search-api:0.28.0-slow-start-20s");
    world.advance(now);
    world
}

/// Runs an operation as a caller would. The seed asks nothing that is refused;
/// the tests see to that.
pub(super) fn call(world: &mut World, name: &str, body: &Value) -> Value {
    let answer = operations::built(name).map(|operation| (operation.run)(world, Ask(body)));
    debug_assert!(matches!(answer, Some(Ok(_))), "{name}: {answer:?}");
    answer.and_then(Result::ok).unwrap_or(Value::Null)
}

fn foundations(world: &mut World) {
    let group = format!(
        "arn:aws:autoscaling:{}:000000000000:autoScalingGroup:6f1d0c9e-0000-4000-a000-000000000001:autoScalingGroupName/shop-instances",
        world.place.region
    );
    let provider = json!({
        "name": "shop-instances",
        "autoScalingGroupProvider": {
            "autoScalingGroupArn": group,
            "managedScaling": {"status": "ENABLED"},
        },
        "tags": [{"key": "team", "value": "platform"}],
    });
    call(world, "CreateCapacityProvider", &provider);
    let on_demand = json!([{"capacityProvider": "FARGATE", "weight": 1, "base": 0}]);
    for (name, providers, insights) in [
        ("production", json!(["FARGATE", "FARGATE_SPOT", "shop-instances"]), "enhanced"),
        ("staging", json!(["FARGATE"]), "disabled"),
        ("batch", json!(["FARGATE", "FARGATE_SPOT"]), "enabled"),
    ] {
        let cluster = json!({
            "clusterName": name,
            "capacityProviders": providers,
            "defaultCapacityProviderStrategy": on_demand,
            "settings": [{"name": "containerInsights", "value": insights}],
            "tags": [{"key": "stage", "value": name}],
        });
        call(world, "CreateCluster", &cluster);
    }
    for number in 0..3 {
        let instance = instance(world, number);
        world.instances.insert(instance.id.clone(), instance);
    }
}

fn instance(world: &mut World, number: i64) -> Instance {
    Instance {
        id: world.ids.hex32(),
        cluster: "production".to_owned(),
        ec2_id: format!("i-{}", world.ids.hex17()),
        instance_type: "m7i.large".to_owned(),
        zone: world.place.zone(number),
        capacity_provider: Some("shop-instances".to_owned()),
        external: false,
        attributes: BTreeMap::new(),
        agent_version: agent::NEWEST.to_owned(),
        agent_update: None,
        cpu: 2048,
        memory_mib: 7_764,
        draining: false,
        version: 1,
        registered_at: world.now,
        tags: Vec::new(),
        tasks: BTreeSet::new(),
        gpus: 0,
        used_cpu: 0,
        used_memory_mib: 0,
        used_ports: BTreeSet::new(),
        used_gpus: BTreeSet::new(),
    }
}

/// A new image for a service of production: a new revision, and the service is told.
fn release(world: &mut World, name: &str, image: &str) {
    release_in(world, "production", name, image);
}

/// The same in any cluster.
fn release_in(world: &mut World, cluster: &str, name: &str, image: &str) {
    let mut shelves = SHELVES.iter();
    let Some(shelf) = shelves.find(|shelf| shelf.cluster == cluster && shelf.name == name) else {
        return;
    };
    call(world, "RegisterTaskDefinition", &shelf.document(image));
    let update =
        json!({"cluster": shelf.cluster, "service": shelf.name, "taskDefinition": shelf.family()});
    call(world, "UpdateService", &update);
}

/// What was released before the visitor came: days and minutes ago.
fn releases(world: &mut World, now: i64) {
    let history = [
        (9, 130, "checkout-api", "shop/checkout-api:3.8.3"),
        (6, 45, "search-api", "shop/search-api:0.27.2"),
        (4, 400, "checkout-api", "shop/checkout-api:3.8.5"),
        (3, 77, "payments-worker", "shop/payments-worker:1.15.0"),
        (2, 210, "image-resizer", "shop/image-resizer:5.3.0"),
        // Crashes again and again, and nothing stops it.
        (0, 95, "recommendations", "shop/recommendations:0.10.0-crash-1-after-8s"),
    ];
    for (days, minutes, name, image) in history {
        world.advance(now - days * DAY_MS - minutes * MINUTE_MS);
        release(world, name, image);
    }
}

/// Sets the actors off. The rollouts are timed so that one began just now.
fn act(world: &mut World, now: i64) {
    world.actors = vec![
        Actor::Releases { number: 1 },
        Actor::Jobs { number: 1, failed: 0 },
        Actor::Misfortune,
    ];
    let first_release = now - 50_000 - 14 * actors::RELEASE_EVERY_MS;
    world.queue.plan(first_release, Effect::Actor { index: 0 });
    world.queue.plan(now - 62 * MINUTE_MS, Effect::Actor { index: 1 });
    world.queue.plan(now - 55 * MINUTE_MS, Effect::Actor { index: 2 });
}
