//! Rules about tags.

use serde_json::Value;

use super::{Check, text};
use crate::refusal::Refusal;

/// R33 to R36: at most 50, keys unique and 1 to 128 long, values at most 256,
/// no `aws:` in front.
pub(crate) fn check(tags: &[Value]) -> Check {
    if tags.len() > 50 {
        return Err(Refusal::invalid("Tags can have at most 50 items."));
    }
    for (at, tag) in tags.iter().enumerate() {
        let key = text(tag, "key").unwrap_or_default();
        let value = text(tag, "value").unwrap_or_default();
        if key.is_empty() || key.chars().count() > 128 {
            return Err(Refusal::invalid("Tag keys must be between 1 and 128 characters."));
        }
        if value.chars().count() > 256 {
            return Err(Refusal::invalid("Tag values can have at most 256 characters."));
        }
        if !key.chars().chain(value.chars()).all(allowed) {
            return Err(Refusal::invalid(
                "Some tags contain invalid characters. Valid characters: UTF-8 letters, spaces, numbers and _ . / = + - : @.",
            ));
        }
        if reserved(key) || reserved(value) {
            return Err(Refusal::invalid(
                "aws: prefixed tag key names are not allowed for external use.",
            ));
        }
        if tags.iter().take(at).any(|other| other.get("key") == tag.get("key")) {
            return Err(Refusal::invalid(
                "Duplicate tag keys found. Please note that tag keys are case insensitive.",
            ));
        }
    }
    Ok(())
}

fn allowed(letter: char) -> bool {
    letter.is_alphanumeric() || letter.is_whitespace() || "_.:/=+-@".contains(letter)
}

fn reserved(word: &str) -> bool {
    word.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"))
}
