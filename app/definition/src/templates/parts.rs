//! What templates and sidecars are made of.

use serde_json::{Map, Value, json};

use super::Beginning;

/// An essential container with its logs in CloudWatch.
pub(super) fn container(name: &str, image: &str, beginning: &Beginning) -> Value {
    json!({
        "name": name,
        "image": image,
        "essential": true,
        "logConfiguration": awslogs(beginning, name)
    })
}

/// Logs in a group of the family. The group is made when it is missing, which the execution role
/// must be allowed to do.
pub(super) fn awslogs(beginning: &Beginning, prefix: &str) -> Value {
    let family = if beginning.family.is_empty() { "app" } else { &beginning.family };
    let mut options = Map::new();
    options.insert("awslogs-group".into(), json!(format!("/ecs/{family}")));
    if !beginning.region.is_empty() {
        options.insert("awslogs-region".into(), json!(beginning.region));
    }
    options.insert("awslogs-stream-prefix".into(), json!(prefix));
    options.insert("awslogs-create-group".into(), json!("true"));
    // A blocked log must not block the program.
    options.insert("mode".into(), json!("non-blocking"));
    json!({"logDriver": "awslogs", "options": options})
}

/// A variable.
pub(super) fn variable(name: &str, value: &str) -> Value {
    json!({"name": name, "value": value})
}
