//! A task set as DescribeTaskSets shows it.

use serde_json::{Value, json};

use super::TaskSet;
use crate::ask::{put, seconds};
use crate::deployments;
use crate::services::model::Service;
use crate::services::view::put_platform;
use crate::world::World;

/// Every task set of a service.
pub(crate) fn all(world: &World, service: &Service, tags: bool) -> Vec<Value> {
    service.task_sets.iter().map(|set| one(world, service, set, tags)).collect()
}

pub(super) fn arn(world: &World, service: &Service, set: &TaskSet) -> String {
    world.place.ecs(&format!("task-set/{}/{}", service.key(), set.id))
}

pub(super) fn one(world: &World, service: &Service, set: &TaskSet, tags: bool) -> Value {
    let counts = deployments::counts(world, service, &set.id);
    let mut view = json!({
        "id": set.id,
        "taskSetArn": arn(world, service, set),
        "serviceArn": world.place.service(&service.key()),
        "clusterArn": world.place.cluster(&service.cluster),
        "status": set.word(),
        "computedDesiredCount": set.target(service.desired),
        "pendingCount": counts.pending,
        "runningCount": counts.running,
        "scale": {"value": set.scale, "unit": "PERCENT"},
        "stabilityStatus": if set.steady { "STEADY_STATE" } else { "STABILIZING" },
        "stabilityStatusAt": seconds(set.steady_at),
        "loadBalancers": [],
        "serviceRegistries": [],
        "tags": if tags { set.tags.clone() } else { Vec::new() },
    });
    put(&mut view, "externalId", set.external_id.clone());
    let Some(item) = service.deployments.iter().find(|item| item.id == set.id) else {
        return view;
    };
    put(&mut view, "taskDefinition", Some(item.definition_arn.clone()));
    put(&mut view, "createdAt", Some(seconds(item.created_at)));
    put(&mut view, "updatedAt", Some(seconds(item.updated_at)));
    for name in [
        "capacityProviderStrategy",
        "launchType",
        "loadBalancers",
        "networkConfiguration",
        "serviceRegistries",
    ] {
        put(&mut view, name, item.settings.get(name).cloned());
    }
    put_platform(&mut view, &item.settings);
    view
}
