//! [test] Tasks to try the rules on.

use super::model::{Container, Task, TaskTimes};
use crate::timestamp::Timestamp;

/// A task of the service `web` with one container.
pub fn task(id: &str, status: &str, started_s: i64) -> Task {
    let stopped = status == "STOPPED";
    Task {
        cluster: "production".parse().unwrap(),
        id: id.parse().unwrap(),
        arn: format!("arn:aws:ecs:eu-west-1:123456789012:task/production/{id}"),
        version: 1,
        group: "service:web".into(),
        task_definition: "web:3".parse().unwrap(),
        last_status: status.into(),
        desired_status: if stopped { "STOPPED" } else { "RUNNING" }.into(),
        health: "UNKNOWN".into(),
        launch_type: Some("FARGATE".into()),
        capacity_provider: None,
        platform_version: None,
        availability_zone: None,
        cpu: None,
        memory: None,
        started_by: None,
        container_instance: None,
        private_ip: Some(format!("10.0.0.{started_s}")),
        times: TaskTimes {
            started_at: Some(Timestamp::from_ms(started_s * 1000)),
            ..TaskTimes::default()
        },
        stop_code: None,
        stopped_reason: stopped.then(|| "Essential container in task exited".into()),
        containers: vec![container("app", status)],
    }
}

/// A container.
pub fn container(name: &str, status: &str) -> Container {
    Container {
        name: name.into(),
        image: "shop/web:1.4".into(),
        image_digest: None,
        last_status: status.into(),
        health: "UNKNOWN".into(),
        exit_code: None,
        reason: None,
        runtime_id: None,
        cpu: None,
        memory: None,
        bindings: Vec::new(),
    }
}
