//! Rules about Windows containers.

use serde_json::Value;

use super::{Check, asks_for, items, text};
use crate::refusal::Refusal;

/// Whether a document is for Windows.
pub(super) fn asked(document: &Value) -> bool {
    let family = document.pointer("/runtimePlatform/operatingSystemFamily").and_then(Value::as_str);
    family.is_some_and(|word| word.starts_with("WINDOWS"))
}

/// R7, R39, R41, R45, R73 to R80, R138, R153, R155 and R173.
pub(super) fn check(document: &Value) -> Check {
    if !asked(document) {
        return Ok(());
    }
    let unsupported =
        |what: &str| Err(Refusal::client(format!("{what} is not supported for Windows.")));
    let mode = text(document, "networkMode");
    if !asks_for(document, "FARGATE") && !matches!(mode, None | Some("awsvpc")) {
        return unsupported(&format!("The network mode '{}'", mode.unwrap_or_default()));
    }
    for member in ["pidMode", "ipcMode"] {
        if text(document, member).is_some_and(|word| !word.is_empty()) {
            return unsupported(member);
        }
    }
    if document.pointer("/runtimePlatform/cpuArchitecture").and_then(Value::as_str) == Some("ARM64")
    {
        return unsupported("ARM64");
    }
    for container in items(document, "containerDefinitions") {
        if let Some(member) = MEMBERS.into_iter().find(|member| given(container, member)) {
            return unsupported(member);
        }
    }
    for volume in items(document, "volumes") {
        let driver = volume.pointer("/dockerVolumeConfiguration/driver").and_then(Value::as_str);
        if !matches!(driver, None | Some("" | "local")) {
            return unsupported("A volume driver other than local");
        }
    }
    Ok(())
}

/// What is for Linux containers.
const MEMBERS: [&str; 11] = [
    "user",
    "disableNetworking",
    "privileged",
    "readonlyRootFilesystem",
    "dnsServers",
    "dnsSearchDomains",
    "extraHosts",
    "links",
    "linuxParameters",
    "ulimits",
    "systemControls",
];

fn given(container: &Value, member: &str) -> bool {
    match container.get(member) {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(members)) => !members.is_empty(),
        Some(Value::String(text)) => !text.is_empty(),
        Some(_) => true,
    }
}
