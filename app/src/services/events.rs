//! A service's events in words, and how each feels.

use serde::{Deserialize, Serialize};

use crate::listing::Row;
use crate::names::TaskId;
use crate::timestamp::Timestamp;
use crate::ui::Tone;

/// One event of a service, as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    /// The event's id.
    pub key: String,
    /// When it was written.
    pub at: Timestamp,
    /// AWS's words, without the service's name.
    pub message: String,
}

impl Row for EventRow {
    fn key(&self) -> &str {
        &self.key
    }
}

/// What is longer even so is cut in a list; the detail shows each event whole.
const SHORT: usize = 72;

/// What a row of a list can show of an event: its first sentence, without the service's name,
/// which stands beside it, and without ids.
pub fn shortened(message: &str, service: &str) -> String {
    let plain = without_name(message, service);
    let first = plain.split_once(". ").map_or(plain.as_str(), |(first, _)| first);
    let gist = without_ids(first.trim_end_matches('.'));
    let words = match gist.strip_prefix("Has ").unwrap_or(&gist) {
        "" => plain,
        gist => capitalised(gist),
    };
    if words.chars().count() <= SHORT {
        return words;
    }
    let cut: String = words.chars().take(SHORT).collect();
    let at_word = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut.get(..at_word).unwrap_or(&cut).trim_end())
}

/// `registered 1 targets in (target-group arn:..)` as `registered 1 targets`. ECS puts what it
/// names into brackets, and a reason, which stays.
fn without_ids(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        let (inside, left) = after.split_once(')').unwrap_or((after, ""));
        if let Some(reason) = inside.strip_prefix("reason ") {
            kept.extend([before, reason]);
        } else {
            let of = [" in ", " to ", " with "].iter().find_map(|of| before.strip_suffix(of));
            kept.push_str(of.unwrap_or(before));
        }
        rest = left;
    }
    kept.push_str(rest);
    let words = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.split(" to deployment ecs-svc/").next().unwrap_or_default();
    // ECS writes the plural whatever the number.
    let words = words.replace(" 1 tasks", " 1 task").replace(" 1 running tasks", " 1 running task");
    words.replace(" 1 targets", " 1 target").trim_end_matches([':', ',']).to_owned()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `(service web) has reached a steady state.` as `Has reached a steady state.`
pub fn without_name(message: &str, service: &str) -> String {
    let prefix = format!("(service {service})");
    let Some(rest) = message.strip_prefix(prefix.as_str()) else {
        return message.to_owned();
    };
    match rest.trim_start_matches([',', ' ']) {
        "" => message.to_owned(),
        rest => capitalised(rest),
    }
}

/// A piece of an event's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words as they stand.
    Words(String),
    /// The id of a task that the event names.
    Task(TaskId),
}

/// An event's words in pieces, so that the tasks it names can be followed: `(task 0123…)`.
pub fn pieces(message: &str) -> Vec<Piece> {
    const NAMES: &str = "(task ";
    let mut pieces = Vec::new();
    let (mut words, mut rest) = (String::new(), message);
    while let Some((before, after)) = rest.split_once(NAMES) {
        words.push_str(before);
        words.push_str(NAMES);
        rest = after;
        if let Some((id, left)) = after.split_once(')')
            && let Ok(id) = id.parse()
        {
            pieces.extend([Piece::Words(std::mem::take(&mut words)), Piece::Task(id)]);
            words.push(')');
            rest = left;
        }
    }
    words.push_str(rest);
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
    pieces
}

/// How an event feels, told by the words that ECS uses; plain when they tell nothing.
pub fn event_tone(message: &str) -> Tone {
    // Beside its service an event begins with a capital.
    let message = message.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if has(&["unable to", "failed", "is unhealthy", "circuit breaker", "impaired"]) {
        Tone::Bad
    } else if has(&["rolling back"]) {
        Tone::Warn
    } else if has(&["steady state", "deployment completed"]) {
        Tone::Good
    } else if has(&["has started", "has begun", "registered"]) {
        Tone::Busy
    } else {
        Tone::Idle
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_reads_beside_its_service() {
        for (message, whole) in [
            ("(service web) has reached a steady state.", "Has reached a steady state."),
            ("(service web), taskSet ecs-svc/1 has begun.", "TaskSet ecs-svc/1 has begun."),
            ("(service api) has stopped.", "(service api) has stopped."),
            ("(service web)", "(service web)"),
        ] {
            assert_eq!(without_name(message, "web"), whole);
        }
    }

    #[test]
    fn a_row_shows_the_gist_of_an_event() {
        for (message, short) in [
            ("has reached a steady state.", "Reached a steady state"),
            ("has started 2 tasks: (task 1f) (task 2e).", "Started 2 tasks"),
            ("has stopped 1 running tasks: (task 1f).", "Stopped 1 running task"),
            ("registered 1 targets in (target-group arn:x/web)", "Registered 1 target"),
            ("(deployment ecs-svc/1) deployment completed.", "Deployment completed"),
            ("rolling back to deployment ecs-svc/1.", "Rolling back"),
            (
                "(deployment ecs-svc/2) deployment failed: tasks failed to start.",
                "Deployment failed: tasks failed to start",
            ),
            (
                "is unable to consistently start tasks successfully. For more information, see x.",
                "Is unable to consistently start tasks successfully",
            ),
            (
                "(port 80) is unhealthy in (target-group arn:x) due to (reason Health checks failed).",
                "Is unhealthy due to Health checks failed",
            ),
            ("(task 1f)", "(task 1f)"),
        ] {
            assert_eq!(shortened(&format!("(service web) {message}"), "web"), short);
        }
        let long = "word ".repeat(60);
        let short = shortened(&long, "web");
        assert!(short.ends_with("word…") && short.chars().count() <= SHORT + 1);
    }

    #[test]
    fn tasks_that_an_event_names_can_be_followed() {
        let id = "0123456789abcdef0123456789abcdef";
        let words = |words: &str| Piece::Words(words.into());
        let task = || Piece::Task(id.parse().unwrap());
        for (message, wanted) in [
            ("Has reached a steady state.", vec![words("Has reached a steady state.")]),
            (
                &format!("Has started 2 tasks: (task {id}) (task {id})."),
                vec![
                    words("Has started 2 tasks: (task "),
                    task(),
                    words(") (task "),
                    task(),
                    words(")."),
                ],
            ),
            ("Odd (task a b) (task ", vec![words("Odd (task a b) (task ")]),
            ("", vec![]),
        ] {
            assert_eq!(pieces(message), wanted, "{message}");
        }
    }

    #[test]
    fn an_event_feels_like_its_words() {
        for (message, tone) in [
            ("was unable to place a task.", Tone::Bad),
            ("(deployment ecs-svc/1) deployment failed: tasks failed to start.", Tone::Bad),
            ("rolling back to deployment ecs-svc/1.", Tone::Warn),
            ("has reached a steady state.", Tone::Good),
            ("has started 2 tasks: (task a).", Tone::Busy),
            ("has stopped 1 running tasks.", Tone::Idle),
        ] {
            for shown in
                [message.to_owned(), without_name(&format!("(service web) {message}"), "web")]
            {
                assert_eq!(event_tone(&shown), tone, "{shown}");
            }
        }
    }
}
