//! Rules of the task as a whole.

use super::expression::unreadable;
use super::words::{listed, one_of};
use super::{Facts, Place, Task, network_mode, untaken};
use crate::finding::{Edit, Findings};
use crate::names::check_name;

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

pub(super) fn check(task: Task<'_>, found: &mut Findings) {
    let Task { root, facts, .. } = task;
    family(&root, found);
    network_mode::check(task, found);
    compatibilities(&root, found);
    platform(&root, facts, found);
    storage(&root, facts, found);
    namespaces(&root, facts, found);
    placement(&root, facts, found);
    proxy(task, found);
    roles(&root, found);
    trusted(&root, facts, found);
}

/// R1, R4
fn family(root: &Place<'_>, found: &mut Findings) {
    let family = root.text("family");
    match check_name("family", family) {
        Err(said) => {
            found.refuse("R1", "family", said);
        }
        Ok(name) if name != family => {
            found
                .refuse("R1", "family", "Take the spaces around it away.")
                .fix_by_setting("Take the spaces away", name);
        }
        Ok(_) => {}
    }
    let bytes = compact_bytes(root.value);
    if bytes > BYTES_MAX {
        found.refuse(
            "R4",
            "family",
            format!("The document has {bytes} bytes; ECS takes {BYTES_MAX} at most."),
        );
    }
}

/// How long a value is as compact JSON, without writing it down.
fn compact_bytes(value: &serde_json::Value) -> usize {
    struct Count(usize);
    impl std::io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    serde_json::to_writer(&mut count, value).map_or(0, |()| count.0)
}

/// R12
fn compatibilities(root: &Place<'_>, found: &mut Findings) {
    let unknown = |one: &Place<'_>| !COMPATIBILITIES.iter().any(|known| one.value == known);
    if root.items("requiresCompatibilities").any(|one| unknown(&one)) {
        found.refuse("R12", "requiresCompatibilities", format!("{}.", listed(&COMPATIBILITIES)));
    }
}

fn platform(root: &Place<'_>, facts: Facts, found: &mut Findings) {
    let Some(platform) = root.get("runtimePlatform") else { return };
    // R45
    one_of("R45", &platform, "cpuArchitecture", &["X86_64", "ARM64"], found);
    if facts.windows && platform.text("cpuArchitecture") == "ARM64" {
        found
            .refuse("R45", platform.at("cpuArchitecture"), "ARM64 is for Linux only.")
            .fix_by_setting("Use X86_64", "X86_64");
    }
    // R46
    one_of("R46", &platform, "operatingSystemFamily", &SYSTEMS, found);
}

fn storage(root: &Place<'_>, facts: Facts, found: &mut Findings) {
    let Some(storage) = root.object("ephemeralStorage") else { return };
    let path = storage.at("sizeInGiB");
    // R43
    match storage.number("sizeInGiB") {
        Some(21..=200) => {}
        Some(size) => {
            let nearest = size.clamp(21, 200);
            found
                .refuse("R43", path, "Between 21 and 200 GiB.")
                .fix_by_setting(format!("Use {nearest} GiB"), nearest);
        }
        None => {
            found
                .refuse(
                    "R43",
                    path,
                    "Write a size between 21 and 200 GiB, or take the storage away.",
                )
                .fix("Take the storage away", vec![Edit::Remove("ephemeralStorage".to_owned())]);
        }
    }
    // R44: without FARGATE the service refuses it, but only when EC2 is named.
    if facts.ec2 && !facts.fargate {
        found
            .refuse("R44", storage.at("sizeInGiB"), "Ephemeral storage is for Fargate.")
            .fix("Take the storage away", vec![Edit::Remove("ephemeralStorage".to_owned())]);
    }
}

fn namespaces(root: &Place<'_>, facts: Facts, found: &mut Findings) {
    // R37 to R39
    if root.has("pidMode") && facts.windows {
        untaken("R39", root, "pidMode", "Windows containers have no pidMode.", found);
    } else if facts.fargate && root.text("pidMode") == "host" {
        found
            .refuse("R38", "pidMode", "Fargate takes task only.")
            .fix_by_setting("Use task", "task");
    } else {
        one_of("R37", root, "pidMode", &["host", "task"], found);
    }
    // R40, R41
    if root.has("ipcMode") && (facts.windows || facts.fargate) {
        untaken("R41", root, "ipcMode", "Neither Fargate nor Windows takes an ipcMode.", found);
    } else {
        one_of("R40", root, "ipcMode", &["host", "task", "none"], found);
    }
}

fn placement(root: &Place<'_>, facts: Facts, found: &mut Findings) {
    // R32
    if facts.fargate && root.has("placementConstraints") {
        let said = "Fargate takes no placement constraints.";
        untaken("R32", root, "placementConstraints", said, found);
    }
    // R31, R200
    if root.count("placementConstraints") > 10 {
        found.refuse("R31", "placementConstraints", "At most 10.");
    }
    for constraint in root.items("placementConstraints") {
        if constraint.text("type") != "memberOf" {
            found
                .refuse("R31", constraint.at("type"), "memberOf is the only type here.")
                .fix_by_setting("Use memberOf", "memberOf");
        }
        let expression = constraint.text("expression");
        if expression.trim().is_empty() {
            let said = "Say which instances, as in attribute:ecs.instance-type == t3.small.";
            found.refuse("R31", constraint.at("expression"), said);
        } else if let Some(said) = unreadable(expression) {
            found.refuse("R200", constraint.at("expression"), said);
        }
    }
    // R49
    if root.has("inferenceAccelerators") {
        let said = "ECS no longer takes inferenceAccelerators.";
        untaken("R49", root, "inferenceAccelerators", said, found);
    }
}

/// R47, R48
fn proxy(task: Task<'_>, found: &mut Findings) {
    let Some(proxy) = task.root.object("proxyConfiguration") else { return };
    one_of("R47", &proxy, "type", &["APPMESH"], found);
    if task.container(proxy.text("containerName")).is_none() {
        found.refuse("R47", proxy.at("containerName"), "Name a container of this task.");
    }
    let has = |name: &str| proxy.items("properties").any(|one| one.text("name") == name);
    let mut missing = Vec::new();
    if !has("IgnoredUID") && !has("IgnoredGID") {
        missing.push("IgnoredUID or IgnoredGID");
    }
    let needed = ["AppPorts", "ProxyIngressPort", "ProxyEgressPort", "EgressIgnoredIPs"];
    missing.extend(needed.into_iter().filter(|name| !has(name)));
    if !missing.is_empty() {
        let said = format!("The proxy still needs {}.", missing.join(", "));
        found.refuse("R48", proxy.at("properties"), said);
    }
}

/// R29, R30: a short name, or the ARN of a role.
fn roles(root: &Place<'_>, found: &mut Findings) {
    for (rule, member) in [("R29", "taskRoleArn"), ("R30", "executionRoleArn")] {
        let role = root.text(member);
        if role.starts_with("arn:") && !(role.contains(":iam:") && role.contains(":role/")) {
            found.refuse(
                rule,
                member,
                "This ARN is no role's: write arn:aws:iam::ACCOUNT:role/NAME, or the role's name.",
            );
        }
    }
}

/// R51 to R53
fn trusted(root: &Place<'_>, facts: Facts, found: &mut Findings) {
    let Some(trusted) = root.object("trustedExecutionConfiguration") else { return };
    if !facts.managed {
        let said =
            "Trusted execution is for Managed Instances: name MANAGED_INSTANCES, or take it away.";
        untaken("R51", root, "trustedExecutionConfiguration", said, found);
    }
    let modes = ["SHARED", "ISOLATED_SANDBOX", "CONFIDENTIAL_SANDBOX"];
    if trusted.has("isolationMode") {
        one_of("R52", &trusted, "isolationMode", &modes, found);
    } else {
        found
            .refuse("R52", trusted.at("isolationMode"), format!("{}.", listed(&modes)))
            .fix_by_setting("Use SHARED", "SHARED");
    }
    let confidential = trusted.text("isolationMode") == "CONFIDENTIAL_SANDBOX";
    if confidential && !trusted.has("attestationPolicy") {
        let said = "A confidential sandbox needs its attestation policy, in base64.";
        found.refuse("R53", trusted.at("attestationPolicy"), said);
    }
}
