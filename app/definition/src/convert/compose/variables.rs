//! `${NAME:-default}` in a Compose file.

use serde_json::{Map, Value};

use crate::convert::fit::below;
use crate::convert::started::Notes;

/// The file with its variables filled in: by their default, or left as they are and noted.
pub(super) fn filled(value: &Value, path: &str, notes: &mut Notes) -> Value {
    match value {
        Value::String(text) if text.contains('$') => Value::String(fill(text, path, notes)),
        Value::Array(items) => {
            let item = |(place, item): (usize, &Value)| {
                filled(item, &below(path, &place.to_string()), notes)
            };
            items.iter().enumerate().map(item).collect()
        }
        Value::Object(members) => {
            let mut object = Map::new();
            for (name, value) in members {
                object.insert(name.clone(), filled(value, &below(path, name), notes));
            }
            Value::Object(object)
        }
        other => other.clone(),
    }
}

fn fill(text: &str, path: &str, notes: &mut Notes) -> String {
    let (mut filled, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('$') {
        filled.push_str(before);
        if let Some(after) = after.strip_prefix('$') {
            filled.push('$');
            rest = after;
        } else if let Some((inner, after)) = after.strip_prefix('{').and_then(braces) {
            filled.push_str(&variable(inner, path, notes));
            rest = after;
        } else {
            let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let (name, after) = after.split_at(end.unwrap_or(after.len()));
            if name.is_empty() {
                filled.push('$');
            } else {
                filled.push_str(&variable(name, path, notes));
            }
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

/// What stands before the brace that closes, and behind it; defaults may hold braces of their own.
fn braces(text: &str) -> Option<(&str, &str)> {
    let mut depth = 1_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&text[..at], &text[at + 1..]));
        }
    }
    None
}

fn variable(inner: &str, path: &str, notes: &mut Notes) -> String {
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inner.len());
    let (name, how) = inner.split_at(end);
    let default = how.strip_prefix(":-").or_else(|| how.strip_prefix('-'));
    if let Some(default) = default {
        return fill(default, path, notes);
    }
    if how.starts_with(":+") || how.starts_with('+') {
        return String::new();
    }
    notes.open(path, format!("The variable {name} has no default in this file. Write its value."));
    format!("${{{name}}}")
}
