//! [test] Clusters to try the rules on.

use super::model::Cluster;

/// An empty cluster on Fargate.
pub fn cluster(name: &str) -> Cluster {
    Cluster {
        name: name.parse().unwrap(),
        arn: format!("arn:aws:ecs:eu-west-1:123456789012:cluster/{name}"),
        status: "ACTIVE".into(),
        running_tasks: 0,
        pending_tasks: 0,
        active_services: 0,
        instances: 0,
        capacity_providers: vec!["FARGATE".into(), "FARGATE_SPOT".into()],
        default_strategy: Vec::new(),
        container_insights: "disabled".into(),
        tags: Vec::new(),
    }
}
