//! Text to a document: what people paste is an answer of describe-task-definition as often as
//! what one registers.

use serde_json::Value;

use crate::document::Document;
use crate::rules::{Shape, TASK};
use crate::schema;
use crate::text::{Content, Node, Reading, Trouble, patch_node, read, utf16_of};

/// Members that only a description has; ECS refuses them at registration.
pub const READ_ONLY: [&str; 9] = [
    "taskDefinitionArn",
    "revision",
    "status",
    "requiresAttributes",
    "compatibilities",
    "registeredAt",
    "deregisteredAt",
    "registeredBy",
    "deleteRequestedAt",
];

/// A text that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The document, fit to be registered.
    pub document: Document,
    /// Read-only members that were left out.
    pub left_out: Vec<&'static str>,
}

/// Why a text can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Counts from 1; 0 when the trouble is no place.
    pub line: usize,
    /// Counts characters from 1.
    pub column: usize,
    /// What is wrong.
    pub said: String,
}

impl Unreadable {
    fn new(text: &str, reading: &Reading, trouble: &Trouble) -> Self {
        let (line, column) = reading.lines.place(text, trouble.at.start);
        Self { line, column, said: trouble.said.clone() }
    }

    /// Where the trouble is in the text, in UTF-16 units, as browsers count.
    pub fn offset(&self, text: &str) -> usize {
        let mut lines = text.split_inclusive('\n');
        let before: usize =
            lines.by_ref().take(self.line.saturating_sub(1)).map(|l| utf16_of(l, l.len())).sum();
        let line = lines.next().unwrap_or_default();
        let within = line.chars().take(self.column.saturating_sub(1)).map(char::len_utf16);
        before + within.sum::<usize>()
    }
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line == 0 {
            f.write_str(&self.said)
        } else {
            write!(f, "Line {}, column {}: {}.", self.line, self.column, self.said)
        }
    }
}

/// Reads a text and takes away what can't be registered: the wrapper and the read-only members of
/// a description, nulls, and empty words where ECS expects one of a list.
///
/// # Errors
/// [`Unreadable`] with the first trouble and its place in the text.
pub fn import(text: &str) -> Result<Imported, Unreadable> {
    import_reading(text, &read(text))
}

/// The same for a text that was read already.
///
/// # Errors
/// [`Unreadable`] with the first trouble and its place in the text.
pub fn import_reading(text: &str, reading: &Reading) -> Result<Imported, Unreadable> {
    match reading.troubles.first() {
        Some(trouble) => Err(Unreadable::new(text, reading, trouble)),
        None => import_value(reading.root.value()),
    }
}

/// The same for a value that was read already.
///
/// # Errors
/// [`Unreadable`] when it is no object.
pub fn import_value(value: Value) -> Result<Imported, Unreadable> {
    let not_an_object = || Unreadable {
        line: 0,
        column: 0,
        said: "A task definition is a JSON object: it starts with { and ends with }.".into(),
    };
    let Value::Object(mut members) = value else { return Err(not_an_object()) };
    if let Some(Value::Object(inner)) = members.get_mut("taskDefinition") {
        let mut inner = std::mem::take(inner);
        // A description carries the tags beside the definition.
        if let (Some(tags), false) = (members.get("tags"), inner.contains_key("tags"))
            && tags.as_array().is_some_and(|tags| !tags.is_empty())
        {
            inner.insert("tags".into(), tags.clone());
        }
        members = inner;
    }
    let left_out =
        READ_ONLY.into_iter().filter(|name| members.shift_remove(*name).is_some()).collect();
    for size in ["cpu", "memory"] {
        // R16: an empty size is refused; leaving it out is what was meant.
        if members.get(size).and_then(Value::as_str) == Some("") {
            members.shift_remove(size);
        }
    }
    let mut whole = Value::Object(members);
    clean(&mut whole, &TASK, "");
    let document = Document::new(whole).ok_or_else(not_an_object)?;
    Ok(Imported { document, left_out })
}

/// The part of a text that is the document, and what stands before its paths there: a description
/// wraps it.
pub fn document_in(reading: &Reading) -> (&Node, &'static str) {
    let wrapped = reading.root.entry("taskDefinition").map(|entry| &entry.value);
    match wrapped.filter(|node| matches!(node.content, Content::Object(_))) {
        Some(node) => (node, "taskDefinition."),
        None => (&reading.root, ""),
    }
}

/// A readable text after a change of its document, and its reading: only what changed is written.
/// A change that the text has no place for writes it anew.
pub fn rewrite(
    text: &str,
    reading: &Reading,
    old: &Document,
    new: &Document,
) -> (String, Reading, Document) {
    let (node, _) = document_in(reading);
    let patched = patch_node(text, &reading.root, node, old.value(), new.value());
    let read_again = read(&patched);
    let means =
        |text: &str, reading: &Reading| import_reading(text, reading).map(|read| read.document);
    let meant = match means(&patched, &read_again) {
        Ok(document) if document == *new => return (patched, read_again, document),
        meant => meant,
    };
    let pretty = new.pretty();
    let reading = read(&pretty);
    // What import takes away from every text is no reason to lose this one's form.
    if meant.is_ok() && meant == means(&pretty, &reading) {
        return (patched, read_again, new.clone());
    }
    (pretty, reading, new.clone())
}

/// Takes away what says nothing: null, and "" where ECS expects a word of a list, which some tools
/// write for a member that is not set. What the API does not know is left as it is.
fn clean(value: &mut Value, shape: &Shape, path: &str) {
    match (shape, value) {
        (Shape::List(each), Value::Array(items)) => {
            let path = format!("{path}.*");
            items.iter_mut().for_each(|item| clean(item, each, &path));
        }
        (Shape::Object(known), Value::Object(members)) => {
            for (name, shape) in *known {
                let path =
                    if path.is_empty() { (*name).to_owned() } else { format!("{path}.{name}") };
                let says_nothing = members.get(*name).is_some_and(|value| {
                    value.is_null() || (value.as_str() == Some("") && has_choices(&path))
                });
                if says_nothing {
                    members.shift_remove(*name);
                } else if let Some(member) = members.get_mut(*name) {
                    clean(member, shape, &path);
                }
            }
        }
        _ => {}
    }
}

fn has_choices(path: &str) -> bool {
    schema::member(path).is_some_and(|member| !member.choices.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_description_becomes_a_registration() {
        let text = json!({
            "taskDefinition": {
                "taskDefinitionArn": "arn", "family": "web", "revision": 3, "status": "ACTIVE",
                "networkMode": "", "cpu": "", "memory": "512", "taskRoleArn": null,
                "requiresAttributes": [], "compatibilities": ["EC2"],
                "containerDefinitions": [{
                    "name": "app", "image": "a", "versionConsistency": "", "essential": null,
                    "environment": [{"name": "protocol", "value": ""}],
                    "logConfiguration": {"logDriver": "gelf", "options": {"scope": ""}},
                    "portMappings": [{"containerPort": 80, "appProtocol": "", "protocol": "tcp"}]
                }]
            },
            "tags": [{"key": "team", "value": ""}]
        });
        let imported = import(&text.to_string()).unwrap();
        assert_eq!(
            imported.document.value(),
            &json!({
                "family": "web", "memory": "512",
                "containerDefinitions": [{
                    "name": "app", "image": "a",
                    "environment": [{"name": "protocol", "value": ""}],
                    "logConfiguration": {"logDriver": "gelf", "options": {"scope": ""}},
                    "portMappings": [{"containerPort": 80, "protocol": "tcp"}]
                }],
                "tags": [{"key": "team", "value": ""}]
            })
        );
        assert_eq!(
            imported.left_out,
            ["taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities"]
        );
    }

    #[test]
    fn trouble_has_a_place() {
        for (text, said) in [
            (
                "{\n  \"family\": oops\n}",
                "Line 2, column 13: expected value: a text needs double quotes.",
            ),
            ("[]", "A task definition is a JSON object: it starts with { and ends with }."),
            ("", "Line 1, column 1: the text ends too early."),
            ("{\"ärger\": oops}", "Line 1, column 11: expected value: a text needs double quotes."),
        ] {
            assert_eq!(import(text).unwrap_err().to_string(), said);
        }
    }

    #[test]
    fn trouble_is_found_in_the_text() {
        for (text, rest) in [
            ("{\n  \"family\": oops\n}", "oops\n}"),
            ("{\n  \"🚢\": 1,\n  \"é\": ?}", "?}"),
            ("{\n  \"a\": [", ""),
            ("", ""),
            ("[]", "[]"),
        ] {
            let units: Vec<u16> = text.encode_utf16().collect();
            let at = import(text).unwrap_err().offset(text);
            assert_eq!(String::from_utf16(&units[at..]).unwrap(), rest, "{text}");
        }
    }

    #[test]
    fn slips_are_named() {
        for (text, said) in [
            (
                "{\n  \"cpu\": ${CPU}\n}",
                "Line 2, column 10: this looks like a template for envsubst or Terraform: fill ${CPU} in first.",
            ),
            (
                "{\"cpu\": \"1\", \"cpu\": \"2\"}",
                "Line 1, column 14: cpu stands twice in this object, also in line 1. ECS would take the last: remove one.",
            ),
            (
                "{\"cpu\": \"1\",}",
                "Line 1, column 12: this comma is the last one, and nothing follows it: remove it.",
            ),
        ] {
            assert_eq!(import(text).unwrap_err().to_string(), said);
        }
    }

    #[test]
    fn a_change_of_the_document_is_a_change_of_its_text() {
        let changed = |text: &str, path: &str, value: Value| {
            let reading = read(text);
            let old = import_reading(text, &reading).unwrap().document;
            let mut new = old.clone();
            new.set(path, value);
            let (text, read_again, document) = rewrite(text, &reading, &old, &new);
            assert_eq!((read(&text), &new), (read_again, &document));
            assert_eq!(import(&text).unwrap().document, new);
            text
        };
        for (text, path, value, after) in [
            (
                "{\"cpu\":\"1\", \"x\": 1e3, \"memory\": null}",
                "cpu",
                json!("2"),
                "{\"cpu\":\"2\", \"x\": 1e3, \"memory\": null}",
            ),
            (
                "{\"taskDefinition\": {\"revision\": 3, \"cpu\": \"1\"}, \"tags\": [{\"key\": \"a\"}]}",
                "cpu",
                json!("2"),
                "{\"taskDefinition\": {\"revision\": 3, \"cpu\": \"2\"}, \"tags\": [{\"key\": \"a\"}]}",
            ),
            // The tags beside the definition stay, and count no more.
            (
                "{\"taskDefinition\": {\"cpu\": \"1\"}, \"tags\": [{\"key\": \"a\"}]}",
                "tags.0.key",
                json!("b"),
                "{\"taskDefinition\": {\"cpu\": \"1\", \"tags\": [{\"key\": \"b\"}]}, \"tags\": [{\"key\": \"a\"}]}",
            ),
        ] {
            assert_eq!(changed(text, path, value), after);
        }
        // Tags can't be taken away where the wrapper brings them again: the text is written anew.
        let text = "{\"taskDefinition\": {\"cpu\": \"1\"}, \"tags\": [{\"key\": \"a\"}]}";
        let old = import(text).unwrap().document;
        let mut new = old.clone();
        new.remove("tags");
        assert_eq!(rewrite(text, &read(text), &old, &new).0, "{\n  \"cpu\": \"1\"\n}");
    }

    /// Real files, where a collection of them lies beside the checkout.
    #[test]
    fn collected_files_survive() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus/taskdefs");
        let Ok(files) = std::fs::read_dir(folder) else { return };
        for file in files {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let Ok(before) = serde_json::from_str::<Value>(&text) else {
                assert!(import(&text).is_err(), "{path:?}");
                continue;
            };
            let first = import(&text).unwrap();
            let again = import(&first.document.pretty()).unwrap();
            // Cleaning twice changes nothing, and order survives: compare as text.
            assert_eq!(first.document.pretty(), again.document.pretty(), "{path:?}");
            let mut cleaned = before.get("taskDefinition").cloned().unwrap_or(before);
            clean(&mut cleaned, &TASK, "");
            if let Some(members) = cleaned.as_object_mut() {
                members.retain(|name, value| {
                    !READ_ONLY.contains(&name.as_str()) && value.as_str() != Some("")
                });
            }
            if first.document.get("tags").is_none() {
                assert_eq!(first.document.value().to_string(), cleaned.to_string(), "{path:?}");
            }
        }
    }
}
