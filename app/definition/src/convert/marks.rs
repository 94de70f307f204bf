//! Marks of templates: places that another program fills in before the text is what it will be.

use serde_json::Value;

use super::fit::below;
use super::started::Notes;

/// The first mark that keeps a text from being read, with its line (from 1) and the mark itself:
/// `{{ }}` and `{% %}` anywhere, the others outside of texts in quotes.
pub(super) fn first(text: &str) -> Option<(usize, String)> {
    text.lines().enumerate().find_map(|(at, line)| {
        let anywhere = ["{{", "{%", "<%"].iter().filter_map(|mark| line.find(mark)).min();
        let place = anywhere.or_else(|| outside_quotes(line))?;
        let mark: String =
            line[place..].chars().take_while(|c| !",\"".contains(*c)).take(40).collect();
        Some((at + 1, mark.trim_end().to_owned()))
    })
}

/// Where a line has `$NAME`, `${NAME}`, `<NAME>`, `%s` or `@NAME@` outside of its quotes.
fn outside_quotes(line: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    let bytes = line.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'$' if !quoted && (next == b'{' || next.is_ascii_alphabetic()) => return Some(at),
            b'<' | b'@' if !quoted && next.is_ascii_uppercase() => return Some(at),
            b'%' if !quoted && next.is_ascii_alphabetic() => return Some(at),
            _ => {}
        }
    }
    None
}

/// Notes every text of a document that still holds a mark. Commands are left alone: a shell has
/// `${NAME}` of its own.
pub(super) fn note_in(value: &Value, path: &str, notes: &mut Notes) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if !matches!(name.as_str(), "command" | "entryPoint") {
                    note_in(value, &below(path, name), notes);
                }
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                note_in(item, &below(path, &place.to_string()), notes);
            }
        }
        Value::String(text) => {
            if let Some(mark) = in_text(text) {
                notes.open(
                    path,
                    format!("{mark} looks like a place that is to be filled in. Write its value."),
                );
            }
        }
        _ => {}
    }
}

/// The mark in a text: `${NAME}`, `{{ name }}`, `<IMAGE>`, `$$$NAME$$$`, `%NAME%`, `__NAME__`.
fn in_text(text: &str) -> Option<&str> {
    let between = |open: &str, close: &str| {
        let start = text.find(open)?;
        let inner = &text[start + open.len()..];
        let end = inner.find(close)?;
        Some((&inner[..end], &text[start..start + open.len() + end + close.len()]))
    };
    let name = |inner: &str| {
        let inner = inner.trim();
        !inner.is_empty() && inner.chars().all(|c| c.is_ascii_alphanumeric() || "_-. ".contains(c))
    };
    let capitals = |inner: &str| name(inner) && !inner.chars().any(|c| c.is_ascii_lowercase());
    let anything: [(&str, &str); 2] = [("${", "}"), ("{{", "}}")];
    let found = anything.iter().find_map(|(open, close)| between(open, close));
    if let Some((_, mark)) = found {
        return Some(mark);
    }
    let (inner, mark) = [("<", ">"), ("$$$", "$$$"), ("%", "%"), ("__", "__"), ("@@", "@@")]
        .iter()
        .find_map(|(open, close)| between(open, close))?;
    let is_angle = mark.starts_with('<');
    // `<b>` is a tag, `<your-image>` is a place.
    let several = inner.len() > 2 && inner.contains(['-', '_', ' ']);
    let whole = is_angle && several && name(inner) || capitals(inner);
    whole.then_some(mark)
}
