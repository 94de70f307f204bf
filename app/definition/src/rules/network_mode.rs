//! Rules of the network mode: which one goes where the task shall run, and what it costs.

use super::words::one_of;
use super::{Facts, Network, Task};
use crate::finding::{Findings, Severity};

/// What rules a network mode out.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    rule: &'static str,
    severity: Severity,
    said: &'static str,
    /// The same in a few words, beside the choice.
    pub reason: &'static str,
    instead: &'static str,
}

const FARGATE: Refusal = Refusal {
    rule: "R6",
    severity: Severity::Refused,
    said: "Fargate needs the network mode awsvpc.",
    reason: "Fargate takes awsvpc only",
    instead: "awsvpc",
};
const WINDOWS: Refusal = Refusal {
    rule: "R7",
    severity: Severity::Refused,
    said: "Windows takes awsvpc or the default (nothing).",
    reason: "not for Windows",
    instead: "awsvpc",
};
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html>
const EXTERNAL: Refusal = Refusal {
    rule: "R291",
    severity: Severity::Refused,
    said: "External instances take bridge, host or none: AWS has no network interface for them.",
    reason: "not on external instances",
    instead: "bridge",
};
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-networking.html>
const MANAGED: Refusal = Refusal {
    rule: "R292",
    severity: Severity::Refused,
    said: "Managed Instances take awsvpc or host.",
    reason: "not on Managed Instances",
    instead: "awsvpc",
};
const MANAGED_UNSAID: Refusal = Refusal {
    severity: Severity::Wrong,
    said: "Tasks do not run on Managed Instances without a network mode: choose awsvpc or host.",
    ..MANAGED
};

/// What rules a network mode out; an empty one stands for leaving it out.
pub fn refused_network_mode(facts: Facts, mode: &str) -> Option<&'static Refusal> {
    match mode {
        "" | "bridge" | "host" | "none" if facts.fargate => Some(&FARGATE),
        "bridge" | "host" | "none" if facts.windows => Some(&WINDOWS),
        "awsvpc" if facts.external => Some(&EXTERNAL),
        "bridge" if facts.managed => Some(&MANAGED),
        "" if facts.managed => Some(&MANAGED_UNSAID),
        _ => None,
    }
}

pub(super) fn check(task: Task<'_>, found: &mut Findings) {
    let Task { root, facts, containers } = task;
    // R5
    one_of("R5", &root, "networkMode", &["bridge", "host", "awsvpc", "none"], found);
    // R6, R7, R291, R292
    if let Some(refusal) = refused_network_mode(facts, root.text("networkMode")) {
        let Refusal { rule, severity, said, instead, .. } = *refusal;
        let finding = match severity {
            Severity::Refused => found.refuse(rule, "networkMode", said),
            Severity::Wrong | Severity::Advice => found.warn(rule, "networkMode", said),
        };
        finding.fix_by_setting(format!("Use {instead}"), instead);
    }
    if facts.network != Network::Host {
        return;
    }
    for container in containers {
        // R9
        let user = container.text("user");
        if matches!(user.split(':').next(), Some("root" | "0")) {
            found.advise(
                "R9",
                container.at("user"),
                "With the network mode host, root in the container reaches the instance's network: use another user.",
            );
        }
    }
    // R10
    if let Some(container) = containers.iter().find(|one| one.has("portMappings")) {
        found.advise(
            "R10",
            container.at("portMappings"),
            "With the network mode host, one instance runs only one copy of a task with ports.",
        );
    }
}
