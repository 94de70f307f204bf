//! Where a finding stands, in the words of a person.

use serde_json::Value;

use crate::document::Document;
use crate::schema;

/// A place in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whereabouts {
    /// The container or the volume; empty for the task as a whole.
    pub owner: String,
    /// The member as its field calls it, and its row: `Host port, row 2`.
    pub member: String,
}

impl Whereabouts {
    /// The words for a path of a document.
    pub fn of(document: &Document, path: &str) -> Self {
        let steps: Vec<&str> = path.split('.').collect();
        let (owner, inner) = match steps.as_slice() {
            ["containerDefinitions", place, inner @ ..] => {
                (named(document, "Container", "containerDefinitions", place), inner)
            }
            ["volumes", place, inner @ ..] => (named(document, "Volume", "volumes", place), inner),
            inner => (String::new(), inner),
        };
        let mut member = match schema::member(path) {
            Some(member) => member.label.to_owned(),
            None => label(inner),
        };
        let row = inner.iter().rev().find_map(|step| step.parse::<usize>().ok());
        if let Some(row) = row {
            member.push_str(&format!(", row {}", row.saturating_add(1)));
        }
        Self { owner, member }
    }
}

/// `Container app`, or by its place when it has no name yet.
fn named(document: &Document, noun: &str, list: &str, place: &str) -> String {
    let name = document.text_at(&format!("{list}.{place}.name"));
    if name.is_empty() {
        let place = place.parse::<usize>().map_or(0, |place| place.saturating_add(1));
        return format!("{noun} {place}");
    }
    format!("{noun} {name}")
}

/// A member that no field is for, from its own name: `portMappings` reads `Port mappings`.
fn label(steps: &[&str]) -> String {
    let own = steps.iter().rev().find(|step| step.parse::<usize>().is_err());
    match own.copied() {
        None => "As a whole".to_owned(),
        Some("containerDefinitions") => "Containers".to_owned(),
        // Names of options are the driver's own.
        Some(name) if name.contains(['-', '_']) => name.to_owned(),
        Some(name) => {
            let mut words = String::new();
            for (at, letter) in name.chars().enumerate() {
                if at == 0 {
                    words.extend(letter.to_uppercase());
                } else if letter.is_uppercase() {
                    words.push(' ');
                    words.extend(letter.to_lowercase());
                } else {
                    words.push(letter);
                }
            }
            words
        }
    }
}

/// Whether something stands at a path that a person entered: what is merely missing is not said
/// at a field that nobody has touched.
pub fn is_entered(document: &Document, path: &str) -> bool {
    match document.get(path) {
        None | Some(Value::Null) => false,
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(members)) => !members.is_empty(),
        Some(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Document {
        Document::new(json!({
            "family": "", "cpu": "256", "tags": [],
            "containerDefinitions": [
                {"name": "app", "portMappings": [{"containerPort": 80}]},
                {"image": "a"}
            ],
            "volumes": [{"name": "data"}]
        }))
        .unwrap()
    }

    #[test]
    fn paths_have_words() {
        for (path, owner, member) in [
            ("family", "", "Family"),
            ("containerDefinitions", "", "Containers"),
            ("containerDefinitions.0.image", "Container app", "Image"),
            ("containerDefinitions.1.image", "Container 2", "Image"),
            ("containerDefinitions.1", "Container 2", "As a whole"),
            ("containerDefinitions.0.portMappings.0.hostPort", "Container app", "Host port, row 1"),
            ("containerDefinitions.0.portMappings", "Container app", "Port mappings"),
            ("containerDefinitions.0.logConfiguration.options.x-y", "Container app", "x-y"),
            ("volumes.0.name", "Volume data", "Name"),
            ("volumes.7.name", "Volume 8", "Name"),
        ] {
            let Whereabouts { owner: own, member: its } = Whereabouts::of(&document(), path);
            assert_eq!((own.as_str(), its.as_str()), (owner, member), "{path}");
        }
    }

    #[test]
    fn what_is_missing_is_not_entered() {
        for (path, entered) in [
            ("family", false),
            ("memory", false),
            ("tags", false),
            ("cpu", true),
            ("containerDefinitions.0.portMappings.0.containerPort", true),
            ("containerDefinitions.0.portMappings.0.hostPort", false),
        ] {
            assert_eq!(is_entered(&document(), path), entered, "{path}");
        }
    }
}
