//! Which container instance takes a task: those that can, by what they have
//! left and by the constraints, and the best of them by the strategy.

pub(crate) mod query;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::ids::digest;
use crate::instances::{Instance, RESERVED_PORTS, attributes};
use crate::services::model::Service;
use crate::tasks::model::Task;
use crate::world::World;
use query::Query;

/// What a task's launch asks of its instance.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// The instance's id, when the caller has chosen it: even a draining one.
    pub(crate) only: Option<String>,
    /// As the API has them, the task definition's included.
    pub(crate) constraints: Vec<Value>,
    /// As the API has it.
    pub(crate) strategy: Vec<Value>,
    /// At most one task of the group on each instance: a daemon.
    pub(crate) one_each: bool,
}

/// Why a task found no place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unplaced {
    /// The closest instance's id, if there is one.
    closest: Option<String>,
    lack: Lack,
}

/// What an instance lacks, the least first: the instance that comes furthest
/// is the closest match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lack {
    Instances,
    MemberOf,
    Attribute,
    Distinct,
    Gpus,
    Cpu,
    Memory,
    Ports,
}

impl Unplaced {
    pub(crate) fn no_instances() -> Self {
        Self { closest: None, lack: Lack::Instances }
    }

    /// The sentence of a service event.
    pub(crate) fn sentence(&self) -> String {
        let lack = match self.lack {
            Lack::Cpu => "has insufficient CPU units available",
            Lack::Memory => "has insufficient memory available",
            Lack::Ports => "is already using a port required by your task",
            Lack::Gpus => "has insufficient GPU resource available",
            Lack::Attribute => "is missing an attribute required by your task",
            Lack::Instances | Lack::MemberOf | Lack::Distinct => {
                let code = self.code();
                return format!("Reason: {code}");
            }
        };
        let id = self.closest.as_deref().unwrap_or_default();
        format!("The closest matching (container-instance {id}) {lack}.")
    }

    /// An entry of RunTask's failures.
    pub(crate) fn failure(&self, world: &World, cluster: &str) -> Value {
        match &self.closest {
            Some(id) => json!({"arn": world.place.instance(cluster, id), "reason": self.code()}),
            None => json!({"reason": self.code()}),
        }
    }

    fn code(&self) -> &'static str {
        match self.lack {
            Lack::Instances => "No Container Instances were found in your cluster.",
            Lack::MemberOf => "MemberOf placement constraint unsatisfied.",
            Lack::Attribute => "ATTRIBUTE",
            Lack::Distinct => "DistinctInstance placement constraint unsatisfied.",
            Lack::Gpus => "RESOURCE:GPU",
            Lack::Cpu => "RESOURCE:CPU",
            Lack::Memory => "RESOURCE:MEMORY",
            Lack::Ports => "RESOURCE:PORTS",
        }
    }
}

/// Chooses a task's instance; the same choice every time.
///
/// # Errors
/// What the closest instance lacks.
pub(crate) fn place(world: &World, task: &Task, wanted: &Wanted) -> Result<String, Unplaced> {
    let limits = Limits::of(&wanted.constraints, wanted.one_each);
    let mut fit: Vec<&Instance> = Vec::new();
    let mut closest = Unplaced::no_instances();
    for instance in candidates(world, task, wanted) {
        match limits.lack(world, instance, task) {
            None => fit.push(instance),
            Some(lack) if lack >= closest.lack => {
                closest = Unplaced { closest: Some(instance.id.clone()), lack };
            }
            Some(_) => {}
        }
    }
    for rule in &wanted.strategy {
        narrow(world, task, rule, &mut fit);
    }
    // What the strategy leaves open goes where the most memory is left.
    let mut best: Option<&Instance> = None;
    for instance in fit {
        if best.is_none_or(|best| instance.free_memory() > best.free_memory()) {
            best = Some(instance);
        }
    }
    best.map(|instance| instance.id.clone()).ok_or(closest)
}

fn candidates<'w>(
    world: &'w World,
    task: &'w Task,
    wanted: &'w Wanted,
) -> impl Iterator<Item = &'w Instance> {
    world.instances.values().filter(|instance| {
        let chosen = wanted.only.as_ref().is_some_and(|id| *id == instance.id);
        instance.cluster == task.cluster
            && (chosen || wanted.only.is_none() && !instance.draining)
            && instance.external == task.external
            && (task.capacity_provider.is_none()
                || task.capacity_provider == instance.capacity_provider)
    })
}

/// The instances that a daemon has a task on: those of its launch type or its
/// capacity providers that meet its constraints.
pub(crate) struct Daemon<'s> {
    service: &'s Service,
    external: bool,
    providers: Vec<String>,
    limits: Limits,
}

impl<'s> Daemon<'s> {
    pub(crate) fn of(world: &World, service: &'s Service) -> Self {
        Self {
            service,
            external: service.text("launchType") == Some("EXTERNAL"),
            providers: service.providers_in_use(),
            limits: Limits::of(&service.constraints(world), false),
        }
    }

    /// Whether it has a task on an instance, unless that is drained.
    pub(crate) fn has(&self, world: &World, instance: &Instance) -> bool {
        let provider = instance.capacity_provider.as_ref();
        instance.cluster == self.service.cluster
            && instance.external == self.external
            && (self.providers.is_empty()
                || provider.is_some_and(|name| self.providers.contains(name)))
            && self.limits.members(world, instance)
    }

    pub(crate) fn count(&self, world: &World) -> u32 {
        let here = world.instances.values().filter(|instance| !instance.draining);
        u32::try_from(here.filter(|instance| self.has(world, instance)).count()).unwrap_or(u32::MAX)
    }
}

/// Constraints, read once for all instances.
struct Limits {
    members: Vec<Query>,
    distinct: bool,
}

impl Limits {
    fn of(constraints: &[Value], one_each: bool) -> Self {
        let distinct = |item: &Value| item.get("type") == Some(&json!("distinctInstance"));
        Self {
            // They were read when they were sent.
            members: constraints
                .iter()
                .filter_map(|item| item.get("expression")?.as_str())
                .filter_map(|text| Query::parse(text).ok())
                .collect(),
            distinct: one_each || constraints.iter().any(distinct),
        }
    }

    fn members(&self, world: &World, instance: &Instance) -> bool {
        self.members.iter().all(|query| matches(world, instance, query))
    }

    fn lack(&self, world: &World, instance: &Instance, task: &Task) -> Option<Lack> {
        if !self.members(world, instance) {
            return Some(Lack::MemberOf);
        }
        let attribute = |name: &str| attributes::value(instance, name);
        if attribute("ecs.cpu-architecture").is_some_and(|own| own != task.architecture) {
            return Some(Lack::Attribute);
        }
        if self.distinct && group_on(world, instance, &task.group) > 0 {
            return Some(Lack::Distinct);
        }
        if instance.free_gpus() < task.gpus {
            return Some(Lack::Gpus);
        }
        if instance.cpu - instance.used_cpu < task.cpu {
            return Some(Lack::Cpu);
        }
        if instance.free_memory() < task.memory {
            return Some(Lack::Memory);
        }
        let taken = |port: i64| {
            port != 0 && (instance.used_ports.contains(&port) || RESERVED_PORTS.contains(&port))
        };
        let mut bindings = task.containers.iter().flat_map(|container| &container.bindings);
        (!task.awsvpc && bindings.any(|binding| taken(binding.host_port))).then_some(Lack::Ports)
    }
}

/// Whether an expression means an instance.
pub(crate) fn matches(world: &World, instance: &Instance, query: &Query) -> bool {
    query.holds(&|subject| {
        let running = || instance.tasks.iter().filter_map(|id| world.tasks.get(id));
        match subject {
            "agentConnected" => vec!["true".to_owned()],
            "agentVersion" => vec![instance.agent_version.clone()],
            "ec2InstanceId" => vec![instance.ec2_id.clone()],
            "registeredAt" => vec![crate::wire::time::text(instance.registered_at / 1_000)],
            "runningTasksCount" => {
                vec![running().filter(|task| task.is_running()).count().to_string()]
            }
            "task:group" => running().map(|task| task.group.clone()).collect(),
            other => other
                .strip_prefix("attribute:")
                .and_then(|name| attributes::value(instance, name))
                .into_iter()
                .collect(),
        }
    })
}

/// How many wanted tasks of a group an instance has.
fn group_on(world: &World, instance: &Instance, group: &str) -> usize {
    let tasks = instance.tasks.iter().filter_map(|id| world.tasks.get(id));
    tasks.filter(|task| task.wanted && task.group == group).count()
}

/// Leaves the instances that a rule of the strategy likes best.
fn narrow(world: &World, task: &Task, rule: &Value, fit: &mut Vec<&Instance>) {
    let text = |name: &str| rule.get(name).and_then(Value::as_str).unwrap_or_default();
    let field = text("field").to_ascii_lowercase();
    let cost: Box<dyn Fn(&Instance) -> u64> = match text("type") {
        "binpack" if field == "cpu" => Box::new(|instance| left(instance.cpu - instance.used_cpu)),
        "binpack" => Box::new(|instance| left(instance.free_memory())),
        "spread" => {
            let mut buckets: BTreeMap<String, u64> = BTreeMap::new();
            // Every instance counts, also one that has no room.
            let here = |instance: &&Instance| instance.cluster == task.cluster;
            for instance in world.instances.values().filter(here) {
                let tasks = group_on(world, instance, &task.group);
                *buckets.entry(bucket(instance, text("field"))).or_insert(0) +=
                    u64::try_from(tasks).unwrap_or(u64::MAX);
            }
            let field = text("field").to_owned();
            Box::new(move |instance| buckets.get(&bucket(instance, &field)).copied().unwrap_or(0))
        }
        // Chance that is the same in every run: by the time and the names.
        _ => Box::new(|instance| {
            digest(&format!("{} {} {}", world.now, instance.tasks.len(), instance.id))
        }),
    };
    let least = fit.iter().map(|instance| cost(instance)).min();
    fit.retain(|instance| Some(cost(instance)) == least);
}

fn left(amount: i64) -> u64 {
    u64::try_from(amount).unwrap_or(0)
}

/// The value that a spread counts by. Instances without the attribute are
/// together.
fn bucket(instance: &Instance, field: &str) -> String {
    match field.strip_prefix("attribute:").unwrap_or(field) {
        "instanceId" | "host" => instance.id.clone(),
        name => attributes::value(instance, name).unwrap_or_default(),
    }
}
