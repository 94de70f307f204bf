//! What lies between two states of a document, for the words of "undo".

use serde_json::Value;

use crate::document::Document;
use crate::schema;

/// The deepest path under which everything lies that differs; none when nothing does. Where a list
/// has another length, or an object other members, it is the list's or the object's own path.
pub fn changed_path(old: &Document, new: &Document) -> Option<String> {
    let mut path = Vec::new();
    descend(old.value(), new.value(), &mut path).then(|| path.join("."))
}

/// Whether two values differ; when they do at one member or item alone, the path goes on there.
fn descend(old: &Value, new: &Value, path: &mut Vec<String>) -> bool {
    match (old, new) {
        (Value::Object(before), Value::Object(after)) => {
            let gone = before.keys().filter(|name| !after.contains_key(*name));
            let other = after.iter().filter(|(name, value)| before.get(*name) != Some(value));
            let both = |name: &String| Some((before.get(name)?, after.get(name)?));
            let differing = gone.chain(other.map(|(name, _)| name));
            go_on(differing.map(|name| (name.clone(), both(name))), path)
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let pairs = before.iter().zip(after).enumerate();
            let differing = pairs.filter(|(_, (before, after))| before != after);
            go_on(differing.map(|(at, pair)| (at.to_string(), Some(pair))), path)
        }
        _ => old != new,
    }
}

/// Goes into the only one of the parts that differ. It looks no further than the second.
fn go_on<'a>(
    mut differing: impl Iterator<Item = (String, Option<(&'a Value, &'a Value)>)>,
    path: &mut Vec<String>,
) -> bool {
    let Some((step, both)) = differing.next() else { return false };
    if differing.next().is_none() {
        path.push(step);
        if let Some((before, after)) = both {
            descend(before, after, path);
        }
    }
    true
}

/// What a change was, in the past tense: `Removed container web`, `Changed Image`.
pub fn step_words(old: &Document, new: &Document) -> String {
    let Some(path) = changed_path(old, new) else { return "Changed nothing".to_owned() };
    let noun = noun_of(&path);
    let lists = (old.items(&path), new.items(&path));
    let (before, after) = (lists.0.len(), lists.1.len());
    let is_list = [old, new].iter().any(|d| d.get(&path).is_some_and(Value::is_array));
    if is_list && !noun.is_empty() {
        let differs = |one: &[Value], other: &[Value]| {
            one.iter()
                .enumerate()
                .find(|(at, item)| other.get(*at) != Some(item))
                .map(|(_, item)| name_of(item))
        };
        let named = |verb: &str, count: usize, name: Option<String>| match (count, name) {
            (1, Some(name)) if !name.is_empty() => format!("{verb} {noun} {name}"),
            (1, _) => format!("{verb} {noun}"),
            (count, _) => format!("{verb} {count} {noun}s"),
        };
        if before > after {
            return named("Removed", before - after, differs(lists.0, lists.1));
        }
        if after > before {
            return named("Added", after - before, differs(lists.1, lists.0));
        }
        return format!("Changed {noun}s");
    }
    if path == "containerDefinitions" {
        return "Moved containers".to_owned();
    }
    match schema::member(&path) {
        Some(member) => format!("Changed {}", member.label),
        None if path.is_empty() => "Changed several members".to_owned(),
        None => format!(
            "Changed {}",
            path.rsplit('.').find(|step| step.parse::<usize>().is_err()).unwrap_or(&path)
        ),
    }
}

/// What the items of a list are called.
fn noun_of(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or(path) {
        "containerDefinitions" => "container",
        "volumes" => "volume",
        "environment" => "variable",
        "secrets" => "secret",
        "environmentFiles" => "file",
        "portMappings" => "port",
        "mountPoints" => "mount",
        "dependsOn" => "dependency",
        "tags" => "tag",
        _ => "",
    }
}

fn name_of(item: &Value) -> String {
    let text = |member: &str| item.get(member).and_then(Value::as_str);
    text("name")
        .or_else(|| text("key"))
        .or_else(|| text("containerName"))
        .unwrap_or_default()
        .to_owned()
}
