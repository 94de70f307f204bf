//! What the console knows of a service.

use serde::{Deserialize, Serialize};

use super::last_deployment::{Attempt, Rollback};
use super::percent::bounds;
use super::state::Standing;
use crate::clusters::model::{StrategyItem, Tag};
use crate::launch::model::Network;
use crate::listing::Row;
use crate::names::{ClusterName, Revision, ServiceName};
use crate::timestamp::Timestamp;

/// A service as ECS last described it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// The cluster it runs in.
    pub cluster: ClusterName,
    /// Its name.
    pub name: ServiceName,
    /// Its ARN.
    pub arn: String,
    /// `ACTIVE`, `DRAINING` or `INACTIVE`.
    pub status: String,
    /// Tasks it shall run.
    pub desired: u32,
    /// Tasks that run.
    pub running: u32,
    /// Tasks on their way.
    pub pending: u32,
    /// The revision it shall run; absent for external deployment controllers.
    pub task_definition: Option<Revision>,
    /// `EC2`, `FARGATE`, `EXTERNAL`; absent when a strategy decides.
    pub launch_type: Option<String>,
    /// Where its tasks go when there is no launch type.
    pub strategy: Vec<StrategyItem>,
    /// Fargate's platform version.
    pub platform_version: Option<String>,
    /// `REPLICA` or `DAEMON`.
    pub scheduling: String,
    /// When it was created.
    pub created_at: Option<Timestamp>,
    /// Newest first.
    pub deployments: Vec<Deployment>,
    /// Newest first; ECS keeps the last 100.
    pub events: Vec<ServiceEvent>,
    /// That the last deployment was rolled back, until something newer is deployed.
    pub rollback: Option<Rollback>,
    /// Subnets and security groups of awsvpc tasks.
    pub network: Option<Network>,
    /// Where its traffic comes from.
    pub load_balancers: Vec<LoadBalancer>,
    /// Percent of `desired` that must stay healthy while rolling.
    pub minimum_healthy_percent: Option<u32>,
    /// Percent of `desired` that may exist while rolling.
    pub maximum_percent: Option<u32>,
    /// Whether the deployment circuit breaker is on, and rolls back.
    pub circuit_breaker: Option<CircuitBreaker>,
    /// Whether ECS Exec is on for new tasks.
    pub execute_command: bool,
    /// Its tags, where they were asked for.
    pub tags: Vec<Tag>,
}

/// One deployment of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deployment {
    /// `ecs-svc/...`.
    pub id: String,
    /// `PRIMARY`, `ACTIVE` or `INACTIVE`.
    pub status: String,
    /// The revision it brings.
    pub task_definition: Option<Revision>,
    /// Tasks it shall run.
    pub desired: u32,
    /// Tasks on their way.
    pub pending: u32,
    /// Tasks that run.
    pub running: u32,
    /// Tasks that could not start or stopped early.
    pub failed: u32,
    /// `IN_PROGRESS`, `COMPLETED` or `FAILED`; absent with external controllers.
    pub rollout: Option<String>,
    /// Why it is in that state, in AWS's words.
    pub rollout_reason: Option<String>,
    /// When it began.
    pub created_at: Option<Timestamp>,
    /// When it last moved.
    pub updated_at: Option<Timestamp>,
}

impl Deployment {
    /// Whether it goes on.
    pub fn is_open(&self) -> bool {
        self.rollout.as_deref() == Some("IN_PROGRESS")
    }
}

/// One line of a service's event log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceEvent {
    /// Unique in the service.
    pub id: String,
    /// When it was written.
    pub at: Timestamp,
    /// AWS's words.
    pub message: String,
}

/// A load balancer's hold on a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadBalancer {
    /// Target group ARN, or the name of a Classic Load Balancer.
    pub target: String,
    /// The container that takes the traffic.
    pub container: String,
    /// Its port.
    pub port: u32,
}

/// The deployment circuit breaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircuitBreaker {
    /// Whether failing deployments are stopped.
    pub enabled: bool,
    /// Whether the last good revision comes back.
    pub rollback: bool,
}

impl Service {
    /// The deployment that brings what was last asked for.
    pub fn present_deployment(&self) -> Option<&Deployment> {
        self.deployments.iter().find(|d| d.status == "PRIMARY")
    }

    /// The deployments whose tasks the present one replaces.
    pub fn replaced_deployments(&self) -> impl Iterator<Item = &Deployment> {
        self.deployments.iter().filter(|one| !matches!(one.status.as_str(), "PRIMARY" | "INACTIVE"))
    }

    /// How many tasks its owner lets a deployment leave running (R232, R233).
    pub fn fewest_while_rolling(&self) -> u32 {
        let usual = if self.scheduling == "DAEMON" { 0 } else { 100 };
        bounds(self.desired, self.minimum_healthy_percent.unwrap_or(usual), 100).0
    }

    /// Why nothing can be changed about it now; `None` when it can. ECS says the same.
    pub fn change_refusal(&self) -> Option<String> {
        match self.status.as_str() {
            "ACTIVE" => None,
            "DRAINING" => Some("It is being deleted.".to_owned()),
            _ => Some("It has been deleted.".to_owned()),
        }
    }
}

/// What a list shows of a service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceRow {
    /// `cluster/name`.
    pub key: String,
    /// The cluster it runs in.
    pub cluster: ClusterName,
    /// Its name.
    pub name: ServiceName,
    /// How it stands.
    pub standing: Standing,
    /// Tasks it shall run.
    pub desired: u32,
    /// Tasks that run.
    pub running: u32,
    /// Tasks on their way.
    pub pending: u32,
    /// The revision it shall run.
    pub revision: Option<Revision>,
    /// The images that its tasks run, in short and without repetition.
    pub images: Vec<String>,
    /// Its last deployment, however it ended.
    pub last_attempt: Option<Attempt>,
    /// Its newest event.
    pub last_event: Option<ServiceEvent>,
}

impl Row for ServiceRow {
    fn key(&self) -> &str {
        &self.key
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::service;

    #[test]
    fn only_active_services_change() {
        for (status, refused) in [("ACTIVE", false), ("DRAINING", true), ("INACTIVE", true)] {
            let mut service = service("production", "web");
            service.status = status.into();
            assert_eq!(service.change_refusal().is_some(), refused, "{status}");
        }
    }
}
