//! What is typed to run tasks, and its check.

use serde::{Deserialize, Serialize};

use crate::clusters::model::Tag;
use crate::clusters::tags::check_tags;
use crate::error::{AppError, FieldErrors};
use crate::launch::choices::{LaunchChoices, RevisionNeeds};
use crate::launch::draft::LaunchDraft;
use crate::launch::model::Launch;

/// The most tasks of one form; RunTask takes ten in one call (R266), and the gateway makes several.
pub const COUNT_MAX: u32 = 100;
/// The longest group, in characters.
const GROUP_MAX: usize = 255;

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunDraft {
    /// What they run, and where.
    pub launch: LaunchDraft,
    /// How many tasks.
    pub count: String,
    /// The group; empty for ECS's own, `family:NAME`.
    pub group: String,
    /// Key and value; empty rows too.
    pub tags: Vec<(String, String)>,
}

/// Tasks that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRequest {
    /// What, and where.
    pub launch: Launch,
    /// How many, 1 to [`COUNT_MAX`].
    pub count: u32,
    /// Without one ECS takes `family:NAME`.
    pub group: Option<String>,
    /// At most 50.
    pub tags: Vec<Tag>,
}

impl RunDraft {
    /// The request, or what is wrong with it. `needs` tells what the chosen revision asks for;
    /// without it only the server can check the network.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with a message at each field that does not hold.
    pub fn check(
        &self,
        choices: &LaunchChoices,
        needs: Option<&RevisionNeeds>,
    ) -> Result<RunRequest, AppError> {
        let mut errors = FieldErrors::new();
        let launch = self.launch.check(choices, needs, &mut errors);
        let count = errors.take("count", check_count(&self.count));
        let group = errors.take("group", check_group(&self.group)).flatten();
        let tags = check_tags(&self.tags, &mut errors);
        let (Some(launch), Some(count)) = (launch, count) else {
            return Err(AppError::Invalid(errors));
        };
        errors.or(RunRequest { launch, count, group, tags })
    }
}

fn check_count(text: &str) -> Result<u32, String> {
    text.trim()
        .parse()
        .ok()
        .filter(|count| (1..=COUNT_MAX).contains(count))
        .ok_or_else(|| format!("A whole number from 1 to {COUNT_MAX}."))
}

/// ECS keeps `service:` for the tasks of services.
fn check_group(text: &str) -> Result<Option<String>, String> {
    let group = text.trim();
    let length = group.chars().count();
    if group.is_empty() {
        Ok(None)
    } else if group.starts_with("service:") {
        Err("Groups that start with service: belong to services.".to_owned())
    } else if length > GROUP_MAX {
        Err(format!("At most {GROUP_MAX} characters; this has {length}."))
    } else if group.chars().any(char::is_control) {
        Err("Write it on one line.".to_owned())
    } else {
        Ok(Some(group.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::launch::samples;
    use crate::launch::samples::{choices, needs};

    fn draft() -> RunDraft {
        RunDraft { launch: samples::draft(), count: "3".into(), ..RunDraft::default() }
    }

    #[test]
    fn good_input_becomes_a_request() {
        let request = draft().check(&choices(), Some(&needs("awsvpc"))).unwrap();
        assert_eq!((request.launch.revision.number, request.count), (9, 3));
        assert_eq!(request.group, None);
        let grouped = RunDraft { group: " night ".into(), ..draft() };
        let request = grouped.check(&choices(), Some(&needs("awsvpc"))).unwrap();
        assert_eq!(request.group.as_deref(), Some("night"));
    }

    #[test]
    fn every_field_has_its_error() {
        type Edit = fn(&mut RunDraft);
        let rows: [(Edit, &str, &str); 8] = [
            (|d| d.launch.cluster.clear(), "cluster", "Choose"),
            (|d| d.count = "0".into(), "count", "1 to 100"),
            (|d| d.count = "101".into(), "count", "1 to 100"),
            (|d| d.count = "two".into(), "count", "whole number"),
            (|d| d.group = "service:web".into(), "group", "belong"),
            (|d| d.group = "x".repeat(256), "group", "255"),
            (|d| d.group = "one\ntwo".into(), "group", "one line"),
            (|d| d.tags = vec![(String::new(), "x".into())], "tags.0.key", "a key"),
        ];
        for (edit, path, part) in rows {
            let mut draft = draft();
            edit(&mut draft);
            let errors =
                draft.check(&choices(), Some(&needs("awsvpc"))).unwrap_err().field_errors();
            assert!(errors.at(path).is_some_and(|said| said.contains(part)), "{path}: {errors:?}");
            assert_eq!(errors.len(), 1, "{errors:?}");
        }
    }
}
