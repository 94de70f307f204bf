//! CloudFormation templates: every task definition in one, with what only a stack would know left
//! as a placeholder.

mod functions;

use serde_json::{Map, Value};

use super::fit;
use super::started::{Candidate, Kind, Notes, Started, Trouble};
use crate::document::Document;
use functions::Stack;

/// The type of the resource that is looked for.
const TASK_DEFINITION: &str = "AWS::ECS::TaskDefinition";

/// Whether a value is a template, or a resource or two of one.
pub(super) fn is_template(value: &Value) -> bool {
    let Some(members) = value.as_object() else { return false };
    if members.contains_key("AWSTemplateFormatVersion") {
        return true;
    }
    let typed = |value: &Value| {
        value.get("Type").and_then(Value::as_str).is_some_and(|kind| kind.starts_with("AWS::"))
    };
    let any_typed = |members: &Map<String, Value>| members.values().any(typed);
    typed(value)
        || any_typed(members)
        || members.get("Resources").and_then(Value::as_object).is_some_and(any_typed)
}

/// Every task definition of a template.
pub(super) fn read(template: &Value) -> Result<Started, Trouble> {
    let stack = Stack::of(template);
    let alone = Map::from_iter([("TaskDefinition".to_owned(), template.clone())]);
    let resources = if template.get("Type").is_some_and(Value::is_string) {
        &alone
    } else {
        let inside = template.get("Resources").unwrap_or(template);
        inside.as_object().unwrap_or(&alone)
    };
    let documents: Vec<Candidate> = resources
        .iter()
        .filter(|(_, resource)| kind_of(resource) == TASK_DEFINITION)
        .map(|(name, resource)| candidate(name, resource, &stack))
        .collect();
    if documents.is_empty() {
        let kinds: Vec<&str> = resources.values().map(kind_of).filter(|k| !k.is_empty()).collect();
        return Err(Trouble::whole(no_task_definition(&kinds)));
    }
    Ok(Started { kind: Kind::CloudFormation, documents })
}

fn kind_of(resource: &Value) -> &str {
    resource.get("Type").and_then(Value::as_str).unwrap_or_default()
}

fn no_task_definition(kinds: &[&str]) -> String {
    let made_elsewhere = kinds
        .iter()
        .find(|kind| kind.starts_with("AWS::CloudFormation::Stack") || kind.contains("::MODULE"));
    match made_elsewhere {
        Some(kind) => format!(
            "This CloudFormation template has no {TASK_DEFINITION} of its own, but a {kind}: paste the template that it names."
        ),
        None => format!("This CloudFormation template has no {TASK_DEFINITION}."),
    }
}

fn candidate(name: &str, resource: &Value, stack: &Stack) -> Candidate {
    let mut notes = Notes::default();
    let nothing = Value::Object(Map::new());
    let properties = resource.get("Properties").unwrap_or(&nothing);
    let value =
        fit::task(properties, &|value, path, notes| stack.resolve(value, path, notes), &mut notes);
    if let Some(condition) = resource.get("Condition").and_then(Value::as_str) {
        notes.left_out(name, format!("The stack has it only when {condition} holds."));
    }
    let document = Document::new(value).unwrap_or_default();
    if document.get("family").is_none() {
        notes.open(
            "family",
            "The template has no Family, so CloudFormation would make up a name. Give it one.",
        );
    }
    Candidate { title: name.to_owned(), document, left_out: notes.sorted() }
}
