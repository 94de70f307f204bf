//! Rules of health checks, restarts and the order of containers.

use std::collections::BTreeMap;

use super::container::is_essential;
use super::words::listed;
use super::{Place, Task};
use crate::finding::{Edit, Findings};

const CONDITIONS: [&str; 4] = ["START", "COMPLETE", "SUCCESS", "HEALTHY"];

pub(super) fn check(task: Task<'_>, found: &mut Findings) {
    for container in task.containers {
        if let Some(health) = container.object("healthCheck") {
            health_check(&health, found);
        }
        if let Some(policy) = container.object("restartPolicy") {
            restarts(&policy, found);
        }
        for dependency in container.items("dependsOn") {
            depends(task, container, &dependency, found);
        }
    }
    if let Some(container) = cycle(task.containers) {
        let said = "These containers wait for each other in a circle.";
        found.refuse("R127", container.at("dependsOn"), said);
    }
}

fn health_check(health: &Place<'_>, found: &mut Findings) {
    let command = || health.items("command").map(|part| part.value.as_str().unwrap_or_default());
    let path = health.at("command");
    // R129
    match command().next() {
        None => {
            found.refuse("R129", path, "Say how to check: CMD-SHELL and a command.");
        }
        Some("NONE") => {}
        Some("CMD" | "CMD-SHELL") if command().nth(1).is_some() => {}
        Some("CMD" | "CMD-SHELL") => {
            found.refuse("R129", path, "Add the command after the first word.");
        }
        Some(_) => {
            let words: Vec<&str> = command().collect();
            // One word is a line for the shell, several are a program with its arguments.
            let first = if words.len() == 1 { "CMD-SHELL" } else { "CMD" };
            let mended: Vec<&str> = std::iter::once(first).chain(words).collect();
            found
                .refuse("R129", health.at("command.0"), "The first word is CMD or CMD-SHELL.")
                .fix(format!("Put {first} before it"), vec![Edit::Set(path, mended.into())]);
        }
    }
    // R130 to R133
    for (rule, member, least, most) in [
        ("R130", "interval", 5, 300),
        ("R131", "timeout", 2, 60),
        ("R132", "retries", 1, 10),
        ("R133", "startPeriod", 0, 300),
    ] {
        if let Some(number) = health.number(member).filter(|n| !(least..=most).contains(n)) {
            let nearest = number.clamp(least, most);
            found
                .refuse(rule, health.at(member), format!("Between {least} and {most}."))
                .fix_by_setting(format!("Use {nearest}"), nearest);
        }
    }
}

fn restarts(policy: &Place<'_>, found: &mut Findings) {
    // R135
    if policy.get("enabled").is_none() {
        found
            .refuse("R135", policy.at("enabled"), "Say true or false.")
            .fix_by_setting("Say true", true);
    }
    // R136, R137
    let period = policy.number("restartAttemptPeriod");
    if let Some(seconds) = period.filter(|s| !(60..=1800).contains(s)) {
        let nearest = seconds.clamp(60, 1800);
        let path = policy.at("restartAttemptPeriod");
        found
            .refuse("R136", path, "Between 60 and 1800 seconds.")
            .fix_by_setting(format!("Use {nearest} seconds"), nearest);
    }
    if policy.count("ignoredExitCodes") > 50 {
        found.refuse("R137", policy.at("ignoredExitCodes"), "At most 50 exit codes.");
    }
}

fn depends(task: Task<'_>, container: &Place<'_>, dependency: &Place<'_>, found: &mut Findings) {
    let name = dependency.text("containerName");
    let condition = dependency.text("condition");
    let target = task.container(name);
    let path = || dependency.at("containerName");
    let drop = |path: String| vec![Edit::Remove(path)];
    // R124, R127
    if name.is_empty() {
        found.refuse("R124", path(), "Choose the container to wait for.");
    } else if name == container.text("name") {
        found
            .refuse("R127", path(), "A container can't wait for itself.")
            .fix("Don't wait for it", drop(dependency.path()));
    } else if target.is_none() {
        found
            .refuse("R127", path(), format!("There is no container {name} in this task."))
            .fix("Don't wait for it", drop(dependency.path()));
    }
    let path = || dependency.at("condition");
    if !CONDITIONS.contains(&condition) {
        found
            .refuse("R124", path(), format!("{}.", listed(&CONDITIONS)))
            .fix_by_setting("Use START", "START");
        return;
    }
    let Some(target) = target else { return };
    // R125
    if is_essential(target) && matches!(condition, "COMPLETE" | "SUCCESS") {
        let edits = vec![Edit::Set(target.at("essential"), false.into())];
        found
            .refuse("R125", path(), format!("{name} is essential: its end ends the task."))
            .fix(format!("Make {name} not essential"), edits);
    } else if condition == "HEALTHY" && !target.has("healthCheck") {
        // R126
        found
            .refuse("R126", path(), format!("{name} has no health check."))
            .fix_by_setting("Use START", "START");
    }
}

/// R127: a container that is part of a circle.
fn cycle<'a>(containers: &'a [Place<'a>]) -> Option<&'a Place<'a>> {
    if !containers.iter().any(|container| container.has("dependsOn")) {
        return None;
    }
    let waits: BTreeMap<&str, Vec<&str>> = containers
        .iter()
        .map(|container| {
            let on = container.items("dependsOn").map(|d| d.text("containerName"));
            (container.text("name"), on.collect())
        })
        .collect();
    containers.iter().find(|container| {
        let own = container.text("name");
        let firsts = waits.get(own).into_iter().flatten().copied();
        let mut open: Vec<&str> = firsts.filter(|name| *name != own).collect();
        let mut seen = open.clone();
        while let Some(next) = open.pop() {
            for further in waits.get(next).into_iter().flatten() {
                if *further == own {
                    return true;
                }
                if !seen.contains(further) {
                    seen.push(further);
                    open.push(further);
                }
            }
        }
        false
    })
}
