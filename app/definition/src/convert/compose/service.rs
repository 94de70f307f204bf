//! A service of a Compose file as a container.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::limits;
use crate::convert::docker::{self, Task};

type Container = Map<String, Value>;

/// The container of a service. `names` has the container of each service.
pub(super) fn container(
    name: &str,
    service: &Value,
    names: &BTreeMap<String, String>,
    task: &mut Task,
) -> Container {
    let mut container = Map::new();
    let own = names.get(name).cloned().unwrap_or_else(|| docker::name_of(name));
    container.insert("name".into(), json!(own));
    container.insert("image".into(), json!(text(service.get("image"))));
    container.insert("essential".into(), json!(true));
    if service.get("image").is_none() {
        task.notes.open(
            task.path("image"),
            format!(
                "{name} is built from source. Push its image to a registry and write its address."
            ),
        );
    }
    for (member, value) in service.as_object().into_iter().flatten() {
        if !value.is_null() {
            put(member, value, names, &mut container, task);
        }
    }
    container
}

fn put(
    member: &str,
    value: &Value,
    names: &BTreeMap<String, String>,
    container: &mut Container,
    task: &mut Task,
) {
    let mut set = |name: &str, value: Value| {
        container.insert(name.to_owned(), value);
    };
    match member {
        "image" | "container_name" => {}
        "command" => set("command", words(value)),
        "entrypoint" => set("entryPoint", words(value)),
        "user" => set("user", json!(text(Some(value)))),
        "working_dir" => set("workingDirectory", json!(text(Some(value)))),
        "hostname" => set("hostname", json!(text(Some(value)))),
        "tty" => set("pseudoTerminal", value.clone()),
        "stdin_open" => set("interactive", value.clone()),
        "read_only" => set("readonlyRootFilesystem", value.clone()),
        "environment" => environment(value, container, task),
        "labels" => set("dockerLabels", map_of(value)),
        "ports" | "expose" => ports(value, container, task),
        "volumes" => volumes(value, container, task),
        "depends_on" => depends_on(value, names, container),
        "healthcheck" => health(value, container, task),
        "logging" => logging(value, container, task),
        "restart" => restart(&text(Some(value)), container),
        "links" => links(value, names, container, task),
        "stop_grace_period" => {
            if let Some(seconds) = docker::seconds(&text(Some(value))) {
                set("stopTimeout", json!(seconds));
            }
        }
        _ => limits::put(member, value, container, task),
    }
}

/// A scalar as text.
pub(super) fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// Items of a list, or the one that stands alone.
pub(super) fn items(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

/// A list of words, or a line that is split as a shell does.
pub(super) fn words(value: &Value) -> Value {
    match value {
        Value::String(line) => {
            json!(crate::convert::docker_run::line_words(line))
        }
        other => items(other).into_iter().map(|item| json!(text(Some(item)))).collect(),
    }
}

/// Names with values, from a map or from a list of `NAME=value`.
pub(super) fn pairs(value: &Value) -> Vec<(String, Option<String>)> {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), (!value.is_null()).then(|| text(Some(value)))))
            .collect(),
        other => items(other)
            .into_iter()
            .map(|item| match text(Some(item)).split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (text(Some(item)), None),
            })
            .collect(),
    }
}

fn map_of(value: &Value) -> Value {
    let pair = |(name, value): (String, Option<String>)| (name, json!(value.unwrap_or_default()));
    Value::Object(pairs(value).into_iter().map(pair).collect())
}

fn environment(value: &Value, container: &mut Container, task: &mut Task) {
    let mut variables = Vec::new();
    for (name, value) in pairs(value) {
        if value.is_none() {
            let path = format!("{}.{}.value", task.path("environment"), variables.len());
            task.notes.open(
                path,
                format!("{name} came from the machine's own environment. Write its value."),
            );
        }
        variables.push(json!({"name": name, "value": value.unwrap_or_default()}));
    }
    container.insert("environment".into(), json!(variables));
}

/// Ports that are published or exposed.
fn ports(value: &Value, container: &mut Container, task: &mut Task) {
    for port in items(value) {
        let found = match port {
            Value::Object(long) => long_port(long),
            short => docker::port(&text(Some(short))),
        };
        match found {
            Some(found) => task.publish(container, found),
            None => task.notes.left_out(
                task.path("portMappings"),
                format!("{} is no port such as 8080:80.", text(Some(port))),
            ),
        }
    }
}

/// A port in the long form; its name is its name here too.
fn long_port(long: &Map<String, Value>) -> Option<docker::Port> {
    let of = |member: &str| text(long.get(member));
    let (host, published, target) = (of("host_ip"), of("published"), of("target"));
    let protocol = match of("protocol") {
        none if none.is_empty() => "tcp".to_owned(),
        protocol => protocol,
    };
    let mut port = docker::port(&format!("{host}:{published}:{target}/{protocol}"))?;
    if port.mapping.contains_key("containerPort")
        && let Some(name) = long.get("name").and_then(Value::as_str)
    {
        port.mapping.insert("name".into(), json!(docker::name_of(&name.to_lowercase())));
        if let Some(spoken @ ("http" | "http2" | "grpc")) =
            long.get("app_protocol").and_then(Value::as_str)
        {
            port.mapping.insert("appProtocol".into(), json!(spoken));
        }
    }
    Some(port)
}

/// Adds items to a list.
pub(super) fn add(container: &mut Container, member: &str, new: Vec<Value>) {
    if new.is_empty() {
        return;
    }
    if let Value::Array(items) = container.entry(member).or_insert_with(|| json!([])) {
        items.extend(new);
    }
}

fn volumes(value: &Value, container: &mut Container, task: &mut Task) {
    for volume in items(value) {
        let Value::Object(long) = volume else {
            let short = text(Some(volume));
            let (source, target, read_only) = docker::mount_parts(&short);
            task.mount(container, source, target, read_only);
            continue;
        };
        let target = text(long.get("target"));
        if long.get("type").and_then(Value::as_str) == Some("tmpfs") {
            let size = long.get("tmpfs").map(|tmpfs| text(tmpfs.get("size"))).unwrap_or_default();
            let size = if size.is_empty() { size } else { format!(":size={size}") };
            limits::tmpfs(&format!("{target}{size}"), container);
            continue;
        }
        let read_only = long.get("read_only").and_then(Value::as_bool).unwrap_or(false);
        task.mount(container, &text(long.get("source")), &target, read_only);
    }
}

fn depends_on(value: &Value, names: &BTreeMap<String, String>, container: &mut Container) {
    let named = |name: &str| names.get(name).cloned().unwrap_or_else(|| docker::name_of(name));
    let waits: Vec<Value> = match value {
        Value::Object(services) => services
            .iter()
            .map(|(name, how)| {
                let condition = match how.get("condition").and_then(Value::as_str) {
                    Some("service_healthy") => "HEALTHY",
                    Some("service_completed_successfully") => "SUCCESS",
                    _ => "START",
                };
                json!({"containerName": named(name), "condition": condition})
            })
            .collect(),
        other => items(other)
            .into_iter()
            .map(|name| json!({"containerName": named(&text(Some(name))), "condition": "START"}))
            .collect(),
    };
    add(container, "dependsOn", waits);
}

fn health(value: &Value, container: &mut Container, task: &mut Task) {
    let disabled = value.get("disable").and_then(Value::as_bool) == Some(true);
    let command = match value.get("test") {
        Some(Value::String(line)) => json!(["CMD-SHELL", line]),
        Some(list @ Value::Array(_)) => words(list),
        _ => Value::Null,
    };
    let first = command.get(0).and_then(Value::as_str);
    if disabled || first == Some("NONE") {
        return;
    }
    if !matches!(first, Some("CMD" | "CMD-SHELL")) {
        task.notes.left_out(
            task.path("healthCheck"),
            "It has no test; ECS does not know the check of an image. Write its command.",
        );
        return;
    }
    let mut check = json!({"command": command});
    for (written, member) in
        [("interval", "interval"), ("timeout", "timeout"), ("start_period", "startPeriod")]
    {
        if let Some(seconds) = docker::seconds(&text(value.get(written))) {
            check[member] = json!(seconds);
        }
    }
    if let Ok(retries) = text(value.get("retries")).parse::<i64>() {
        check["retries"] = json!(retries);
    }
    if value.get("start_interval").is_some() {
        task.notes.left_out(task.path("healthCheck"), "ECS has no start_interval.");
    }
    container.insert("healthCheck".into(), check);
}

fn logging(value: &Value, container: &mut Container, task: &mut Task) {
    let driver = text(value.get("driver"));
    match driver.as_str() {
        "awslogs" | "splunk" | "awsfirelens" => {}
        "fluentd" | "gelf" | "journald" | "syslog" => {
            task.ec2.insert(format!("the log driver {driver}"));
        }
        _ => {
            task.notes.left_out(
                task.path("logConfiguration"),
                format!(
                    "{} keeps logs on the machine. Add awslogs to see them in CloudWatch.",
                    if driver.is_empty() { "Docker's log driver" } else { &driver }
                ),
            );
            return;
        }
    }
    let mut logs = json!({"logDriver": driver});
    if let Some(options) = value.get("options") {
        logs["options"] = map_of(options);
    }
    container.insert("logConfiguration".into(), logs);
}

fn restart(policy: &str, container: &mut Container) {
    let policy = match policy.split(':').next().unwrap_or_default() {
        "always" | "unless-stopped" => json!({"enabled": true}),
        "on-failure" => json!({"enabled": true, "ignoredExitCodes": [0]}),
        _ => return,
    };
    container.insert("restartPolicy".into(), policy);
}

fn links(
    value: &Value,
    names: &BTreeMap<String, String>,
    container: &mut Container,
    task: &mut Task,
) {
    let link = |item: &Value| {
        let link = text(Some(item));
        let (service, alias) = link.split_once(':').unwrap_or((&link, &link));
        let own = names.get(service).map_or(service, String::as_str);
        if own == alias { json!(own) } else { json!(format!("{own}:{alias}")) }
    };
    add(container, "links", items(value).into_iter().map(link).collect());
    task.ec2.insert("links between containers".to_owned());
}
