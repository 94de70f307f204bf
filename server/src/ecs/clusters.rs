//! Clusters, from the SDK's words to the console's.

use aws_sdk_ecs::types;
use berth_app::clusters::model::{Cluster, StrategyItem, Tag};
use berth_app::timestamp::Timestamp;

/// A cluster; `None` when its name is none that ECS gives.
pub(super) fn cluster(from: types::Cluster) -> Option<Cluster> {
    let insights = from
        .settings()
        .iter()
        .find(|setting| setting.name() == Some(&types::ClusterSettingName::ContainerInsights))
        .and_then(|setting| setting.value())
        .unwrap_or_default()
        .to_owned();
    Some(Cluster {
        name: parsed("cluster", from.cluster_name())?,
        running_tasks: count(from.running_tasks_count),
        pending_tasks: count(from.pending_tasks_count),
        active_services: count(from.active_services_count),
        instances: count(from.registered_container_instances_count),
        default_strategy: strategy(from.default_capacity_provider_strategy()),
        container_insights: insights,
        tags: tags(from.tags()),
        arn: from.cluster_arn.unwrap_or_default(),
        status: from.status.unwrap_or_default(),
        capacity_providers: from.capacity_providers.unwrap_or_default(),
    })
}

/// A name that ECS sent. What the console can't name it can't show; that goes to the log.
pub(super) fn parsed<T: std::str::FromStr<Err = String>>(
    noun: &'static str,
    text: Option<&str>,
) -> Option<T> {
    let text = text.unwrap_or_default();
    match text.parse() {
        Ok(name) => Some(name),
        Err(reason) => {
            tracing::warn!(noun, name = text, reason, "ECS sent a name that is left out");
            None
        }
    }
}

/// A capacity provider strategy.
pub(super) fn strategy(from: &[types::CapacityProviderStrategyItem]) -> Vec<StrategyItem> {
    let item = |item: &types::CapacityProviderStrategyItem| StrategyItem {
        provider: item.capacity_provider().to_owned(),
        weight: count(item.weight()),
        base: count(item.base()),
    };
    from.iter().map(item).collect()
}

/// Tags.
pub(super) fn tags(from: &[types::Tag]) -> Vec<Tag> {
    let tag = |tag: &types::Tag| Tag {
        key: tag.key().unwrap_or_default().to_owned(),
        value: tag.value().unwrap_or_default().to_owned(),
    };
    from.iter().map(tag).collect()
}

/// A number that is never negative, although the API's type would let it.
pub(super) fn count(from: i32) -> u32 {
    u32::try_from(from).unwrap_or_default()
}

/// A moment; absent when it is out of range.
pub(super) fn moment(from: Option<aws_smithy_types::DateTime>) -> Option<Timestamp> {
    from.and_then(|at| at.to_millis().ok()).map(Timestamp::from_ms)
}

/// The last part of an ARN.
pub(super) fn last_part(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}
