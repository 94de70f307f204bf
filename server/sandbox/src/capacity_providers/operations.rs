//! CreateCapacityProvider, UpdateCapacityProvider, DeleteCapacityProvider.

use serde_json::{Value, json};

use super::describe::view;
use super::{CapacityProvider, Kind, Phase, is_fargate, not_found};
use crate::arn::name_of;
use crate::ask::{Ask, put};
use crate::queue::Effect;
use crate::refusal::{Refusal, Reply};
use crate::world::World;
use crate::{clusters, rules};

/// How long a change of a provider takes.
const CHANGE_MS: i64 = 5_000;

/// A deleted provider can be described for an hour.
const KEPT_MS: i64 = 3_600_000;

/// CreateCapacityProvider: over an Auto Scaling group, or of Managed Instances in one cluster.
pub(crate) fn create(world: &mut World, ask: Ask<'_>) -> Reply {
    let name = ask.needed_text("name")?.to_owned();
    rules::provider::r282_name(&name)?;
    rules::tags::check(ask.list("tags")?)?;
    let group = ask.object("autoScalingGroupProvider")?;
    let managed = ask.object("managedInstancesProvider")?;
    let (kind, phase) = match (group, managed) {
        (Some(group), None) => (of_group(world, ask, group)?, Phase::Active),
        (None, Some(managed)) => (of_cluster(world, ask, managed)?, Phase::Creating),
        _ => {
            return Err(Refusal::invalid(
                "Specify either an autoScalingGroupProvider or a managedInstancesProvider.",
            ));
        }
    };
    if world.capacity_providers.get(&name).is_some_and(|old| old.phase != Phase::Deleted) {
        return Err(Refusal::client(
            "The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the capacity provider.",
        ));
    }
    let provider = CapacityProvider {
        kind,
        tags: ask.list("tags")?.to_vec(),
        phase,
        made_at: world.now,
        reason: None,
    };
    world.capacity_providers.insert(name.clone(), provider);
    if phase == Phase::Creating {
        settle(world, &name, CHANGE_MS);
    }
    answer(world, &name)
}

fn of_group(world: &World, ask: Ask<'_>, group: Ask<'_>) -> Result<Kind, Refusal> {
    if ask.has("cluster") {
        return Err(Refusal::invalid(
            "A cluster can only be specified for a Managed Instances capacity provider.",
        ));
    }
    let arn = group.needed_text("autoScalingGroupArn")?;
    rules::provider::group(group)?;
    let taken = world.capacity_providers.values().any(|other| {
        other.phase != Phase::Deleted && matches!(&other.kind, Kind::Group(group) if group.get("autoScalingGroupArn") == Some(&json!(arn)))
    });
    if taken {
        return Err(Refusal::client(
            "The specified Auto Scaling group ARN is already being used by another capacity provider. Specify a unique Auto Scaling group ARN and try again.",
        ));
    }
    let mut whole = super::group(arn);
    if let Some(scaling) = group.object("managedScaling")? {
        put(&mut whole, "managedScaling", Some(merged(&super::scaling("ENABLED"), scaling.0)));
    }
    switches(&mut whole, group);
    checked(whole)
}

/// R283: it belongs to one cluster.
fn of_cluster(world: &World, ask: Ask<'_>, managed: Ask<'_>) -> Result<Kind, Refusal> {
    rules::provider::managed(managed, true)?;
    ask.needed_text("cluster")?;
    let cluster = clusters::named(world, ask)?;
    let mut provider = managed.0.clone();
    if !managed.has("propagateTags") {
        put(&mut provider, "propagateTags", Some("NONE"));
    }
    Ok(Kind::Managed { cluster, provider })
}

/// R286: what holds afterwards must fit together.
fn checked(group: Value) -> Result<Kind, Refusal> {
    let enabled = |place: &str| group.pointer(place) == Some(&json!("ENABLED"));
    let protected = enabled("/managedTerminationProtection");
    rules::provider::r286_protection(protected, enabled("/managedScaling/status"))?;
    Ok(Kind::Group(group))
}

fn switches(whole: &mut Value, given: Ask<'_>) {
    for member in ["managedTerminationProtection", "managedDraining"] {
        put(whole, member, given.get(member).cloned());
    }
}

/// Members of a document that are given replace those that were there.
fn merged(before: &Value, given: &Value) -> Value {
    let mut whole = before.clone();
    for (name, value) in given.as_object().into_iter().flatten() {
        put(&mut whole, name, Some(value.clone()).filter(|value| !value.is_null()));
    }
    whole
}

/// UpdateCapacityProvider: members that are given; what runs already stays as it is.
pub(crate) fn update(world: &mut World, ask: Ask<'_>) -> Reply {
    let name = named(world, ask, "name")?;
    let Some(provider) = world.capacity_providers.get(&name) else {
        return Err(not_found());
    };
    if provider.phase == Phase::Deleting {
        return Err(Refusal::client("The specified capacity provider is being deleted."));
    }
    let (group, managed) =
        (ask.object("autoScalingGroupProvider")?, ask.object("managedInstancesProvider")?);
    let kind = match (&provider.kind, group, managed) {
        (Kind::Group(before), Some(group), None) => {
            rules::provider::group(group)?;
            let mut whole = before.clone();
            if let (Some(old), Some(new)) =
                (before.get("managedScaling"), group.object("managedScaling")?)
            {
                let scaling = merged(old, new.0);
                rules::provider::group(Ask(&json!({"managedScaling": scaling})))?;
                put(&mut whole, "managedScaling", Some(scaling));
            }
            switches(&mut whole, group);
            checked(whole)?
        }
        (Kind::Managed { cluster, provider }, None, Some(managed)) => {
            rules::provider::managed(managed, false)?;
            let mut whole = merged(provider, managed.0);
            let template = managed.get("instanceLaunchTemplate");
            if let (Some(old), Some(new)) = (provider.get("instanceLaunchTemplate"), template) {
                put(&mut whole, "instanceLaunchTemplate", Some(merged(old, new)));
            }
            Kind::Managed { cluster: cluster.clone(), provider: whole }
        }
        _ => {
            return Err(Refusal::invalid(
                "The update must be of the same type as the capacity provider.",
            ));
        }
    };
    // Another change that is under way ends for both.
    let busy = matches!(provider.phase, Phase::Creating | Phase::Updating);
    if let Some(provider) = world.capacity_providers.get_mut(&name) {
        provider.kind = kind;
        provider.phase = Phase::Updating;
        provider.reason = None;
    }
    if !busy {
        settle(world, &name, CHANGE_MS);
    }
    answer(world, &name)
}

/// DeleteCapacityProvider. One that a cluster still has stays, and says why.
pub(crate) fn delete(world: &mut World, ask: Ask<'_>) -> Reply {
    let name = named(world, ask, "capacityProvider")?;
    let mut holders = world
        .clusters
        .values()
        .filter(|cluster| cluster.active && cluster.capacity_providers.contains(&name));
    let holder = holders.next().map(|cluster| cluster.name.clone());
    let Some(provider) = world.capacity_providers.get_mut(&name) else {
        return Err(not_found());
    };
    if matches!(provider.phase, Phase::Creating | Phase::Updating | Phase::Deleting) {
        return Err(Refusal::new(
            "UpdateInProgressException",
            "The specified capacity provider is being changed. Try again later.",
        ));
    }
    if let Some(cluster) = holder {
        provider.phase = Phase::DeleteFailed;
        provider.reason = Some(format!(
            "The capacity provider cannot be deleted because it is associated with cluster: {cluster}. Remove the capacity provider from the cluster and try again."
        ));
        return answer(world, &name);
    }
    provider.phase = Phase::Deleting;
    provider.reason = None;
    settle(world, &name, CHANGE_MS);
    answer(world, &name)
}

/// The provider that a request means; Fargate's two cannot be changed.
fn named(world: &World, ask: Ask<'_>, member: &str) -> Result<String, Refusal> {
    let name = name_of("capacity-provider", ask.needed_text(member)?)?;
    if is_fargate(name) {
        return Err(Refusal::client(
            "The specified capacity provider is reserved and cannot be changed or deleted.",
        ));
    }
    let provider = world.capacity_providers.get(name).filter(|item| item.phase != Phase::Deleted);
    let provider = provider.ok_or_else(not_found)?;
    if ask.has("cluster") {
        let cluster = clusters::named(world, ask)?;
        if matches!(&provider.kind, Kind::Managed { cluster: own, .. } if *own != cluster) {
            return Err(not_found());
        }
    }
    Ok(name.to_owned())
}

fn settle(world: &mut World, name: &str, wait_ms: i64) {
    let Some(made_at) = world.capacity_providers.get(name).map(|provider| provider.made_at) else {
        return;
    };
    world.plan(wait_ms, Effect::Provider { name: name.to_owned(), made_at });
}

/// What was under way with a provider is done.
pub(crate) fn done(world: &mut World, name: &str, made_at: i64) {
    let provider = world.capacity_providers.get_mut(name).filter(|item| item.made_at == made_at);
    let Some(provider) = provider else {
        return;
    };
    match provider.phase {
        Phase::Creating => provider.phase = Phase::Created,
        Phase::Updating => provider.phase = Phase::Updated,
        Phase::Deleting => {
            provider.phase = Phase::Deleted;
            settle(world, name, KEPT_MS);
        }
        Phase::Deleted => {
            world.capacity_providers.remove(name);
        }
        _ => {}
    }
}

fn answer(world: &World, name: &str) -> Reply {
    let provider = world.capacity_providers.get(name).ok_or_else(not_found)?;
    Ok(json!({"capacityProvider": view(world, name, provider, true)}))
}
