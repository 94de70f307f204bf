//! What a service is.

use std::collections::{BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::history::ServiceDeployment;
use super::revisions::Revision;
use crate::deployments::Deployment;
use crate::placement::Daemon;
use crate::task_definitions::{self, TaskDefinition};
use crate::task_sets::TaskSet;
use crate::tasks::run::all_fargate;
use crate::world::World;

/// Whether a service is there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Standing {
    Active,
    Draining,
    Inactive,
}

impl Standing {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Draining => "DRAINING",
            Self::Inactive => "INACTIVE",
        }
    }
}

/// An event of a service.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) at: i64,
    pub(crate) message: String,
}

/// A service.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Service {
    pub(crate) name: String,
    pub(crate) cluster: String,
    pub(crate) standing: Standing,
    pub(crate) created_at: i64,
    pub(crate) desired: u32,
    pub(crate) daemon: bool,
    /// The members a caller may set, as they were sent.
    pub(crate) settings: Value,
    /// The newest first, which is PRIMARY; the others are ACTIVE.
    pub(crate) deployments: Vec<Deployment>,
    /// Of the deployment controller EXTERNAL only, the oldest first.
    pub(crate) task_sets: Vec<TaskSet>,
    /// The last deployment that completed, to roll back to.
    pub(crate) completed: Option<Deployment>,
    /// Newest first.
    pub(crate) history: VecDeque<ServiceDeployment>,
    /// Newest first.
    pub(crate) revisions: VecDeque<Revision>,
    /// Newest first.
    pub(crate) events: VecDeque<Event>,
    pub(crate) tags: Vec<Value>,
    pub(crate) client_token: Option<(String, u64)>,
    /// Ids of tasks that are not yet stopped.
    pub(crate) tasks: BTreeSet<String>,
    /// When the scheduler looks next.
    pub(crate) look_at: Option<i64>,
    /// Nothing is left to do, and an event has said so.
    pub(crate) steady: bool,
    /// The last placement problem told, so that it is told once.
    pub(crate) unplaced: Option<String>,
}

impl Service {
    pub(crate) fn key(&self) -> String {
        format!("{}/{}", self.cluster, self.name)
    }

    pub(crate) fn primary(&self) -> Option<&Deployment> {
        self.deployments.first()
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.settings.get(name).and_then(Value::as_str)
    }

    /// A number of the deployment configuration, in percent.
    pub(crate) fn percent(&self, name: &str) -> i64 {
        let default = match (name, self.daemon) {
            ("maximumPercent", false) => 200,
            ("minimumHealthyPercent", true) => 0,
            _ => 100,
        };
        self.settings
            .get("deploymentConfiguration")
            .and_then(|configuration| configuration.get(name))
            .and_then(Value::as_i64)
            .unwrap_or(default)
    }

    /// The capacity providers of its strategy.
    pub(crate) fn providers_in_use(&self) -> Vec<String> {
        let strategy = self.settings.get("capacityProviderStrategy").and_then(Value::as_array);
        strategy
            .into_iter()
            .flatten()
            .filter_map(|item| item.get("capacityProvider")?.as_str().map(str::to_owned))
            .collect()
    }

    /// How many tasks the scheduler aims at: a daemon wants one on each instance that meets its
    /// constraints.
    pub(crate) fn target(&self, world: &World) -> u32 {
        if !self.daemon || self.standing != Standing::Active {
            return self.desired;
        }
        Daemon::of(world, self).count(world)
    }

    /// Its placement constraints, and those of the revision it runs.
    pub(crate) fn constraints(&self, world: &World) -> Vec<Value> {
        let listed = self.settings.get("placementConstraints").and_then(Value::as_array);
        let definition = self.primary().map(|primary| primary.definition_arn.as_str());
        let definition = definition.and_then(|arn| task_definitions::by_arn(world, arn));
        [
            listed.map(Vec::as_slice).unwrap_or_default(),
            definition.map(TaskDefinition::constraints).unwrap_or_default(),
        ]
        .concat()
    }

    pub(crate) fn fargate(&self) -> bool {
        settings_fargate(&self.settings)
    }
}

/// Whether tasks with these settings run on Fargate.
pub(crate) fn settings_fargate(settings: &Value) -> bool {
    match settings.get("capacityProviderStrategy").and_then(Value::as_array) {
        Some(items) if !items.is_empty() => all_fargate(items),
        _ => settings.get("launchType").and_then(Value::as_str) == Some("FARGATE"),
    }
}

/// The target groups that settings name, or the alternate ones.
pub(crate) fn target_groups(settings: &Value, alternate: bool) -> Vec<String> {
    let balancers = settings.get("loadBalancers").and_then(Value::as_array);
    balancers.into_iter().flatten().filter_map(|item| target_group(item, alternate)).collect()
}

/// The target group of a load balancer's item. Without an alternate one both revisions share it.
pub(super) fn target_group(balancer: &Value, alternate: bool) -> Option<String> {
    let other = balancer.pointer("/advancedConfiguration/alternateTargetGroupArn");
    let other = other.and_then(Value::as_str).filter(|_| alternate);
    other.or_else(|| balancer.get("targetGroupArn")?.as_str()).map(str::to_owned)
}
