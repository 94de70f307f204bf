//! The log's verbs and outcomes as people read them.

use super::model::Outcome;
use crate::timestamp::Timestamp;
use crate::ui::Tone;

/// Every verb that is written to the log, with its words.
pub(super) const VERBS: [(&str, &str); 35] = [
    ("cluster.created", "Created cluster"),
    ("cluster.deleted", "Deleted cluster"),
    ("task-definition.registered", "Registered task definition"),
    ("task-definition.deregistered", "Deregistered task definition"),
    ("task-definition.deleted", "Deleted revisions"),
    ("task.run", "Ran tasks"),
    ("task.stopped", "Stopped task"),
    ("service.created", "Created service"),
    ("service.scaled", "Scaled service"),
    ("service.deployed", "Deployed service"),
    ("service.restarted", "Restarted service"),
    ("service.deleted", "Deleted service"),
    ("member.added", "Added member"),
    ("member.role-set", "Set role"),
    ("member.disabled", "Disabled member"),
    ("member.enabled", "Enabled member"),
    ("member.invited", "Made link for member"),
    ("status-page.created", "Created status page"),
    ("status-page.changed", "Changed status page"),
    ("status-page.deleted", "Deleted status page"),
    ("draft.created", "Began draft"),
    ("draft.handed-over", "Took over draft"),
    ("draft.deleted", "Deleted draft"),
    ("draft.restored", "Took back draft"),
    ("template.saved", "Saved template"),
    ("template.replaced", "Replaced template"),
    ("template.described", "Described template"),
    ("template.removed", "Removed template"),
    ("template.default-set", "Set default template"),
    ("weather.set", "Set weather"),
    ("access.signed-in", "Signed in"),
    ("access.refused", "Refused sign-in"),
    ("access.locked", "Locked sign-in"),
    ("access.signed-out", "Signed out"),
    ("access.link-used", "Used one-time link"),
];

/// How long a change may take before its silence means something: well beyond any call to ECS.
const OPEN_MS: i64 = 60_000;

/// A verb in words; one of a later version as it is.
pub(super) fn verb_words(verb: &str) -> String {
    let known = VERBS.iter().find(|(name, _)| *name == verb);
    known.map_or(verb, |(_, words)| words).to_owned()
}

/// Parts of a list that are shown; of the others, their number.
const SHOWN: usize = 5;

/// What came out of a change, short enough for a table: ids of tasks by their beginning, as everywhere
/// in the console, and of a long list the first few.
fn shortened(came_out: &str) -> String {
    let parts: Vec<&str> = came_out.split(", ").collect();
    let mut text =
        parts.iter().take(SHOWN).map(|part| short_id(part)).collect::<Vec<_>>().join(", ");
    if let more @ 1.. = parts.len().saturating_sub(SHOWN) {
        text.push_str(&format!(" and {more} more"));
    }
    text
}

/// A text that ends in the id of a task, with the id's first digits for the whole of it.
fn short_id(text: &str) -> String {
    const DIGITS: usize = 32;
    let start = text.len().saturating_sub(DIGITS);
    match text.get(start..) {
        Some(id) if id.len() == DIGITS && id.bytes().all(|b| b.is_ascii_hexdigit()) => {
            text.get(..start + 8).unwrap_or(text).to_owned()
        }
        _ => text.to_owned(),
    }
}

/// How an entry ended: its mark, and what there is to say of it.
pub(super) fn outcome_words(
    outcome: &Outcome,
    at: Timestamp,
    now: Timestamp,
) -> (Tone, &'static str, Option<String>) {
    match outcome {
        Outcome::Done(came_out) if came_out.is_empty() => (Tone::Good, "Done", None),
        Outcome::Done(came_out) => (Tone::Good, "Done", Some(shortened(came_out))),
        Outcome::Failed(said) => (Tone::Bad, "Failed", Some(said.clone())),
        Outcome::Pending if now.ms_since(at) < OPEN_MS => (Tone::Busy, "Under way", None),
        Outcome::Pending => (
            Tone::Unknown,
            "Outcome unknown",
            Some("The answer was lost: it may or may not have been done.".into()),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_entry_is_unknown_after_a_minute() {
        let at = Timestamp::from_ms(1_000_000);
        for (outcome, later_ms, words) in [
            (Outcome::Pending, 0, "Under way"),
            (Outcome::Pending, 59_999, "Under way"),
            (Outcome::Pending, 60_000, "Outcome unknown"),
            (Outcome::Done(String::new()), 60_000, "Done"),
            (Outcome::Failed("no".into()), 0, "Failed"),
        ] {
            assert_eq!(outcome_words(&outcome, at, at.plus_ms(later_ms)).1, words);
        }
    }

    #[test]
    fn what_came_out_is_short_in_the_table() {
        let id = |digit: &str| digit.repeat(32);
        let many: Vec<String> = (0..9).map(|n| id(&n.to_string())).collect();
        for (came_out, said) in [
            (String::new(), None),
            ("web:8".to_owned(), Some("web:8".to_owned())),
            (format!("1 task: {}", id("a")), Some("1 task: aaaaaaaa".to_owned())),
            (
                format!("2 of 3 tasks: {}, {}", id("a"), id("b")),
                Some("2 of 3 tasks: aaaaaaaa, bbbbbbbb".to_owned()),
            ),
            (
                format!("9 tasks: {}", many.join(", ")),
                Some("9 tasks: 00000000, 11111111, 22222222, 33333333, 44444444 and 4 more".into()),
            ),
        ] {
            let at = Timestamp::from_ms(0);
            assert_eq!(outcome_words(&Outcome::Done(came_out), at, at).2, said);
        }
    }

    #[test]
    fn verbs_have_words() {
        assert_eq!(verb_words("service.scaled"), "Scaled service");
        assert_eq!(verb_words("moon.landed"), "moon.landed");
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn every_change_has_words() {
        use crate::backend::{Access, Change};
        use crate::team::model::Role;
        let email = || "ada@example.com".to_owned();
        let (cluster, service) = ("c".parse().unwrap(), "s".parse().unwrap());
        for change in [
            Change::ServiceRestarted { cluster, service },
            Change::MemberAdded { email: email(), role: Role::Viewer },
            Change::MemberRoleSet { email: email(), role: Role::Viewer },
            Change::MemberInvited { email: email() },
            Change::StatusPageChanged { title: "Shop".into() },
            Change::DraftCreated { name: "web".into() },
            Change::DraftHandedOver { name: "web".into(), owner: "Ada".into() },
            Change::DraftDeleted { name: "web".into(), registered: None },
            Change::DraftRestored { name: "web".into() },
            Change::TemplateSaved { name: "web".into() },
            Change::TemplateReplaced { name: "web".into() },
            Change::TemplateDescribed { name: "web".into(), was: "app".into() },
            Change::TemplateRemoved { name: "web".into() },
            Change::TemplateDefaultSet { name: None },
            Change::WeatherSet { weather: Default::default() },
        ] {
            assert_ne!(verb_words(change.verb()), change.verb());
        }
        for access in Access::ALL {
            assert_ne!(verb_words(access.verb()), access.verb());
        }
    }
}
