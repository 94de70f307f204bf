//! What is typed to scale a service or to deploy a revision, and the checks.

use serde::{Deserialize, Serialize};

use super::draft_rules::check_desired;
use crate::error::{AppError, FieldErrors};
use crate::launch::choices::LaunchChoices;
use crate::launch::draft::check_revision;
use crate::names::Revision;

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
    /// The revision.
    ///
    /// # Errors
    /// [`AppError::Invalid`] at `family` and `revision`.
    pub fn check(&self, choices: &LaunchChoices) -> Result<Revision, AppError> {
        let mut errors = FieldErrors::new();
        match check_revision(choices, &self.family, &self.revision, &mut errors) {
            Some(revision) => errors.or(revision),
            None => Err(AppError::Invalid(errors)),
        }
    }
}

#[cfg(test)]
mod tests {
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
        for (family, revision, at) in
            [("", "latest", "family"), ("api", "latest", "family"), ("web", "8", "revision")]
        {
            let draft = DeployDraft { family: family.into(), revision: revision.into() };
            let errors = draft.check(&choices).unwrap_err().field_errors();
            assert!(errors.at(at).is_some(), "{errors:?}");
        }
        let latest = DeployDraft { family: "web".into(), revision: LATEST.into() }.check(&choices);
        assert_eq!(latest.map(|r| r.to_string()), Ok("web:9".to_owned()));
    }
}
