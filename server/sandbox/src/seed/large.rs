//! A big and quiet account: what lists and pollers must cope with.

use serde_json::json;

use super::demo::call;
use super::shop;
use crate::world::World;

/// Clusters that share the services.
const CLUSTERS: u32 = 4;

/// Families that share the services: a real account has fewer than services.
const FAMILIES: u32 = 20;

/// Ten minutes are enough for every task to run and every service to be steady.
const SETTLING_MS: i64 = 600_000;

/// Makes a world with so many services and tasks, all running at `now`.
pub(super) fn world(region: &str, now: i64, services: u32, tasks: u32) -> World {
    let mut world = World::new(region, now - SETTLING_MS);
    for number in 0..CLUSTERS {
        call(
            &mut world,
            "CreateCluster",
            &json!({
                "clusterName": format!("fleet-{number}"),
                "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
            }),
        );
    }
    for number in 0..FAMILIES {
        let family = format!("fleet-app-{number:02}");
        let image = format!("shop/{family}:1.0");
        call(&mut world, "RegisterTaskDefinition", &shop::job(&family, &image));
    }
    for number in 0..services {
        // The first services take what does not divide evenly; a service has
        // at most 5,000 tasks.
        let desired = (tasks / services + u32::from(number < tasks % services)).min(5_000);
        call(
            &mut world,
            "CreateService",
            &json!({
                "cluster": format!("fleet-{}", number % CLUSTERS),
                "serviceName": format!("app-{number:04}"),
                "taskDefinition": format!("fleet-app-{:02}", number % FAMILIES),
                "desiredCount": desired,
                "launchType": "FARGATE",
                "networkConfiguration": shop::network(),
            }),
        );
    }
    world.advance(now);
    world
}
