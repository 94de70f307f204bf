//! Tags as they are typed, and the rules for them (R33 to R36); the same for every resource.

use std::collections::BTreeSet;

use super::model::Tag;
use crate::error::FieldErrors;

/// The most tags a resource may have.
pub const TAGS_MAX: usize = 50;
/// The longest key, in characters.
pub const TAG_KEY_MAX: usize = 128;
/// The longest value, in characters.
pub const TAG_VALUE_MAX: usize = 256;

/// The tags of `rows`; rows left wholly empty don't count. Errors stand at `tags`, `tags.0.key`
/// and `tags.0.value`.
pub fn check_tags(rows: &[(String, String)], errors: &mut FieldErrors) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut known = BTreeSet::new();
    for (at, (key, value)) in rows.iter().enumerate() {
        let (key, value) = (key.trim(), value.trim());
        if key.is_empty() && value.is_empty() {
            continue;
        }
        if let Some(wrong) = wrong_key(key) {
            errors.add(format!("tags.{at}.key"), wrong);
        } else if !known.insert(key) {
            errors.add(
                format!("tags.{at}.key"),
                format!("“{key}” is there already; keys are unique."),
            );
        }
        if let Some(wrong) = wrong_text(value, TAG_VALUE_MAX) {
            errors.add(format!("tags.{at}.value"), wrong);
        }
        tags.push(Tag { key: key.to_owned(), value: value.to_owned() });
    }
    if tags.len() > TAGS_MAX {
        errors.add("tags", format!("At most {TAGS_MAX} tags; these are {}.", tags.len()));
    }
    tags
}

fn wrong_key(key: &str) -> Option<String> {
    if key.is_empty() {
        return Some("Give the tag a key.".to_owned());
    }
    wrong_text(key, TAG_KEY_MAX)
}

fn wrong_text(text: &str, longest: usize) -> Option<String> {
    let length = text.chars().count();
    let wrong = |c: &char| !(c.is_alphanumeric() || *c == ' ' || "_.:/=+-@".contains(*c));
    if length > longest {
        Some(format!("At most {longest} characters; this has {length}."))
    } else if text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:")) {
        Some("AWS keeps aws: at the beginning for itself.".to_owned())
    } else {
        text.chars().find(wrong).map(|c| {
            format!("Use letters, digits, spaces and _ . : / = + - @; “{c}” is none of them.")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_what_aws_takes() {
        let long = "x".repeat(257);
        for (rows, at, said) in [
            (&[("", "x")][..], "tags.0.key", Some("Give the tag a key.")),
            (
                &[("team", "a"), ("team ", "b")],
                "tags.1.key",
                Some("“team” is there already; keys are unique."),
            ),
            (&[("AWS:x", "")], "tags.0.key", Some("AWS keeps aws: at the beginning for itself.")),
            (
                &[("x", "aws:y")],
                "tags.0.value",
                Some("AWS keeps aws: at the beginning for itself."),
            ),
            (
                &[("a<b", "")],
                "tags.0.key",
                Some("Use letters, digits, spaces and _ . : / = + - @; “<” is none of them."),
            ),
            (&[(&long[..129], "")], "tags.0.key", Some("At most 128 characters; this has 129.")),
            (&[("x", &long[..])], "tags.0.value", Some("At most 256 characters; this has 257.")),
            (&[("", ""), ("Größe", "1 + 1")], "tags.1.key", None),
        ] {
            let rows: Vec<_> =
                rows.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
            let mut errors = FieldErrors::new();
            check_tags(&rows, &mut errors);
            assert_eq!(errors.at(at), said, "{rows:?}");
            assert_eq!(errors.len(), usize::from(said.is_some()), "{rows:?}");
        }
        let many: Vec<_> = (0..51).map(|n| (n.to_string(), String::new())).collect();
        let mut errors = FieldErrors::new();
        check_tags(&many, &mut errors);
        assert_eq!(errors.at("tags"), Some("At most 50 tags; these are 51."));
    }
}
