//! Rules of a container: its name, image, and what the place where it runs does not offer.

use std::collections::BTreeSet;

use super::{Facts, Network, exact_name, place::Place};
use crate::error::FieldErrors;

/// Containers in one task definition (R3).
pub const CONTAINERS_MAX: usize = 10;

pub(super) fn check(root: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    let containers = root.items("containerDefinitions");
    // R2, R3
    if containers.is_empty() {
        errors.add("containerDefinitions", "Add a container.");
    } else if containers.len() > CONTAINERS_MAX {
        errors.add(
            "containerDefinitions",
            format!("At most {CONTAINERS_MAX} containers; these are {}.", containers.len()),
        );
    }
    let mut names = BTreeSet::new();
    for container in &containers {
        // R56
        let name = container.text("name");
        errors.take(&container.at("name"), exact_name("container", name));
        if !name.is_empty() && !names.insert(name) {
            errors.add(container.at("name"), "Another container has this name.");
        }
        // R57 to R59
        errors.take(&container.at("image"), check_image(container.text("image")));
        numbers(container, errors);
        support(container, facts, errors);
    }
    // R67
    let essential =
        |container: &Place<'_>| container.value.get("essential").is_none_or(|v| v != false);
    if !containers.is_empty() && !containers.iter().any(essential) {
        errors.add("containerDefinitions.0.essential", "At least one container must be essential.");
    }
}

/// R57: needed. R58: by tag, 255 characters. R59: by digest, 64 hexadecimal digits.
fn check_image(image: &str) -> Result<(), String> {
    if image.trim().is_empty() {
        return Err("Name the image, as in nginx:1.27.".into());
    }
    let (name, digest) = match image.split_once('@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (image, None),
    };
    if let Some(wrong) = name.chars().find(|c| !c.is_ascii_alphanumeric() && !"-_:./#".contains(*c))
    {
        let wrong = if wrong == ' ' { "a space".to_owned() } else { format!("“{wrong}”") };
        return Err(format!("Use letters, digits and - _ : . / #; {wrong} is none of them."));
    }
    if name.len() > 255 {
        return Err(format!("At most 255 characters; this has {}.", name.len()));
    }
    let whole = |digest: &str| {
        digest
            .strip_prefix("sha256:")
            .is_some_and(|hash| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    match digest {
        Some(digest) if !whole(digest) => {
            Err("After @ stands sha256: and 64 hexadecimal digits.".into())
        }
        _ => Ok(()),
    }
}

fn numbers(container: &Place<'_>, errors: &mut FieldErrors) {
    if container.number("cpu").is_some_and(|cpu| cpu < 0) {
        errors.add(container.at("cpu"), "0 or more CPU units.");
    }
    // R66: Docker's own least; newer ones want 6.
    for member in ["memory", "memoryReservation"] {
        if container.number(member).is_some_and(|memory| memory < 4) {
            errors.add(container.at(member), "4 MiB at least, 6 with newer Docker.");
        }
    }
    // R65: the service takes equal values.
    if let (Some(limit), Some(reserved)) =
        (container.number("memory"), container.number("memoryReservation"))
        && limit < reserved
    {
        errors.add(container.at("memoryReservation"), "Not more than the memory limit.");
    }
}

/// What Fargate, Windows or the network mode does not take.
fn support(container: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    let mut refuse = |member: &str, said: &str| errors.add(container.at(member), said);
    // R75
    if container.is_true("privileged") && (facts.fargate || facts.windows) {
        refuse("privileged", "Neither Fargate nor Windows runs privileged containers.");
    }
    // R68, R70
    if facts.fargate {
        if container.number("startTimeout").is_some_and(|s| !(2..=120).contains(&s)) {
            refuse("startTimeout", "Between 2 and 120 seconds on Fargate.");
        }
        if container.number("stopTimeout").is_some_and(|s| !(0..=120).contains(&s)) {
            refuse("stopTimeout", "At most 120 seconds on Fargate.");
        }
        // R55
        for member in
            ["links", "extraHosts", "dnsServers", "dnsSearchDomains", "dockerSecurityOptions"]
        {
            if container.has(member) {
                refuse(member, "Fargate does not take this.");
            }
        }
        if container.is_true("disableNetworking") {
            refuse("disableNetworking", "Fargate does not take this.");
        }
    }
    if facts.network == Network::Awsvpc {
        // R72, R74
        if container.has("hostname") {
            refuse("hostname", "The network mode awsvpc takes no hostname.");
        }
        if container.has("links") {
            refuse("links", "Links need the network mode bridge.");
        }
    }
    // R71
    if !matches!(container.text("versionConsistency"), "" | "enabled" | "disabled") {
        refuse("versionConsistency", "enabled or disabled.");
    }
    // R73
    if facts.windows && container.has("user") {
        refuse("user", "Windows containers take no user.");
    }
}
