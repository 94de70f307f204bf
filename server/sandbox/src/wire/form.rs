//! The forms of the query protocol: `Filters.member.1.Values.member.2=x`
//! becomes the document that the same request would be in JSON, but for its
//! values, which are all texts.

use std::collections::BTreeMap;

use http::request::Parts;
use serde_json::{Map, Value};

use crate::refusal::Refusal;

/// Deeper than any member of AWS's models.
const DEEPEST: usize = 16;

/// The fields of a request's form, out of the body or else the address.
pub(crate) fn of(head: &Parts, body: &[u8]) -> Vec<(String, String)> {
    let in_body = !body.is_empty();
    let text = if in_body {
        std::str::from_utf8(body).unwrap_or_default()
    } else {
        head.uri.query().unwrap_or_default()
    };
    fields(text)
}

/// Names and values of a form-encoded text.
pub(crate) fn fields(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

/// Undoes percent-encoding; what is no UTF-8 becomes the replacement character.
pub(crate) fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escaped = || {
            let digits = bytes.get(at + 1..at + 3)?;
            // `from_str_radix` alone would take a sign for a digit.
            let digits = std::str::from_utf8(digits).ok()?;
            let hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            u8::from_str_radix(digits, 16).ok().filter(|_| hex)
        };
        match (byte, escaped()) {
            (b'%', Some(value)) => {
                plain.push(value);
                at += 3;
            }
            (b'+', _) => {
                plain.push(b' ');
                at += 1;
            }
            _ => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// A member of the tree that dotted names make.
#[derive(Default)]
struct Node {
    value: Option<String>,
    members: BTreeMap<String, Node>,
}

/// The document of a form.
///
/// # Errors
/// MalformedInput when a name is both a value and a structure, or nested too deep.
pub(crate) fn document(fields: Vec<(String, String)>) -> Result<Value, Refusal> {
    let mut root = Node::default();
    for (name, value) in fields {
        if name == "Action" || name == "Version" {
            continue;
        }
        let mut node = &mut root;
        for (depth, part) in name.split('.').enumerate() {
            if depth == DEEPEST {
                return Err(malformed(&name));
            }
            node = node.members.entry(part.to_owned()).or_default();
        }
        node.value = Some(value);
    }
    root.into_value("")
}

impl Node {
    fn into_value(self, name: &str) -> Result<Value, Refusal> {
        if self.members.is_empty() {
            return Ok(self.value.map_or_else(|| Value::Object(Map::new()), Value::from));
        }
        if self.value.is_some() {
            return Err(malformed(name));
        }
        let numbers: Option<Vec<u64>> = self.members.keys().map(|key| key.parse().ok()).collect();
        if let Some(numbers) = numbers {
            let nodes = self.members.into_values().map(|node| node.into_value(name));
            let values: Vec<Value> = nodes.collect::<Result<_, _>>()?;
            // The keys are texts: "10" stands before "2".
            let mut items: Vec<(u64, Value)> = numbers.into_iter().zip(values).collect();
            items.sort_by_key(|(number, _)| *number);
            return Ok(Value::Array(items.into_iter().map(|(_, value)| value).collect()));
        }
        let mut map = Map::new();
        for (key, node) in self.members {
            let value = node.into_value(&key)?;
            map.insert(key, value);
        }
        // Lists of the query protocol say `member` before the number.
        match map.remove("member") {
            Some(Value::Array(list)) if map.is_empty() => Ok(Value::Array(list)),
            Some(other) => {
                map.insert("member".to_owned(), other);
                Ok(Value::Object(map))
            }
            None => Ok(Value::Object(map)),
        }
    }
}

fn malformed(name: &str) -> Refusal {
    Refusal::new("MalformedInput", format!("The parameter {name} can't be read"))
}
