//! A value as YAML that every reader understands alike: what could be taken for something else
//! stands in quotes.

use serde_json::Value;

/// The text of a value.
pub(super) fn text(value: &Value) -> String {
    let mut text = String::new();
    write(value, 0, &mut text);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text.trim_start_matches('\n').to_owned()
}

fn write(value: &Value, indent: usize, text: &mut String) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (at, (name, value)) in members.iter().enumerate() {
                // The first member of an item stands behind its hyphen.
                if at > 0 || !text.ends_with("- ") {
                    line(indent, text);
                }
                text.push_str(&scalar(name));
                text.push(':');
                below(value, indent, text);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                line(indent, text);
                text.push_str("- ");
                write(item, indent + 1, text);
            }
        }
        Value::String(word) => text.push_str(&scalar(word)),
        other => text.push_str(&other.to_string()),
    }
}

fn below(value: &Value, indent: usize, text: &mut String) {
    let is_empty = match value {
        Value::Object(members) => members.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => true,
    };
    if is_empty {
        text.push(' ');
    }
    write(value, indent + 1, text);
}

fn line(indent: usize, text: &mut String) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.extend(std::iter::repeat_n("  ", indent));
}

/// A text as it is when nobody can take it for anything else, in quotes otherwise.
fn scalar(word: &str) -> String {
    let starts_plain = word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
    let lower = word.to_ascii_lowercase();
    let means_more = matches!(
        lower.as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n"
    );
    if starts_plain && word.chars().all(plain) && !means_more {
        return word.to_owned();
    }
    quoted(word)
}

/// In double quotes, with everything but plain letters escaped where readers differ.
fn quoted(word: &str) -> String {
    let mut text = String::from('"');
    for letter in word.chars() {
        match letter {
            '"' | '\\' => text.extend(['\\', letter]),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            '\r' => text.push_str("\\r"),
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                text.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            letter if letter.is_control() => {
                text.push_str(&format!("\\x{:02x}", u32::from(letter)))
            }
            letter => text.push(letter),
        }
    }
    text.push('"');
    text
}
