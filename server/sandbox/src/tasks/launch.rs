//! Making a task out of a task definition.

use serde_json::{Value, json};

use super::model::{
    Binding, Checks, Container, ContainerStatus, Health, Interface, Moments, Owner, Phase, Task,
};
use super::{containers, volumes};
use crate::behaviour::Behaviour;
use crate::instances;
use crate::placement::{self, Unplaced, Wanted};
use crate::queue::{Effect, Step};
use crate::task_definitions::TaskDefinition;
use crate::world::World;

/// How and where a task is wanted.
#[derive(Debug, Clone)]
pub(crate) struct Launch {
    pub(crate) cluster: String,
    pub(crate) definition_arn: String,
    pub(crate) fargate: bool,
    pub(crate) external: bool,
    pub(crate) capacity_provider: Option<String>,
    pub(crate) platform_version: Option<String>,
    pub(crate) group: Option<String>,
    pub(crate) started_by: Option<String>,
    pub(crate) network: Option<Value>,
    /// `volumeConfigurations`.
    pub(crate) volumes: Vec<Value>,
    pub(crate) overrides: Option<Value>,
    pub(crate) tags: Vec<Value>,
    pub(crate) exec: bool,
    pub(crate) owner: Option<Owner>,
    pub(crate) target_groups: Vec<String>,
    /// What it asks of its instance, on EC2.
    pub(crate) placement: Wanted,
}

/// Starts a task and answers its id.
///
/// # Errors
/// Why no container instance could take it.
pub(crate) fn launch(world: &mut World, wish: Launch) -> Result<String, Unplaced> {
    let Some(definition) = crate::task_definitions::by_arn(world, &wish.definition_arn) else {
        return Err(Unplaced::no_instances());
    };
    let mut task = drafted(definition, &wish);
    if !task.fargate {
        task.instance = Some(placement::place(world, &task, &wish.placement)?);
    }
    name(world, &mut task, wish.network.as_ref());
    instances::occupy(world, &mut task);
    let id = task.id.clone();
    let (first, wait) = if task.awsvpc {
        (
            Step::Attach,
            if task.fargate {
                world.ids.between(8_000, 12_000)
            } else {
                world.ids.between(3_000, 5_000)
            },
        )
    } else {
        (Step::PullStart, world.ids.between(500, 1_500))
    };
    world.plan(wait, Effect::Task { id: id.clone(), epoch: 0, step: first });
    if let Some(cluster) = world.clusters.get_mut(&task.cluster) {
        cluster.tasks.insert(id.clone());
    }
    world.tasks.insert(id.clone(), task);
    Ok(id)
}

/// The task as far as its definition and the wish decide it.
fn drafted(definition: &TaskDefinition, wish: &Launch) -> Task {
    let overrides = wish.overrides.clone().unwrap_or_else(|| json!({}));
    let awsvpc = definition.network_mode() == "awsvpc";
    let own = |name: &str| {
        overrides.get(name).and_then(Value::as_str)?.parse::<i64>().ok().filter(|size| *size > 0)
    };
    let (cpu, memory) = definition.size();
    let platform = definition.document.get("runtimePlatform");
    let platform = |name: &str| platform?.get(name)?.as_str().map(str::to_owned);
    let gib = definition.document.pointer("/ephemeralStorage/sizeInGiB");
    let containers = contained(definition.containers(), &overrides);
    Task {
        id: String::new(),
        cluster: wish.cluster.clone(),
        definition_arn: wish.definition_arn.clone(),
        family: definition.family.clone(),
        group: wish.group.clone().unwrap_or_else(|| format!("family:{}", definition.family)),
        started_by: wish.started_by.clone(),
        fargate: wish.fargate,
        external: wish.external && !wish.fargate,
        awsvpc,
        capacity_provider: wish.capacity_provider.clone(),
        platform_version: wish.fargate.then(|| resolved(wish.platform_version.as_deref())),
        instance: None,
        zone: String::new(),
        phase: if awsvpc { Phase::Provisioning } else { Phase::Pending },
        wanted: true,
        version: 1,
        epoch: 0,
        at: Moments::default(),
        gpus: containers.iter().map(|container| container.gpus).fold(0, i64::saturating_add),
        containers,
        stop_code: None,
        stop_reason: None,
        owner: wish.owner.clone(),
        target_groups: wish.target_groups.clone(),
        ready: false,
        interface: None,
        volumes: volumes::configured(&wish.volumes),
        cpu: own("cpu").unwrap_or(cpu),
        memory: own("memory").unwrap_or(memory),
        architecture: platform("cpuArchitecture")
            .unwrap_or_else(|| "X86_64".to_owned())
            .to_lowercase(),
        platform_family: wish.fargate.then(|| family_word(platform("operatingSystemFamily"))),
        ephemeral_gib: wish.fargate.then(|| gib.and_then(Value::as_i64).unwrap_or(20)),
        overrides,
        tags: wish.tags.clone(),
        exec: wish.exec,
        protected_until: None,
    }
}

/// LATEST is answered as what it means today.
pub(crate) fn resolved(platform_version: Option<&str>) -> String {
    match platform_version {
        None | Some("LATEST") => "1.4.0".to_owned(),
        Some(version) => version.to_owned(),
    }
}

fn family_word(family: Option<String>) -> String {
    match family.as_deref() {
        None | Some("LINUX") => "Linux".to_owned(),
        Some(other) => other.to_owned(),
    }
}

fn contained(definitions: &[Value], overrides: &Value) -> Vec<Container> {
    let all = definitions.iter().map(|container| one_container(container, overrides));
    let mut all: Vec<Container> = all.collect();
    let names: Vec<String> = all.iter().map(|container| container.name.clone()).collect();
    for (container, definition) in all.iter_mut().zip(definitions) {
        container.needs = containers::needs(definition, &names);
    }
    all
}

fn one_container(definition: &Value, overrides: &Value) -> Container {
    let text =
        |name: &str| definition.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let name = text("name");
    let other = overrides
        .get("containerOverrides")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .find(|item| item.get("name").and_then(Value::as_str) == Some(&name));
    let number = |member: &str| {
        other
            .and_then(|item| item.get(member))
            .or_else(|| definition.get(member))
            .and_then(Value::as_i64)
    };
    let image = text("image");
    let variable = other.and_then(variable_of).or_else(|| variable_of(definition));
    let behaviour = Behaviour::of(&image, variable);
    Container {
        id: String::new(),
        checks: definition.get("healthCheck").map(|check| checks(check, behaviour)),
        needs: Vec::new(),
        start_timeout: definition.get("startTimeout").and_then(Value::as_i64),
        restarts: containers::restarts(definition),
        secret: definition
            .pointer("/secrets/0/valueFrom")
            .and_then(Value::as_str)
            .map(str::to_owned),
        gpus: gpus(other, definition),
        gpu_numbers: Vec::new(),
        gpu_names: Vec::new(),
        run: 0,
        started_at: None,
        stop_timeout: number("stopTimeout").unwrap_or(30).clamp(1, 120),
        essential: definition.get("essential") != Some(&Value::Bool(false)),
        cpu: number("cpu").unwrap_or(0),
        memory: number("memory"),
        memory_reservation: number("memoryReservation"),
        status: ContainerStatus::Pending,
        health: Health::Unknown,
        runtime_id: None,
        exit_code: None,
        reason: None,
        bindings: bindings(definition),
        name,
        image,
        behaviour,
    }
}

/// How many GPUs a container reserves; an override's requirements replace the definition's. `ALL`
/// reserves none.
fn gpus(other: Option<&Value>, definition: &Value) -> i64 {
    let listed = |document: &Value| {
        let list = document.get("resourceRequirements")?.as_array()?.clone();
        (!list.is_empty()).then_some(list)
    };
    let list = other.and_then(listed).or_else(|| listed(definition)).unwrap_or_default();
    list.iter()
        .filter(|item| item.get("type").and_then(Value::as_str) == Some("GPU"))
        .filter_map(|item| item.get("value")?.as_str()?.parse::<u32>().ok())
        .map(i64::from)
        .fold(0, i64::saturating_add)
}

fn variable_of(document: &Value) -> Option<&str> {
    let environment = document.get("environment")?.as_array()?;
    environment
        .iter()
        .find(|pair| pair.get("name").and_then(Value::as_str) == Some("SANDBOX_BEHAVIOUR"))?
        .get("value")?
        .as_str()
}

fn checks(check: &Value, behaviour: Behaviour) -> Checks {
    let number =
        |name: &str, default: i64| check.get(name).and_then(Value::as_i64).unwrap_or(default);
    let interval = number("interval", 30).max(5);
    Checks {
        passes_after: interval + behaviour.healthy_after().unwrap_or(0),
        fails_after: number("startPeriod", 0) + interval * number("retries", 3).max(1),
    }
}

fn bindings(definition: &Value) -> Vec<Binding> {
    let ports = definition.get("portMappings").and_then(Value::as_array);
    ports
        .into_iter()
        .flatten()
        .filter_map(|port| {
            Some(Binding {
                container_port: port.get("containerPort")?.as_i64()?,
                host_port: port.get("hostPort").and_then(Value::as_i64).unwrap_or(0),
                udp: port.get("protocol").and_then(Value::as_str) == Some("udp"),
            })
        })
        .collect()
}

/// Gives the task and its parts their ids.
fn name(world: &mut World, task: &mut Task, network: Option<&Value>) {
    task.id = world.ids.hex32();
    task.at.created = world.now;
    let zone = world.ids.between(0, 2);
    task.zone = match task.instance.as_ref().and_then(|id| world.instances.get(id)) {
        Some(instance) => instance.zone.clone(),
        None => world.place.zone(zone),
    };
    for container in &mut task.containers {
        container.id = world.ids.uuid();
    }
    if !task.awsvpc {
        return;
    }
    let subnets = network
        .and_then(|network| network.pointer("/awsvpcConfiguration/subnets"))
        .and_then(Value::as_array);
    let subnet = subnets
        .filter(|list| !list.is_empty())
        .and_then(|list| list.get(usize::try_from(zone).unwrap_or(0) % list.len()))
        .and_then(Value::as_str)
        .unwrap_or("subnet-00000000");
    let ids = &mut world.ids;
    let mut byte = || ids.between(1, 254);
    let mac =
        format!("0a:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}", byte(), byte(), byte(), byte(), byte());
    let address = format!("10.0.{}.{}", byte(), byte());
    task.interface = Some(Interface {
        attachment_id: world.ids.uuid(),
        interface_id: format!("eni-{}", world.ids.hex17()),
        subnet: subnet.to_owned(),
        mac,
        address,
        status: "PRECREATED".to_owned(),
    });
}
