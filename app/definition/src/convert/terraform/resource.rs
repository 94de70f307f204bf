//! The arguments of `aws_ecs_task_definition` as a task definition.

use serde_json::{Map, Value, json};

use crate::convert::fit;
use crate::convert::started::{Candidate, Notes};
use crate::document::Document;

/// Arguments that are Terraform's own business.
pub(super) const OWN: [&str; 16] = [
    "skip_destroy",
    "track_latest",
    "lifecycle",
    "provider",
    "depends_on",
    "timeouts",
    "provisioner",
    "connection",
    "id",
    "arn",
    "arn_without_revision",
    "revision",
    "tags_all",
    "region",
    "count",
    "for_each",
];

/// A task definition of its arguments.
pub(super) fn candidate(name: &str, values: Map<String, Value>, mut notes: Notes) -> Candidate {
    let mut document = Map::new();
    for (argument, value) in values {
        match argument.as_str() {
            argument if OWN.contains(&argument) => {}
            "container_definitions" => {
                if let Some(containers) = containers(&value, &mut notes) {
                    document.insert("containerDefinitions".into(), containers);
                }
            }
            "volume" => {
                let volumes = value.as_array().into_iter().flatten().map(volume).collect();
                document.insert("volumes".into(), volumes);
            }
            "inference_accelerator" => {
                document.insert("inferenceAccelerators".into(), value);
            }
            "tags" => {
                document.insert("tags".into(), tags(value, &mut notes));
            }
            _ => {
                document.insert(argument, value);
            }
        }
    }
    let value = Value::Object(without_nothing(document));
    let value = fit::task(&value, &fit::as_it_is, &mut notes);
    let mut left_out = notes.sorted();
    for note in &mut left_out {
        if let Some(path) = camel(&note.path) {
            note.path = path;
        }
    }
    let document = Document::new(value).unwrap_or_default();
    Candidate { title: name.to_owned(), document, left_out }
}

/// The containers are JSON in a text.
fn containers(value: &Value, notes: &mut Notes) -> Option<Value> {
    let text = match value {
        Value::String(text) => text,
        Value::Array(_) => return Some(value.clone()),
        _ => return None,
    };
    if text.starts_with("${") && text.ends_with('}') {
        // The note that the placeholder left tells where they are.
        return None;
    }
    match serde_json::from_str(text) {
        Ok(Value::Array(items)) => Some(Value::Array(items)),
        Ok(Value::Object(one)) => Some(json!([one])),
        _ => {
            notes.left_out(
                "containerDefinitions",
                "They are no JSON before Terraform has filled them in. Paste what terraform show -json prints, or their JSON.",
            );
            None
        }
    }
}

/// A volume with ECS's nesting and names.
fn volume(value: &Value) -> Value {
    let mut volume = Map::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        match name.as_str() {
            "host_path" if value.as_str().is_none_or(str::is_empty) => {}
            "host_path" => {
                volume.insert("host".into(), json!({"sourcePath": value}));
            }
            "configure_at_launch" => {
                if value != &json!(false) && !value.is_null() {
                    volume.insert("configuredAtLaunch".into(), value.clone());
                }
            }
            _ => {
                volume.insert(name.clone(), value.clone());
            }
        }
    }
    Value::Object(volume)
}

fn tags(value: Value, notes: &mut Notes) -> Value {
    match value {
        Value::Object(_) | Value::Null => value,
        _ => {
            notes.left_out("tags", "They are made by code. Add what you need of them.");
            Value::Null
        }
    }
}

/// A state has every argument, also those that say nothing.
fn without_nothing(members: Map<String, Value>) -> Map<String, Value> {
    let clean = |(name, value): (String, Value)| {
        let value = match value {
            Value::Object(members) if !is_map(&name) => Value::Object(without_nothing(members)),
            Value::Array(items) if name != "containerDefinitions" => {
                let item = |item| match item {
                    Value::Object(members) => Value::Object(without_nothing(members)),
                    other => other,
                };
                Value::Array(items.into_iter().map(item).collect())
            }
            other => other,
        };
        let nothing = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty() && name != "value",
            Value::Array(items) => items.is_empty() && name != "containerDefinitions",
            Value::Object(members) => members.is_empty(),
            Value::Number(number) => {
                number.as_i64() == Some(0) && name == "transit_encryption_port"
            }
            Value::Bool(truth) => !truth && name == "enable_fault_injection",
        };
        (!nothing).then_some((name, value))
    };
    members.into_iter().filter_map(clean).collect()
}

/// Whether names below a member are the author's own.
fn is_map(name: &str) -> bool {
    matches!(name, "tags" | "driver_opts" | "labels" | "properties")
}

/// A path of arguments as a path of the document.
fn camel(path: &str) -> Option<String> {
    let step = |step: &str| {
        let mut words = step.split('_');
        let first = words.next().unwrap_or_default().to_owned();
        words.fold(first, |mut name, word| {
            let mut letters = word.chars();
            name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
            name.push_str(letters.as_str());
            name
        })
    };
    path.contains('_').then(|| path.split('.').map(step).collect::<Vec<_>>().join("."))
}
