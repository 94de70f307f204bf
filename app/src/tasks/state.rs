//! The state of tasks and containers in a word and a tone.

use crate::ui::Tone;

/// A task's state, with what went wrong at its end ([`super::model::Task::bad_end`]). A task that
/// still runs although ECS wants it stopped is on its way out.
pub fn task_state(last: &str, desired: &str, bad_end: Option<&str>) -> (Tone, String) {
    match (last, desired) {
        ("STOPPED", _) => match bad_end {
            Some(bad_end) => (Tone::Bad, format!("Stopped, {bad_end}")),
            None => (Tone::Idle, word(last)),
        },
        ("RUNNING", "STOPPED") => (Tone::Busy, "Stopping".into()),
        ("RUNNING", _) => (Tone::Good, "Running".into()),
        ("DELETED", _) => (Tone::Idle, word(last)),
        (
            "PROVISIONING" | "PENDING" | "ACTIVATING" | "DEACTIVATING" | "STOPPING"
            | "DEPROVISIONING",
            _,
        ) => (Tone::Busy, word(last)),
        _ => (Tone::Unknown, word(last)),
    }
}

/// A container's state; an exit code other than 0 makes the end a bad one.
pub fn container_state(last: &str, exit_code: Option<i32>) -> (Tone, String) {
    match (last, exit_code) {
        ("RUNNING", _) => (Tone::Good, "Running".into()),
        ("STOPPED", Some(0)) => (Tone::Idle, "Stopped".into()),
        ("STOPPED", Some(_)) => (Tone::Bad, "Stopped".into()),
        ("STOPPED", None) => (Tone::Idle, "Stopped".into()),
        ("PENDING" | "MANIFEST_PULLED" | "PULLED" | "CREATED" | "RESOURCES_PROVISIONED", _) => {
            (Tone::Busy, word(last))
        }
        _ => (Tone::Unknown, word(last)),
    }
}

/// The outcome of health checks; `None` when nothing is checked.
pub fn health_state(health: &str) -> Option<(Tone, String)> {
    match health {
        "HEALTHY" => Some((Tone::Good, "Healthy".into())),
        "UNHEALTHY" => Some((Tone::Bad, "Unhealthy".into())),
        _ => None,
    }
}

/// `MANIFEST_PULLED` as `Manifest pulled`; nothing as `Unknown`.
fn word(status: &str) -> String {
    let lower = status.to_lowercase().replace('_', " ");
    let mut letters = lower.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Unknown".into(),
    }
}

/// Where a task runs, as people write it.
pub fn place_words(place: &str) -> String {
    match place {
        "FARGATE" => "Fargate".into(),
        "FARGATE_SPOT" => "Fargate Spot".into(),
        "EXTERNAL" => "External".into(),
        "MANAGED_INSTANCES" => "Managed instances".into(),
        other => other.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_tone_and_a_word() {
        for (last, desired, tone, said) in [
            ("PROVISIONING", "RUNNING", Tone::Busy, "Provisioning"),
            ("PENDING", "RUNNING", Tone::Busy, "Pending"),
            ("RUNNING", "RUNNING", Tone::Good, "Running"),
            ("RUNNING", "STOPPED", Tone::Busy, "Stopping"),
            ("DEPROVISIONING", "STOPPED", Tone::Busy, "Deprovisioning"),
            ("STOPPED", "STOPPED", Tone::Idle, "Stopped"),
            ("NEW_WORD", "RUNNING", Tone::Unknown, "New word"),
            ("", "", Tone::Unknown, "Unknown"),
        ] {
            assert_eq!(task_state(last, desired, None), (tone, said.to_owned()), "{last}");
        }
        let crashed = (Tone::Bad, "Stopped, exit code 1".to_owned());
        assert_eq!(task_state("STOPPED", "STOPPED", Some("exit code 1")), crashed);
        let ending = (Tone::Busy, "Deprovisioning".to_owned());
        assert_eq!(task_state("DEPROVISIONING", "STOPPED", Some("exit code 1")), ending);
        assert_eq!(container_state("STOPPED", Some(137)).0, Tone::Bad);
        assert_eq!(container_state("STOPPED", Some(0)).0, Tone::Idle);
        assert_eq!(container_state("MANIFEST_PULLED", None).1, "Manifest pulled");
        assert_eq!(health_state("UNKNOWN"), None);
        assert_eq!(place_words("FARGATE_SPOT"), "Fargate Spot");
        assert_eq!(place_words("my-provider"), "my-provider");
    }
}
