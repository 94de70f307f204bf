//! How a service stands, in one word and one sentence: a pure function of what ECS says.

use serde::{Deserialize, Serialize};

use super::model::{Deployment, Service};

/// How a service stands. The order is that of a list sorted by state: what needs a look first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ServiceState {
    /// Nothing runs that should, or a deployment fails.
    Failing,
    /// Some of the wanted tasks run, and nothing is on its way to mend it.
    Degraded,
    /// On its way to what was asked for.
    Deploying,
    /// Being deleted: ECS ends its tasks.
    Draining,
    /// Wanted to run nothing.
    Paused,
    /// As wanted.
    Steady,
    /// Deleted; ECS still shows it for a while.
    Inactive,
}

impl ServiceState {
    /// Every state, in order.
    pub const ALL: [Self; 7] = [
        Self::Failing,
        Self::Degraded,
        Self::Deploying,
        Self::Draining,
        Self::Paused,
        Self::Steady,
        Self::Inactive,
    ];

    /// As it stands in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Failing => "failing",
            Self::Degraded => "degraded",
            Self::Deploying => "deploying",
            Self::Draining => "draining",
            Self::Paused => "paused",
            Self::Steady => "steady",
            Self::Inactive => "inactive",
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Failing => "Failing",
            Self::Degraded => "Degraded",
            Self::Deploying => "Deploying",
            Self::Draining => "Draining",
            Self::Paused => "Paused",
            Self::Steady => "Steady",
            Self::Inactive => "Inactive",
        }
    }
}

/// How a service stands, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// In a word.
    pub state: ServiceState,
    /// In a sentence.
    pub reason: String,
}

/// How a service stands: its status first, then its present deployment, then its counts.
pub fn state(service: &Service) -> Standing {
    let (state, reason) = match service.status.as_str() {
        "INACTIVE" => {
            (ServiceState::Inactive, "It was deleted; ECS still shows it for a while.".to_owned())
        }
        "DRAINING" => (
            ServiceState::Draining,
            match service.running + service.pending {
                0 => "It is being deleted.".to_owned(),
                left => format!("It is being deleted; {} to end.", tasks(left)),
            },
        ),
        _ => by_deployment(service).unwrap_or_else(|| by_counts(service)),
    };
    Standing { state, reason }
}

/// What the present deployment says, when it has failed or goes on.
fn by_deployment(service: &Service) -> Option<(ServiceState, String)> {
    let present = service.deployments.iter().find(|d| d.status == "PRIMARY")?;
    let of = match &present.task_definition {
        Some(revision) => format!(" of {revision}"),
        None => String::new(),
    };
    match present.rollout.as_deref() {
        Some("FAILED") => Some((
            ServiceState::Failing,
            present.rollout_reason.clone().unwrap_or_else(|| format!("The deployment{of} failed.")),
        )),
        _ if service.desired == 0 => None,
        Some("IN_PROGRESS") if present.failed > 0 && present.running == 0 => Some((
            ServiceState::Failing,
            format!("{}{of} failed, and none runs.", tasks(present.failed)),
        )),
        Some("IN_PROGRESS") => Some((ServiceState::Deploying, progress(present, &of))),
        _ if service.deployments.iter().filter(|d| d.status != "INACTIVE").count() > 1 => {
            Some((ServiceState::Deploying, progress(present, &of)))
        }
        _ => None,
    }
}

fn progress(present: &Deployment, of: &str) -> String {
    let mut said = format!("{} of {}{of} run", present.running, tasks(present.desired));
    if present.failed > 0 {
        said.push_str(&format!("; {} failed", present.failed));
    }
    said.push('.');
    said
}

/// What the counts say, when no deployment goes on.
fn by_counts(service: &Service) -> (ServiceState, String) {
    let (desired, running, pending) = (service.desired, service.running, service.pending);
    let on_its_way = running.saturating_add(pending) >= desired;
    let counted = format!("{running} of {} run", tasks(desired));
    match (desired, running) {
        (0, 0) if service.scheduling == "DAEMON" => {
            (ServiceState::Paused, "The cluster has no instance for it.".to_owned())
        }
        (0, 0) => (ServiceState::Paused, "It is set to run no tasks.".to_owned()),
        (0, left) => {
            (ServiceState::Paused, format!("It is set to run no tasks; {} to end.", tasks(left)))
        }
        (_, 0) if pending == 0 => {
            (ServiceState::Failing, format!("None of {} runs.", tasks(desired)))
        }
        _ if running == desired => (ServiceState::Steady, format!("{} as wanted.", runs(running))),
        _ if running > desired => (
            ServiceState::Deploying,
            format!("{} more than wanted to end.", tasks(running - desired)),
        ),
        (_, 0) => (
            ServiceState::Degraded,
            format!("None of {} runs; {pending} starting.", tasks(desired)),
        ),
        _ if on_its_way => (ServiceState::Deploying, format!("{counted}; {pending} starting.")),
        _ => (ServiceState::Degraded, format!("{counted}.")),
    }
}

/// `1 task`, `3 tasks`.
pub fn tasks(count: u32) -> String {
    if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") }
}

fn runs(count: u32) -> String {
    if count == 1 { "1 task runs".to_owned() } else { format!("{count} tasks run") }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{deployment, service};
    use super::*;

    fn with(change: impl FnOnce(&mut Service)) -> Service {
        let mut service = service("production", "web");
        change(&mut service);
        service
    }

    fn rolling(running: u32, failed: u32) -> Service {
        with(|s| {
            let mut present = deployment("web", 8, "PRIMARY", "IN_PROGRESS");
            (present.running, present.failed) = (running, failed);
            s.deployments.insert(0, present);
            s.deployments[1].status = "ACTIVE".into();
        })
    }

    #[test]
    fn a_service_stands_as_ecs_says() {
        use ServiceState::*;
        let cases = [
            (with(|_| ()), Steady, "3 tasks run as wanted."),
            (rolling(1, 0), Deploying, "1 of 3 tasks of web:8 run."),
            (rolling(1, 2), Deploying, "1 of 3 tasks of web:8 run; 2 failed."),
            (rolling(0, 4), Failing, "4 tasks of web:8 failed, and none runs."),
            (
                with(|s| s.deployments[0].rollout = Some("FAILED".into())),
                Failing,
                "The deployment of web:7 failed.",
            ),
            (with(|s| s.running = 2), Degraded, "2 of 3 tasks run."),
            (with(|s| (s.running, s.pending) = (2, 1)), Deploying, "2 of 3 tasks run; 1 starting."),
            (
                with(|s| (s.running, s.pending) = (0, 1)),
                Degraded,
                "None of 3 tasks runs; 1 starting.",
            ),
            (with(|s| s.running = 0), Failing, "None of 3 tasks runs."),
            (with(|s| s.running = 4), Deploying, "1 task more than wanted to end."),
            (with(|s| (s.desired, s.running) = (0, 0)), Paused, "It is set to run no tasks."),
            (with(|s| s.desired = 0), Paused, "It is set to run no tasks; 3 tasks to end."),
            (
                with(|s| {
                    s.scheduling = "DAEMON".into();
                    (s.desired, s.running) = (0, 0);
                }),
                Paused,
                "The cluster has no instance for it.",
            ),
            (
                with(|s| s.status = "DRAINING".into()),
                Draining,
                "It is being deleted; 3 tasks to end.",
            ),
            (
                with(|s| s.status = "INACTIVE".into()),
                Inactive,
                "It was deleted; ECS still shows it for a while.",
            ),
        ];
        for (service, wanted, reason) in cases {
            let standing = state(&service);
            assert_eq!((standing.state, standing.reason.as_str()), (wanted, reason));
        }
    }

    #[test]
    fn what_needs_a_look_comes_first() {
        let mut sorted = ServiceState::ALL;
        sorted.sort();
        assert_eq!(sorted, ServiceState::ALL);
    }
}
