//! Values that a field can't show because they are of another type: they stay until a person takes
//! them away.

use serde_json::Value;

use crate::document::{Document, steps};
use crate::rules::Shape;

/// A value in the way of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Where it stands: at the field's path, or above it.
    pub path: String,
    /// The value as JSON.
    pub json: String,
    /// What should stand there.
    pub wanted: &'static str,
}

/// What keeps a field of this shape from showing what stands at its path.
pub fn misfit(document: &Document, path: &str, shape: &Shape) -> Option<Misfit> {
    let (mut at, mut walked) = (document.value(), String::new());
    let there = |path: &str, value: &Value, wanted| {
        Some(Misfit { path: path.to_owned(), json: value.to_string(), wanted })
    };
    for step in steps(path) {
        at = match (at, step.parse::<usize>()) {
            (Value::Null, _) => return None,
            (Value::Object(members), _) => members.get(step)?,
            (Value::Array(items), Ok(place)) => items.get(place)?,
            (_, Ok(_)) => return there(&walked, at, "a list"),
            (_, Err(_)) => return there(&walked, at, "an object"),
        };
        walked = if walked.is_empty() { step.to_owned() } else { format!("{walked}.{step}") };
    }
    match (shape, at) {
        (_, Value::Null) | (Shape::List(_), Value::Array(_)) => None,
        (Shape::Texts | Shape::Object(_), Value::Object(_)) => None,
        (Shape::List(_), _) => there(&walked, at, "a list"),
        (Shape::Texts | Shape::Object(_), _) => there(&walked, at, "an object"),
        // One value of another type can be shown, and is changed in the field.
        (_, Value::Object(_) | Value::Array(_)) => there(&walked, at, "one value"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_a_field_can_not_show_is_in_its_way() {
        let document = Document::new(json!({
            "cpu": 256, "family": ["a"], "memory": null, "tags": {"a": 1}, "command": "run",
            "health": "off", "labels": {"a": 1}, "volumes": ["data", {"host": 5}], "nothing": null
        }))
        .unwrap();
        let found =
            |path, shape: &Shape| misfit(&document, path, shape).map(|m| (m.path, m.wanted));
        const WORDS: Shape = Shape::List(&Shape::Text);
        for (path, shape, wanted) in [
            ("cpu", Shape::Text, None),
            ("memory", Shape::Text, None),
            ("absent.deeper", Shape::Text, None),
            ("nothing.deeper", Shape::Text, None),
            ("family", Shape::Text, Some(("family", "one value"))),
            ("tags", WORDS, Some(("tags", "a list"))),
            ("tags.0.key", Shape::Text, None),
            ("command", WORDS, Some(("command", "a list"))),
            ("command.0", Shape::Text, Some(("command", "a list"))),
            ("health.interval", Shape::Number, Some(("health", "an object"))),
            ("labels", Shape::Texts, None),
            ("cpu", Shape::Texts, Some(("cpu", "an object"))),
            ("volumes.0", Shape::Object(&[]), Some(("volumes.0", "an object"))),
            ("volumes.1.host.sourcePath", Shape::Text, Some(("volumes.1.host", "an object"))),
            ("volumes.7.name", Shape::Text, None),
        ] {
            let wanted = wanted.map(|(path, words)| (path.to_owned(), words));
            assert_eq!(found(path, &shape), wanted, "{path}");
        }
    }
}
