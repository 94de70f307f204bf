//! Tasks, from the SDK's words to the console's. A task's overrides, which may hold secrets, are
//! not read.

use aws_sdk_ecs::types;
use berth_app::names::ClusterName;
use berth_app::tasks::model::{Container, PortBinding, Task, TaskTimes};

use super::clusters::{count, last_part, moment, parsed};

/// A task; `None` when its id or revision is none that ECS gives.
pub(super) fn task(cluster: &ClusterName, from: types::Task) -> Option<Task> {
    Some(Task {
        cluster: cluster.clone(),
        id: parsed("task", from.task_arn().map(last_part))?,
        task_definition: parsed("task definition", from.task_definition_arn())?,
        version: from.version,
        health: health(from.health_status()),
        launch_type: from.launch_type().map(|kind| kind.as_str().to_owned()),
        container_instance: from.container_instance_arn().map(|arn| last_part(arn).to_owned()),
        private_ip: private_ip(from.attachments()),
        times: times(&from),
        stop_code: from.stop_code().map(|code| code.as_str().to_owned()),
        containers: from.containers().iter().map(container).collect(),
        arn: from.task_arn.unwrap_or_default(),
        group: from.group.unwrap_or_default(),
        last_status: from.last_status.unwrap_or_default(),
        desired_status: from.desired_status.unwrap_or_default(),
        capacity_provider: from.capacity_provider_name,
        platform_version: from.platform_version,
        availability_zone: from.availability_zone,
        cpu: from.cpu,
        memory: from.memory,
        started_by: from.started_by,
        stopped_reason: from.stopped_reason,
    })
}

fn times(from: &types::Task) -> TaskTimes {
    TaskTimes {
        created_at: moment(from.created_at),
        connectivity_at: moment(from.connectivity_at),
        pull_started_at: moment(from.pull_started_at),
        pull_stopped_at: moment(from.pull_stopped_at),
        started_at: moment(from.started_at),
        stopping_at: moment(from.stopping_at),
        execution_stopped_at: moment(from.execution_stopped_at),
        stopped_at: moment(from.stopped_at),
    }
}

fn health(from: Option<&types::HealthStatus>) -> String {
    from.map_or("UNKNOWN", |health| health.as_str()).to_owned()
}

/// The address of the task's own network interface (awsvpc).
fn private_ip(attachments: &[types::Attachment]) -> Option<String> {
    attachments
        .iter()
        .flat_map(|attachment| attachment.details())
        .find(|detail| detail.name() == Some("privateIPv4Address"))
        .and_then(|detail| detail.value())
        .map(str::to_owned)
}

fn container(from: &types::Container) -> Container {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Container {
        name: from.name().unwrap_or_default().to_owned(),
        image: from.image().unwrap_or_default().to_owned(),
        image_digest: owned(from.image_digest()),
        last_status: from.last_status().unwrap_or_default().to_owned(),
        health: health(from.health_status()),
        exit_code: from.exit_code(),
        reason: owned(from.reason()),
        runtime_id: owned(from.runtime_id()),
        cpu: owned(from.cpu()),
        memory: owned(from.memory()),
        bindings: from.network_bindings().iter().map(binding).collect(),
    }
}

fn binding(from: &types::NetworkBinding) -> PortBinding {
    PortBinding {
        host_ip: from.bind_ip().unwrap_or_default().to_owned(),
        container_port: from.container_port().map_or(0, count),
        host_port: from.host_port().map_or(0, count),
        protocol: from.protocol().map_or("tcp", |protocol| protocol.as_str()).to_owned(),
    }
}
