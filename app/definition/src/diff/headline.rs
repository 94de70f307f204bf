//! All changes in one line.

use std::collections::HashSet;

use super::words::small;
use super::{Change, Changes, Kind, Subject};

/// The most that the line says before it only counts.
const MOST_PARTS: usize = 5;
/// How long the line may grow, in characters.
const MOST_LENGTH: usize = 150;
/// The longest value that is named in the line.
const MOST_VALUE: usize = 28;

/// `memory 512 to 1024 MiB, one secret added, image tag 1.4 to 1.5`: the changes in a line of a
/// readable length. It names no value that may be secret.
pub fn headline(changes: &Changes) -> String {
    let parts = parts(changes);
    if parts.is_empty() {
        let moved = changes.iter().any(|change| change.kind == Kind::Moved);
        return match (changes.is_empty(), moved) {
            (true, _) => "nothing differs",
            (false, true) => "only the order differs",
            (false, false) => "written otherwise, means the same",
        }
        .to_owned();
    }
    let mut said = String::new();
    let mut rest = 0;
    for (at, (part, count)) in parts.iter().enumerate() {
        let fits = said.chars().count() + part.chars().count() <= MOST_LENGTH;
        if rest > 0 || (at > 0 && (at >= MOST_PARTS || !fits)) {
            rest += count;
        } else {
            if at > 0 {
                said.push_str(", ");
            }
            said.push_str(part);
        }
    }
    match rest {
        0 => said,
        1 => format!("{said} and one more change"),
        rest => format!("{said} and {rest} more changes"),
    }
}

/// What is said of each change, or of several of one kind, with their number.
fn parts(changes: &Changes) -> Vec<(String, usize)> {
    let mut containers: Vec<&Subject> = Vec::new();
    for change in changes.real() {
        if matches!(change.subject, Subject::Container(_)) && !containers.contains(&&change.subject)
        {
            containers.push(&change.subject);
        }
    }
    let mut parts: Vec<(String, usize)> = Vec::new();
    let mut told: Vec<(&Subject, &str)> = Vec::new();
    for change in changes.real() {
        let whole = matches!(change.noun.as_str(), "container" | "volume");
        let (said, count) = if change.noun.is_empty() {
            (single(change), 1)
        } else {
            // Containers and volumes that come and go are counted over the whole task.
            let alike = |other: &&Change| {
                other.noun == change.noun && (whole || other.subject == change.subject)
            };
            let key = (if whole { &Subject::Task } else { &change.subject }, change.noun.as_str());
            if told.contains(&key) {
                continue;
            }
            told.push(key);
            let all: Vec<&Change> = changes.real().filter(alike).collect();
            (several(&change.noun, &all), all.len())
        };
        match &change.subject {
            Subject::Container(name) if containers.len() > 1 && !whole => {
                parts.push((format!("{said} ({name})"), count));
            }
            _ => parts.push((said, count)),
        }
    }
    parts
}

fn single(change: &Change) -> String {
    let label = small(&change.label);
    let fits = |value: &str| !value.is_empty() && value.chars().count() <= MOST_VALUE;
    let hidden = change.secret || !change.words.is_empty();
    match change.kind {
        Kind::Changed if !hidden && fits(&change.before) && fits(&change.after) => {
            format!("{label} {}", from_to(&change.before, &change.after))
        }
        Kind::Added if !hidden && fits(&change.after) => format!("{label} {}", change.after),
        Kind::Added => format!("{label} set"),
        Kind::Removed => format!("{label} removed"),
        _ => format!("{label} changed"),
    }
}

/// `512 to 1024 MiB`: a unit that both have is said once.
pub(super) fn from_to(before: &str, after: &str) -> String {
    let unit = after.rsplit_once(' ').map(|(_, unit)| unit);
    let bare = unit.and_then(|unit| before.strip_suffix(unit)?.strip_suffix(' '));
    format!("{} to {after}", bare.unwrap_or(before))
}

/// `two variables added, one changed`.
fn several(noun: &str, all: &[&Change]) -> String {
    if let ([change], "container" | "volume") = (all, noun) {
        let done = if change.kind == Kind::Added { "added" } else { "removed" };
        return format!("{} {done}", small(&change.label));
    }
    let count = |kind| all.iter().filter(|c| c.kind == kind && !c.of_item).count();
    // Several parts of one item are one item that changed.
    let parts = all.iter().filter(|change| change.of_item);
    let items: HashSet<&str> = parts
        .filter_map(|change| change.new_path.as_deref().or(change.old_path.as_deref()))
        .map(|path| path.rsplit_once('.').map_or(path, |(item, _)| item))
        .collect();
    let named = [
        (count(Kind::Added), "added"),
        (items.len() + count(Kind::Changed), "changed"),
        (count(Kind::Removed), "removed"),
    ];
    let named = named.into_iter().filter(|(count, _)| *count > 0);
    let mut said = String::new();
    for (count, done) in named {
        if said.is_empty() {
            said = format!("{} {} {done}", number(count), plural(noun, count));
        } else {
            said.push_str(&format!(" and {} {done}", number(count)));
        }
    }
    said
}

fn plural(noun: &str, count: usize) -> String {
    match noun {
        _ if count == 1 => noun.trim_end_matches(" of").trim_end_matches(" on").to_owned(),
        "borrowed mounts of" => "borrowed mounts".to_owned(),
        "dependency on" => "dependencies".to_owned(),
        noun if noun.ends_with('y') => format!("{}ies", noun.trim_end_matches('y')),
        noun => format!("{noun}s"),
    }
}

fn number(count: usize) -> String {
    const WORDS: [&str; 10] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}
