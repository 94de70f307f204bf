//! Listing and describing container instances, and draining them.

use serde_json::{Value, json};

use super::{Instance, RESERVED_PORTS, attributes};
use crate::arn::{last_part, name_of};
use crate::ask::{Ask, put, seconds};
use crate::clusters;
use crate::paging::Pages;
use crate::placement;
use crate::refusal::{Refusal, Reply};
use crate::rules;
use crate::services;
use crate::world::World;

/// ListContainerInstances, also by the cluster query language.
pub(crate) fn list(world: &mut World, ask: Ask<'_>) -> Reply {
    let cluster = clusters::named(world, ask)?;
    let status = ask.text("status")?;
    if let Some(status) = status {
        rules::one_of(
            "status",
            status,
            &["ACTIVE", "DRAINING", "REGISTERING", "DEREGISTERING", "REGISTRATION_FAILED"],
        )?;
    }
    let filter = ask.text("filter")?.map(rules::placement::query).transpose()?;
    let items = world
        .instances
        .values()
        .filter(|instance| instance.cluster == cluster)
        .filter(|instance| {
            filter.as_ref().is_none_or(|query| placement::matches(world, instance, query))
        })
        .filter(|instance| status.is_none_or(|status| instance.status() == status))
        .map(|instance| {
            let arn = world.place.instance(&cluster, &instance.id);
            (instance.id.clone(), Value::from(arn))
        });
    Pages::new("ListContainerInstances", 100, 100).answer(ask, "containerInstanceArns", items)
}

/// DescribeContainerInstances: at most 100.
pub(crate) fn describe(world: &mut World, ask: Ask<'_>) -> Reply {
    let cluster = clusters::named(world, ask)?;
    let wanted = ask.texts("containerInstances")?;
    if wanted.is_empty() {
        return Err(Refusal::invalid("Container instances cannot be empty."));
    }
    if wanted.len() > 100 {
        return Err(Refusal::invalid("containerInstances can have at most 100 items."));
    }
    let tags = ask.includes("TAGS")?;
    let (found, failures) =
        each(world, &cluster, &wanted, |world, instance| view(world, instance, tags))?;
    Ok(json!({"containerInstances": found, "failures": failures}))
}

/// UpdateContainerInstancesState: ACTIVE or DRAINING, at most ten.
pub(crate) fn update_state(world: &mut World, ask: Ask<'_>) -> Reply {
    let cluster = clusters::named(world, ask)?;
    let status = ask.needed_text("status")?;
    if !["ACTIVE", "DRAINING"].contains(&status) {
        return Err(Refusal::invalid(
            "Container instance status should be one of [ACTIVE, DRAINING].",
        ));
    }
    let wanted = ask.texts("containerInstances")?;
    if wanted.is_empty() || wanted.len() > 10 {
        return Err(Refusal::invalid("containerInstances must have between 1 and 10 items."));
    }
    // All names are read before anything changes.
    let ids: Result<Vec<&str>, Refusal> =
        wanted.iter().map(|given| name_of("container-instance", given).map(last_part)).collect();
    for id in ids? {
        let instance = world.instances.get_mut(id);
        if let Some(instance) = instance.filter(|instance| instance.cluster == cluster) {
            instance.draining = status == "DRAINING";
            instance.version += 1;
        }
    }
    services::poke_cluster(world, &cluster);
    let (found, failures) =
        each(world, &cluster, &wanted, |world, instance| view(world, instance, false))?;
    Ok(json!({"containerInstances": found, "failures": failures}))
}

fn each(
    world: &World,
    cluster: &str,
    wanted: &[&str],
    show: impl Fn(&World, &Instance) -> Value,
) -> Result<(Vec<Value>, Vec<Value>), Refusal> {
    let mut found = Vec::new();
    let mut failures = Vec::new();
    for given in wanted {
        let id = last_part(name_of("container-instance", given)?);
        match world.instances.get(id).filter(|instance| instance.cluster == cluster) {
            Some(instance) => found.push(show(world, instance)),
            None => failures.push(json!({
                "arn": world.place.instance(cluster, id),
                "reason": "MISSING",
            })),
        }
    }
    Ok((found, failures))
}

/// The id of the instance that a request names.
///
/// # Errors
/// InvalidParameterException when it is not in the cluster.
pub(super) fn found(world: &World, cluster: &str, given: &str) -> Result<String, Refusal> {
    let id = last_part(name_of("container-instance", given)?);
    let here = world.instances.get(id).is_some_and(|instance| instance.cluster == cluster);
    if here { Ok(id.to_owned()) } else { Err(no_instance()) }
}

pub(super) fn no_instance() -> Refusal {
    Refusal::invalid("The referenced container instance was not found.")
}

impl Instance {
    fn status(&self) -> &'static str {
        if self.draining { "DRAINING" } else { "ACTIVE" }
    }
}

fn resources(cpu: i64, memory: i64, ports: &[i64], gpus: &[String]) -> Value {
    let whole = |name: &str, value: i64| json!({"name": name, "type": "INTEGER", "doubleValue": 0.0, "longValue": 0, "integerValue": value});
    let set = |name: &str, texts: &[String]| json!({"name": name, "type": "STRINGSET", "doubleValue": 0.0, "longValue": 0, "integerValue": 0, "stringSetValue": texts});
    let ports: Vec<String> = ports.iter().map(i64::to_string).collect();
    let mut all = vec![
        whole("CPU", cpu),
        whole("MEMORY", memory),
        set("PORTS", &ports),
        set("PORTS_UDP", &[]),
    ];
    if !gpus.is_empty() {
        all.push(set("GPU", gpus));
    }
    Value::Array(all)
}

pub(super) fn view(world: &World, instance: &Instance, tags: bool) -> Value {
    let tasks = || instance.tasks.iter().filter_map(|id| world.tasks.get(id));
    let ports: Vec<i64> = RESERVED_PORTS.iter().chain(&instance.used_ports).copied().collect();
    let free = instance.cpu - instance.used_cpu;
    let gpus = |wanted: &dyn Fn(i64) -> bool| -> Vec<String> {
        let numbers = (0..instance.gpus).filter(|number| wanted(*number));
        numbers.map(|number| instance.gpu_name(number)).collect()
    };
    let all_gpus = gpus(&|_| true);
    let free_gpus = gpus(&|number| !instance.used_gpus.contains(&number));
    let mut view = json!({
        "containerInstanceArn": world.place.instance(&instance.cluster, &instance.id),
        "ec2InstanceId": instance.ec2_id,
        "version": instance.version,
        "versionInfo": {"agentVersion": instance.agent_version, "agentHash": "0a1b2c3d", "dockerVersion": "DockerVersion: 25.0.8"},
        "remainingResources": resources(free, instance.free_memory(), &ports, &free_gpus),
        "registeredResources": resources(instance.cpu, instance.memory_mib, &RESERVED_PORTS, &all_gpus),
        "status": instance.status(),
        "agentConnected": true,
        "runningTasksCount": tasks().filter(|task| task.is_running()).count(),
        "pendingTasksCount": tasks().filter(|task| task.is_pending()).count(),
        "attributes": attributes::of(instance),
        "registeredAt": seconds(instance.registered_at),
        "attachments": [],
        "healthStatus": {"overallStatus": "OK", "details": []},
        "tags": if tags { instance.tags.clone() } else { Vec::new() },
    });
    put(&mut view, "capacityProviderName", instance.capacity_provider.clone());
    put(&mut view, "agentUpdateStatus", instance.agent_update.map(|update| update.word()));
    view
}
