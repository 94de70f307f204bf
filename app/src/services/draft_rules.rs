//! The rules of numbers that only a service has.

use super::draft::{ServiceDraft, TASKS_MAX};
use crate::error::FieldErrors;

/// The largest maximum: while rolling there may be twice the wanted tasks.
const PERCENT_MAX: u32 = 200;

impl ServiceDraft {
    /// The two percentages (R206, R231 to R234).
    pub(super) fn check_percents(
        &self,
        daemon: bool,
        errors: &mut FieldErrors,
    ) -> (Option<u32>, Option<u32>) {
        let minimum = errors.take("minimum", percent(&self.minimum, 0, 100)).flatten();
        let (least, most) = if daemon { (0, 100) } else { (100, PERCENT_MAX) };
        let maximum = errors.take("maximum", percent(&self.maximum, least, most)).flatten();
        if minimum == Some(100) && maximum == Some(100) {
            errors.add("maximum", "With both at 100 % no deployment can move, and ECS refuses it.");
        }
        (minimum, maximum)
    }
}

/// How many tasks a service shall run.
///
/// # Errors
/// A sentence for the field.
pub fn check_desired(text: &str) -> Result<u32, String> {
    text.trim()
        .parse()
        .ok()
        .filter(|count| *count <= TASKS_MAX)
        .ok_or_else(|| format!("A whole number from 0 to {TASKS_MAX}."))
}

fn percent(text: &str, least: u32, most: u32) -> Result<Option<u32>, String> {
    let text = text.trim().trim_end_matches('%').trim_end();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .ok()
        .filter(|percent| (least..=most).contains(percent))
        .map(Some)
        .ok_or_else(|| format!("A whole number from {least} to {most}."))
}
