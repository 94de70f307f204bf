//! [test] Services to try the rules on.

use super::model::{Deployment, Service};
use crate::timestamp::Timestamp;

/// A steady service of three tasks.
pub fn service(cluster: &str, name: &str) -> Service {
    Service {
        cluster: cluster.parse().unwrap(),
        name: name.parse().unwrap(),
        arn: format!("arn:aws:ecs:eu-west-1:123456789012:service/{cluster}/{name}"),
        status: "ACTIVE".into(),
        desired: 3,
        running: 3,
        pending: 0,
        task_definition: Some(format!("{name}:7").parse().unwrap()),
        launch_type: Some("FARGATE".into()),
        strategy: Vec::new(),
        platform_version: None,
        scheduling: "REPLICA".into(),
        created_at: Some(Timestamp::from_ms(1_000)),
        deployments: vec![deployment(name, 7, "PRIMARY", "COMPLETED")],
        events: Vec::new(),
        rollback: None,
        network: None,
        load_balancers: Vec::new(),
        minimum_healthy_percent: Some(100),
        maximum_percent: Some(200),
        circuit_breaker: None,
        execute_command: false,
        tags: Vec::new(),
    }
}

/// A deployment of three tasks, all running.
pub fn deployment(family: &str, number: u32, status: &str, rollout: &str) -> Deployment {
    Deployment {
        id: format!("ecs-svc/{number}"),
        status: status.into(),
        task_definition: Some(format!("{family}:{number}").parse().unwrap()),
        desired: 3,
        pending: 0,
        running: 3,
        failed: 0,
        rollout: Some(rollout.into()),
        rollout_reason: None,
        created_at: Some(Timestamp::from_ms(i64::from(number) * 1_000)),
        updated_at: None,
    }
}
