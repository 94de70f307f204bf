//! Gives a value the members and types that ECS's API has: other tools write the same task
//! definition with capitals or underscores, numbers as text and text as numbers.

use serde_json::{Map, Value, json};

use super::started::Notes;
use crate::rules::{Shape, TASK};

/// Finds out what a value stands for, at its path of the document; `None` takes it away.
pub(super) type Resolve<'a> = &'a dyn Fn(&Value, &str, &mut Notes) -> Option<Value>;

/// A value that stands for itself.
pub(super) fn as_it_is(value: &Value, _: &str, _: &mut Notes) -> Option<Value> {
    (!value.is_null()).then(|| value.clone())
}

/// The whole task definition.
pub(super) fn task(value: &Value, resolve: Resolve, notes: &mut Notes) -> Value {
    fit(value, Some(&TASK), "", resolve, notes).unwrap_or_default()
}

fn fit(
    value: &Value,
    shape: Option<&Shape>,
    path: &str,
    resolve: Resolve,
    notes: &mut Notes,
) -> Option<Value> {
    let value = resolve(value, path, notes)?;
    Some(match (shape, value) {
        (Some(Shape::Text), Value::Number(number)) => Value::String(whole(number).to_string()),
        (Some(Shape::Text), Value::Bool(truth)) => Value::String(truth.to_string()),
        (Some(Shape::Number), Value::String(text)) => number(text),
        (Some(Shape::Number), Value::Number(number)) => whole(number),
        (Some(Shape::Truth), Value::String(text)) => truth(text),
        (Some(Shape::List(inner)), Value::Array(items)) => {
            list(&items, Some(inner), path, resolve, notes)
        }
        (Some(Shape::List(inner @ Shape::Object(_))), Value::Object(members))
            if member(inner, "value").is_some() =>
        {
            pairs(&members, inner, path, resolve, notes)
        }
        (Some(Shape::List(inner)), Value::Object(members)) => {
            list(&[Value::Object(members)], Some(inner), path, resolve, notes)
        }
        (Some(Shape::Texts), Value::Object(members)) => {
            object(&members, |_| (None, Some(&Shape::Text)), path, resolve, notes)
        }
        // Terraform writes a single object as a list of one.
        (Some(shape @ Shape::Object(_)), Value::Array(items)) if items.len() == 1 => {
            fit(&items[0], Some(shape), path, resolve, notes)?
        }
        (Some(shape @ Shape::Object(_)), Value::Object(members)) => {
            let name = |name: &str| match member(shape, name) {
                Some((known, shape)) => (Some(known.to_owned()), Some(shape)),
                None => (Some(lowered(name)), None),
            };
            object(&members, name, path, resolve, notes)
        }
        (None, Value::Object(members)) => object(&members, |_| (None, None), path, resolve, notes),
        (None, Value::Array(items)) => list(&items, None, path, resolve, notes),
        (_, value) => value,
    })
}

fn object<'a>(
    members: &Map<String, Value>,
    name: impl Fn(&str) -> (Option<String>, Option<&'a Shape>),
    path: &str,
    resolve: Resolve,
    notes: &mut Notes,
) -> Value {
    let mut fitted = Map::new();
    for (written, value) in members {
        let (known, shape) = name(written);
        let known = known.unwrap_or_else(|| written.clone());
        let path = below(path, &known);
        if let Some(value) = fit(value, shape, &path, resolve, notes) {
            fitted.insert(known, value);
        }
    }
    Value::Object(fitted)
}

fn list(
    items: &[Value],
    shape: Option<&Shape>,
    path: &str,
    resolve: Resolve,
    notes: &mut Notes,
) -> Value {
    let mut fitted = Vec::new();
    for item in items {
        let path = below(path, &fitted.len().to_string());
        fitted.extend(fit(item, shape, &path, resolve, notes));
    }
    Value::Array(fitted)
}

/// Names and values that were written as an object.
fn pairs(
    members: &Map<String, Value>,
    shape: &Shape,
    path: &str,
    resolve: Resolve,
    notes: &mut Notes,
) -> Value {
    let key = ["name", "key", "namespace"].into_iter().find(|key| {
        matches!(shape, Shape::Object(members) if members.iter().any(|(name, _)| name == key))
    });
    // An object that has these members already is one item.
    let is_item = members.keys().any(|name| normal(name) == key.unwrap_or("name"));
    let items: Vec<Value> = if is_item {
        vec![Value::Object(members.clone())]
    } else {
        let pair =
            |(name, value): (&String, &Value)| json!({key.unwrap_or("name"): name, "value": value});
        members.iter().map(pair).collect()
    };
    list(&items, Some(shape), path, resolve, notes)
}

/// The member of an object that a name means, however it is written.
fn member<'a>(shape: &'a Shape, name: &str) -> Option<(&'static str, &'a Shape)> {
    let Shape::Object(members) = shape else { return None };
    let wanted = normal(name);
    let exact = members.iter().find(|(known, _)| *known == name);
    let found = exact.or_else(|| members.iter().find(|(known, _)| normal(known) == wanted));
    // CloudFormation has a name of its own for these.
    let found = found.or_else(|| {
        let other = (wanted == "proxyconfigurationproperties").then_some("properties")?;
        members.iter().find(|(known, _)| *known == other)
    });
    found.map(|(known, shape)| (*known, shape))
}

/// A name without what differs between ways of writing it.
pub(super) fn normal(name: &str) -> String {
    name.chars().filter(|c| *c != '_' && *c != '-').flat_map(char::to_lowercase).collect()
}

/// An unknown name as ECS would write it.
fn lowered(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

pub(super) fn below(path: &str, step: &str) -> String {
    if path.is_empty() { step.to_owned() } else { format!("{path}.{step}") }
}

fn number(text: String) -> Value {
    text.trim().parse::<i64>().map_or(Value::String(text), |number| json!(number))
}

/// A whole number that was written with a point.
fn whole(number: serde_json::Number) -> Value {
    match number.as_f64() {
        Some(float) if !number.is_i64() && !number.is_u64() && float.fract() == 0.0 => {
            json!(float as i64)
        }
        _ => Value::Number(number),
    }
}

fn truth(text: String) -> Value {
    match text.to_lowercase().as_str() {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => Value::String(text),
    }
}
