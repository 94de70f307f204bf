//! Rules of the task as a whole.

use std::collections::BTreeSet;

use super::{Facts, Network, exact_name, place::Place};
use crate::error::FieldErrors;

/// The largest document that ECS takes, in bytes of compact JSON (R4).
const BYTES_MAX: usize = 64 * 1024;
const COMPATIBILITIES: [&str; 4] = ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"];

/// Operating systems that ECS knows (R46).
const SYSTEMS: [&str; 10] = [
    "LINUX",
    "WINDOWS_SERVER_2016_FULL",
    "WINDOWS_SERVER_2019_CORE",
    "WINDOWS_SERVER_2019_FULL",
    "WINDOWS_SERVER_2004_CORE",
    "WINDOWS_SERVER_20H2_CORE",
    "WINDOWS_SERVER_2022_CORE",
    "WINDOWS_SERVER_2022_FULL",
    "WINDOWS_SERVER_2025_CORE",
    "WINDOWS_SERVER_2025_FULL",
];

pub(super) fn check(root: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    // R1
    errors.take("family", exact_name("family", root.text("family")));
    let bytes = root.value.to_string().len();
    if bytes > BYTES_MAX {
        errors.add(
            "family",
            format!("The document has {bytes} bytes; ECS takes {BYTES_MAX} at most."),
        );
    }
    network(root, facts, errors);
    platform(root, facts, errors);
    storage(root, facts, errors);
    namespaces(root, facts, errors);
    placement(root, facts, errors);
    proxy(root, errors);
    tags(root, errors);
}

fn network(root: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    let mode = root.text("networkMode");
    // R5
    if !matches!(mode, "" | "bridge" | "host" | "awsvpc" | "none") {
        errors.add("networkMode", "One of bridge, host, awsvpc and none.");
    }
    // R6
    if facts.fargate && facts.network != Network::Awsvpc {
        errors.add("networkMode", "Fargate needs the network mode awsvpc.");
    }
    // R7
    if facts.windows && !facts.fargate && !matches!(mode, "" | "awsvpc") {
        errors.add("networkMode", "Windows takes awsvpc or the default (nothing).");
    }
    // R12
    for one in root.items("requiresCompatibilities") {
        if !one.value.as_str().is_some_and(|text| COMPATIBILITIES.contains(&text)) {
            errors.add(
                "requiresCompatibilities",
                "One of EC2, FARGATE, EXTERNAL and MANAGED_INSTANCES.",
            );
        }
    }
}

fn platform(root: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    let Some(platform) = root.get("runtimePlatform") else { return };
    let architecture = platform.text("cpuArchitecture");
    // R45
    if !matches!(architecture, "" | "X86_64" | "ARM64") {
        errors.add(platform.at("cpuArchitecture"), "X86_64 or ARM64.");
    }
    if facts.windows && architecture == "ARM64" {
        errors.add(platform.at("cpuArchitecture"), "ARM64 is for Linux only.");
    }
    // R46
    let system = platform.text("operatingSystemFamily");
    if !system.is_empty() && !SYSTEMS.contains(&system) {
        errors.add(
            platform.at("operatingSystemFamily"),
            "LINUX, or one of the WINDOWS_SERVER names that ECS knows.",
        );
    }
}

fn storage(root: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    let Some(storage) = root.get("ephemeralStorage") else { return };
    let path = storage.at("sizeInGiB");
    // R43
    match storage.number("sizeInGiB") {
        Some(21..=200) => {}
        Some(_) => errors.add(path, "Between 21 and 200 GiB."),
        None => errors.add(path, "Write a size between 21 and 200 GiB, or take the storage away."),
    }
    // R44: without FARGATE the service refuses it, but only when EC2 is named.
    let only_ec2 = root.has("requiresCompatibilities") && !facts.fargate;
    if only_ec2 {
        errors.add(storage.at("sizeInGiB"), "Ephemeral storage is for Fargate.");
    }
}

fn namespaces(root: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    // R37, R38, R39
    match root.text("pidMode") {
        "" => {}
        _ if facts.windows => errors.add("pidMode", "Windows containers have no pidMode."),
        "task" => {}
        "host" if facts.fargate => errors.add("pidMode", "Fargate takes task only."),
        "host" => {}
        _ => errors.add("pidMode", "host or task."),
    }
    // R40, R41
    match root.text("ipcMode") {
        "" => {}
        _ if facts.windows || facts.fargate => {
            errors.add("ipcMode", "Neither Fargate nor Windows takes an ipcMode.");
        }
        "host" | "task" | "none" => {}
        _ => errors.add("ipcMode", "One of host, task and none."),
    }
}

fn placement(root: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    let constraints = root.items("placementConstraints");
    // R32
    if facts.fargate && !constraints.is_empty() {
        errors.add("placementConstraints", "Fargate takes no placement constraints.");
    }
    // R31
    if constraints.len() > 10 {
        errors.add("placementConstraints", "At most 10.");
    }
    for constraint in constraints {
        if constraint.text("type") != "memberOf" {
            errors.add(constraint.at("type"), "memberOf is the only type here.");
        }
    }
    // R49
    if root.has("inferenceAccelerators") {
        errors.add("inferenceAccelerators", "ECS no longer takes inferenceAccelerators.");
    }
}

/// R47
fn proxy(root: &Place<'_>, errors: &mut FieldErrors) {
    let Some(proxy) = root.get("proxyConfiguration").filter(|p| p.value.is_object()) else {
        return;
    };
    if !matches!(proxy.text("type"), "" | "APPMESH") {
        errors.add(proxy.at("type"), "APPMESH is the only type.");
    }
    let name = proxy.text("containerName");
    let known = root.items("containerDefinitions").iter().any(|c| c.text("name") == name);
    if name.is_empty() || !known {
        errors.add(proxy.at("containerName"), "Name a container of this task.");
    }
}

fn tags(root: &Place<'_>, errors: &mut FieldErrors) {
    let tags = root.items("tags");
    // R33
    if tags.len() > 50 {
        errors.add("tags", format!("At most 50 tags; these are {}.", tags.len()));
    }
    let mut seen = BTreeSet::new();
    for tag in tags {
        let (key, value) = (tag.text("key"), tag.text("value"));
        // R34
        if key.is_empty() {
            errors.add(tag.at("key"), "Give the tag a key, or remove its row.");
        } else if key.chars().count() > 128 {
            errors.add(tag.at("key"), "At most 128 characters.");
        } else if !fits_tag(key) {
            errors.add(tag.at("key"), TAG_LETTERS);
        } else if reserved(key) {
            // R36
            errors.add(tag.at("key"), "Keys that start with aws: belong to AWS.");
        } else if !seen.insert(key) {
            errors.add(tag.at("key"), "This key is there already.");
        }
        // R35
        if value.chars().count() > 256 {
            errors.add(tag.at("value"), "At most 256 characters.");
        } else if !fits_tag(value) {
            errors.add(tag.at("value"), TAG_LETTERS);
        } else if reserved(value) {
            errors.add(tag.at("value"), "Values that start with aws: belong to AWS.");
        }
    }
}

const TAG_LETTERS: &str = "Use letters, digits, spaces and _ . : / = + - @.";

fn fits_tag(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c == ' ' || "_.:/=+-@".contains(c))
}

fn reserved(text: &str) -> bool {
    text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"))
}
