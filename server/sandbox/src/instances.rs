//! Container instances: what EC2 offers, and what is taken of it.

pub(crate) mod agent;
pub(crate) mod attributes;
pub(crate) mod operations;
pub(crate) mod register;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ids::{Ids, digest};
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
    pub(crate) gpus: i64,
    pub(crate) draining: bool,
    pub(crate) version: u32,
    pub(crate) registered_at: i64,
    pub(crate) tags: Vec<Value>,
    /// Ids of the tasks that hold its resources.
    pub(crate) tasks: BTreeSet<String>,
    pub(crate) used_cpu: i64,
    pub(crate) used_memory_mib: i64,
    pub(crate) used_ports: BTreeSet<i64>,
    /// Numbers of the GPUs in use.
    pub(crate) used_gpus: BTreeSet<i64>,
}

impl Instance {
    pub(crate) fn free_memory(&self) -> i64 {
        self.memory_mib - self.used_memory_mib
    }

    pub(crate) fn free_gpus(&self) -> i64 {
        let used = i64::try_from(self.used_gpus.len()).unwrap_or(i64::MAX);
        self.gpus.saturating_sub(used)
    }

    /// The name of one of its GPUs, as the agent reports it.
    pub(crate) fn gpu_name(&self, number: i64) -> String {
        let mut ids = Ids::new(digest(&format!("{} {number}", self.id)));
        format!("GPU-{}", ids.uuid())
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
    for container in &mut task.containers {
        let free = (0..instance.gpus).filter(|number| !instance.used_gpus.contains(number));
        let wanted = usize::try_from(container.gpus).unwrap_or(0);
        container.gpu_numbers = free.take(wanted).collect();
        instance.used_gpus.extend(&container.gpu_numbers);
        let names = container.gpu_numbers.iter().map(|number| instance.gpu_name(*number));
        container.gpu_names = names.collect();
    }
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
    for number in task.containers.iter().flat_map(|container| &container.gpu_numbers) {
        instance.used_gpus.remove(number);
    }
    if !task.awsvpc {
        for binding in task.containers.iter().flat_map(|container| &container.bindings) {
            instance.used_ports.remove(&binding.host_port);
        }
    }
}
