//! What a task is.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::volumes::Volume;
use crate::behaviour::Behaviour;

/// Where a task stands in its life, in the order of living.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Phase {
    Provisioning,
    Pending,
    Activating,
    Running,
    Deactivating,
    Stopping,
    Deprovisioning,
    Stopped,
}

impl Phase {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Provisioning => "PROVISIONING",
            Self::Pending => "PENDING",
            Self::Activating => "ACTIVATING",
            Self::Running => "RUNNING",
            Self::Deactivating => "DEACTIVATING",
            Self::Stopping => "STOPPING",
            Self::Deprovisioning => "DEPROVISIONING",
            Self::Stopped => "STOPPED",
        }
    }
}

/// Why a task stopped.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum StopCode {
    TaskFailedToStart,
    EssentialContainerExited,
    UserInitiated,
    ServiceSchedulerInitiated,
    SpotInterruption,
}

impl StopCode {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::TaskFailedToStart => "TaskFailedToStart",
            Self::EssentialContainerExited => "EssentialContainerExited",
            Self::UserInitiated => "UserInitiated",
            Self::ServiceSchedulerInitiated => "ServiceSchedulerInitiated",
            Self::SpotInterruption => "SpotInterruption",
        }
    }
}

/// The service a task belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Owner {
    /// `cluster/name`.
    pub(crate) service: String,
    /// `ecs-svc/...`.
    pub(crate) deployment: String,
}

/// The moments of a task's life, in milliseconds since the epoch.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Moments {
    pub(crate) created: i64,
    pub(crate) connected: Option<i64>,
    pub(crate) pull_started: Option<i64>,
    pub(crate) pull_stopped: Option<i64>,
    pub(crate) started: Option<i64>,
    pub(crate) stopping: Option<i64>,
    pub(crate) execution_stopped: Option<i64>,
    pub(crate) stopped: Option<i64>,
}

/// An elastic network interface.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Interface {
    pub(crate) attachment_id: String,
    pub(crate) interface_id: String,
    pub(crate) subnet: String,
    pub(crate) mac: String,
    pub(crate) address: String,
    pub(crate) status: String,
}

/// Whether health checks pass.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Health {
    Unknown,
    Healthy,
    Unhealthy,
}

impl Health {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Unknown => "UNKNOWN",
            Self::Healthy => "HEALTHY",
            Self::Unhealthy => "UNHEALTHY",
        }
    }
}

/// A port of a container on its instance.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Binding {
    pub(crate) container_port: i64,
    pub(crate) host_port: i64,
    pub(crate) udp: bool,
}

/// When a health check first passes or finally fails, in seconds from start.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Checks {
    pub(crate) passes_after: i64,
    pub(crate) fails_after: i64,
}

/// Until when a container waits for another one (R124).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Until {
    Started,
    Complete,
    Success,
    Healthy,
}

/// Another container of the task that must have come so far first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Need {
    /// Its index.
    pub(crate) on: usize,
    pub(crate) until: Until,
}

/// When a container that has ended is started again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Restarts {
    pub(crate) ignored: Vec<i64>,
    /// Seconds that it must have run for.
    pub(crate) period: i64,
}

/// A container of a task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Container {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) image: String,
    pub(crate) essential: bool,
    pub(crate) behaviour: Behaviour,
    /// Seconds between SIGTERM and SIGKILL.
    pub(crate) stop_timeout: i64,
    pub(crate) checks: Option<Checks>,
    pub(crate) needs: Vec<Need>,
    /// Seconds that others wait for it.
    pub(crate) start_timeout: Option<i64>,
    pub(crate) restarts: Option<Restarts>,
    /// What its first secret is taken from.
    pub(crate) secret: Option<String>,
    pub(crate) gpus: i64,
    pub(crate) gpu_numbers: Vec<i64>,
    pub(crate) gpu_names: Vec<String>,
    /// How often it has been started again.
    pub(crate) run: u32,
    pub(crate) started_at: Option<i64>,
    pub(crate) cpu: i64,
    pub(crate) memory: Option<i64>,
    pub(crate) memory_reservation: Option<i64>,
    pub(crate) status: ContainerStatus,
    pub(crate) health: Health,
    pub(crate) runtime_id: Option<String>,
    pub(crate) exit_code: Option<i32>,
    pub(crate) reason: Option<String>,
    pub(crate) bindings: Vec<Binding>,
}

/// Where a container stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum ContainerStatus {
    Pending,
    Running,
    /// Told to stop; AWS still shows it as running.
    Stopping,
    Stopped,
}

/// A task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Task {
    pub(crate) id: String,
    pub(crate) cluster: String,
    pub(crate) definition_arn: String,
    pub(crate) family: String,
    pub(crate) group: String,
    pub(crate) started_by: Option<String>,
    pub(crate) fargate: bool,
    /// On an instance that is not one of EC2's.
    pub(crate) external: bool,
    pub(crate) awsvpc: bool,
    pub(crate) capacity_provider: Option<String>,
    pub(crate) platform_version: Option<String>,
    /// The container instance's id, on EC2.
    pub(crate) instance: Option<String>,
    pub(crate) zone: String,
    pub(crate) phase: Phase,
    /// True while nobody wants it stopped.
    pub(crate) wanted: bool,
    pub(crate) version: u32,
    /// Steps planned under an older epoch are void.
    pub(crate) epoch: u32,
    pub(crate) at: Moments,
    pub(crate) containers: Vec<Container>,
    pub(crate) stop_code: Option<StopCode>,
    pub(crate) stop_reason: Option<String>,
    pub(crate) owner: Option<Owner>,
    /// Registered with a load balancer's target groups.
    pub(crate) target_groups: Vec<String>,
    /// The service counts it as healthy.
    pub(crate) ready: bool,
    pub(crate) interface: Option<Interface>,
    pub(crate) volumes: Vec<Volume>,
    pub(crate) overrides: Value,
    pub(crate) tags: Vec<Value>,
    pub(crate) cpu: i64,
    pub(crate) memory: i64,
    pub(crate) gpus: i64,
    pub(crate) architecture: String,
    pub(crate) platform_family: Option<String>,
    pub(crate) ephemeral_gib: Option<i64>,
    pub(crate) exec: bool,
    /// When its protection from scale-in and deployments ends.
    pub(crate) protected_until: Option<i64>,
}

impl Task {
    /// Not yet stopped.
    pub(crate) fn is_live(&self) -> bool {
        self.phase != Phase::Stopped
    }

    pub(crate) fn is_running(&self) -> bool {
        self.phase == Phase::Running
    }

    /// Before RUNNING.
    pub(crate) fn is_pending(&self) -> bool {
        self.phase < Phase::Running && self.wanted
    }

    pub(crate) fn launch_type(&self) -> &'static str {
        match (self.fargate, self.external) {
            (true, _) => "FARGATE",
            (false, true) => "EXTERNAL",
            (false, false) => "EC2",
        }
    }

    /// Whether the service goes by health checks of its containers.
    pub(crate) fn is_checked(&self) -> bool {
        self.containers.iter().any(|item| item.essential && item.checks.is_some())
    }

    /// UNHEALTHY if any essential container is, HEALTHY if all checked ones
    /// are, else UNKNOWN.
    pub(crate) fn health(&self) -> Health {
        let checked = || {
            let essential = self.containers.iter().filter(|item| item.essential);
            essential.filter(|item| item.checks.is_some())
        };
        if checked().any(|item| item.health == Health::Unhealthy) {
            Health::Unhealthy
        } else if checked().count() > 0 && checked().all(|item| item.health == Health::Healthy) {
            Health::Healthy
        } else {
            Health::Unknown
        }
    }
}
