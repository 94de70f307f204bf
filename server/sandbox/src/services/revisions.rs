//! Service revisions: what a service was at each of its deployments.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::history::{arn, described};
use super::model::{Service, target_group};
use super::view::put_platform;
use crate::ask::{Ask, put, seconds};
use crate::ids::image_digest;
use crate::refusal::Reply;
use crate::world::World;

/// What a service was at one of its deployments.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Revision {
    pub(crate) id: String,
    pub(crate) created_at: i64,
    pub(crate) definition_arn: String,
    pub(crate) settings: Value,
    /// Container name and image.
    pub(crate) images: Vec<(String, String)>,
    /// Its tasks are in the alternate target groups.
    pub(crate) alternate: bool,
}

/// DescribeServiceRevisions: at most twenty.
pub(crate) fn describe(world: &mut World, ask: Ask<'_>) -> Reply {
    described(world, ask, "service-revision", "serviceRevision", |service, id| {
        let item = service.revisions.iter().find(|item| item.id == id)?;
        Some(revision(world, service, item))
    })
}

/// The gateway connectors with their deregistration delay, R229's default.
fn gateways(view: &mut Value, settings: &Value) {
    let Some(mut all) = settings.get("gatewayConnectors").cloned() else {
        return;
    };
    for item in all.as_array_mut().into_iter().flatten() {
        if item.pointer("/deregistrationDelay/timeoutSeconds").is_none_or(Value::is_null) {
            put(item, "deregistrationDelay", Some(json!({"timeoutSeconds": 300})));
        }
    }
    put(view, "gatewayConnectors", Some(all));
}

fn revision(world: &World, service: &Service, item: &Revision) -> Value {
    let images = item.images.iter().map(|(name, image)| {
        json!({"containerName": name, "image": image, "imageDigest": image_digest(image)})
    });
    let mut view = json!({
        "serviceRevisionArn": arn(world, "service-revision", service, &item.id),
        "serviceArn": world.place.service(&service.key()),
        "clusterArn": world.place.cluster(&service.cluster),
        "taskDefinition": item.definition_arn,
        "createdAt": seconds(item.created_at),
        "guardDutyEnabled": false,
        "containerImages": images.collect::<Vec<_>>(),
    });
    for name in [
        "capacityProviderStrategy",
        "launchType",
        "loadBalancers",
        "networkConfiguration",
        "serviceConnectConfiguration",
        "serviceRegistries",
        "volumeConfigurations",
        "vpcLatticeConfigurations",
        "monitoring",
    ] {
        put(&mut view, name, item.settings.get(name).cloned());
    }
    gateways(&mut view, &item.settings);
    put_platform(&mut view, &item.settings);
    let balancers = item.settings.get("loadBalancers").and_then(Value::as_array);
    let groups: Vec<Value> = balancers
        .into_iter()
        .flatten()
        .filter_map(|balancer| {
            let mut group = json!({"targetGroupArn": target_group(balancer, item.alternate)?});
            let rule = balancer.pointer("/advancedConfiguration/productionListenerRule");
            put(&mut group, "productionListenerRule", rule.cloned());
            Some(group)
        })
        .collect();
    if !groups.is_empty() {
        put(&mut view, "resolvedConfiguration", Some(json!({"loadBalancers": groups})));
    }
    view
}
