//! The functions of Terraform that task definitions are written with and that need nothing from
//! outside the code.

use hcl::expr::FuncCall;
use serde_json::{Map, Value, json};

use super::evaluate::{Evaluation, text_of};

/// What a call is worth; `None` when it needs more than the code.
pub(super) fn call(call: &FuncCall, evaluation: &mut Evaluation) -> Option<Value> {
    if call.name.is_namespaced() {
        return None;
    }
    let name = call.name.name.as_str();
    // Text of JSON keeps its placeholders inside; every other function wants to know its arguments.
    if name == "jsonencode" {
        let value = evaluation.known(call.args.first()?)?;
        return Some(Value::String(value.to_string()));
    }
    let mut arguments = Vec::new();
    for argument in &call.args {
        match evaluation.known(argument) {
            Some(value) => arguments.push(value),
            None if matches!(name, "coalesce" | "try" | "lookup") => {}
            None => return None,
        }
    }
    if call.expand_final {
        match arguments.pop()? {
            Value::Array(items) => arguments.extend(items),
            _ => return None,
        }
    }
    of(name, &arguments)
}

fn of(name: &str, arguments: &[Value]) -> Option<Value> {
    let first = || arguments.first();
    let text = |at: usize| arguments.get(at).and_then(Value::as_str);
    Some(match name {
        "jsondecode" => serde_json::from_str(text(0)?).ok()?,
        "tostring" => json!(text_of(first()?)),
        "tonumber" => match first()? {
            Value::String(text) => serde_json::from_str::<serde_json::Number>(text).ok()?.into(),
            other => other.clone(),
        },
        "tobool" => json!(text_of(first()?) == "true"),
        "tolist" | "toset" | "tomap" | "nonsensitive" | "sensitive" | "try" => first()?.clone(),
        "upper" => json!(text(0)?.to_uppercase()),
        "lower" => json!(text(0)?.to_lowercase()),
        "trimspace" => json!(text(0)?.trim()),
        "replace" => json!(text(0)?.replace(text(1)?, text(2)?)),
        "split" => text(1)?.split(text(0)?).map(Value::from).collect(),
        "join" => {
            let items = arguments.get(1)?.as_array()?;
            json!(items.iter().map(text_of).collect::<Vec<_>>().join(text(0)?))
        }
        "length" => match first()? {
            Value::Array(items) => json!(items.len()),
            Value::Object(members) => json!(members.len()),
            Value::String(text) => json!(text.chars().count()),
            _ => return None,
        },
        "coalesce" => {
            arguments.iter().find(|one| !one.is_null() && one.as_str() != Some(""))?.clone()
        }
        "compact" => {
            let items = first()?.as_array()?.iter();
            items.filter(|one| !one.is_null() && one.as_str() != Some("")).cloned().collect()
        }
        "concat" => {
            let lists: Option<Vec<_>> = arguments.iter().map(Value::as_array).collect();
            lists?.into_iter().flatten().cloned().collect()
        }
        "flatten" => Value::Array(flat(first()?.as_array()?)),
        "merge" => {
            let mut merged = Map::new();
            for one in arguments {
                merged.extend(one.as_object()?.clone());
            }
            Value::Object(merged)
        }
        "keys" => first()?.as_object()?.keys().cloned().map(Value::from).collect(),
        "values" => first()?.as_object()?.values().cloned().collect(),
        "lookup" => first()?.get(text(1)?).or_else(|| arguments.get(2))?.clone(),
        "element" => {
            let items = first()?.as_array().filter(|items| !items.is_empty())?;
            let place = usize::try_from(arguments.get(1)?.as_u64()?).ok()?;
            items.get(place % items.len())?.clone()
        }
        "format" => json!(format_text(text(0)?, arguments.get(1..)?)?),
        _ => return None,
    })
}

fn flat(items: &[Value]) -> Vec<Value> {
    let each = |item: &Value| match item {
        Value::Array(inner) => flat(inner),
        other => vec![other.clone()],
    };
    items.iter().flat_map(each).collect()
}

/// `format` with plain `%s`, `%d` and `%v`.
fn format_text(pattern: &str, arguments: &[Value]) -> Option<String> {
    let (mut text, mut arguments) = (String::new(), arguments.iter());
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        match letters.next()? {
            '%' => text.push('%'),
            's' | 'd' | 'v' => text.push_str(&text_of(arguments.next()?)),
            _ => return None,
        }
    }
    Some(text)
}
