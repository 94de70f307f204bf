//! Attributes of container instances: those the agent tells, and the custom ones
//! that anybody may put on them.

use serde_json::{Value, json};

use super::Instance;
use crate::arn::{last_part, name_of};
use crate::ask::{Ask, put as put_member};
use crate::clusters;
use crate::paging::Pages;
use crate::refusal::{Refusal, Reply};
use crate::rules;
use crate::world::World;

/// Custom attributes of one resource, and attributes of one call.
const MOST: usize = 10;

const TARGET_TYPE: &[&str] = &["container-instance"];

/// ListAttributes: the attributes of a cluster's instances.
pub(crate) fn list(world: &mut World, ask: Ask<'_>) -> Reply {
    let cluster = clusters::named(world, ask)?;
    rules::one_of("targetType", ask.needed_text("targetType")?, TARGET_TYPE)?;
    let name = ask.text("attributeName")?;
    let value = ask.text("attributeValue")?;
    if value.is_some() && name.is_none() {
        return Err(Refusal::invalid("You must specify an attribute name to filter by its value."));
    }
    let mut items = Vec::new();
    for instance in world.instances.values().filter(|instance| instance.cluster == cluster) {
        for attribute in of(instance) {
            let own = attribute.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
            let same = attribute.get("value").and_then(Value::as_str) == value;
            if name.is_some_and(|name| name != own) || value.is_some() && !same {
                continue;
            }
            let mut shown = attribute;
            let target = world.place.instance(&cluster, &instance.id);
            put_member(&mut shown, "targetId", Some(target));
            items.push((format!("{}/{own}", instance.id), shown));
        }
    }
    items.sort_by(|one, other| one.0.cmp(&other.0));
    Pages::new("ListAttributes", 100, 100).answer(ask, "attributes", items.into_iter())
}

/// PutAttributes: at most ten in a call, and ten custom ones on an instance.
pub(crate) fn put(world: &mut World, ask: Ask<'_>) -> Reply {
    let (cluster, given) = asked(world, ask)?;
    let mut changed = std::collections::BTreeMap::new();
    for item in &given {
        let Some(instance) = world.instances.get(&item.target) else {
            return Err(no_target());
        };
        if item.name.starts_with("ecs.") || item.name.starts_with("com.amazonaws.ecs.") {
            return Err(Refusal::invalid(format!("The attribute name {} is reserved.", item.name)));
        }
        let after =
            changed.entry(item.target.clone()).or_insert_with(|| instance.attributes.clone());
        after.insert(item.name.clone(), item.value.clone());
        if after.len() > MOST {
            return Err(Refusal::new(
                "AttributeLimitExceededException",
                format!("You can apply up to {MOST} custom attributes for each resource."),
            ));
        }
    }
    for (id, attributes) in changed {
        if let Some(instance) = world.instances.get_mut(&id) {
            instance.attributes = attributes;
            instance.version += 1;
        }
    }
    // A constraint may be met now.
    crate::services::poke_cluster(world, &cluster);
    Ok(json!({"attributes": views(world, &cluster, &given)}))
}

/// DeleteAttributes: answers what was there.
pub(crate) fn delete(world: &mut World, ask: Ask<'_>) -> Reply {
    let (cluster, mut given) = asked(world, ask)?;
    if given.iter().any(|item| !world.instances.contains_key(&item.target)) {
        return Err(no_target());
    }
    given.retain_mut(|item| {
        let Some(instance) = world.instances.get_mut(&item.target) else {
            return false;
        };
        let Some(own) = instance.attributes.get(&item.name).cloned() else {
            return false;
        };
        if item.value.is_some() && item.value != own {
            return false;
        }
        instance.attributes.remove(&item.name);
        instance.version += 1;
        item.value = own;
        true
    });
    // A constraint may be met no more.
    crate::services::poke_cluster(world, &cluster);
    Ok(json!({"attributes": views(world, &cluster, &given)}))
}

/// An attribute of a request, by the id of its instance.
struct Given {
    target: String,
    name: String,
    value: Option<String>,
}

fn asked(world: &World, ask: Ask<'_>) -> Result<(String, Vec<Given>), Refusal> {
    let cluster = clusters::named(world, ask)?;
    let list = ask.list("attributes")?;
    if list.is_empty() || list.len() > MOST {
        return Err(Refusal::invalid(format!("attributes must have between 1 and {MOST} items.")));
    }
    let mut given = Vec::new();
    for item in list {
        if !item.is_object() {
            return Err(Refusal::malformed("Start of structure or map not found."));
        }
        let item = Ask(item);
        let name = item.needed_text("name")?;
        rules::attribute::name(name)?;
        let value = item.text("value")?;
        if let Some(value) = value {
            rules::attribute::value(value)?;
        }
        let kind = item.text("targetType")?;
        if let Some(kind) = kind {
            rules::one_of("targetType", kind, TARGET_TYPE)?;
        }
        let target = item.needed_text("targetId")?;
        if kind.is_none() && !target.starts_with("arn:") {
            return Err(Refusal::invalid(
                "The targetType must be specified together with the short form of a targetId.",
            ));
        }
        let id = last_part(name_of("container-instance", target)?);
        if world.instances.get(id).is_some_and(|instance| instance.cluster != cluster) {
            return Err(no_target());
        }
        given.push(Given {
            target: id.to_owned(),
            name: name.to_owned(),
            value: value.map(str::to_owned),
        });
    }
    Ok((cluster, given))
}

fn views(world: &World, cluster: &str, given: &[Given]) -> Vec<Value> {
    let view = |item: &Given| {
        let target = world.place.instance(cluster, &item.target);
        let mut view = json!({"name": item.name, "targetId": target});
        put_member(&mut view, "value", item.value.clone());
        view
    };
    given.iter().map(view).collect()
}

fn no_target() -> Refusal {
    Refusal::new("TargetNotFoundException", "The specified target wasn't found.")
}

/// Every attribute of an instance, as DescribeContainerInstances shows it.
pub(crate) fn of(instance: &Instance) -> Vec<Value> {
    let ec2 = [("ecs.ami-id", "ami-0c0ffee0000000001"), ("ecs.availability-zone", &instance.zone)];
    let pairs = [
        ("ecs.cpu-architecture", "x86_64"),
        ("ecs.instance-type", &instance.instance_type),
        ("ecs.os-family", "LINUX"),
        ("ecs.os-type", "linux"),
    ];
    let bare = [
        "com.amazonaws.ecs.capability.docker-remote-api.1.19",
        "com.amazonaws.ecs.capability.logging-driver.awslogs",
        "com.amazonaws.ecs.capability.task-iam-role",
        "ecs.capability.container-health-check",
        "ecs.capability.execution-role-awslogs",
    ];
    let only = if instance.external { EXTERNAL } else { "ecs.capability.task-eni" };
    let pairs = ec2.iter().filter(|_| !instance.external).chain(&pairs);
    let valued = pairs.map(|(name, value)| json!({"name": name, "value": value}));
    let bare = bare.iter().chain([&only]).map(|name| json!({"name": name}));
    let custom = instance.attributes.iter().map(|(name, value)| {
        let mut view = json!({"name": name});
        put_member(&mut view, "value", value.clone());
        view
    });
    valued.chain(bare).chain(custom).collect()
}

/// The value of an attribute; empty for one that has only a name.
pub(crate) fn value(instance: &Instance, name: &str) -> Option<String> {
    let text = |item: &Value, member: &str| {
        item.get(member).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let found = of(instance).into_iter().find(|item| text(item, "name") == name)?;
    Some(text(&found, "value"))
}

/// What the agent of an instance outside EC2 tells.
pub(super) const EXTERNAL: &str = "ecs.capability.external";
