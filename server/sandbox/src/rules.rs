//! What AWS refuses, as functions over the request's document. Each rule names
//! its number; to add one, write a function here and a row in the table test.

pub(crate) mod attribute;
pub(crate) mod cluster;
pub(crate) mod connect;
pub(crate) mod container;
pub(crate) mod deployment;
pub(crate) mod ebs;
pub(crate) mod fargate;
mod linux;
mod logs;
mod monitoring;
mod network;
pub(crate) mod placement;
pub(crate) mod provider;
pub(crate) mod rebalancing;
mod resources;
pub(crate) mod run_task;
mod secrets;
pub(crate) mod service;
mod shape;
mod shapes;
pub(crate) mod strategy;
pub(crate) mod tags;
mod task;
pub(crate) mod traffic;
mod ulimits;
mod volumes;
mod windows;

#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::ask::Ask;
use crate::refusal::Refusal;

/// A rule's verdict.
pub(crate) type Check = Result<(), Refusal>;

/// Everything RegisterTaskDefinition refuses.
pub(crate) fn task_definition(document: &Value) -> Check {
    shape::check(document)?;
    task::check(document)?;
    container::check(document)?;
    resources::check(document)?;
    windows::check(document)?;
    if asks_for(document, "FARGATE") {
        fargate::check(document)?;
    }
    Ok(())
}

/// Whether `requiresCompatibilities` names a launch type (R12).
fn asks_for(document: &Value, kind: &str) -> bool {
    document
        .get("requiresCompatibilities")
        .and_then(Value::as_array)
        .is_some_and(|list| list.iter().any(|item| item == kind))
}

/// A value outside an enum, in the service's own words.
pub(crate) fn one_of(member: &str, value: &str, words: &[&str]) -> Check {
    if words.contains(&value) {
        return Ok(());
    }
    Err(Refusal::invalid(format!(
        "1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: Member must satisfy enum value set: [{}]",
        words.join(", ")
    )))
}

pub(crate) fn launch_type(kind: &str) -> Check {
    one_of("launchType", kind, &["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"])
}

/// 1 to `most` letters, digits, hyphens and underscores.
pub(crate) fn is_name(text: &str, most: usize) -> bool {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=most).contains(&text.len()) && text.bytes().all(fine)
}

/// A whole number within its bounds, if it is given.
fn is_within(ask: Ask<'_>, member: &str, low: i64, high: i64) -> Check {
    match ask.whole(member)? {
        Some(given) if !(low..=high).contains(&given) => {
            Err(Refusal::invalid(format!("{member} must be between {low} and {high}.")))
        }
        _ => Ok(()),
    }
}

/// The ARNs of a describe call that takes twenty.
pub(crate) fn arns<'a>(ask: Ask<'a>, member: &str) -> Result<Vec<&'a str>, Refusal> {
    let given = ask.texts(member)?;
    if given.is_empty() || given.len() > 20 {
        return Err(Refusal::invalid(format!("{member} must have between 1 and 20 items.")));
    }
    Ok(given)
}

/// The members of a list member, or nothing.
fn items<'a>(document: &'a Value, name: &str) -> &'a [Value] {
    document.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(document: &'a Value, name: &str) -> Option<&'a str> {
    document.get(name).and_then(Value::as_str)
}

fn number(document: &Value, name: &str) -> Option<i64> {
    document.get(name).and_then(Value::as_i64)
}
