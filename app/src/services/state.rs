//! How a service stands, in one word and one sentence: a pure function of what ECS says.

use serde::{Deserialize, Serialize};

use super::model::{Deployment, Service};
use crate::names::Revision;
use crate::words::tasks;

/// How a service stands. The order is that of a list sorted by state: what needs a look first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceState {
    /// Nothing runs that should, or a deployment fails.
    Failing,
    /// Some of the wanted tasks run, and nothing is on its way to mend it.
    Degraded,
    /// As wanted, or soon, on what ran before: the last deployment was rolled back.
    RolledBack,
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
    pub const ALL: [Self; 8] = [
        Self::Failing,
        Self::Degraded,
        Self::RolledBack,
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
            Self::RolledBack => "rolled-back",
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
            Self::RolledBack => "Rolled back",
            Self::Deploying => "Deploying",
            Self::Draining => "Draining",
            Self::Paused => "Paused",
            Self::Steady => "Steady",
            Self::Inactive => "Inactive",
        }
    }

    /// Whether somebody should look: then a list says why, too.
    pub fn needs_a_look(self) -> bool {
        matches!(self, Self::Failing | Self::Degraded | Self::RolledBack)
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

/// How a service stands: its status first, then its present deployment, then its counts. A
/// rollback is told beside whatever else there is, and hides nothing worse.
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
    let Some(rollback) = &service.rollback else { return Standing { state, reason } };
    let going = service.present_deployment().is_some_and(Deployment::is_open);
    let back = rollback.words(!going);
    match state {
        ServiceState::Steady => Standing { state: ServiceState::RolledBack, reason: back },
        ServiceState::Deploying => {
            Standing { state: ServiceState::RolledBack, reason: format!("{back} {reason}") }
        }
        ServiceState::Failing | ServiceState::Degraded => {
            Standing { state, reason: format!("{reason} {back}") }
        }
        _ => Standing { state, reason },
    }
}

/// What the present deployment says, when it has failed or goes on.
fn by_deployment(service: &Service) -> Option<(ServiceState, String)> {
    let present = service.present_deployment()?;
    let of = of(present.task_definition.as_ref());
    let told = match present.rollout.as_deref() {
        Some("FAILED") => {
            let why = present.rollout_reason.as_ref().map(|why| format!(" {}", sentence(why)));
            let said = format!("The deployment{of} failed.{}", why.unwrap_or_default());
            let serving = serving(service).map(|left| format!(" {left}."));
            (ServiceState::Failing, said + &serving.unwrap_or_default())
        }
        _ if service.desired == 0 => return None,
        Some("IN_PROGRESS") if present.failed > 0 && present.running == 0 => {
            let serving = serving(service).map(|left| format!("; {left}"));
            let said = format!(
                "{}{of} failed, and none of it runs{}.",
                tasks(present.failed),
                serving.unwrap_or_default()
            );
            (ServiceState::Failing, said)
        }
        Some("IN_PROGRESS") => (ServiceState::Deploying, progress(service, present, &of)),
        _ if service.replaced_deployments().next().is_some() => {
            (ServiceState::Deploying, progress(service, present, &of))
        }
        _ => return None,
    };
    Some(told)
}

fn progress(service: &Service, present: &Deployment, of: &str) -> String {
    let mut said = format!("{} of {}{of} run", present.running, tasks(present.desired));
    if present.failed > 0 {
        said.push_str(&format!("; {} failed", present.failed));
    }
    if let Some(left) = serving(service) {
        said.push_str(&format!("; {left}"));
    }
    said.push('.');
    said
}

/// What runs of the deployments that are being replaced: the count of all that runs holds both.
fn serving(service: &Service) -> Option<String> {
    let running = service.replaced_deployments().map(|one| one.running).sum::<u32>();
    let present = service.present_deployment()?.task_definition.as_ref();
    let mut revisions: Vec<&Revision> = service
        .replaced_deployments()
        .filter(|one| one.running > 0)
        .filter_map(|one| one.task_definition.as_ref())
        .collect();
    revisions.dedup();
    let of = match revisions.as_slice() {
        [] => return None,
        [one] if present != Some(*one) => of(Some(one)),
        [_] => " of the deployment before".to_owned(),
        _ => " of older deployments".to_owned(),
    };
    Some(format!("{running} of {}{of} go on serving", tasks(service.desired)))
}

fn of(revision: Option<&Revision>) -> String {
    revision.map(|revision| format!(" of {revision}")).unwrap_or_default()
}

/// AWS ends most of its reasons with a full stop, but not all.
fn sentence(words: &str) -> String {
    format!("{}.", words.trim_end_matches('.'))
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

fn runs(count: u32) -> String {
    format!("{} {}", tasks(count), if count == 1 { "runs" } else { "run" })
}

#[cfg(test)]
mod tests;
