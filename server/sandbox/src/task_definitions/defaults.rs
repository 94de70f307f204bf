//! What AWS fills in when a task definition is registered.

use serde_json::{Map, Value, json};

/// Fills in a container's defaults, leaving every member that was sent.
pub(super) fn fill_container(container: &mut Value, network_mode: &str) {
    let Some(map) = container.as_object_mut() else {
        return;
    };
    default(map, "cpu", json!(0));
    default(map, "essential", json!(true));
    for list in ["portMappings", "environment", "mountPoints", "volumesFrom", "systemControls"] {
        default(map, list, json!([]));
    }
    let ports = map.get_mut("portMappings").and_then(Value::as_array_mut);
    for port in ports.into_iter().flatten() {
        fill_port(port, network_mode);
    }
    if let Some(check) = map.get_mut("healthCheck").and_then(Value::as_object_mut) {
        default(check, "interval", json!(30));
        default(check, "timeout", json!(5));
        default(check, "retries", json!(3));
    }
}

fn fill_port(port: &mut Value, network_mode: &str) {
    let Some(map) = port.as_object_mut() else {
        return;
    };
    let same = map.get("containerPort").cloned().unwrap_or(json!(0));
    if !map.contains_key("containerPortRange") {
        let host = if network_mode == "bridge" { json!(0) } else { same };
        default(map, "hostPort", host);
    }
    // R90: every word but udp is taken as tcp.
    if map.get("protocol") != Some(&json!("udp")) {
        map.insert("protocol".to_owned(), json!("tcp"));
    }
}

fn default(map: &mut Map<String, Value>, name: &str, value: Value) {
    if map.get(name).is_none_or(Value::is_null) {
        map.insert(name.to_owned(), value);
    }
}

/// The launch types a document could run on.
pub(super) fn compatibilities(document: &Value) -> Vec<&'static str> {
    let mode = document.get("networkMode").and_then(Value::as_str);
    let asked = |kind: &str| {
        document
            .get("requiresCompatibilities")
            .and_then(Value::as_array)
            .is_some_and(|list| list.iter().any(|item| item == kind))
    };
    let mut list = vec!["EC2"];
    let sized = document.get("cpu").is_some() && document.get("memory").is_some();
    let fits = crate::rules::fargate::check(document).is_ok();
    if mode == Some("awsvpc") && sized && fits {
        list.push("FARGATE");
    }
    if asked("EXTERNAL") {
        list.push("EXTERNAL");
    }
    if asked("MANAGED_INSTANCES") {
        list.push("MANAGED_INSTANCES");
    }
    list
}

/// What a container instance must offer; the agent announces these names.
pub(super) fn required_attributes(document: &Value) -> Vec<Value> {
    let containers = document
        .get("containerDefinitions")
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    let any = |member: &str| containers.iter().any(|container| container.get(member).is_some());
    let mut names = Vec::new();
    let drivers = containers
        .iter()
        .filter_map(|container| container.get("logConfiguration")?.get("logDriver")?.as_str());
    for driver in drivers {
        let name = format!("com.amazonaws.ecs.capability.logging-driver.{driver}");
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if any("logConfiguration") && document.get("executionRoleArn").is_some() {
        names.push("ecs.capability.execution-role-awslogs".to_owned());
    }
    names.push("com.amazonaws.ecs.capability.docker-remote-api.1.19".to_owned());
    if document.get("taskRoleArn").is_some() {
        names.push("com.amazonaws.ecs.capability.task-iam-role".to_owned());
    }
    if any("healthCheck") {
        names.push("ecs.capability.container-health-check".to_owned());
    }
    if any("secrets") {
        names.push("ecs.capability.secrets.asm.environment-variables".to_owned());
    }
    if document.get("networkMode").and_then(Value::as_str) == Some("awsvpc") {
        names.push("ecs.capability.task-eni".to_owned());
    }
    names.into_iter().map(|name| json!({"name": name})).collect()
}

/// "1 vCPU" and "2GB" are stored as units and MiB (R13, R17).
pub(crate) fn units(text: &str, suffixes: &[&str]) -> Option<i64> {
    let plain = text.trim().to_ascii_lowercase();
    for suffix in suffixes {
        if let Some(number) = plain.strip_suffix(suffix) {
            let number: f64 = number.trim().parse().ok()?;
            return (number.is_finite() && (0.0..1e6).contains(&number))
                .then_some((number * 1024.0) as i64);
        }
    }
    plain.parse().ok()
}
