//! What is typed to launch tasks, and its check.

use serde::{Deserialize, Serialize};

use super::choices::{LaunchChoices, RevisionNeeds};
use super::model::{Compute, Launch};
use crate::clusters::strategy::{StrategyLine, check_strategy};
use crate::error::FieldErrors;
use crate::names::{ClusterName, Revision};

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchDraft {
    /// The cluster's name.
    pub cluster: String,
    /// The family's name.
    pub family: String,
    /// The revision's number, or `latest`.
    pub revision: String,
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
}

impl LaunchDraft {
    /// The launch; what does not hold is added to `errors`, at the field it was typed into.
    /// `needs` tells what the chosen revision asks for; without it only the server can check the
    /// network. `None` without a cluster or a revision.
    pub fn check(
        &self,
        choices: &LaunchChoices,
        needs: Option<&RevisionNeeds>,
        errors: &mut FieldErrors,
    ) -> Option<Launch> {
        let cluster = errors.take("cluster", self.check_cluster(choices));
        let revision = check_revision(choices, &self.family, &self.revision, errors);
        let compute = self.check_compute(choices, needs, errors);
        let network = self.check_network(needs, errors);
        Some(Launch { cluster: cluster?, revision: revision?, compute, network })
    }

    /// Whether tasks are asked to run on Fargate, all of them or some.
    pub fn names_fargate(&self) -> bool {
        match self.compute.as_str() {
            "FARGATE" => true,
            "strategy" => self.strategy.iter().any(|l| l.provider.trim().starts_with("FARGATE")),
            _ => false,
        }
    }

    fn check_cluster(&self, choices: &LaunchChoices) -> Result<ClusterName, String> {
        match choices.cluster(self.cluster.trim()) {
            Some(cluster) => Ok(cluster.name.clone()),
            None if self.cluster.trim().is_empty() => Err("Choose a cluster.".to_owned()),
            None => Err(format!("There is no active cluster {}.", self.cluster.trim())),
        }
    }

    /// What tasks run on (R188, R203), as far as the revision allows.
    fn check_compute(
        &self,
        choices: &LaunchChoices,
        needs: Option<&RevisionNeeds>,
        errors: &mut FieldErrors,
    ) -> Compute {
        match self.compute.as_str() {
            "default" => Compute::ClusterDefault,
            "strategy" => {
                if self.strategy.is_empty() {
                    errors.add("strategy", "Add at least one capacity provider.");
                }
                let cluster = choices.cluster(self.cluster.trim());
                let allowed = cluster.map(|cluster| cluster.providers.as_slice());
                Compute::Strategy(check_strategy(&self.strategy, allowed, errors))
            }
            kind @ ("FARGATE" | "EC2" | "EXTERNAL") => {
                if let Some(needs) = needs.filter(|needs| !needs.runs_on(kind)) {
                    let (revision, able) = (&needs.revision, needs.compatibilities.join(", "));
                    errors.add("compute", format!("{revision} runs on {able} only."));
                }
                Compute::LaunchType(kind.to_owned())
            }
            _ => {
                errors.add("compute", "Choose where the tasks run.");
                Compute::ClusterDefault
            }
        }
    }
}

/// The active revision that was chosen; errors stand at `family` and `revision`.
pub fn check_revision(
    choices: &LaunchChoices,
    family: &str,
    number: &str,
    errors: &mut FieldErrors,
) -> Option<Revision> {
    let (family, number) = (family.trim(), number.trim());
    let found = choices.revision(family, number);
    if family.is_empty() {
        errors.add("family", "Choose a family of task definitions.");
    } else if !choices.families.iter().any(|known| known.name.as_str() == family) {
        errors.add("family", format!("{family} has no active revision."));
    } else if found.is_none() {
        errors.add("revision", format!("{family}:{number} is not active."));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::samples::{choices, draft, each_answers, needs};
    use super::*;

    fn line(provider: &str) -> StrategyLine {
        StrategyLine { provider: provider.into(), ..StrategyLine::default() }
    }

    #[test]
    fn every_field_answers_for_itself() {
        each_answers(
            &[
                (|d| d.cluster.clear(), "cluster", "Choose a cluster."),
                (|d| d.cluster = "x".into(), "cluster", "There is no active cluster x."),
                (|d| d.family.clear(), "family", "Choose a family of task definitions."),
                (|d| d.family = "x".into(), "family", "x has no active revision."),
                (|d| d.revision = "8".into(), "revision", "web:8 is not active."),
                (|d| d.compute.clear(), "compute", "Choose where the tasks run."),
                (|d| d.compute = "EXTERNAL".into(), "compute", "web:9 runs on EC2, FARGATE only."),
                (
                    |d| d.compute = "strategy".into(),
                    "strategy",
                    "Add at least one capacity provider.",
                ),
                (
                    |d| (d.compute, d.strategy) = ("strategy".into(), vec![line("mine")]),
                    "strategy.0.provider",
                    "mine is not a provider of the cluster.",
                ),
            ],
            "awsvpc",
        );
    }

    #[test]
    fn what_holds_is_asked_for() {
        let by_strategy = Compute::Strategy(check_strategy(
            &[line("FARGATE_SPOT")],
            None,
            &mut FieldErrors::new(),
        ));
        for (compute, asked, fargate) in [
            ("default", Compute::ClusterDefault, false),
            ("FARGATE", Compute::LaunchType("FARGATE".into()), true),
            ("EC2", Compute::LaunchType("EC2".into()), false),
            ("strategy", by_strategy, true),
        ] {
            let mut draft = draft();
            draft.compute = compute.into();
            draft.strategy = vec![line("FARGATE_SPOT")];
            draft.cluster = " production ".into();
            let mut errors = FieldErrors::new();
            let launch = draft.check(&choices(), Some(&needs("awsvpc")), &mut errors).unwrap();
            assert!(errors.is_empty(), "{errors:?}");
            assert_eq!(launch.cluster.as_str(), "production");
            assert_eq!(launch.revision.to_string(), "web:9");
            assert_eq!(launch.compute, asked);
            assert_eq!(draft.names_fargate(), fargate, "{compute}");
        }
    }
}
