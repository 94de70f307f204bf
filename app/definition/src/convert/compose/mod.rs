//! Compose files: every service is a container of one task.

mod limits;
mod service;
mod variables;

use std::collections::BTreeMap;

use serde_json::Value;

use super::docker::{self, Task};
use super::started::{Kind, Started, Trouble};

/// Reads a file.
pub(super) fn read(file: &Value) -> Result<Started, Trouble> {
    let mut task = Task::default();
    let file = variables::filled(file, "", &mut task.notes);
    let services = file.get("services").and_then(Value::as_object);
    let services = services.filter(|services| !services.is_empty()).ok_or_else(|| {
        Trouble::whole(
            "This Compose file has no services. They stand below services:, each with an image.",
        )
    })?;
    let named = file.get("name").and_then(Value::as_str);
    let first = services.keys().next().map(String::as_str).unwrap_or_default();
    task.family = docker::name_of(named.unwrap_or(first));
    let names: BTreeMap<String, String> = services
        .iter()
        .map(|(name, service)| {
            let own = service.get("container_name").and_then(Value::as_str);
            (name.clone(), docker::name_of(own.unwrap_or(name)))
        })
        .collect();
    for (name, service) in services {
        let container = service::container(name, service, &names, &mut task);
        task.containers.push(container);
    }
    beside(&file, &mut task);
    essential(&mut task);
    let title = format!("{} ({} containers)", task.family, task.containers.len());
    Ok(Started { kind: Kind::Compose, documents: vec![task.finish(title)] })
}

/// What stands beside the services.
fn beside(file: &Value, task: &mut Task) {
    let Some(members) = file.as_object() else { return };
    for (name, value) in members {
        match name.as_str() {
            "services" | "name" | "version" => {}
            "volumes" => volumes(value, task),
            "networks" => task.notes.left_out("networks", "Containers of one task reach each other at localhost; tasks have the VPC's network."),
            "secrets" | "configs" => task.notes.left_out(name.as_str(), "Keep them in Secrets Manager or Parameter Store and name them in the container's secrets."),
            name if name.starts_with("x-aws") => task.notes.left_out(name, "It was for Docker's own ECS integration, which has ended."),
            name if name.starts_with("x-") => {}
            "include" => task.notes.left_out("include", "It reads other files. Paste what docker compose config prints."),
            name => task.notes.left_out(name, "A task definition has no place for it."),
        }
    }
}

fn volumes(value: &Value, task: &mut Task) {
    for (name, volume) in value.as_object().into_iter().flatten() {
        let driver = volume.get("driver").and_then(Value::as_str).unwrap_or("local");
        if driver != "local" || volume.get("driver_opts").is_some() {
            task.notes.left_out(
                format!("volumes.{name}"),
                format!(
                    "Its driver {driver} and options. Choose EFS or a Docker volume in the form."
                ),
            );
        }
        if volume.get("external").is_some_and(|external| external != &Value::Bool(false)) {
            task.notes.left_out(
                format!("volumes.{name}"),
                "What is in the external volume. Copy it to EFS.",
            );
        }
    }
}

/// A container that others wait to end can't be essential (R133).
fn essential(task: &mut Task) {
    let mut ended = Vec::new();
    for container in &task.containers {
        for wait in container.get("dependsOn").and_then(Value::as_array).into_iter().flatten() {
            if matches!(wait["condition"].as_str(), Some("SUCCESS" | "COMPLETE")) {
                ended.extend(wait["containerName"].as_str().map(str::to_owned));
            }
        }
    }
    for (place, container) in task.containers.iter_mut().enumerate() {
        let name = container.get("name").and_then(Value::as_str).unwrap_or_default();
        if ended.iter().any(|ended| ended == name) {
            container.insert("essential".into(), Value::Bool(false));
            task.notes.changed(
                format!("containerDefinitions.{place}.essential"),
                "Others wait for its end, so its end does not end the task.",
            );
        }
    }
}
