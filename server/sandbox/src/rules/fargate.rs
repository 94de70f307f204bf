//! Rules for task definitions that ask for Fargate.

use serde_json::Value;

use super::{Check, items, linux, text};
use crate::ask::Ask;
use crate::refusal::Refusal;
use crate::task_definitions::units;

/// Also decides whether a document is compatible with Fargate at all.
pub(crate) fn check(document: &Value) -> Check {
    r6_network_mode(document)?;
    r15_r28_size(document)?;
    r32_placement(document)?;
    r38_pid_mode(document)?;
    r41_ipc_mode(document)?;
    r27_windows(document)?;
    r60_cpu_sum(document)?;
    for container in items(document, "containerDefinitions") {
        r75_privileged(container)?;
        r110_r114_logs(document, container)?;
        r68_r70_timeouts(container)?;
        r81_security(container)?;
        linux::on_fargate(container)?;
    }
    r170_volumes(document)
}

fn r6_network_mode(document: &Value) -> Check {
    if text(document, "networkMode") == Some("awsvpc") {
        return Ok(());
    }
    Err(Refusal::client("Fargate only supports network mode 'awsvpc'."))
}

/// R15, R19 to R26 and R28.
fn r15_r28_size(document: &Value) -> Check {
    let Some(cpu) = text(document, "cpu").and_then(|cpu| units(cpu, &["vcpu", "vcpus"])) else {
        return Err(Refusal::client("Fargate requires that 'cpu' be defined at the task level."));
    };
    let Some(memory) = text(document, "memory").and_then(|memory| units(memory, &["gb", "gib"]))
    else {
        return Err(Refusal::client(
            "Fargate requires that 'memory' be defined at the task level.",
        ));
    };
    if size_exists(cpu, memory) {
        return Ok(());
    }
    Err(Refusal::client(format!(
        "No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. See the Amazon ECS documentation for the valid values."
    )))
}

fn r27_windows(document: &Value) -> Check {
    let cpu = text(document, "cpu").and_then(|cpu| units(cpu, &["vcpu", "vcpus"]));
    if super::windows::asked(document) && cpu.is_some_and(|cpu| cpu < 1024) {
        return Err(Refusal::client("Windows on Fargate requires at least 1024 CPU units."));
    }
    Ok(())
}

/// Whether Fargate has this pair of CPU units and MiB.
pub(crate) fn size_exists(cpu: i64, memory: i64) -> bool {
    let (low, high, step) = match cpu {
        256 => return [512, 1024, 2048].contains(&memory),
        512 => (1, 4, 1),
        1024 => (2, 8, 1),
        2048 => (4, 16, 1),
        4096 => (8, 30, 1),
        8192 => (16, 60, 4),
        16_384 => (32, 120, 8),
        _ => return false,
    };
    let gib = memory / 1024;
    memory % 1024 == 0 && (low..=high).contains(&gib) && (gib - low) % step == 0
}

fn r32_placement(document: &Value) -> Check {
    if items(document, "placementConstraints").is_empty() {
        return Ok(());
    }
    Err(Refusal::client("Fargate does not support task placement constraints."))
}

fn r38_pid_mode(document: &Value) -> Check {
    match text(document, "pidMode") {
        None | Some("" | "task") => Ok(()),
        Some(other) => Err(Refusal::client(format!(
            "Tasks using the Fargate launch type do not support pidMode '{other}'. The supported value for pidMode is 'task'."
        ))),
    }
}

fn r41_ipc_mode(document: &Value) -> Check {
    match text(document, "ipcMode") {
        None | Some("") => Ok(()),
        Some(_) => {
            Err(Refusal::client("Tasks using the Fargate launch type do not support ipcMode."))
        }
    }
}

/// R68 and R70.
fn r68_r70_timeouts(container: &Value) -> Check {
    for member in ["startTimeout", "stopTimeout"] {
        let low = if member == "startTimeout" { 2 } else { 0 };
        if Ask(container).whole(member)?.is_some_and(|it| !(low..=120).contains(&it)) {
            return Err(Refusal::client(format!(
                "Fargate requires that '{member}' be between {low} and 120 seconds."
            )));
        }
    }
    Ok(())
}

fn r81_security(container: &Value) -> Check {
    if items(container, "dockerSecurityOptions").is_empty() {
        return Ok(());
    }
    Err(Refusal::client("Fargate does not support docker security options."))
}

fn r60_cpu_sum(document: &Value) -> Check {
    let containers = items(document, "containerDefinitions");
    let sum: i64 = containers
        .iter()
        .filter_map(|item| super::number(item, "cpu"))
        .fold(0, i64::saturating_add);
    let task = text(document, "cpu").and_then(|cpu| units(cpu, &["vcpu", "vcpus"]));
    if task.is_some_and(|task| sum > task) {
        return Err(Refusal::client(
            "The total 'cpu' of the containers is greater than for the task.",
        ));
    }
    Ok(())
}

fn r75_privileged(container: &Value) -> Check {
    if container.get("privileged") == Some(&Value::Bool(true)) {
        return Err(Refusal::client("Fargate requires that the 'privileged' setting be 'false'."));
    }
    Ok(())
}

/// R110, R113 and R114.
fn r110_r114_logs(document: &Value, container: &Value) -> Check {
    let Some(logs) = container.get("logConfiguration") else {
        return Ok(());
    };
    let driver = text(logs, "logDriver").unwrap_or_default();
    if !["awslogs", "splunk", "awsfirelens"].contains(&driver) {
        return Err(Refusal::client(format!("Fargate does not support log driver {driver}.")));
    }
    if driver != "awslogs" {
        return Ok(());
    }
    let prefix = logs.get("options").and_then(|options| options.get("awslogs-stream-prefix"));
    if prefix.is_none() {
        return Err(Refusal::client("Log driver awslogs requires options: awslogs-stream-prefix"));
    }
    if text(document, "executionRoleArn").is_none_or(str::is_empty) {
        return Err(Refusal::client(
            "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
        ));
    }
    Ok(())
}

/// R170 and R172.
fn r170_volumes(document: &Value) -> Check {
    for volume in items(document, "volumes") {
        if volume.pointer("/host/sourcePath").is_some_and(|path| !path.is_null()) {
            return Err(Refusal::client("host.sourcePath is not supported on Fargate."));
        }
        if volume.get("dockerVolumeConfiguration").is_some_and(|item| !item.is_null()) {
            return Err(Refusal::client("Docker volumes are not supported on Fargate."));
        }
    }
    Ok(())
}
