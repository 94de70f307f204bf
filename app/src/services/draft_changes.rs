//! What is typed to scale a service, to deploy a revision or to delete it, and the checks.

use serde::{Deserialize, Serialize};

use super::draft_rules::check_desired;
use super::model::Service;
use crate::error::{AppError, FieldErrors};
use crate::launch::choices::LaunchChoices;
use crate::launch::draft::check_revision;
use crate::names::Revision;
use crate::words::tasks;

/// How many tasks a service shall run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScaleDraft {
    /// The number.
    pub desired: String,
}

impl ScaleDraft {
    /// The number.
    ///
    /// # Errors
    /// [`AppError::Invalid`] at `desired`.
    pub fn check(&self) -> Result<u32, AppError> {
        check_desired(&self.desired)
            .map_err(|wrong| AppError::Invalid(FieldErrors::one("desired", wrong)))
    }
}

/// Which revision a service shall run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeployDraft {
    /// The family's name.
    pub family: String,
    /// The revision's number, or `latest`.
    pub revision: String,
}

impl DeployDraft {
    /// The revision; another than the `present` one, for which ECS would do nothing.
    ///
    /// # Errors
    /// [`AppError::Invalid`] at `family` and `revision`.
    pub fn check(
        &self,
        choices: &LaunchChoices,
        present: Option<&Revision>,
    ) -> Result<Revision, AppError> {
        let mut errors = FieldErrors::new();
        let chosen = check_revision(choices, &self.family, &self.revision, &mut errors);
        if let Some(chosen) = chosen.as_ref().filter(|chosen| Some(*chosen) == present) {
            errors.add(
                "revision",
                format!(
                    "{chosen} is what it runs already. Choose another, or use Force new deployment to replace its tasks by new ones."
                ),
            );
        }
        match chosen {
            Some(revision) => errors.or(revision),
            None => Err(AppError::Invalid(errors)),
        }
    }
}

/// Whether a service may be deleted now: ECS takes a replica that shall still run tasks only by
/// `force`, and a daemon always, for it has no count that could be 0.
///
/// # Errors
/// [`AppError::Invalid`] at `force`.
pub fn check_delete(service: &Service, force: bool) -> Result<(), AppError> {
    if force || service.desired == 0 || service.scheduling == "DAEMON" {
        return Ok(());
    }
    let said = format!(
        "It shall still run {}. Scale it to 0 first, or tick this to stop them with it.",
        tasks(service.desired)
    );
    Err(AppError::Invalid(FieldErrors::one("force", said)))
}

#[cfg(test)]
mod tests {
    use super::super::samples::service;
    use super::*;
    use crate::launch::choices::LATEST;
    use crate::launch::samples::choices;

    #[test]
    fn a_scale_is_a_number() {
        for (typed, answer) in [(" 4 ", Some(4)), ("0", Some(0)), ("", None), ("1.5", None)] {
            let draft = ScaleDraft { desired: typed.into() };
            assert_eq!(draft.check().ok(), answer);
        }
    }

    #[test]
    fn a_deployment_names_an_active_revision() {
        let choices = choices();
        let checked = |family: &str, revision: &str, present: Option<&str>| {
            let draft = DeployDraft { family: family.into(), revision: revision.into() };
            let present: Option<Revision> = present.and_then(|present| present.parse().ok());
            draft.check(&choices, present.as_ref())
        };
        for (family, revision, at) in
            [("", "latest", "family"), ("api", "latest", "family"), ("web", "8", "revision")]
        {
            let errors = checked(family, revision, None).unwrap_err().field_errors();
            assert!(errors.at(at).is_some(), "{errors:?}");
        }
        for present in [None, Some("web:7"), Some("api:9")] {
            let latest = checked("web", LATEST, present).map(|revision| revision.to_string());
            assert_eq!(latest, Ok("web:9".to_owned()));
        }
        for revision in [LATEST, "9"] {
            let errors = checked("web", revision, Some("web:9")).unwrap_err().field_errors();
            let said = errors.at("revision").unwrap();
            assert!(said.contains("web:9") && said.contains("Force new deployment"), "{said}");
        }
    }

    #[test]
    fn only_force_deletes_what_shall_still_run() {
        for (scheduling, desired, force, at_force) in [
            (
                "REPLICA",
                1,
                false,
                Some(
                    "It shall still run 1 task. Scale it to 0 first, or tick this to stop them with it.",
                ),
            ),
            ("REPLICA", 1, true, None),
            ("REPLICA", 0, false, None),
            ("DAEMON", 3, false, None),
        ] {
            let mut service = service("production", "web");
            (service.scheduling, service.desired) = (scheduling.into(), desired);
            let errors = check_delete(&service, force).map_err(|error| error.field_errors());
            assert_eq!(errors.err().unwrap_or_default().at("force"), at_force, "{scheduling}");
        }
    }
}
