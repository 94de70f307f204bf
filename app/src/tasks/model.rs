//! What the console knows of a task.

use serde::{Deserialize, Serialize};

use super::exit_code::is_calm;
use crate::listing::Row;
use crate::names::{ClusterName, Revision, TaskId};
use crate::timestamp::Timestamp;

/// A task as ECS last described it. It holds no environment: values never leave the gateway.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// The cluster it runs in.
    pub cluster: ClusterName,
    /// Its id.
    pub id: TaskId,
    /// Its ARN.
    pub arn: String,
    /// Grows with every change; an older description never replaces a newer one.
    pub version: i64,
    /// `service:NAME`, `family:NAME`, or what the launcher chose.
    pub group: String,
    /// The revision it runs.
    pub task_definition: Revision,
    /// `PROVISIONING` ... `STOPPED`.
    pub last_status: String,
    /// Where ECS wants it: `RUNNING` or `STOPPED`.
    pub desired_status: String,
    /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
    pub health: String,
    /// `EC2`, `FARGATE`, `EXTERNAL`.
    pub launch_type: Option<String>,
    /// The capacity provider that carries it.
    pub capacity_provider: Option<String>,
    /// Fargate's platform version.
    pub platform_version: Option<String>,
    /// The zone it runs in.
    pub availability_zone: Option<String>,
    /// Task-level CPU units, as ECS writes them.
    pub cpu: Option<String>,
    /// Task-level memory in MiB, as ECS writes it.
    pub memory: Option<String>,
    /// Who or what started it: a deployment id, or the launcher's word.
    pub started_by: Option<String>,
    /// The instance that carries it (EC2 and external): the last part of its ARN.
    pub container_instance: Option<String>,
    /// Address in the VPC (awsvpc).
    pub private_ip: Option<String>,
    /// When each phase began.
    pub times: TaskTimes,
    /// `EssentialContainerExited` and its like.
    pub stop_code: Option<String>,
    /// AWS's words on why it stopped.
    pub stopped_reason: Option<String>,
    /// In the order of the task definition.
    pub containers: Vec<Container>,
}

/// The phases of a task's life; each is absent until it is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskTimes {
    /// The launch was accepted.
    pub created_at: Option<Timestamp>,
    /// Its network is connected.
    pub connectivity_at: Option<Timestamp>,
    /// The first image pull began.
    pub pull_started_at: Option<Timestamp>,
    /// The last image pull ended.
    pub pull_stopped_at: Option<Timestamp>,
    /// It reached RUNNING.
    pub started_at: Option<Timestamp>,
    /// A stop was asked for.
    pub stopping_at: Option<Timestamp>,
    /// Its containers ended.
    pub execution_stopped_at: Option<Timestamp>,
    /// It reached STOPPED.
    pub stopped_at: Option<Timestamp>,
}

/// One container of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Container {
    /// Its name in the task definition.
    pub name: String,
    /// The image it was started from.
    pub image: String,
    /// `sha256:...`, once pulled.
    pub image_digest: Option<String>,
    /// `PENDING`, `RUNNING`, `STOPPED`.
    pub last_status: String,
    /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
    pub health: String,
    /// Present once it has ended.
    pub exit_code: Option<i32>,
    /// AWS's words on what happened to it.
    pub reason: Option<String>,
    /// The container runtime's id.
    pub runtime_id: Option<String>,
    /// CPU units, as ECS writes them.
    pub cpu: Option<String>,
    /// Hard memory limit in MiB, as ECS writes it.
    pub memory: Option<String>,
    /// Ports on the host (bridge and host networks).
    pub bindings: Vec<PortBinding>,
}

/// A port of a container on its host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortBinding {
    /// The host's address.
    pub host_ip: String,
    /// The port inside.
    pub container_port: u32,
    /// The port outside.
    pub host_port: u32,
    /// `tcp` or `udp`.
    pub protocol: String,
}

impl Task {
    /// The service it belongs to, if its group says so.
    pub fn service(&self) -> Option<&str> {
        self.group.strip_prefix("service:")
    }

    /// Whether it has ended for good: ECS never changes it again.
    pub fn is_final(&self) -> bool {
        self.last_status == "STOPPED"
    }

    /// Whether it is on its way from one state to another.
    pub fn is_moving(&self) -> bool {
        !matches!(self.last_status.as_str(), "RUNNING" | "STOPPED")
            || (self.last_status == "RUNNING" && self.desired_status == "STOPPED")
    }
}

/// One line of the task list: only what the page shows travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskRow {
    /// `cluster/id`.
    pub key: String,
    /// The cluster it runs in.
    pub cluster: ClusterName,
    /// Its id.
    pub id: TaskId,
    /// `service:NAME`, `family:NAME`, or what the launcher chose.
    pub group: String,
    /// The revision it runs.
    pub revision: Revision,
    /// Where it stands.
    pub last_status: String,
    /// Where ECS wants it.
    pub desired_status: String,
    /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
    pub health: String,
    /// Where it runs, in a word: `FARGATE_SPOT`, `EC2`.
    pub runs_on: String,
    /// When it started, or was accepted while it has not.
    pub since: Option<Timestamp>,
    /// Whether `since` is the moment of its start.
    pub has_started: bool,
    /// Why it stopped, cut to one line; empty while it has not.
    pub stop: String,
    /// What went wrong at its end, as [`Task::bad_end`].
    pub bad_end: Option<String>,
    /// When it had stopped.
    pub stopped_at: Option<Timestamp>,
}

impl Row for TaskRow {
    fn key(&self) -> &str {
        &self.key
    }
}

impl Task {
    /// What went wrong at its end, in a few words; `None` before its end, and when it ended well or
    /// was asked to.
    pub fn bad_end(&self) -> Option<String> {
        match self.stop_code.as_deref()? {
            "TaskFailedToStart" => Some("failed to start".to_owned()),
            "EssentialContainerExited" => {
                let mut codes = self.containers.iter().filter_map(|one| one.exit_code);
                codes.find(|code| !is_calm(*code)).map(|code| format!("exit code {code}"))
            }
            _ => None,
        }
    }

    /// Where it runs, in a word: the capacity provider, else the launch type; empty when unknown.
    pub fn runs_on(&self) -> &str {
        self.capacity_provider.as_deref().or(self.launch_type.as_deref()).unwrap_or_default()
    }
}

/// What the list's filters offer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskFilters {
    /// Every cluster's name.
    pub clusters: Vec<String>,
    /// Every place that tasks run on now.
    pub places: Vec<String>,
}
