//! RegisterContainerInstance, as far as an agent's first words go, and
//! DeregisterContainerInstance.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::operations::{found, no_instance, view};
use super::{Instance, attributes};
use crate::arn::last_part;
use crate::ask::{Ask, put};
use crate::refusal::{Refusal, Reply};
use crate::tasks::orphan;
use crate::world::World;
use crate::{clusters, rules, services};

/// RegisterContainerInstance: the identity document is believed, its signature
/// is not read. An instance that is known by its ARN is answered as it is.
pub(crate) fn register(world: &mut World, ask: Ask<'_>) -> Reply {
    let cluster = clusters::named(world, ask)?;
    rules::tags::check(ask.list("tags")?)?;
    if let Some(arn) = ask.text("containerInstanceArn")? {
        let id = last_part(arn);
        let known = world.instances.get(id).filter(|instance| instance.cluster == cluster);
        return match known {
            Some(instance) => Ok(json!({"containerInstance": view(world, instance, true)})),
            None => Err(no_instance()),
        };
    }
    let (cpu, memory_mib) = (resource(ask, "CPU")?, resource(ask, "MEMORY")?);
    let document = ask.text("instanceIdentityDocument")?.unwrap_or("{}");
    let document: Value = serde_json::from_str(document)
        .map_err(|_| Refusal::client("The instance identity document can't be read."))?;
    let said = |name: &str| document.get(name).and_then(Value::as_str).map(str::to_owned);
    let (external, custom) = told(ask)?;
    let version = match ask.object("versionInfo")? {
        Some(info) => info.text("agentVersion")?.unwrap_or_default().to_owned(),
        None => String::new(),
    };
    let instance = Instance {
        id: world.ids.hex32(),
        ec2_id: match said("instanceId") {
            Some(id) => id,
            None if external => format!("mi-{}", world.ids.hex17()),
            None => format!("i-{}", world.ids.hex17()),
        },
        cluster: cluster.clone(),
        instance_type: said("instanceType").unwrap_or_else(|| "m7i.large".to_owned()),
        zone: said("availabilityZone").unwrap_or_else(|| world.place.zone(0)),
        capacity_provider: None,
        external,
        attributes: custom,
        agent_version: version,
        agent_update: None,
        cpu,
        memory_mib,
        gpus: gpus(ask)?,
        draining: false,
        version: 1,
        registered_at: world.now,
        tags: ask.list("tags")?.to_vec(),
        tasks: BTreeSet::new(),
        used_cpu: 0,
        used_memory_mib: 0,
        used_ports: BTreeSet::new(),
        used_gpus: BTreeSet::new(),
    };
    let shown = view(world, &instance, true);
    world.instances.insert(instance.id.clone(), instance);
    services::poke_cluster(world, &cluster);
    Ok(json!({"containerInstance": shown}))
}

/// More than any instance has.
const MOST_GPUS: usize = 64;

/// How many of the platform devices are GPUs.
fn gpus(ask: Ask<'_>) -> Result<i64, Refusal> {
    let gpu = |item: &&Value| item.get("type") == Some(&json!("GPU"));
    let count = ask.list("platformDevices")?.iter().filter(gpu).count();
    if count > MOST_GPUS {
        return Err(Refusal::client(format!("An instance has at most {MOST_GPUS} GPUs.")));
    }
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

fn resource(ask: Ask<'_>, name: &str) -> Result<i64, Refusal> {
    let named = |item: &&Value| item.get("name").and_then(Value::as_str) == Some(name);
    let item = ask.list("totalResources")?.iter().find(named);
    let value = item.and_then(|item| item.get("integerValue")).and_then(Value::as_i64);
    value
        .filter(|value| (1..=1_000_000_000).contains(value))
        .ok_or_else(|| Refusal::invalid(format!("The resource {name} must be a positive number.")))
}

/// Whether the agent says that its instance is external, and its custom attributes.
fn told(ask: Ask<'_>) -> Result<(bool, BTreeMap<String, Option<String>>), Refusal> {
    let mut external = false;
    let mut custom = BTreeMap::new();
    for item in ask.list("attributes")? {
        let name = item.get("name").and_then(Value::as_str).unwrap_or_default();
        let value = item.get("value").and_then(Value::as_str);
        rules::attribute::name(name)?;
        external |= name == attributes::EXTERNAL;
        if name.starts_with("ecs.") || name.starts_with("com.amazonaws.ecs.") {
            continue;
        }
        if let Some(value) = value {
            rules::attribute::value(value)?;
        }
        custom.insert(name.to_owned(), value.map(str::to_owned));
    }
    if custom.len() > 10 {
        return Err(Refusal::invalid(
            "A container instance can have at most 10 custom attributes.",
        ));
    }
    Ok((external, custom))
}

/// DeregisterContainerInstance: refused while tasks run there, unless forced.
/// Then nobody keeps track of them any more.
pub(crate) fn deregister(world: &mut World, ask: Ask<'_>) -> Reply {
    let cluster = clusters::named(world, ask)?;
    let id = found(world, &cluster, ask.needed_text("containerInstance")?)?;
    let force = ask.flag("force")?.unwrap_or(false);
    let Some(instance) = world.instances.get(&id) else {
        return Err(no_instance());
    };
    if !force && !instance.tasks.is_empty() {
        return Err(Refusal::invalid("Found running tasks on the instance."));
    }
    let tasks = instance.tasks.clone();
    for task in &tasks {
        orphan::orphan(world, task);
    }
    let Some(mut instance) = world.instances.remove(&id) else {
        return Err(no_instance());
    };
    instance.version += 1;
    let mut shown = view(world, &instance, true);
    put(&mut shown, "status", Some("INACTIVE"));
    services::poke_cluster(world, &cluster);
    Ok(json!({"containerInstance": shown}))
}
