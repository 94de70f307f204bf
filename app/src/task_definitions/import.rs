//! Text to a document: what people paste is an answer of describe-task-definition as often as
//! what one registers.

use serde_json::{Map, Value};

use super::document::Document;
use super::rules;
use crate::error::{AppError, FieldErrors};

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

/// Members whose values come from a fixed list. Some tools write "" for one that is not set, which
/// ECS does not take.
const ENUMS: [&str; 14] = [
    "networkMode",
    "pidMode",
    "ipcMode",
    "protocol",
    "appProtocol",
    "versionConsistency",
    "condition",
    "cpuArchitecture",
    "operatingSystemFamily",
    "transitEncryption",
    "iam",
    "scope",
    "logDriver",
    "isolationMode",
];

/// Members below which names are the author's own, so that no member is what it seems.
const MAPS: [&str; 4] = ["options", "dockerLabels", "driverOpts", "labels"];

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
    fn new(text: &str, error: &serde_json::Error) -> Self {
        let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
        // The parser counts bytes, people count characters.
        let bytes = error.column().min(line.len());
        let read = (0..=bytes).rev().find_map(|end| line.get(..end)).unwrap_or_default();
        let (line, column) = (error.line(), read.chars().count());
        if error.is_eof() {
            // What is missing would stand behind the last character.
            return Self { line, column: column + 1, said: "the text ends too early".into() };
        }
        Self { line, column, said: words(&error.to_string()) }
    }

    /// Where the trouble is in the text, in UTF-16 units, as browsers count.
    pub fn offset(&self, text: &str) -> usize {
        let mut lines = text.split('\n');
        let before: usize = lines
            .by_ref()
            .take(self.line.saturating_sub(1))
            .map(|line| line.encode_utf16().count() + 1)
            .sum();
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
/// [`Unreadable`] with the place in the text.
pub fn import(text: &str) -> Result<Imported, Unreadable> {
    let value: Value = serde_json::from_str(text).map_err(|error| Unreadable::new(text, &error))?;
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
    clean_members(&mut members);
    let document = Document::new(Value::Object(members)).ok_or_else(not_an_object)?;
    Ok(Imported { document, left_out })
}

/// Reads a text and runs the rules over it: the check before a registration.
///
/// # Errors
/// [`AppError::Invalid`] at the fields, or at `document` when the text can't be read.
pub fn checked(text: &str) -> Result<Document, AppError> {
    let document = import(text)
        .map_err(|error| AppError::Invalid(FieldErrors::one("document", error.to_string())))?
        .document;
    rules::check(&document).or(document)
}

fn clean(value: &mut Value) {
    match value {
        Value::Object(members) => clean_members(members),
        Value::Array(items) => items.iter_mut().for_each(clean),
        _ => {}
    }
}

fn clean_members(members: &mut Map<String, Value>) {
    let gone: Vec<String> = members
        .iter()
        .filter(|(name, value)| {
            value.is_null() || (value.as_str() == Some("") && ENUMS.contains(&name.as_str()))
        })
        .map(|(name, _)| name.clone())
        .collect();
    for name in gone {
        members.shift_remove(&name);
    }
    for (name, value) in members.iter_mut() {
        if !MAPS.contains(&name.as_str()) {
            clean(value);
        }
    }
}

/// The parser's sentence without the place, which is told apart.
fn words(said: &str) -> String {
    said.split(" at line ").next().unwrap_or(said).to_owned()
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
            ("{\n  \"family\": oops\n}", "Line 2, column 13: expected value."),
            ("[]", "A task definition is a JSON object: it starts with { and ends with }."),
            ("", "Line 1, column 1: the text ends too early."),
            ("{\"ärger\": oops}", "Line 1, column 11: expected value."),
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

    /// Real files, where a collection of them lies beside the checkout.
    #[test]
    fn collected_files_survive() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus/taskdefs");
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
            clean(&mut cleaned);
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
