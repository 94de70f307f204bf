//! The variables that the program will see, and where each comes from.

use serde_json::Value;

/// Where a variable comes from, by its place in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The list of variables.
    Environment(usize),
    /// The list of secrets.
    Secret(usize),
    /// A file.
    File(usize),
}

/// One variable as the program will see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    /// Its name.
    pub name: String,
    /// The source that wins.
    pub source: Source,
    /// Its value; for a secret, where that is kept.
    pub value_shown: String,
    /// The sources that name it too, and lose.
    pub shadowed: Vec<Source>,
    /// Whether ECS refuses it: a secret and a variable have one name (R108).
    pub refused: bool,
}

/// Every variable by name. A variable wins over files (R102), and the first file that names one over
/// the later files. `files` holds what is known of their content; they lie in S3.
pub fn effective(container: &Value, files: &[Vec<(String, String)>]) -> Vec<Effective> {
    let mut found: Vec<Effective> = Vec::new();
    let mut places = std::collections::HashMap::new();
    let mut meet = |name: &str, value: &str, source: Source| {
        if name.is_empty() {
            return;
        }
        let known = places.get(name).copied();
        match known.and_then(|at: usize| found.get_mut(at)) {
            None => {
                places.insert(name.to_owned(), found.len());
                found.push(Effective {
                    name: name.to_owned(),
                    source,
                    value_shown: value.to_owned(),
                    shadowed: Vec::new(),
                    refused: false,
                });
            }
            Some(before) => {
                let same_list = matches!(
                    (before.source, source),
                    (Source::Environment(_), Source::Environment(_))
                );
                before.refused |= matches!(source, Source::Secret(_));
                // Of two in one list the later one is set last.
                if same_list {
                    before.shadowed.push(before.source);
                    before.source = source;
                    before.value_shown = value.to_owned();
                } else {
                    before.shadowed.push(source);
                }
            }
        }
    };
    for (at, item) in items(container, "environment").enumerate() {
        meet(&text(item, "name"), &text(item, "value"), Source::Environment(at));
    }
    for (at, item) in items(container, "secrets").enumerate() {
        meet(&text(item, "name"), &text(item, "valueFrom"), Source::Secret(at));
    }
    for (at, file) in files.iter().enumerate() {
        let mut own = std::collections::HashSet::new();
        // Inside one file the last line counts.
        for (name, value) in file.iter().rev() {
            if own.insert(name) {
                meet(name, value, Source::File(at));
            }
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

fn items<'a>(container: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> {
    container.get(list).and_then(Value::as_array).into_iter().flatten()
}

pub(super) fn text(item: &Value, member: &str) -> String {
    match item.get(member) {
        Some(Value::String(text)) => text.clone(),
        None | Some(Value::Null) => String::new(),
        Some(other) => other.to_string(),
    }
}
