//! Which suggestions a text leaves.

use super::{Suggestion, Suggestions};

/// As many are painted at once; more say nothing to anybody, and take time.
const MOST: usize = 100;

/// What of the suggestions is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::ui::form) struct Shown {
    pub(in crate::ui::form) items: Vec<Suggestion>,
    /// Whether there are more that match, here or where they come from.
    pub(in crate::ui::form) more: bool,
}

/// Those that hold every word of the text, in any order and case, in their name, value or
/// description. A text that is one of the values whole narrows nothing more.
pub(in crate::ui::form) fn shown(all: &Suggestions, text: &str) -> Shown {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let holds = |one: &&Suggestion| {
        let all = format!("{} {} {}", one.name, one.value, one.about).to_lowercase();
        words.iter().all(|word| all.contains(word.as_str()))
    };
    let mut matching = all.items.iter().filter(holds);
    let items: Vec<Suggestion> = matching.by_ref().take(MOST).cloned().collect();
    Shown { items, more: all.more || matching.next().is_some() }
}

/// What a list says of itself.
pub(in crate::ui::form) fn counted(shown: &Shown, loading: bool, noun: &str) -> String {
    match (shown.items.len(), shown.more, loading) {
        (0, _, true) => format!("Looking for {noun}…"),
        (0, false, false) => format!("No {noun} match. What you type is taken as it is."),
        (0, true, false) => {
            format!("No {noun} match among those listed. What you type is taken as it is.")
        }
        (count, true, _) => format!("{count} shown, and there are more: type to narrow."),
        (1, false, _) => "1 choice".to_owned(),
        (count, false, _) => format!("{count} choices"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggestions(names: &[&str], more: bool) -> Suggestions {
        let one = |name: &&str| Suggestion {
            value: format!("arn:aws:iam::1:role/{name}"),
            name: (*name).to_owned(),
            about: format!("About {name}"),
            ..Suggestion::default()
        };
        Suggestions { items: names.iter().map(one).collect(), more, ..Suggestions::default() }
    }

    #[test]
    fn every_word_must_be_there() {
        let all = suggestions(&["web-task", "web-execution", "api-task"], false);
        for (text, wanted) in [
            ("", &["web-task", "web-execution", "api-task"][..]),
            ("TASK", &["web-task", "api-task"]),
            ("task web", &["web-task"]),
            ("role/api", &["api-task"]),
            ("about", &["web-task", "web-execution", "api-task"]),
            ("none", &[]),
        ] {
            let shown = shown(&all, text);
            let names: Vec<&str> = shown.items.iter().map(|one| one.name.as_str()).collect();
            assert_eq!(names, wanted, "{text}");
        }
    }

    #[test]
    fn a_long_list_says_that_it_goes_on() {
        let names: Vec<String> = (0..=MOST).map(|at| format!("role-{at}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let all = shown(&suggestions(&names, false), "");
        assert_eq!((all.items.len(), all.more), (MOST, true));
        assert!(counted(&all, false, "roles").contains("type to narrow"));
        assert_eq!(
            counted(&shown(&suggestions(&names, false), "role-100"), false, "roles"),
            "1 choice"
        );
    }

    #[test]
    fn an_empty_list_says_why() {
        let none = Shown::default();
        assert_eq!(counted(&none, true, "roles"), "Looking for roles…");
        assert!(counted(&none, false, "roles").starts_with("No roles match."));
    }
}
