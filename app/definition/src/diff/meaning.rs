//! What a value means to ECS, so that another way to write it is no change.

use serde_json::Value;

use crate::rules::{cpu_units, memory_mib};
use crate::schema;

/// What a member stands in.
#[derive(Clone, Copy, Default)]
pub(super) struct Around<'a> {
    /// The object that holds the member.
    pub parent: Option<&'a Value>,
    /// The task's network mode.
    pub network: &'a str,
}

/// Members whose default depends on more than the document, so that to write it down changes
/// something: the agent of an instance may have another.
const NO_FIXED_DEFAULT: [&str; 1] = ["containerDefinitions.*.stopTimeout"];

/// Members that say something although there is nothing in them.
const EMPTY_SPEAKS: [&str; 1] = ["volumes.*.dockerVolumeConfiguration"];

/// Whether two values of a member mean the same.
pub(super) fn same(
    pattern: &str,
    old: (Option<&Value>, Around<'_>),
    new: (Option<&Value>, Around<'_>),
) -> bool {
    match (nothing(old.0), nothing(new.0)) {
        (true, true) => is_known(pattern) || (is_null(old.0) && is_null(new.0)),
        (false, false) if !is_plain(old.0) || !is_plain(new.0) => false,
        _ if !is_known(pattern) => false,
        _ => meaning(pattern, old.0, old.1) == meaning(pattern, new.0, new.1),
    }
}

/// Whether a value says nothing where a member is known.
pub(super) fn nothing(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Object(members)) => members.is_empty(),
        Some(_) => false,
    }
}

fn is_null(value: Option<&Value>) -> bool {
    value.is_none_or(Value::is_null)
}

fn is_plain(value: Option<&Value>) -> bool {
    !matches!(value, Some(Value::Array(_) | Value::Object(_)))
}

/// Whether the console knows the member, or members below it.
fn is_known(pattern: &str) -> bool {
    if EMPTY_SPEAKS.contains(&pattern) {
        return false;
    }
    if schema::member(pattern).is_some() {
        return true;
    }
    let (owner, rest) = if let Some(rest) = pattern.strip_prefix("containerDefinitions.*.") {
        (schema::Owner::Container, rest)
    } else if let Some(rest) = pattern.strip_prefix("volumes.*.") {
        (schema::Owner::Volume, rest)
    } else {
        (schema::Owner::Task, pattern)
    };
    let below = |path: &str| path.strip_prefix(rest).is_some_and(|rest| rest.starts_with('.'));
    let mut members = owner.sections().iter().flat_map(|section| section.members);
    members.any(|member| below(member.path))
        || ["containerDefinitions", "volumes"].contains(&pattern)
}

/// The value as ECS reads it, with the default where there is none.
fn meaning(pattern: &str, value: Option<&Value>, around: Around<'_>) -> String {
    let text = match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(on)) => if *on { "on" } else { "off" }.to_owned(),
        None | Some(Value::Null) => String::new(),
        Some(other) => other.to_string(),
    };
    match pattern {
        "cpu" => cpu_units(&text).map_or(text, |units| units.to_string()),
        "memory" => memory_mib(&text).map_or(text, |mib| mib.to_string()),
        "containerDefinitions.*.cpu" if text.is_empty() => "0".to_owned(),
        "containerDefinitions.*.image" => with_tag(text),
        "containerDefinitions.*.portMappings.*.hostPort" => host_port(text, around),
        _ => or_default(pattern, text),
    }
}

fn or_default(pattern: &str, text: String) -> String {
    let default = schema::member(pattern).map_or("", |member| member.default);
    // A default in several words describes one.
    let default = if default.contains(' ') { "" } else { default };
    let says_none = match text.as_str() {
        "" => true,
        "0" => default == "off",
        "off" => default.is_empty(),
        _ => false,
    };
    if says_none && !NO_FIXED_DEFAULT.contains(&pattern) { default.to_owned() } else { text }
}

/// An image without tag and digest is the one with the tag `latest`.
fn with_tag(image: String) -> String {
    let name = image.rsplit('/').next().unwrap_or_default();
    if image.is_empty() || name.contains([':', '@']) { image } else { format!("{image}:latest") }
}

/// The port of the instance: the container's own where they share the network (R117), a free one
/// for 0 or nothing on a bridge.
fn host_port(text: String, around: Around<'_>) -> String {
    let own = || around.parent.and_then(|port| port.get("containerPort")).map(Value::to_string);
    match around.network {
        "awsvpc" | "host" if text.is_empty() || text == "0" => own().unwrap_or(text),
        _ if text.is_empty() => "0".to_owned(),
        _ => text,
    }
}
