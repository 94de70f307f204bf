//! Rules about a task definition as a whole.

use serde_json::Value;

use super::{Check, asks_for, is_name, items, number, one_of, placement, tags, text, volumes};
use crate::ask::Ask;
use crate::refusal::Refusal;
use crate::task_definitions::units;

/// R46.
const SYSTEMS: [&str; 10] = [
    "LINUX",
    "WINDOWS_SERVER_2004_CORE",
    "WINDOWS_SERVER_2016_FULL",
    "WINDOWS_SERVER_2019_CORE",
    "WINDOWS_SERVER_2019_FULL",
    "WINDOWS_SERVER_20H2_CORE",
    "WINDOWS_SERVER_2022_CORE",
    "WINDOWS_SERVER_2022_FULL",
    "WINDOWS_SERVER_2025_CORE",
    "WINDOWS_SERVER_2025_FULL",
];

pub(super) fn check(document: &Value) -> Check {
    r1_family(document)?;
    r2_r3_containers(document)?;
    r4_size(document)?;
    enums(document)?;
    r12_compatibilities(document)?;
    r291_r292_network_mode(document)?;
    r16_cpu_and_memory(document)?;
    r29_r30_roles(document)?;
    r31_placement(document)?;
    r43_ephemeral(document)?;
    r49_accelerators(document)?;
    r163_volumes(document)?;
    volumes::check(document)?;
    r47_r48_proxy(document)?;
    r51_r53_trusted(document)?;
    tags::check(Ask(document).list("tags")?)
}

fn r1_family(document: &Value) -> Check {
    match Ask(document).text("family")? {
        None | Some("") => Err(Refusal::client("Family cannot be null or empty.")),
        Some(family) if is_name(family, 255) => Ok(()),
        Some(_) => Err(Refusal::client("Family contains invalid characters.")),
    }
}

fn r2_r3_containers(document: &Value) -> Check {
    let containers = Ask(document).list("containerDefinitions")?;
    if containers.is_empty() {
        return Err(Refusal::client("Container list cannot be empty."));
    }
    if containers.len() > 10 {
        return Err(Refusal::client("Too many containers; at most 10 per task definition."));
    }
    if containers.iter().any(|container| !container.is_object()) {
        return Err(Refusal::malformed(
            "Member 'containerDefinitions' can not be converted to a List",
        ));
    }
    Ok(())
}

fn r4_size(document: &Value) -> Check {
    if document.to_string().len() > 65_536 {
        return Err(Refusal::client(
            "Actual length exceeds the maximum length of 65536 bytes for a task definition.",
        ));
    }
    Ok(())
}

/// R5, R37, R40 and R45: closed lists of words.
fn enums(document: &Value) -> Check {
    let words: [(&str, &[&str]); 3] = [
        ("networkMode", &["bridge", "host", "awsvpc", "none"]),
        ("pidMode", &["host", "task"]),
        ("ipcMode", &["host", "task", "none"]),
    ];
    for (member, allowed) in words {
        if let Some(word) = Ask(document).text(member)? {
            one_of(member, word, allowed)?;
        }
    }
    // R46.
    let family = document.pointer("/runtimePlatform/operatingSystemFamily").and_then(Value::as_str);
    if let Some(word) = family {
        one_of("runtimePlatform.operatingSystemFamily", word, &SYSTEMS)?;
    }
    let architecture = document.pointer("/runtimePlatform/cpuArchitecture").and_then(Value::as_str);
    if let Some(word) = architecture {
        one_of("runtimePlatform.cpuArchitecture", word, &["X86_64", "ARM64"])?;
    }
    Ok(())
}

fn r12_compatibilities(document: &Value) -> Check {
    for kind in Ask(document).texts("requiresCompatibilities")? {
        one_of(
            "requiresCompatibilities",
            kind,
            &["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"],
        )?;
    }
    Ok(())
}

/// What a network mode is validated against. Fargate and Windows have rules of their own.
fn r291_r292_network_mode(document: &Value) -> Check {
    match text(document, "networkMode") {
        Some("awsvpc") if asks_for(document, "EXTERNAL") => {
            Err(Refusal::client("External instances do not support network mode 'awsvpc'."))
        }
        Some("bridge") if asks_for(document, "MANAGED_INSTANCES") => {
            Err(Refusal::client("Managed Instances do not support network mode 'bridge'."))
        }
        _ => Ok(()),
    }
}

fn r16_cpu_and_memory(document: &Value) -> Check {
    let ask = Ask(document);
    if let Some(cpu) = ask.text("cpu")?
        && units(cpu, &["vcpu", "vcpus"]).is_none_or(|units| units <= 0)
    {
        return Err(Refusal::client("Invalid 'cpu' setting for task."));
    }
    // R14; Fargate has sizes of its own.
    if let Some(cpu) = ask.text("cpu")?
        && !asks_for(document, "FARGATE")
        && units(cpu, &["vcpu", "vcpus"]).is_some_and(|units| !(128..=196_608).contains(&units))
    {
        return Err(Refusal::client(
            "Invalid 'cpu' setting for task. It should be between 128 and 196608.",
        ));
    }
    if let Some(memory) = ask.text("memory")?
        && units(memory, &["gb", "gib"]).is_none_or(|mib| mib <= 0)
    {
        return Err(Refusal::client("Invalid 'memory' setting for task."));
    }
    Ok(())
}

/// A role is a short name, or the ARN of a role.
fn r29_r30_roles(document: &Value) -> Check {
    for member in ["taskRoleArn", "executionRoleArn"] {
        let role = Ask(document).text(member)?.unwrap_or_default();
        if role.starts_with("arn:") && !(role.contains(":iam:") && role.contains(":role/")) {
            return Err(Refusal::client("Role is not valid"));
        }
    }
    Ok(())
}

fn r31_placement(document: &Value) -> Check {
    let constraints = items(document, "placementConstraints");
    if constraints.len() > 10 {
        return Err(Refusal::client("Too many placement constraints; at most 10."));
    }
    for constraint in constraints {
        one_of(
            "placementConstraints.type",
            text(constraint, "type").unwrap_or_default(),
            &["memberOf"],
        )?;
    }
    placement::of_definition(constraints)
}

fn r43_ephemeral(document: &Value) -> Check {
    let Some(storage) = document.get("ephemeralStorage").filter(|item| !item.is_null()) else {
        return Ok(());
    };
    // R44.
    if asks_for(document, "EC2") && !asks_for(document, "FARGATE") {
        return Err(Refusal::client(
            "Tasks using the EC2 launch type do not support EphemeralStorage.",
        ));
    }
    if number(storage, "sizeInGiB").is_some_and(|gib| (21..=200).contains(&gib)) {
        return Ok(());
    }
    Err(Refusal::client("EphemeralStorage size should be in between 21 and 200 GiB."))
}

/// R47 and R48.
fn r47_r48_proxy(document: &Value) -> Check {
    let Some(proxy) = Ask(document).object("proxyConfiguration")? else {
        return Ok(());
    };
    if let Some(kind) = proxy.text("type")? {
        one_of("proxyConfiguration.type", kind, &["APPMESH"])?;
    }
    let name = proxy.text("containerName")?;
    let containers = items(document, "containerDefinitions");
    if name.is_none() || !containers.iter().any(|container| text(container, "name") == name) {
        return Err(Refusal::client(
            "The containerName of the proxyConfiguration must be a container of the task definition.",
        ));
    }
    let properties = proxy.list("properties")?;
    let has = |name: &str| properties.iter().any(|item| text(item, "name") == Some(name));
    if !has("IgnoredUID") && !has("IgnoredGID") {
        return Err(Refusal::client("proxyConfiguration requires IgnoredUID or IgnoredGID."));
    }
    for name in ["AppPorts", "ProxyIngressPort", "ProxyEgressPort", "EgressIgnoredIPs"] {
        if !has(name) {
            return Err(Refusal::client(format!("proxyConfiguration requires {name}.")));
        }
    }
    Ok(())
}

/// R51 to R53.
fn r51_r53_trusted(document: &Value) -> Check {
    let Some(trusted) = Ask(document).object("trustedExecutionConfiguration")? else {
        return Ok(());
    };
    if !asks_for(document, "MANAGED_INSTANCES") {
        return Err(Refusal::client(
            "trustedExecutionConfiguration is supported with MANAGED_INSTANCES only.",
        ));
    }
    let mode = trusted.text("isolationMode")?.unwrap_or_default();
    one_of(
        "trustedExecutionConfiguration.isolationMode",
        mode,
        &["SHARED", "ISOLATED_SANDBOX", "CONFIDENTIAL_SANDBOX"],
    )?;
    if mode == "CONFIDENTIAL_SANDBOX" && !trusted.has("attestationPolicy") {
        return Err(Refusal::client("CONFIDENTIAL_SANDBOX requires an attestationPolicy."));
    }
    Ok(())
}

fn r49_accelerators(document: &Value) -> Check {
    if items(document, "inferenceAccelerators").is_empty() {
        return Ok(());
    }
    Err(Refusal::client("Unsupported field 'inferenceAccelerators'"))
}

/// R163 and R164: names, no name twice, one kind each.
fn r163_volumes(document: &Value) -> Check {
    let volumes = Ask(document).list("volumes")?;
    for (at, volume) in volumes.iter().enumerate() {
        let name = text(volume, "name").unwrap_or_default();
        if !is_name(name, 255) {
            return Err(Refusal::client("The Volume name should match ^[a-zA-Z0-9_-]{1,255}$."));
        }
        if volumes.iter().take(at).any(|other| text(other, "name") == Some(name)) {
            return Err(Refusal::client(format!("Duplicate volume name '{name}'.")));
        }
        let kinds = [
            "configuredAtLaunch",
            "host",
            "dockerVolumeConfiguration",
            "efsVolumeConfiguration",
            "s3filesVolumeConfiguration",
            "fsxWindowsFileServerVolumeConfiguration",
        ];
        let there =
            |kind: &&&str| volume.get(**kind).is_some_and(|it| !it.is_null() && it != false);
        let given = kinds.iter().filter(there);
        if given.count() > 1 {
            return Err(Refusal::client(format!(
                "Volume '{name}' can have only one configuration."
            )));
        }
    }
    Ok(())
}
