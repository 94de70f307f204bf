//! JSON of ECS's own: what one registers, what ECS answers, only the containers, and what older
//! SDKs print with capitals.

use serde_json::{Map, Value, json};

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
        notes.left_out("", "Members of the skeleton that were not filled in.");
        without_blanks(value)
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

/// Whether a value comes from `--generate-cli-skeleton`: a family that says nothing among members
/// that say nothing.
fn is_skeleton(value: &Value) -> bool {
    let Some(members) = value.as_object() else { return false };
    let blank = |name: &str| members.get(name).is_some_and(|value| value == &json!(""));
    blank("taskRoleArn")
        && blank("executionRoleArn")
        && members.contains_key("placementConstraints")
}

/// Takes away empty texts, zeros and what is empty for that reason.
fn without_blanks(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: Map<String, Value> = members
                .into_iter()
                .map(|(name, value)| (name, without_blanks(value)))
                .filter(|(_, value)| !is_blank(value))
                .collect();
            Value::Object(members)
        }
        Value::Array(items) => {
            let items = items.into_iter().map(without_blanks).filter(|item| !is_blank(item));
            Value::Array(items.collect())
        }
        other => other,
    }
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
