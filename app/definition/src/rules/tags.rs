//! Rules of tags.

use std::collections::BTreeSet;

use super::Place;
use crate::finding::Findings;

const TAG_LETTERS: &str = "Use letters, digits, spaces and _ . : / = + - @.";

pub(super) fn check(root: &Place<'_>, found: &mut Findings) {
    let count = root.count("tags");
    // R33
    if count > 50 {
        found.refuse("R33", "tags", format!("At most 50 tags; these are {count}."));
    }
    let mut seen = BTreeSet::new();
    for tag in root.items("tags") {
        key(&tag, &mut seen, found);
        // R35
        let value = tag.text("value");
        if value.chars().count() > 256 {
            found.refuse("R35", tag.at("value"), "At most 256 characters.");
        } else if !fits(value) {
            found.refuse("R34", tag.at("value"), TAG_LETTERS);
        } else if reserved(value) {
            found.refuse("R36", tag.at("value"), "Values that start with aws: belong to AWS.");
        }
    }
}

/// R34, R36
fn key<'a>(tag: &Place<'a>, seen: &mut BTreeSet<&'a str>, found: &mut Findings) {
    let key = tag.text("key");
    if key.is_empty() {
        found.refuse("R34", tag.at("key"), "Give the tag a key, or remove its row.");
    } else if key.chars().count() > 128 {
        found.refuse("R34", tag.at("key"), "At most 128 characters.");
    } else if !fits(key) {
        found.refuse("R34", tag.at("key"), TAG_LETTERS);
    } else if reserved(key) {
        found.refuse("R36", tag.at("key"), "Keys that start with aws: belong to AWS.");
    } else if !seen.insert(key) {
        found
            .refuse("R36", tag.at("key"), "This key is there already.")
            .fix("Take this tag away", vec![crate::finding::Edit::Remove(tag.path())]);
    }
}

fn fits(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c == ' ' || "_.:/=+-@".contains(c))
}

fn reserved(text: &str) -> bool {
    text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"))
}
