//! Lists of variables as wholes.

use std::collections::HashMap;

/// The places of names that come more than once; empty names are no names yet.
pub fn duplicates<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<bool> {
    let names: Vec<&str> = names.into_iter().collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in &names {
        *counts.entry(name).or_default() += 1;
    }
    names.iter().map(|name| !name.is_empty() && counts[name] > 1).collect()
}

/// What came of putting variables among others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// How many were new.
    pub added: usize,
    /// How many took another value.
    pub changed: usize,
    /// How many said what was there already.
    pub same: usize,
}

/// Puts variables among those that are there: one of the same name takes the new value, the others
/// come after the last. Of a name that comes twice among the new ones, the last counts.
pub fn merge(rows: &mut Vec<(String, String)>, new: Vec<(String, String)>) -> Merged {
    let mut places: HashMap<String, usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        places.entry(row.0.clone()).or_insert(at);
    }
    let before = rows.len();
    let mut changed = std::collections::BTreeSet::new();
    let mut same = std::collections::BTreeSet::new();
    for (name, value) in new {
        match places.get(&name).copied() {
            Some(at) if at >= before => rows[at].1 = value,
            Some(at) if rows[at].1 == value => {
                same.insert(at);
            }
            Some(at) => {
                rows[at].1 = value;
                changed.insert(at);
            }
            None => {
                places.insert(name.clone(), rows.len());
                rows.push((name, value));
            }
        }
    }
    let same = same.difference(&changed).count();
    Merged { added: rows.len() - before, changed: changed.len(), same }
}

impl Merged {
    /// What came of it, in words.
    pub fn words(&self) -> String {
        let one = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
        let parts: Vec<String> = [
            one(self.added, "added"),
            one(self.changed, "changed"),
            one(self.same, "the same already"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() { "Nothing to add".to_owned() } else { parts.join(", ") }
    }
}
