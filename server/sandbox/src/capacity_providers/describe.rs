//! DescribeCapacityProviders.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{CapacityProvider, FARGATE, Kind};
use crate::arn::name_of;
use crate::ask::{Ask, put};
use crate::clusters;
use crate::paging::Pages;
use crate::refusal::{Refusal, Reply};
use crate::world::World;

/// DescribeCapacityProviders: all of them, or all of a cluster, when none is named.
pub(crate) fn describe(world: &mut World, ask: Ask<'_>) -> Reply {
    let wanted = ask.texts("capacityProviders")?;
    if wanted.len() > 100 {
        return Err(Refusal::invalid("capacityProviders can have at most 100 items."));
    }
    let tags = ask.includes("TAGS")?;
    let cluster = match ask.has("cluster") {
        true => Some(clusters::named(world, ask)?),
        false => None,
    };
    let mut all: BTreeMap<String, Value> =
        FARGATE.iter().map(|name| ((*name).to_owned(), fargate_view(world, name))).collect();
    for (name, provider) in &world.capacity_providers {
        all.insert(name.clone(), view(world, name, provider, tags));
    }
    if let Some(cluster) = &cluster {
        all.retain(|name, _| belongs(world, name, cluster));
    }
    let mut failures = Vec::new();
    if !wanted.is_empty() {
        let mut named = BTreeMap::new();
        for given in wanted {
            let name = name_of("capacity-provider", given)?;
            match all.remove(name) {
                Some(provider) => {
                    named.insert(name.to_owned(), provider);
                }
                None if named.contains_key(name) => {}
                None => failures.push(json!({
                    "arn": world.place.ecs(&format!("capacity-provider/{name}")),
                    "reason": "MISSING",
                })),
            }
        }
        all = named;
    }
    let mut answer = Pages::new("DescribeCapacityProviders", 10, 10).answer(
        ask,
        "capacityProviders",
        all.into_iter(),
    )?;
    put(&mut answer, "failures", Some(failures));
    Ok(answer)
}

/// Whether a cluster has a provider, or is the one it was made for.
fn belongs(world: &World, name: &str, cluster: &str) -> bool {
    let provider = world.capacity_providers.get(name).map(|provider| &provider.kind);
    let own = matches!(provider, Some(Kind::Managed { cluster: own, .. }) if own == cluster);
    let listed = world.clusters.get(cluster).map(|cluster| &cluster.capacity_providers);
    own || listed.is_some_and(|list| list.iter().any(|item| item == name))
}

fn base_view(world: &World, name: &str, status: &str, kind: &str) -> Value {
    json!({
        "capacityProviderArn": world.place.ecs(&format!("capacity-provider/{name}")),
        "name": name,
        "status": status,
        "type": kind,
        "tags": [],
    })
}

fn fargate_view(world: &World, name: &str) -> Value {
    base_view(world, name, "ACTIVE", name)
}

pub(super) fn view(world: &World, name: &str, provider: &CapacityProvider, tags: bool) -> Value {
    let kind = match &provider.kind {
        Kind::Group(_) => "EC2_AUTOSCALING",
        Kind::Managed { .. } => "MANAGED_INSTANCES",
    };
    let mut view = base_view(world, name, provider.phase.status(), kind);
    match &provider.kind {
        Kind::Group(group) => put(&mut view, "autoScalingGroupProvider", Some(group.clone())),
        Kind::Managed { cluster, provider } => {
            put(&mut view, "cluster", Some(cluster.clone()));
            put(&mut view, "managedInstancesProvider", Some(provider.clone()));
        }
    }
    put(&mut view, "updateStatus", provider.phase.update());
    put(&mut view, "updateStatusReason", provider.reason.clone());
    if tags {
        put(&mut view, "tags", Some(provider.tags.clone()));
    }
    view
}
