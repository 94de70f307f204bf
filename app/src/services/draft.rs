//! What is typed to create a service, and its check.

use serde::{Deserialize, Serialize};

use super::draft_rules::check_desired;
use super::model::CircuitBreaker;
use crate::clusters::model::Tag;
use crate::clusters::tags::check_tags;
use crate::error::{AppError, FieldErrors};
use crate::launch::choices::{LaunchChoices, RevisionNeeds};
use crate::launch::draft::LaunchDraft;
use crate::launch::model::Launch;
use crate::names::ServiceName;

/// The most tasks of one service (a quota of ECS).
pub const TASKS_MAX: u32 = 5_000;
/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceDraft {
    /// What it runs, and where.
    pub launch: LaunchDraft,
    /// The service's name.
    pub name: String,
    /// `REPLICA` or `DAEMON`.
    pub scheduling: String,
    /// How many tasks; a daemon has none of its own.
    pub desired: String,
    /// Percent that must stay healthy; empty for what ECS takes.
    pub minimum: String,
    /// Percent that may exist; empty for what ECS takes.
    pub maximum: String,
    /// Whether a failing deployment is stopped.
    pub breaker: bool,
    /// Whether it is rolled back then.
    pub rollback: bool,
    /// Whether commands may be run in its tasks.
    pub execute_command: bool,
    /// Key and value; empty rows too.
    pub tags: Vec<(String, String)>,
}

/// A service that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members of CreateService, by their names")]
pub struct ServiceRequest {
    pub launch: Launch,
    pub name: ServiceName,
    pub daemon: bool,
    pub desired: u32,
    pub minimum: Option<u32>,
    pub maximum: Option<u32>,
    pub circuit_breaker: CircuitBreaker,
    pub execute_command: bool,
    pub tags: Vec<Tag>,
}

impl ServiceDraft {
    /// The request, or what is wrong with it. `needs` tells what the chosen revision asks for;
    /// without it only the server can check the network.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with a message at each field that does not hold.
    pub fn check(
        &self,
        choices: &LaunchChoices,
        needs: Option<&RevisionNeeds>,
    ) -> Result<ServiceRequest, AppError> {
        let mut errors = FieldErrors::new();
        let daemon = self.scheduling == "DAEMON";
        if !daemon && self.scheduling != "REPLICA" {
            errors.add("scheduling", "Choose one of the two.");
        }
        // Before the launch's own rules: of two messages at `compute` the first stays.
        if daemon && self.launch.names_fargate() {
            errors.add("compute", "A daemon can't run on Fargate.");
        }
        let launch = self.launch.check(choices, needs, &mut errors);
        let name = errors.take("name", self.name.parse::<ServiceName>());
        let desired =
            if daemon { Some(0) } else { errors.take("desired", check_desired(&self.desired)) };
        let (minimum, maximum) = self.check_percents(daemon, &mut errors);
        let tags = check_tags(&self.tags, &mut errors);
        let (Some(launch), Some(name), Some(desired)) = (launch, name, desired) else {
            return Err(AppError::Invalid(errors));
        };
        errors.or(ServiceRequest {
            launch,
            name,
            daemon,
            desired,
            minimum,
            maximum,
            circuit_breaker: CircuitBreaker {
                enabled: self.breaker,
                rollback: self.breaker && self.rollback,
            },
            execute_command: self.execute_command,
            tags,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::strategy::StrategyLine;
    use crate::launch::samples;
    use crate::launch::samples::{choices, needs};

    fn draft() -> ServiceDraft {
        ServiceDraft {
            launch: samples::draft(),
            name: "web".into(),
            scheduling: "REPLICA".into(),
            desired: "2".into(),
            minimum: "100".into(),
            maximum: "200".into(),
            breaker: true,
            rollback: true,
            ..ServiceDraft::default()
        }
    }

    #[test]
    fn every_field_answers_for_itself() {
        type Case = (fn(&mut ServiceDraft), &'static str, &'static str);
        let cases: [Case; 9] = [
            (|d| d.launch.cluster.clear(), "cluster", "Choose a cluster."),
            (|d| d.name.clear(), "name", "Give the service a name."),
            (|d| d.scheduling = "X".into(), "scheduling", "Choose one of the two."),
            (|d| d.desired = "-1".into(), "desired", "A whole number from 0 to 5000."),
            (|d| d.desired = "5001".into(), "desired", "A whole number from 0 to 5000."),
            (|d| d.minimum = "101".into(), "minimum", "A whole number from 0 to 100."),
            (|d| d.maximum = "99".into(), "maximum", "A whole number from 100 to 200."),
            (
                |d| d.maximum = "100".into(),
                "maximum",
                "With both at 100 % no deployment can move, and ECS refuses it.",
            ),
            (
                |d| d.tags = vec![("aws:x".into(), String::new())],
                "tags.0.key",
                "AWS keeps aws: at the beginning for itself.",
            ),
        ];
        for (change, at, said) in cases {
            let mut draft = draft();
            change(&mut draft);
            let error = draft.check(&choices(), Some(&needs("awsvpc"))).unwrap_err();
            let errors = error.field_errors();
            assert_eq!(errors.at(at), Some(said), "{errors:?}");
            assert_eq!(errors.len(), 1, "{errors:?}");
        }
    }

    #[test]
    fn a_daemon_has_rules_of_its_own() {
        let daemon = |change: fn(&mut ServiceDraft)| {
            let mut draft = draft();
            draft.scheduling = "DAEMON".into();
            draft.launch.compute = "EC2".into();
            draft.desired = "many".into();
            (draft.minimum, draft.maximum) = ("0".into(), "100".into());
            change(&mut draft);
            let mut needs = needs("awsvpc");
            needs.compatibilities = vec!["EC2".into()];
            draft.check(&choices(), Some(&needs))
        };
        assert_eq!(daemon(|_| ()).unwrap().desired, 0);
        let fargate = "A daemon can't run on Fargate.";
        for (change, at, said) in [
            (
                (|d| d.maximum = "150".into()) as fn(&mut ServiceDraft),
                "maximum",
                "A whole number from 0 to 100.",
            ),
            (|d| d.launch.compute = "FARGATE".into(), "compute", fargate),
            (
                |d| {
                    d.launch.compute = "strategy".into();
                    d.launch.strategy = vec![StrategyLine {
                        provider: "FARGATE".into(),
                        ..StrategyLine::default()
                    }];
                },
                "compute",
                fargate,
            ),
        ] {
            let errors = daemon(change).unwrap_err().field_errors();
            assert_eq!(errors.at(at), Some(said), "{errors:?}");
        }
    }

    #[test]
    fn what_holds_is_asked_for() {
        let request = draft().check(&choices(), Some(&needs("awsvpc"))).unwrap();
        assert_eq!(request.launch.revision.to_string(), "web:9");
        assert_eq!((request.minimum, request.maximum), (Some(100), Some(200)));
        assert!(request.circuit_breaker.rollback);
        let mut unguarded = draft();
        unguarded.breaker = false;
        let request = unguarded.check(&choices(), Some(&needs("awsvpc"))).unwrap();
        assert!(!request.circuit_breaker.rollback);
    }
}
