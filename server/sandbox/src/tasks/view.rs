//! A task as DescribeTasks shows it.

use serde_json::{Value, json};

use super::model::{Container, ContainerStatus, Interface, Task};
use super::volumes;
use crate::arn::Place;
use crate::ask::{put, seconds};
use crate::ids::image_digest;

pub(super) fn view(place: &Place, task: &Task, tags: bool) -> Value {
    let mut view = json!({
        "taskArn": place.task(&task.cluster, &task.id),
        "clusterArn": place.cluster(&task.cluster),
        "taskDefinitionArn": task.definition_arn,
        "group": task.group,
        "launchType": task.launch_type(),
        "lastStatus": task.phase.word(),
        "desiredStatus": if task.wanted { "RUNNING" } else { "STOPPED" },
        "healthStatus": task.health().word(),
        "cpu": task.cpu.to_string(),
        "memory": task.memory.to_string(),
        "availabilityZone": task.zone,
        "version": task.version,
        "createdAt": seconds(task.at.created),
        "enableExecuteCommand": task.exec,
        "attributes": [{"name": "ecs.cpu-architecture", "value": task.architecture}],
        "attachments": attachments(task),
        "inferenceAccelerators": [],
        "overrides": overrides(task),
        "tags": if tags { task.tags.clone() } else { Vec::new() },
        "containers": task
            .containers
            .iter()
            .map(|item| container(place, task, item))
            .collect::<Vec<_>>(),
    });
    let instance = task.instance.as_ref();
    put(&mut view, "containerInstanceArn", instance.map(|id| place.instance(&task.cluster, id)));
    put(&mut view, "startedBy", task.started_by.clone());
    put(&mut view, "capacityProviderName", task.capacity_provider.clone());
    put(&mut view, "platformVersion", task.platform_version.clone());
    put(&mut view, "platformFamily", task.platform_family.clone());
    if let Some(gib) = task.ephemeral_gib {
        put(&mut view, "ephemeralStorage", Some(json!({"sizeInGiB": gib})));
        put(&mut view, "fargateEphemeralStorage", Some(json!({"sizeInGiB": gib})));
    }
    if task.at.connected.is_some() {
        put(&mut view, "connectivity", Some("CONNECTED"));
    }
    moments(task, &mut view);
    put(&mut view, "stopCode", task.stop_code.map(|code| code.word()));
    put(&mut view, "stoppedReason", task.stop_reason.clone());
    view
}

fn moments(task: &Task, view: &mut Value) {
    for (name, at) in [
        ("connectivityAt", task.at.connected),
        ("pullStartedAt", task.at.pull_started),
        ("pullStoppedAt", task.at.pull_stopped),
        ("startedAt", task.at.started),
        ("stoppingAt", task.at.stopping),
        ("executionStoppedAt", task.at.execution_stopped),
        ("stoppedAt", task.at.stopped),
    ] {
        put(view, name, at.map(seconds));
    }
}

/// What was overridden, with an entry for every container as AWS shows it.
fn overrides(task: &Task) -> Value {
    let mut shown = task.overrides.clone();
    let given =
        shown.get("containerOverrides").and_then(Value::as_array).cloned().unwrap_or_default();
    let all = task.containers.iter().map(|container| {
        let same =
            |item: &&Value| item.get("name").and_then(Value::as_str) == Some(&container.name);
        given.iter().find(same).cloned().unwrap_or_else(|| json!({"name": container.name}))
    });
    let all: Vec<Value> = all.collect();
    put(&mut shown, "containerOverrides", Some(all));
    if shown.get("inferenceAcceleratorOverrides").is_none() {
        put(&mut shown, "inferenceAcceleratorOverrides", Some(json!([])));
    }
    shown
}

/// The network interface and the volumes.
fn attachments(task: &Task) -> Vec<Value> {
    let volumes = task.volumes.iter().map(|volume| volumes::attachment(task, volume));
    task.interface.iter().map(attachment).chain(volumes).collect()
}

fn attachment(interface: &Interface) -> Value {
    let mut details = vec![json!({"name": "subnetId", "value": interface.subnet})];
    if interface.status != "PRECREATED" {
        let dns = format!("ip-{}.internal", interface.address.replace('.', "-"));
        for (name, value) in [
            ("networkInterfaceId", interface.interface_id.clone()),
            ("macAddress", interface.mac.clone()),
            ("privateDnsName", dns),
            ("privateIPv4Address", interface.address.clone()),
        ] {
            details.push(json!({"name": name, "value": value}));
        }
    }
    json!({
        "id": interface.attachment_id,
        "type": "ElasticNetworkInterface",
        "status": interface.status,
        "details": details,
    })
}

fn container(place: &Place, task: &Task, container: &Container) -> Value {
    let resource = format!("container/{}/{}/{}", task.cluster, task.id, container.id);
    let status = match container.status {
        ContainerStatus::Pending => "PENDING",
        ContainerStatus::Running | ContainerStatus::Stopping => "RUNNING",
        ContainerStatus::Stopped => "STOPPED",
    };
    let mut view = json!({
        "containerArn": place.ecs(&resource),
        "taskArn": place.task(&task.cluster, &task.id),
        "name": container.name,
        "image": container.image,
        "lastStatus": status,
        "healthStatus": container.health.word(),
        "cpu": container.cpu.to_string(),
        "networkBindings": [],
        "networkInterfaces": [],
    });
    if container.runtime_id.is_some() {
        put(&mut view, "imageDigest", Some(image_digest(&container.image)));
    }
    put(&mut view, "runtimeId", container.runtime_id.clone());
    if task.exec {
        put(&mut view, "managedAgents", Some(agents(task, status)));
    }
    put(&mut view, "exitCode", container.exit_code);
    put(&mut view, "reason", container.reason.clone());
    if !container.gpu_names.is_empty() {
        put(&mut view, "gpuIds", Some(json!(container.gpu_names)));
    }
    put(&mut view, "memory", container.memory.map(|mib| mib.to_string()));
    put(&mut view, "memoryReservation", container.memory_reservation.map(|mib| mib.to_string()));
    match &task.interface {
        Some(interface) if task.at.connected.is_some() => {
            let shown = json!([{
                "attachmentId": interface.attachment_id,
                "privateIpv4Address": interface.address,
            }]);
            put(&mut view, "networkInterfaces", Some(shown));
        }
        None if container.runtime_id.is_some() => {
            put(&mut view, "networkBindings", Some(bindings(container)));
        }
        _ => {}
    }
    view
}

/// The agent that ExecuteCommand talks to lives as its container does.
fn agents(task: &Task, status: &str) -> Value {
    let mut agent = json!({"name": "ExecuteCommandAgent", "lastStatus": status});
    put(&mut agent, "lastStartedAt", task.at.started.map(seconds));
    json!([agent])
}

fn bindings(container: &Container) -> Value {
    let all = container.bindings.iter().map(|binding| {
        json!({
            "bindIP": "0.0.0.0",
            "containerPort": binding.container_port,
            "hostPort": binding.host_port,
            "protocol": if binding.udp { "udp" } else { "tcp" },
        })
    });
    Value::Array(all.collect())
}
