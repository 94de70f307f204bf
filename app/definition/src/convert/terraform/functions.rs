//! The functions of Terraform that task definitions are written with and that need nothing from
//! outside the code.

use hcl::Expression;
use hcl::expr::FuncCall;
use serde_json::{Map, Value, json};

use super::evaluate::{Evaluation, Lack, at, text_of};
use super::scope::Scope;

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
    if !call.expand_final && matches!(name, "try" | "coalesce" | "lookup") {
        return in_turn(name, &call.args, evaluation);
    }
    let arguments = call.args.iter().map(|argument| evaluation.known(argument));
    let mut arguments: Vec<Value> = arguments.collect::<Option<_>>()?;
    if call.expand_final {
        match arguments.pop()? {
            Value::Array(items) => arguments.extend(items),
            _ => return None,
        }
    }
    of(name, &arguments, evaluation.scope)
}

/// Functions that need only some of their arguments: one that is not known matters when it is its
/// turn to decide.
fn in_turn(name: &str, arguments: &[Expression], evaluation: &mut Evaluation) -> Option<Value> {
    match name {
        "try" => arguments
            .iter()
            .map(|argument| evaluation.tried(argument))
            .find(|found| *found != Err(Lack::Missing))?
            .ok(),
        "coalesce" => arguments
            .iter()
            .map(|argument| evaluation.known(argument))
            .find(|found| !found.as_ref().is_some_and(says_nothing))?,
        _ => {
            let [map, key, default @ ..] = arguments else { return None };
            let (map, key) = (evaluation.known(map)?, evaluation.known(key)?);
            match at(&map, &key) {
                Ok(value) => Some(value.clone()),
                Err(Lack::Missing) => evaluation.known(default.first()?),
                Err(Lack::Unknown) => None,
            }
        }
    }
}

fn of(name: &str, arguments: &[Value], scope: &Scope) -> Option<Value> {
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
        "tolist" | "toset" | "tomap" | "nonsensitive" | "sensitive" => first()?.clone(),
        "upper" => json!(text(0)?.to_uppercase()),
        "lower" => json!(text(0)?.to_lowercase()),
        "trimspace" => json!(text(0)?.trim()),
        "replace" => {
            let (whole, old, new) = (text(0)?, text(1)?, text(2)?);
            // Between slashes stands a regular expression.
            if old.len() > 1 && old.starts_with('/') && old.ends_with('/') {
                return None;
            }
            scope.spend(whole.matches(old).count().saturating_mul(new.len()))?;
            json!(whole.replace(old, new))
        }
        "split" => text(1)?.split(text(0)?).map(Value::from).collect(),
        "join" => {
            let items = arguments.get(1)?.as_array()?;
            scope.spend(items.len().saturating_mul(text(0)?.len()))?;
            json!(items.iter().map(text_of).collect::<Vec<_>>().join(text(0)?))
        }
        "length" => match first()? {
            Value::Array(items) => json!(items.len()),
            Value::Object(members) => json!(members.len()),
            Value::String(text) => json!(text.chars().count()),
            _ => return None,
        },
        "coalesce" => arguments.iter().find(|one| !says_nothing(one))?.clone(),
        "compact" => {
            let items = first()?.as_array()?.iter();
            items.filter(|one| !says_nothing(one)).cloned().collect()
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
        "element" => {
            let items = first()?.as_array().filter(|items| !items.is_empty())?;
            let place = usize::try_from(arguments.get(1)?.as_u64()?).ok()?;
            items.get(place % items.len())?.clone()
        }
        "format" => json!(format_text(text(0)?, arguments.get(1..)?)?),
        _ => return None,
    })
}

fn says_nothing(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
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
