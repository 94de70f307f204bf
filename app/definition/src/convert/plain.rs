//! JSON of ECS's own: what one registers, what ECS answers, only the containers, and what older
//! SDKs print with capitals.

use serde_json::{Value, json};

use super::fit;
use super::recognise::plain_kind;
use super::started::{Candidate, Kind, Notes, Started, Trouble};
use crate::document::Document;
use crate::import::{Unreadable, import_reading, import_value};

/// Reads JSON that is a task definition, or a part of one.
///
/// # Errors
/// [`Trouble`] with the place in the text, when it is no such JSON.
pub fn read_plain(text: &str) -> Result<Started, Trouble> {
    let reading = crate::text::read(text);
    if !reading.troubles.is_empty() {
        let error = import_reading(text, &reading).err();
        return Err(error.map_or_else(nothing_known, trouble));
    }
    let value = reading.root.value();
    let kind = plain_kind(&value).ok_or_else(nothing_known)?;
    started(kind, value)
}

fn trouble(error: Unreadable) -> Trouble {
    let mut said = error.said;
    if !said.ends_with('.') {
        said.push('.');
    }
    Trouble {
        line: error.line,
        column: error.column,
        said: format!("This can't be read as JSON: {said}"),
    }
}

fn nothing_known() -> Trouble {
    Trouble::whole(
        "This JSON is no task definition: it has neither a family nor containerDefinitions.",
    )
}

/// A task definition of a value whose kind is known.
pub(super) fn started(kind: Kind, value: Value) -> Result<Started, Trouble> {
    let mut notes = Notes::default();
    let value = match kind {
        Kind::Containers => json!({"containerDefinitions": as_list(value)}),
        Kind::Capitals => {
            notes.changed(
                "",
                "Its members were written with capitals; ECS's API has small letters.",
            );
            value
        }
        _ => value,
    };
    let value = unwrapped(value);
    // A skeleton of the AWS CLI has every member, most of them with nothing in it.
    let value = if is_skeleton(&value) {
        let mut removed = Vec::new();
        let value = filled(value, "", &mut removed).unwrap_or_default();
        let removed = removed.join(", ");
        notes.left_out("", format!("Members of the skeleton that were not filled in: {removed}."));
        value
    } else {
        value
    };
    let imported = import_value(value).map_err(trouble)?;
    for name in imported.left_out {
        notes.left_out(name, "Only a description has it.");
    }
    let value = fit::task(imported.document.value(), &fit::as_it_is, &mut notes);
    super::marks::note_in(&value, "", &mut notes);
    let document = Document::new(value).ok_or_else(nothing_known)?;
    let title = match document.text_at("family") {
        family if family.is_empty() => "Task definition".to_owned(),
        family => family,
    };
    let documents = vec![Candidate { title, document, left_out: notes.sorted() }];
    Ok(Started { kind, documents })
}

/// Containers, whether they stand in a list or one alone.
fn as_list(value: Value) -> Value {
    match value {
        Value::Array(_) => value,
        one => json!([one]),
    }
}

/// A description carries its task definition inside; tags stand beside it.
fn unwrapped(value: Value) -> Value {
    let Value::Object(mut members) = value else { return value };
    let inner = members.keys().find(|name| fit::normal(name) == "taskdefinition").cloned();
    if let Some(inner) = inner {
        let described = members.shift_remove(&inner).unwrap_or_default();
        members.insert("taskDefinition".to_owned(), small(described));
        if let Some(tags) = members.shift_remove("Tags") {
            members.insert("tags".to_owned(), tags);
        }
        return Value::Object(members);
    }
    small(Value::Object(members))
}

/// The first letters of an object's own names made small, so that read-only members are known.
fn small(value: Value) -> Value {
    let Value::Object(members) = value else { return value };
    let lower = |(name, value): (String, Value)| {
        let mut letters = name.chars();
        let first = letters.next().map(|letter| letter.to_ascii_lowercase());
        (first.into_iter().chain(letters).collect::<String>(), value)
    };
    Value::Object(members.into_iter().map(lower).collect())
}

/// Whether a value comes from `--generate-cli-skeleton`: it has members that nobody leaves empty by
/// hand, and something in it has no name yet.
fn is_skeleton(value: &Value) -> bool {
    says_nothing(value, "taskRoleArn")
        && says_nothing(value, "executionRoleArn")
        && value.get("placementConstraints").is_some()
        && (says_nothing(value, "family") || has_nameless(value))
}

fn says_nothing(value: &Value, member: &str) -> bool {
    value.get(member).and_then(Value::as_str) == Some("")
}

/// Whether an item of a list is there without the name or the image that it can't be without.
fn has_nameless(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.values().any(has_nameless),
        Value::Array(items) => items.iter().any(|item| {
            says_nothing(item, "name") || says_nothing(item, "image") || has_nameless(item)
        }),
        _ => false,
    }
}

/// What of a value says something: no empty texts, no zeros and nothing that is empty for that
/// reason. The paths of the rest go to `removed`.
fn filled(value: Value, path: &str, removed: &mut Vec<String>) -> Option<Value> {
    let before = removed.len();
    let kept = match value {
        Value::Object(members) => {
            let named = ["name", "key"].iter().any(|name| {
                members.get(*name).and_then(Value::as_str).is_some_and(|name| !name.is_empty())
            });
            let member = |(name, value): (String, Value)| {
                let is_whole = match name.as_str() {
                    // An empty word or a zero is an item like others there.
                    "command" | "entryPoint" | "ignoredExitCodes" => {
                        value != json!([""]) && !is_blank(&value)
                    }
                    "value" => named,
                    _ => false,
                };
                let value = if is_whole {
                    value
                } else {
                    filled(value, &fit::below(path, &name), removed)?
                };
                Some((name, value))
            };
            Value::Object(members.into_iter().filter_map(member).collect())
        }
        Value::Array(items) => {
            let item = |(place, item): (usize, Value)| {
                filled(item, &fit::below(path, &place.to_string()), removed)
            };
            Value::Array(items.into_iter().enumerate().filter_map(item).collect())
        }
        other => other,
    };
    if is_blank(&kept) {
        removed.truncate(before);
        removed.push(path.to_owned());
        return None;
    }
    Some(kept)
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_i64() == Some(0),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) => false,
    }
}
