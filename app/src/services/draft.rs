//! What is typed to create a service, and its check.

use serde::{Deserialize, Serialize};

use super::draft_rules::check_desired;
use super::model::CircuitBreaker;
use crate::clusters::model::{StrategyItem, Tag};
use crate::clusters::strategy::StrategyLine;
use crate::clusters::tags::check_tags;
use crate::error::{AppError, FieldErrors};
use crate::launch::choices::{LaunchChoices, RevisionNeeds};
use crate::launch::model::Network;
use crate::names::{ClusterName, Revision, ServiceName};

/// The most tasks of one service (a quota of ECS).
pub const TASKS_MAX: u32 = 5_000;
/// The most subnets (R196).
pub const SUBNETS_MAX: usize = 16;
/// The most security groups (R197).
pub const GROUPS_MAX: usize = 5;

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceDraft {
    /// The cluster's name.
    pub cluster: String,
    /// The family's name.
    pub family: String,
    /// The revision's number, or `latest`.
    pub revision: String,
    /// The service's name.
    pub name: String,
    /// `REPLICA` or `DAEMON`.
    pub scheduling: String,
    /// How many tasks; a daemon has none of its own.
    pub desired: String,
    /// `default`, `FARGATE`, `EC2`, `EXTERNAL` or `strategy`.
    pub compute: String,
    /// The strategy, when `compute` says so.
    pub strategy: Vec<StrategyLine>,
    /// Subnets; empty rows too.
    pub subnets: Vec<String>,
    /// Security groups; empty rows too.
    pub security_groups: Vec<String>,
    /// Whether tasks get a public address.
    pub public_ip: bool,
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

/// Where the tasks of a service shall run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Where the cluster's default strategy says.
    ClusterDefault,
    /// `FARGATE`, `EC2` or `EXTERNAL`.
    LaunchType(String),
    /// By a strategy of its own.
    Strategy(Vec<StrategyItem>),
}

/// A service that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members of CreateService, by their names")]
pub struct ServiceRequest {
    pub cluster: ClusterName,
    pub name: ServiceName,
    pub revision: Revision,
    pub daemon: bool,
    pub desired: u32,
    pub place: Place,
    pub network: Option<Network>,
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
        let cluster = errors.take("cluster", self.check_cluster(choices));
        let revision = self.check_revision(choices, &mut errors);
        let name = errors.take("name", self.name.parse::<ServiceName>());
        let daemon = self.scheduling == "DAEMON";
        if !daemon && self.scheduling != "REPLICA" {
            errors.add("scheduling", "Choose one of the two.");
        }
        let desired =
            if daemon { Some(0) } else { errors.take("desired", check_desired(&self.desired)) };
        let place = self.check_place(choices, needs, &mut errors);
        let network = self.check_network(needs, &mut errors);
        let (minimum, maximum) = self.check_percents(daemon, &mut errors);
        let tags = check_tags(&self.tags, &mut errors);
        let (Some(cluster), Some(revision), Some(name), Some(desired)) =
            (cluster, revision, name, desired)
        else {
            return Err(AppError::Invalid(errors));
        };
        errors.or(ServiceRequest {
            cluster,
            name,
            revision,
            daemon,
            desired,
            place,
            network,
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
    use crate::launch::choices::{ClusterChoice, FamilyChoice};

    fn choices() -> LaunchChoices {
        LaunchChoices {
            clusters: vec![ClusterChoice {
                name: "production".parse().unwrap(),
                providers: vec!["FARGATE".into(), "FARGATE_SPOT".into()],
                default_words: String::new(),
            }],
            families: vec![FamilyChoice { name: "web".parse().unwrap(), active: vec![9, 7] }],
            ..LaunchChoices::default()
        }
    }

    fn needs(network_mode: &str) -> RevisionNeeds {
        RevisionNeeds {
            revision: "web:9".parse().unwrap(),
            network_mode: network_mode.into(),
            compatibilities: vec!["EC2".into(), "FARGATE".into()],
        }
    }

    fn draft() -> ServiceDraft {
        ServiceDraft {
            cluster: "production".into(),
            family: "web".into(),
            revision: "latest".into(),
            name: "web".into(),
            scheduling: "REPLICA".into(),
            desired: "2".into(),
            compute: "FARGATE".into(),
            subnets: vec!["subnet-0a1b".into(), String::new()],
            minimum: "100".into(),
            maximum: "200".into(),
            breaker: true,
            rollback: true,
            ..ServiceDraft::default()
        }
    }

    type Case = (fn(&mut ServiceDraft), &'static str, &'static str);

    fn each_answers(cases: &[Case], network_mode: &str) {
        for (change, at, said) in cases {
            let mut draft = draft();
            change(&mut draft);
            let error = draft.check(&choices(), Some(&needs(network_mode))).unwrap_err();
            let errors = error.field_errors();
            assert_eq!(errors.at(at), Some(*said), "{errors:?}");
            assert_eq!(errors.len(), 1, "{errors:?}");
        }
    }

    #[test]
    fn every_field_answers_for_itself() {
        each_answers(
            &[
                (|d| d.cluster.clear(), "cluster", "Choose a cluster."),
                (|d| d.cluster = "x".into(), "cluster", "There is no active cluster x."),
                (|d| d.family.clear(), "family", "Choose a family of task definitions."),
                (|d| d.family = "x".into(), "family", "x has no ACTIVE revision."),
                (|d| d.revision = "8".into(), "revision", "web:8 is not ACTIVE."),
                (|d| d.name.clear(), "name", "Give the service a name."),
                (|d| d.scheduling = "X".into(), "scheduling", "Choose one of the two."),
                (|d| d.desired = "-1".into(), "desired", "A whole number from 0 to 5000."),
                (|d| d.desired = "5001".into(), "desired", "A whole number from 0 to 5000."),
                (|d| d.compute.clear(), "compute", "Choose where it runs."),
                (|d| d.compute = "EXTERNAL".into(), "compute", "web:9 runs on EC2, FARGATE only."),
                (
                    |d| d.compute = "strategy".into(),
                    "strategy",
                    "Add at least one capacity provider.",
                ),
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
            ],
            "awsvpc",
        );
    }

    #[test]
    fn the_network_follows_the_revision() {
        each_answers(
            &[
                (
                    |d| d.subnets.clear(),
                    "subnets",
                    "Name at least one subnet: each task gets an address in one.",
                ),
                (
                    |d| d.subnets = vec!["vpc-1".into()],
                    "subnets.0",
                    "An id reads subnet-… with letters and digits after it.",
                ),
                (
                    |d| d.subnets = vec!["subnet-1".into(), "subnet-1".into()],
                    "subnets.1",
                    "subnet-1 is in the list already.",
                ),
                (
                    |d| d.subnets = (0..17).map(|n| format!("subnet-{n}")).collect(),
                    "subnets",
                    "At most 16; these are 17.",
                ),
                (
                    |d| d.security_groups = vec!["group".into()],
                    "securityGroups.0",
                    "An id reads sg-… with letters and digits after it.",
                ),
                (
                    |d| d.security_groups = (0..6).map(|n| format!("sg-{n}")).collect(),
                    "securityGroups",
                    "At most 5; these are 6.",
                ),
                (
                    |d| (d.compute, d.public_ip) = ("EC2".into(), true),
                    "publicIp",
                    "Only tasks on Fargate can get a public address.",
                ),
            ],
            "awsvpc",
        );
        each_answers(
            &[(|_| (), "subnets", "web:9 uses the network mode bridge, which takes no subnets.")],
            "bridge",
        );
    }

    #[test]
    fn a_daemon_has_rules_of_its_own() {
        let daemon = |change: fn(&mut ServiceDraft)| {
            let mut draft = draft();
            draft.scheduling = "DAEMON".into();
            draft.compute = "EC2".into();
            draft.desired = "many".into();
            (draft.minimum, draft.maximum) = ("0".into(), "100".into());
            change(&mut draft);
            draft.check(&choices(), Some(&needs("awsvpc")))
        };
        assert_eq!(daemon(|_| ()).unwrap().desired, 0);
        for (change, at) in [
            ((|d| d.maximum = "150".into()) as fn(&mut ServiceDraft), "maximum"),
            (|d| d.compute = "FARGATE".into(), "compute"),
            (
                |d| {
                    d.compute = "strategy".into();
                    d.strategy = vec![StrategyLine {
                        provider: "FARGATE".into(),
                        ..StrategyLine::default()
                    }];
                },
                "compute",
            ),
        ] {
            let errors = daemon(change).unwrap_err().field_errors();
            assert!(errors.at(at).is_some(), "{errors:?}");
        }
    }

    #[test]
    fn what_holds_is_asked_for() {
        let request = draft().check(&choices(), Some(&needs("awsvpc"))).unwrap();
        assert_eq!(request.revision.to_string(), "web:9");
        assert_eq!(request.network.unwrap().subnets, ["subnet-0a1b"]);
        assert_eq!((request.minimum, request.maximum), (Some(100), Some(200)));
        let mut bridge = draft();
        bridge.subnets.clear();
        bridge.rollback = true;
        bridge.breaker = false;
        let request = bridge.check(&choices(), Some(&needs("bridge"))).unwrap();
        assert_eq!(request.network, None);
        assert!(!request.circuit_breaker.rollback);
    }
}
