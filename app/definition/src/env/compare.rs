//! The environments of two containers beside each other, and what one takes from the other.

use serde_json::{Map, Value, json};

use super::effective::{Source, effective, text};
use crate::document::Document;

/// What a container says of a variable.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Said {
    /// Its value.
    Value(String),
    /// Where its value is kept.
    Secret(String),
}

/// Which of the two containers say something of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Both, and not the same. A value and a reference to a secret are never the same.
    Different,
    /// The other one alone.
    OnlyThere,
    /// This one alone.
    OnlyHere,
    /// Both the same.
    Equal,
}

/// One variable in two containers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Difference {
    /// Its name.
    pub name: String,
    /// What this container says.
    pub here: Option<Said>,
    /// What the other one says.
    pub there: Option<Said>,
}

impl Difference {
    /// Which of the two say something.
    pub fn side(&self) -> Side {
        match (&self.here, &self.there) {
            (None, _) => Side::OnlyThere,
            (_, None) => Side::OnlyHere,
            (here, there) if here == there => Side::Equal,
            _ => Side::Different,
        }
    }
}

/// Every variable of two containers by name, as their programs see it. What files in S3 add is not
/// known.
pub fn compare(here: &Value, there: &Value) -> Vec<Difference> {
    let mut all: Vec<Difference> =
        said(here).map(|(name, said)| Difference { name, here: Some(said), there: None }).collect();
    for (name, said) in said(there) {
        // Both come sorted by name.
        match all.binary_search_by(|one| one.name.cmp(&name)) {
            Ok(at) => all[at].there = Some(said),
            Err(at) => all.insert(at, Difference { name, here: None, there: Some(said) }),
        }
    }
    all
}

fn said(container: &Value) -> impl Iterator<Item = (String, Said)> {
    effective(container, &[]).into_iter().map(|one| {
        let said = match one.source {
            Source::Secret(_) => Said::Secret(one.value_shown),
            Source::Environment(_) | Source::File(_) => Said::Value(one.value_shown),
        };
        (one.name, said)
    })
}

/// Makes a container say of a variable what another one says, and nothing when that says nothing.
/// Further members of its item stay with it, also where a value becomes a secret or the other way.
pub fn take(document: &mut Document, container: &str, name: &str, said: Option<&Said>) {
    let seen = document.get(container).map(|container| effective(container, &[]));
    let seen = seen.into_iter().flatten().find(|one| one.name == name);
    match (seen.map(|one| one.source), said) {
        (Some(Source::Environment(at)), Some(Said::Value(value))) => {
            document.set(&format!("{container}.environment.{at}.value"), json!(value));
        }
        (Some(Source::Secret(at)), Some(Said::Secret(kept_at))) => {
            document.set(&format!("{container}.secrets.{at}.valueFrom"), json!(kept_at));
        }
        (_, said) => {
            let mut item = remove(document, container, name);
            let Some(said) = said else { return };
            let (list, member, text) = match said {
                Said::Value(value) => ("environment", "value", value),
                Said::Secret(kept_at) => ("secrets", "valueFrom", kept_at),
            };
            item.shift_remove("value");
            item.shift_remove("valueFrom");
            item.insert("name".to_owned(), json!(name));
            item.insert(member.to_owned(), json!(text));
            document.insert(&format!("{container}.{list}"), usize::MAX, Value::Object(item));
        }
    }
}

/// Takes every item of a name away, and answers the members of the last one.
fn remove(document: &mut Document, container: &str, name: &str) -> Map<String, Value> {
    let mut last = Map::new();
    for list in ["environment", "secrets"] {
        let list = format!("{container}.{list}");
        let named = |item: &Value| text(item, "name") == name;
        while let Some(at) = document.items(&list).iter().rposition(named) {
            if let Some(item) = document.items(&list)[at].as_object() {
                last = item.clone();
            }
            let only = document.items(&list).len() == 1;
            document.remove(&if only { list.clone() } else { format!("{list}.{at}") });
        }
    }
    last
}
