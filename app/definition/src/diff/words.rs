//! Labels and values as a person reads them.

use serde_json::Value;

use crate::rules::{cpu_units, memory_mib};
use crate::schema;
use crate::summary::{vcpu_words, volume_words};

/// Objects in which the names are the author's own, with what an entry is called.
const MAPS: [(&str, &str); 5] = [
    ("containerDefinitions.*.dockerLabels", "Docker label"),
    ("containerDefinitions.*.logConfiguration.options", "log option"),
    ("containerDefinitions.*.firelensConfiguration.options", "FireLens option"),
    ("volumes.*.dockerVolumeConfiguration.driverOpts", "driver option"),
    ("volumes.*.dockerVolumeConfiguration.labels", "volume label"),
];

/// What an entry of the object at a place is called, if the names in it are the author's own.
pub(super) fn entry_noun(pattern: &str) -> Option<&'static str> {
    MAPS.iter().find(|(map, _)| *map == pattern).map(|(_, noun)| *noun)
}

/// Text as it is, numbers and the like as JSON; empty when there is nothing.
pub(super) fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// What a member is called, with its section where it would not be understood alone.
pub(super) fn label(pattern: &str) -> String {
    let Some(member) = schema::member(pattern) else {
        return pattern.rsplit('.').next().unwrap_or(pattern).to_owned();
    };
    let speaks = ["place", "size", "roles", "isolation", "basics", "resources", "network", "name"];
    let section = schema::members()
        .find(|(.., other)| std::ptr::eq(*other, member))
        .map(|(_, section, _)| section)
        .filter(|section| member.path.contains('.') && !speaks.contains(&section.id))
        .filter(|section| section.title != member.label);
    match section {
        Some(section) => format!("{}: {}", section.title, small(member.label)),
        None => member.label.to_owned(),
    }
}

/// A label inside a sentence: `Image tag` as `image tag`, but `CPU` as it is.
pub(super) fn small(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().collect::<String>() + &label[first.len_utf8()..]
        }
        _ => label.to_owned(),
    }
}

/// The same with a capital, as a heading.
pub(super) fn large(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// A value in words, with its unit.
pub(super) fn shown(pattern: &str, value: Option<&Value>) -> String {
    let Some(value) = value.filter(|value| !value.is_null()) else { return String::new() };
    let plain = text(Some(value));
    match (pattern, value) {
        ("cpu", _) => cpu_units(&plain).map_or(plain, vcpu_words),
        ("memory", _) => memory_mib(&plain).map_or(plain, |mib| format!("{mib} MiB")),
        (_, Value::Bool(on)) => if *on { "on" } else { "off" }.to_owned(),
        (_, Value::Array(_)) => {
            words_of(value).iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
        }
        (_, Value::Number(_)) => match schema::member(pattern).map_or("", |member| member.unit) {
            "" => plain,
            unit => format!("{plain} {unit}"),
        },
        (_, Value::String(text)) if text.is_empty() => "“”".to_owned(),
        _ => plain,
    }
}

/// What an item of a list says in short: for one that came or went.
pub(super) fn item_words(noun: &str, value: &str, item: &Value) -> String {
    let said = |member: &str| text(item.get(member));
    let parts = match noun {
        "container" => vec![said("image")],
        "volume" => vec![volume_words(item).1.to_owned()],
        "port" => vec![said("name"), said("appProtocol")],
        "mount" => vec![said("sourceVolume"), flag(item, "readOnly", "read only")],
        "borrowed mounts of" => vec![flag(item, "readOnly", "read only")],
        "ulimit" => vec![format!("{} to {}", said("softLimit"), said("hardLimit"))],
        "in-memory directory" => vec![format!("{} MiB", said("size"))],
        "device" => vec![said("containerPath")],
        _ if !value.is_empty() => vec![said(value)],
        _ => Vec::new(),
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn flag(item: &Value, member: &str, words: &str) -> String {
    if item.get(member) == Some(&Value::Bool(true)) { words.to_owned() } else { String::new() }
}

/// The words of a list.
pub(super) fn words_of(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|word| text(Some(word))).collect()
}

/// A word in a line of words, told apart from its neighbours.
pub(super) fn quoted(word: &str) -> String {
    if word.is_empty() || word.contains(char::is_whitespace) {
        format!("“{word}”")
    } else {
        word.to_owned()
    }
}

/// Repository, tag and digest of an image.
pub(super) fn image_parts(image: &str) -> (&str, &str, &str) {
    let (rest, digest) = image.split_once('@').unwrap_or((image, ""));
    let name = rest.rfind('/').map_or(0, |slash| slash + 1);
    match rest[name..].rfind(':') {
        Some(colon) => (&rest[..name + colon], &rest[name + colon + 1..], digest),
        None => (rest, "", digest),
    }
}

/// Which part of an image differs, when it is one of them: its label and both values.
pub(super) fn image_change(old: &str, new: &str) -> Option<(&'static str, String, String)> {
    let (old, new) = (image_parts(old), image_parts(new));
    let tag = |tag: &str| if tag.is_empty() { "latest".to_owned() } else { tag.to_owned() };
    if old.0 != new.0 || old.0.is_empty() {
        None
    } else if old.2 == new.2 {
        Some(("Image tag", tag(old.1), tag(new.1)))
    } else if old.1 == new.1 && !old.2.is_empty() && !new.2.is_empty() {
        Some(("Image digest", short_digest(old.2), short_digest(new.2)))
    } else {
        None
    }
}

fn short_digest(digest: &str) -> String {
    let hex = digest.rsplit(':').next().unwrap_or(digest);
    hex.chars().take(12).collect()
}
