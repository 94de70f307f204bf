//! Which containers a container may wait for, and until what.

use serde_json::Value;

use super::{containers, text};
use crate::document::Document;

/// The containers that the one at `place` could wait for: all others that have a name, each with
/// whether that would close a circle.
pub fn waits_for(document: &Document, place: usize) -> Vec<(String, bool)> {
    let all = containers(document);
    let own = all.get(place).map_or("", |container| text(container, "name"));
    let named = all.iter().enumerate().filter(|(at, container)| {
        *at != place && !matches!(text(container, "name"), name if name.is_empty() || name == own)
    });
    named
        .map(|(_, container)| {
            let name = text(container, "name");
            (name.to_owned(), depends_on(all, name, own))
        })
        .collect()
}

/// Whether a container waits for another, straight or by way of others.
fn depends_on(all: &[Value], from: &str, to: &str) -> bool {
    let mut open = vec![from];
    let mut seen = vec![from];
    while let Some(at) = open.pop() {
        let Some(container) = all.iter().find(|container| text(container, "name") == at) else {
            continue;
        };
        for wait in super::items(container, "dependsOn") {
            let next = text(wait, "containerName");
            if next == to {
                return true;
            }
            if !seen.contains(&next) {
                seen.push(next);
                open.push(next);
            }
        }
    }
    false
}

/// Why a container can't be waited for until a condition; none when it can.
pub fn condition_excluded(document: &Document, target: &str, condition: &str) -> Option<String> {
    let container = containers(document).iter().find(|one| text(one, "name") == target)?;
    let essential = container.get("essential").and_then(Value::as_bool).unwrap_or(true);
    let check = container.get("healthCheck").is_some_and(|check| !check.is_null());
    match condition {
        // R126
        "HEALTHY" if !check => Some(format!("{target} has no health check")),
        // R125
        "COMPLETE" | "SUCCESS" if essential => {
            Some(format!("{target} is essential: its end ends the task"))
        }
        _ => None,
    }
}
