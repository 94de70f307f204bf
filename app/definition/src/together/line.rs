//! A container in one line, for a card that is folded.

use serde_json::Value;

use super::{items, text};

/// `nginx:1.27 · port 80 · 12 variables · 3 secrets · awslogs`.
pub fn line(container: &Value) -> String {
    let count = |list: &str, noun: &str| {
        let count = items(container, list).count();
        match count {
            0 => None,
            1 => Some(format!("1 {noun}")),
            _ => Some(format!("{count} {noun}s")),
        }
    };
    let ports: Vec<String> = items(container, "portMappings")
        .filter_map(|port| match text(port, "containerPortRange") {
            "" => port.get("containerPort").map(|port| port.to_string()),
            range => Some(range.to_owned()),
        })
        .collect();
    let ports = match ports.as_slice() {
        [] => None,
        [one] => Some(format!("port {one}")),
        [_, _] | [_, _, _] => Some(format!("ports {}", ports.join(", "))),
        more => Some(format!("{} ports", more.len())),
    };
    let image = Some(text(container, "image")).filter(|image| !image.is_empty());
    let driver = container.get("logConfiguration").map_or("", |log| text(log, "logDriver"));
    let waits: Vec<&str> =
        items(container, "dependsOn").map(|wait| text(wait, "containerName")).collect();
    let essential = container.get("essential").and_then(Value::as_bool).unwrap_or(true);
    [
        Some(image.unwrap_or("no image yet").to_owned()),
        (!essential).then(|| "not essential".to_owned()),
        ports,
        count("environment", "variable"),
        count("secrets", "secret"),
        count("mountPoints", "mount"),
        (!driver.is_empty()).then(|| driver.to_owned()),
        (!waits.is_empty()).then(|| format!("waits for {}", waits.join(", "))),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ")
}
