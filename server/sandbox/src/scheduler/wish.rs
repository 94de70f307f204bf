//! What a deployment's next task shall be.

use std::collections::BTreeMap;

use serde_json::Value;

use super::live;
use crate::deployments::Deployment;
use crate::placement::Wanted;
use crate::services::model::{Service, settings_fargate, target_groups};
use crate::task_definitions;
use crate::tasks::launch::Launch;
use crate::tasks::model::Owner;
use crate::tasks::run::with_tags;
use crate::world::World;

/// How many tasks of a deployment each capacity provider runs. Those of older
/// deployments do not count: they go, and base and weight must hold after that.
pub(super) fn providers(
    world: &World,
    service: &Service,
    deployment: &str,
) -> BTreeMap<String, i64> {
    let mut have = BTreeMap::new();
    for name in live(world, service)
        .filter(|task| task.wanted)
        .filter(|task| task.owner.as_ref().is_some_and(|owner| owner.deployment == deployment))
        .filter_map(|task| task.capacity_provider.as_ref())
    {
        *have.entry(name.clone()).or_insert(0) += 1;
    }
    have
}

/// How a deployment's tasks are to be launched.
pub(super) fn wish(world: &World, service: &Service, deployment: &Deployment) -> Launch {
    let settings = &deployment.settings;
    let definition = task_definitions::by_arn(world, &deployment.definition_arn);
    let tags = match settings.get("propagateTags").and_then(Value::as_str) {
        Some("SERVICE") => service.tags.clone(),
        Some("TASK_DEFINITION") => definition.map(|item| item.tags.clone()).unwrap_or_default(),
        _ => Vec::new(),
    };
    let managed = settings.get("enableECSManagedTags") == Some(&Value::Bool(true));
    let own = serde_json::json!([
        {"key": "aws:ecs:clusterName", "value": service.cluster},
        {"key": "aws:ecs:serviceName", "value": service.name},
    ]);
    let own = own.as_array().filter(|_| managed).map_or(&[][..], Vec::as_slice);
    let listed =
        |name: &str| settings.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let defined = definition.map(|item| item.constraints().to_vec()).unwrap_or_default();
    Launch {
        cluster: service.cluster.clone(),
        definition_arn: deployment.definition_arn.clone(),
        fargate: settings_fargate(settings),
        external: settings.get("launchType").and_then(Value::as_str) == Some("EXTERNAL"),
        capacity_provider: None,
        platform_version: settings
            .get("platformVersion")
            .and_then(Value::as_str)
            .map(str::to_owned),
        group: Some(format!("service:{}", service.name)),
        started_by: Some(deployment.id.clone()),
        network: settings.get("networkConfiguration").cloned(),
        volumes: listed("volumeConfigurations"),
        overrides: None,
        tags: with_tags(tags, own),
        exec: settings.get("enableExecuteCommand") == Some(&Value::Bool(true)),
        owner: Some(Owner { service: service.key(), deployment: deployment.id.clone() }),
        target_groups: target_groups(settings, deployment.alternate),
        placement: Wanted {
            only: None,
            constraints: [listed("placementConstraints"), defined].concat(),
            strategy: listed("placementStrategy"),
            one_each: service.daemon,
        },
    }
}
