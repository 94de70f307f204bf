//! Words from closed lists, and names.

use super::place::Place;
use crate::finding::{Finding, Findings};
use crate::names::check_name;

/// Refuses a member whose text is none of a list. ECS reads no empty word as an absent one.
pub(super) fn one_of<'f>(
    rule: &'static str,
    place: &Place<'_>,
    member: &'static str,
    words: &[&str],
    found: &'f mut Findings,
) -> Option<&'f mut Finding> {
    let word = place.get(member)?.value.as_str()?;
    if words.contains(&word) {
        return None;
    }
    Some(found.refuse(rule, place.at(member), format!("{}.", listed(words))))
}

/// `a`, `a or b`, `One of a, b and c`.
pub(super) fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => format!("{one} is the only value"),
        [one, other] => format!("{one} or {other}"),
        [first @ .., last] => format!("One of {} and {last}", first.join(", ")),
    }
}

/// Refuses a name that ECS does not take. Elsewhere spaces around a name are taken off, but a
/// document is sent as it is.
pub(super) fn name(rule: &'static str, noun: &str, place: &Place<'_>, found: &mut Findings) {
    let text = place.text("name");
    match check_name(noun, text) {
        Err(said) => {
            found.refuse(rule, place.at("name"), said);
        }
        Ok(name) if name != text => {
            found
                .refuse(rule, place.at("name"), "Take the spaces around it away.")
                .fix_by_setting("Take the spaces away", name);
        }
        Ok(_) => {}
    }
}

/// A name that nobody else has: `app-2`.
pub(super) fn free_name(name: &str, taken: impl Fn(&str) -> bool) -> String {
    (2..).map(|n| format!("{name}-{n}")).find(|name| !taken(name)).unwrap_or_default()
}
