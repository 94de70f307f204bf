//! A service's events in words, and how each feels.

use serde::{Deserialize, Serialize};

use crate::listing::Row;
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

/// Longer messages are cut in a list; the detail shows them whole.
const SHORT: usize = 110;

/// An event without the service's name, which stands beside it, cut to what a row can show.
pub fn shortened(message: &str, service: &str) -> String {
    let plain = without_name(message, service);
    if plain.chars().count() <= SHORT {
        return plain;
    }
    let cut: String = plain.chars().take(SHORT).collect();
    let at_word = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut.get(..at_word).unwrap_or(&cut).trim_end())
}

/// `(service web) has reached a steady state.` as `Has reached a steady state.`
pub fn without_name(message: &str, service: &str) -> String {
    let prefix = format!("(service {service})");
    let Some(rest) = message.strip_prefix(prefix.as_str()) else {
        return message.to_owned();
    };
    let rest = rest.trim_start_matches([',', ' ']);
    let mut letters = rest.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => message.to_owned(),
    }
}

/// How an event feels, told by the words that ECS uses; plain when they tell nothing.
pub fn event_tone(message: &str) -> Tone {
    let has = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if has(&["unable to", "failed", "is unhealthy", "circuit breaker", "impaired"]) {
        Tone::Bad
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
        for (message, short) in [
            ("(service web) has reached a steady state.", "Has reached a steady state."),
            ("(service web), taskSet ecs-svc/1 has begun.", "TaskSet ecs-svc/1 has begun."),
            ("(service api) has stopped.", "(service api) has stopped."),
            ("(service web)", "(service web)"),
        ] {
            assert_eq!(shortened(message, "web"), short);
        }
        let long = "word ".repeat(60);
        let short = shortened(&long, "web");
        assert!(short.ends_with("word…") && short.chars().count() <= SHORT + 1);
    }

    #[test]
    fn an_event_feels_like_its_words() {
        for (message, tone) in [
            ("was unable to place a task.", Tone::Bad),
            ("(deployment ecs-svc/1) deployment failed: tasks failed to start.", Tone::Bad),
            ("has reached a steady state.", Tone::Good),
            ("has started 2 tasks: (task a).", Tone::Busy),
            ("has stopped 1 running tasks.", Tone::Idle),
        ] {
            assert_eq!(event_tone(message), tone, "{message}");
        }
    }
}
