//! What is typed to stop a task, and its check.

use serde::{Deserialize, Serialize};

use crate::error::{AppError, FieldErrors};

/// The longest reason, in characters: ECS shows it with the task, where a longer one is cut.
pub const REASON_MAX: usize = 255;

/// What was typed into the stop dialog.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopDraft {
    /// Why; ECS shows it to everybody who looks at the task.
    pub reason: String,
}

impl StopDraft {
    /// The reason, trimmed.
    ///
    /// # Errors
    /// [`AppError::Invalid`] at `reason`.
    pub fn check(&self) -> Result<String, AppError> {
        let reason = self.reason.trim();
        let mut errors = FieldErrors::new();
        let length = reason.chars().count();
        if reason.is_empty() {
            errors.add("reason", "Say why: others see it on the task.");
        } else if length > REASON_MAX {
            errors.add("reason", format!("At most {REASON_MAX} characters; this has {length}."));
        } else if reason.chars().any(char::is_control) {
            errors.add("reason", "Write it on one line.");
        }
        errors.or(reason.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_needs_a_reason() {
        for (typed, said) in [
            ("  ".to_owned(), Some("Say why: others see it on the task.")),
            ("x".repeat(256), Some("At most 255 characters; this has 256.")),
            ("one\ntwo".to_owned(), Some("Write it on one line.")),
            ("é".repeat(255), None),
            (" stuck on a lock ".to_owned(), None),
        ] {
            let draft = StopDraft { reason: typed };
            let errors = draft.check().err().map(|e| e.field_errors());
            assert_eq!(errors.as_ref().and_then(|e| e.at("reason")), said);
        }
        let trimmed = StopDraft { reason: " a ".into() }.check();
        assert_eq!(trimmed, Ok("a".to_owned()));
    }
}
