//! Where a change stands, in words and as a path.

use serde_json::Value;

use super::{Place, Step};
use crate::document::Document;

impl Place {
    /// The path in a document, such as `containerDefinitions.0.memory`. What is not there yet has a
    /// path when it can be put there; `None` when the way to it is gone.
    pub fn path(&self, document: &Document) -> Option<String> {
        let mut path = String::new();
        for step in &self.0 {
            let part = match step {
                Step::Member(name) => name.clone(),
                Step::Item { key, name } => {
                    let named = |item: &Value| match item.get(key) {
                        Some(Value::String(text)) => text == name,
                        Some(Value::Number(number)) => number.to_string() == *name,
                        _ => false,
                    };
                    document.items(&path).iter().position(named)?.to_string()
                }
            };
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&part);
        }
        Some(path)
    }

    /// In words: `memory of web`, `variable DEBUG of web`, `family`.
    pub fn words(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut list = None;
        for step in &self.0 {
            match step {
                Step::Member(name) => {
                    parts.push(name.clone());
                    list = Some(name.as_str());
                }
                Step::Item { name, .. } => {
                    let kind = list.and_then(noun);
                    // The list's own name says less than its item's.
                    parts.pop();
                    parts.push(kind.map_or(name.clone(), |kind| format!("{kind} {name}")));
                }
            }
        }
        // A container is known by its name where one of its parts is meant.
        let last = parts.len().saturating_sub(1);
        let bare = |(at, part): (usize, String)| match part.strip_prefix("container ") {
            Some(name) if at < last => name.to_owned(),
            _ => part,
        };
        let words: Vec<String> = parts.into_iter().enumerate().map(bare).rev().collect();
        if words.is_empty() { "the whole document".to_owned() } else { words.join(" of ") }
    }
}

/// What one item of a list is called.
fn noun(list: &str) -> Option<&'static str> {
    Some(match list {
        "containerDefinitions" => "container",
        "volumes" => "volume",
        "environment" => "variable",
        "secrets" => "secret",
        "tags" => "tag",
        "portMappings" => "port",
        "mountPoints" => "mount at",
        "dependsOn" => "dependency on",
        "ulimits" => "limit",
        _ => return None,
    })
}
