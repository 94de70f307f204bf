//! Rules of a container: its name, image and what it asks for.

use std::collections::BTreeSet;

use super::words::{free_name, name, one_of};
use super::{Place, Task, untaken};
use crate::finding::Findings;

/// Containers in one task definition (R3).
pub const CONTAINERS_MAX: usize = 10;

pub(super) fn check(task: Task<'_>, found: &mut Findings) {
    let containers = task.containers;
    // R2, R3
    if containers.is_empty() {
        found.refuse("R2", "containerDefinitions", "Add a container.");
    } else if containers.len() > CONTAINERS_MAX {
        let said = format!("At most {CONTAINERS_MAX} containers; these are {}.", containers.len());
        found.refuse("R3", "containerDefinitions", said);
    }
    let mut names = BTreeSet::new();
    for container in containers {
        // R56
        name("R56", "container", container, found);
        let own = container.text("name");
        if !own.is_empty() && !names.insert(own) {
            let free = free_name(own, |name| task.container(name).is_some());
            found
                .refuse("R56", container.at("name"), "Another container has this name.")
                .fix_by_setting(format!("Call it {free}"), free);
        }
        image(container, found);
        numbers(task, container, found);
        support(task, container, found);
        forms(container, found);
    }
    // R67
    if !containers.is_empty() && !containers.iter().any(is_essential) {
        found
            .refuse(
                "R67",
                "containerDefinitions.0.essential",
                "At least one container must be essential.",
            )
            .fix_by_setting("Make it essential", true);
    }
}

/// Absent means essential (R67).
pub(super) fn is_essential(container: &Place<'_>) -> bool {
    container.value.get("essential").is_none_or(|value| value != false)
}

/// R57: needed. R58: by tag, 255 characters. R59: by digest, 64 hexadecimal digits.
fn image(container: &Place<'_>, found: &mut Findings) {
    let image = container.text("image");
    let mut refuse = |rule: &'static str, said: String| {
        found.refuse(rule, container.at("image"), said);
    };
    if image.trim().is_empty() {
        return refuse("R57", "Name the image, as in nginx:1.27.".into());
    }
    let (name, digest) = match image.split_once('@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (image, None),
    };
    let fits = |c: &char| c.is_ascii_alphanumeric() || "-_:./#".contains(*c);
    if let Some(wrong) = name.chars().find(|c| !fits(c)) {
        let wrong = if wrong == ' ' { "a space".to_owned() } else { format!("“{wrong}”") };
        return refuse(
            "R58",
            format!("Use letters, digits and - _ : . / #; {wrong} is none of them."),
        );
    }
    if name.len() > 255 {
        return refuse("R58", format!("At most 255 characters; this has {}.", name.len()));
    }
    let whole = |digest: &str| {
        digest
            .strip_prefix("sha256:")
            .is_some_and(|hash| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    if digest.is_some_and(|digest| !whole(digest)) {
        refuse("R59", "After @ stands sha256: and 64 hexadecimal digits.".into());
    }
}

fn numbers(task: Task<'_>, container: &Place<'_>, found: &mut Findings) {
    let cpu = container.number("cpu");
    // R14
    if cpu.is_some_and(|cpu| !(0..=196_608).contains(&cpu)) {
        found.refuse("R14", container.at("cpu"), "Between 0 and 196608 CPU units.");
    }
    // R62
    if cpu == Some(1) && !task.facts.windows {
        found
            .warn("R62", container.at("cpu"), "Linux gives 2 CPU shares at least: 1 counts as 2.")
            .fix_by_setting("Use 2", 2);
    } else if cpu == Some(0) && task.facts.windows {
        found.warn("R62", container.at("cpu"), "Windows reads 0 as 1 % of one CPU.");
    }
    // R66: Docker's own least; newer ones want 6.
    for member in ["memory", "memoryReservation"] {
        match container.number(member) {
            Some(mib) if mib < 4 => {
                found
                    .refuse("R66", container.at(member), "4 MiB at least, 6 with newer Docker.")
                    .fix_by_setting("Use 6 MiB", 6);
            }
            Some(4 | 5) => {
                found
                    .warn("R66", container.at(member), "Docker since 20.10 needs 6 MiB at least.")
                    .fix_by_setting("Use 6 MiB", 6);
            }
            _ => {}
        }
    }
    // R65: the service takes equal values.
    if let (Some(limit), Some(reserved)) =
        (container.number("memory"), container.number("memoryReservation"))
        && limit < reserved
    {
        found
            .refuse("R65", container.at("memoryReservation"), "Not more than the memory limit.")
            .fix_by_setting(format!("Use {limit} MiB"), limit);
    }
}

/// What Fargate does not run, and times.
fn support(task: Task<'_>, container: &Place<'_>, found: &mut Findings) {
    let facts = task.facts;
    // R75
    if container.is_true("privileged") && (facts.fargate || facts.windows) {
        let said = "Neither Fargate nor Windows runs privileged containers.";
        untaken("R75", container, "privileged", said, found);
    }
    let start = container.number("startTimeout");
    if facts.fargate {
        // R68, R70
        if let Some(seconds) = start.filter(|s| !(2..=120).contains(s)) {
            let nearest = seconds.clamp(2, 120);
            found
                .refuse(
                    "R68",
                    container.at("startTimeout"),
                    "Between 2 and 120 seconds on Fargate.",
                )
                .fix_by_setting(format!("Use {nearest} seconds"), nearest);
        }
        let stop = container.number("stopTimeout");
        if stop.is_some_and(|s| !(0..=120).contains(&s)) {
            found
                .refuse("R70", container.at("stopTimeout"), "At most 120 seconds on Fargate.")
                .fix_by_setting("Use 120 seconds", 120);
        }
        // R81
        if container.has("dockerSecurityOptions") {
            let said = "Fargate does not take this.";
            untaken("R81", container, "dockerSecurityOptions", said, found);
        }
    }
    // R69
    let name = container.text("name");
    let waits_for_it = |other: &Place<'_>| {
        other.items("dependsOn").any(|dependency| dependency.text("containerName") == name)
    };
    if start.is_some() && container.has("dependsOn") && !task.containers.iter().any(waits_for_it) {
        found.warn(
            "R69",
            container.at("startTimeout"),
            "No container waits for this one: set the start timeout at the container that is waited for.",
        );
    }
}

/// Words of a certain form.
fn forms(container: &Place<'_>, found: &mut Findings) {
    // R71
    if let Some(finding) =
        one_of("R71", container, "versionConsistency", &["enabled", "disabled"], found)
    {
        finding.fix_by_removing("Take it away");
    }
    // R73
    let user = container.text("user");
    let parts = || user.split(':');
    let odd = |part: &str| part.is_empty() || part.starts_with('-') || part.contains(' ');
    if !user.is_empty() && (parts().count() > 2 || parts().any(odd)) {
        found.warn("R73", container.at("user"), "A user or its number, and after a colon a group.");
    }
    // R81
    let known = ["no-new-privileges", "apparmor:", "label:", "credentialspec:"];
    for option in container.items("dockerSecurityOptions") {
        let text = option.value.as_str().unwrap_or_default();
        if !known.iter().any(|start| text.starts_with(start)) {
            found.refuse(
                "R81",
                option.path(),
                "no-new-privileges, apparmor:PROFILE, label:VALUE or credentialspec:PATH.",
            );
        }
    }
    // R82
    if container.count("credentialSpecs") > 1 {
        found.refuse("R82", container.at("credentialSpecs"), "One at most.");
    }
    for spec in container.items("credentialSpecs") {
        let text = spec.value.as_str().unwrap_or_default();
        let known = ["credentialspec:", "credentialspecdomainless:"];
        if !known.iter().any(|start| text.starts_with(start)) {
            found.refuse(
                "R82",
                spec.path(),
                "credentialspec: or credentialspecdomainless: and an ARN.",
            );
        }
    }
    // R83
    if let Some(login) = container.object("repositoryCredentials")
        && !login.has("credentialsParameter")
    {
        found.refuse(
            "R83",
            login.at("credentialsParameter"),
            "Name the secret that holds the registry's user and password.",
        );
    }
}
