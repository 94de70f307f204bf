//! Container instances: what EC2 offers, what is taken, and where a task fits.

pub(crate) mod agent;
pub(crate) mod attributes;
pub(crate) mod operations;
pub(crate) mod register;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::tasks::model::Task;
use crate::world::World;

/// Ports every instance keeps for itself (R88).
pub(crate) const RESERVED_PORTS: [i64; 5] = [22, 2375, 2376, 51678, 51679];

/// Dynamic host ports of bridge tasks start here.
const FIRST_DYNAMIC_PORT: i64 = 32_768;

/// A container instance.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Instance {
    pub(crate) id: String,
    pub(crate) cluster: String,
    pub(crate) ec2_id: String,
    pub(crate) instance_type: String,
    pub(crate) zone: String,
    pub(crate) capacity_provider: Option<String>,
    /// Outside EC2: only tasks of launch type EXTERNAL go there.
    pub(crate) external: bool,
    /// Custom attributes.
    pub(crate) attributes: BTreeMap<String, Option<String>>,
    /// Empty when the agent did not say it.
    pub(crate) agent_version: String,
    pub(crate) agent_update: Option<agent::Update>,
    /// CPU units.
    pub(crate) cpu: i64,
    pub(crate) memory_mib: i64,
    pub(crate) draining: bool,
    pub(crate) version: u32,
    pub(crate) registered_at: i64,
    pub(crate) tags: Vec<Value>,
    /// Ids of the tasks that hold its resources.
    pub(crate) tasks: BTreeSet<String>,
    pub(crate) used_cpu: i64,
    pub(crate) used_memory_mib: i64,
    pub(crate) used_ports: BTreeSet<i64>,
}

/// Why a task found no place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unplaced {
    /// The closest instance's id, if there is one.
    pub(crate) closest: Option<String>,
    /// The code in RunTask's failures, such as `RESOURCE:MEMORY`.
    pub(crate) code: &'static str,
}

impl Unplaced {
    pub(crate) fn no_instances() -> Self {
        Self { closest: None, code: "No Container Instances were found in your cluster." }
    }

    /// The sentence of a service event.
    pub(crate) fn sentence(&self) -> String {
        let Some(id) = &self.closest else {
            return "Reason: No Container Instances were found in your cluster.".to_owned();
        };
        let lack = match self.code {
            "RESOURCE:CPU" => "has insufficient CPU units available",
            "RESOURCE:MEMORY" => "has insufficient memory available",
            "RESOURCE:PORTS" => "is already using a port required by your task",
            _ => "does not meet the placement constraints of your task",
        };
        format!("The closest matching (container-instance {id}) {lack}.")
    }

    pub(crate) fn failure(&self, world: &World, cluster: &str) -> Value {
        match &self.closest {
            Some(id) => json!({"arn": world.place.instance(cluster, id), "reason": self.code}),
            None => json!({"reason": self.code}),
        }
    }
}

/// Chooses the instance that has the most memory left of those that fit: it
/// spreads, and it is the same choice every time.
///
/// # Errors
/// What the closest instance lacks.
pub(crate) fn place(
    world: &World,
    task: &Task,
    only: Option<&str>,
    distinct: bool,
) -> Result<String, Unplaced> {
    let mut best: Option<&Instance> = None;
    let mut lack = Unplaced::no_instances();
    let candidates = world.instances.values().filter(|instance| {
        instance.cluster == task.cluster
            && only.is_none_or(|id| id == instance.id)
            && (!instance.draining || only.is_some())
            && instance.external == task.external
            && (task.capacity_provider.is_none()
                || task.capacity_provider == instance.capacity_provider)
    });
    for instance in candidates {
        if let Some(code) = lacks(world, instance, task, distinct) {
            lack = Unplaced { closest: Some(instance.id.clone()), code };
        } else if best.is_none_or(|best| instance.free_memory() > best.free_memory()) {
            best = Some(instance);
        }
    }
    best.map(|instance| instance.id.clone()).ok_or(lack)
}

fn lacks(world: &World, instance: &Instance, task: &Task, distinct: bool) -> Option<&'static str> {
    let same_owner = |id: &String| {
        let other = world.tasks.get(id).and_then(|other| other.owner.as_ref());
        other.map(|owner| &owner.service) == task.owner.as_ref().map(|owner| &owner.service)
    };
    if distinct && instance.tasks.iter().any(same_owner) {
        return Some("MemberOf placement constraint unsatisfied.");
    }
    if instance.cpu - instance.used_cpu < task.cpu {
        return Some("RESOURCE:CPU");
    }
    if instance.free_memory() < task.memory {
        return Some("RESOURCE:MEMORY");
    }
    let taken = |port: i64| {
        port != 0 && (instance.used_ports.contains(&port) || RESERVED_PORTS.contains(&port))
    };
    let bindings = task.containers.iter().flat_map(|container| &container.bindings);
    if !task.awsvpc && bindings.into_iter().any(|binding| taken(binding.host_port)) {
        return Some("RESOURCE:PORTS");
    }
    None
}

impl Instance {
    pub(crate) fn free_memory(&self) -> i64 {
        self.memory_mib - self.used_memory_mib
    }

    fn free_port(&self) -> i64 {
        (FIRST_DYNAMIC_PORT..61_000)
            .find(|port| !self.used_ports.contains(port))
            .unwrap_or(FIRST_DYNAMIC_PORT)
    }
}

/// Takes the task's share of its instance and gives it its host ports.
pub(crate) fn occupy(world: &mut World, task: &mut Task) {
    let Some(instance) = task.instance.as_ref().and_then(|id| world.instances.get_mut(id)) else {
        return;
    };
    instance.version += 1;
    instance.used_cpu += task.cpu;
    instance.used_memory_mib += task.memory;
    instance.tasks.insert(task.id.clone());
    if task.awsvpc {
        return;
    }
    for binding in task.containers.iter_mut().flat_map(|container| &mut container.bindings) {
        if binding.host_port == 0 {
            binding.host_port = instance.free_port();
        }
        instance.used_ports.insert(binding.host_port);
    }
}

/// Gives the task's share back.
pub(crate) fn release(world: &mut World, task_id: &str) {
    let Some(task) = world.tasks.get(task_id) else {
        return;
    };
    let Some(instance) = task.instance.as_ref().and_then(|id| world.instances.get_mut(id)) else {
        return;
    };
    if !instance.tasks.remove(task_id) {
        return;
    }
    instance.version += 1;
    instance.used_cpu -= task.cpu;
    instance.used_memory_mib -= task.memory;
    if !task.awsvpc {
        for binding in task.containers.iter().flat_map(|container| &container.bindings) {
            instance.used_ports.remove(&binding.host_port);
        }
    }
}
