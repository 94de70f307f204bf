//! Rules of health checks, restarts and the order of containers.

use std::collections::BTreeMap;

use super::{Facts, place::Place};
use crate::error::FieldErrors;

pub(super) fn check(root: &Place<'_>, _facts: Facts, errors: &mut FieldErrors) {
    let containers = root.items("containerDefinitions");
    for container in &containers {
        if let Some(health) = container.get("healthCheck").filter(|h| h.value.is_object()) {
            health_check(&health, errors);
        }
        if let Some(policy) = container.get("restartPolicy").filter(|p| p.value.is_object()) {
            restarts(&policy, errors);
        }
        for dependency in container.items("dependsOn") {
            depends(container, &dependency, &containers, errors);
        }
    }
    if let Some(path) = cycle(&containers) {
        errors.add(path, "These containers wait for each other in a circle.");
    }
}

fn health_check(health: &Place<'_>, errors: &mut FieldErrors) {
    let command = health.items("command");
    let first = command.first().and_then(|part| part.value.as_str());
    // R129
    match first {
        None => errors.add(health.at("command"), "Say how to check: CMD-SHELL and a command."),
        Some("CMD" | "CMD-SHELL") if command.len() > 1 => {}
        Some("NONE") => {}
        Some("CMD" | "CMD-SHELL") => {
            errors.add(health.at("command"), "Add the command after the first word.")
        }
        Some(_) => errors.add(health.at("command.0"), "The first word is CMD or CMD-SHELL."),
    }
    // R130 to R133
    for (member, least, most) in
        [("interval", 5, 300), ("timeout", 2, 60), ("retries", 1, 10), ("startPeriod", 0, 300)]
    {
        if health.number(member).is_some_and(|n| !(least..=most).contains(&n)) {
            errors.add(health.at(member), format!("Between {least} and {most}."));
        }
    }
}

fn restarts(policy: &Place<'_>, errors: &mut FieldErrors) {
    // R135
    if policy.get("enabled").is_none() {
        errors.add(policy.at("enabled"), "Say true or false.");
    }
    // R136, R137
    if policy.number("restartAttemptPeriod").is_some_and(|s| !(60..=1800).contains(&s)) {
        errors.add(policy.at("restartAttemptPeriod"), "Between 60 and 1800 seconds.");
    }
    if policy.items("ignoredExitCodes").len() > 50 {
        errors.add(policy.at("ignoredExitCodes"), "At most 50 exit codes.");
    }
}

fn depends(
    container: &Place<'_>,
    dependency: &Place<'_>,
    containers: &[Place<'_>],
    errors: &mut FieldErrors,
) {
    let name = dependency.text("containerName");
    let condition = dependency.text("condition");
    let target = containers.iter().find(|other| other.text("name") == name);
    // R124, R127
    if name.is_empty() {
        errors.add(dependency.at("containerName"), "Choose the container to wait for.");
    } else if name == container.text("name") {
        errors.add(dependency.at("containerName"), "A container can't wait for itself.");
    } else if target.is_none() {
        errors.add(
            dependency.at("containerName"),
            format!("There is no container {name} in this task."),
        );
    }
    let path = dependency.at("condition");
    if !matches!(condition, "START" | "COMPLETE" | "SUCCESS" | "HEALTHY") {
        errors.add(path, "One of START, COMPLETE, SUCCESS and HEALTHY.");
        return;
    }
    let Some(target) = target else { return };
    // R125
    let essential = target.value.get("essential").is_none_or(|value| value != false);
    if essential && matches!(condition, "COMPLETE" | "SUCCESS") {
        errors.add(path, format!("{name} is essential: its end ends the task."));
    } else if condition == "HEALTHY" && !target.has("healthCheck") {
        // R126
        errors.add(path, format!("{name} has no health check."));
    }
}

/// R127: the path of a dependency that is part of a circle.
fn cycle(containers: &[Place<'_>]) -> Option<String> {
    let waits: BTreeMap<&str, Vec<&str>> = containers
        .iter()
        .map(|container| {
            let on = container.items("dependsOn");
            (container.text("name"), on.iter().map(|d| d.text("containerName")).collect())
        })
        .collect();
    containers.iter().find_map(|container| {
        let own = container.text("name");
        let mut open: Vec<&str> = waits.get(own)?.iter().copied().filter(|n| *n != own).collect();
        let mut seen = open.clone();
        while let Some(next) = open.pop() {
            for further in waits.get(next).into_iter().flatten() {
                if *further == own {
                    return Some(container.at("dependsOn"));
                }
                if !seen.contains(further) {
                    seen.push(further);
                    open.push(further);
                }
            }
        }
        None
    })
}
