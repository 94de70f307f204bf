//! What is typed to run tasks, and its check.

use serde::{Deserialize, Serialize};

use crate::clusters::model::{StrategyItem, Tag};
use crate::clusters::strategy::{StrategyLine, check_strategy};
use crate::clusters::tags::check_tags;
use crate::error::{AppError, FieldErrors};
use crate::launch::choices::{LaunchChoices, RevisionNeeds};
use crate::launch::model::Network;
use crate::names::{ClusterName, Revision};

/// The most tasks of one form; RunTask takes ten in one call (R266), and the gateway makes several.
pub const COUNT_MAX: u32 = 100;
/// The most subnets (R196).
const SUBNETS_MAX: usize = 16;
/// The most security groups (R197).
const GROUPS_MAX: usize = 5;
/// The longest group, in characters.
const GROUP_MAX: usize = 255;

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunDraft {
    /// The cluster's name.
    pub cluster: String,
    /// The family's name.
    pub family: String,
    /// The revision's number, or `latest`.
    pub revision: String,
    /// How many tasks.
    pub count: String,
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
    /// The group; empty for ECS's own, `family:NAME`.
    pub group: String,
    /// Key and value; empty rows too.
    pub tags: Vec<(String, String)>,
}

/// Where the tasks shall run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunPlace {
    /// Where the cluster's default strategy says.
    ClusterDefault,
    /// `FARGATE`, `EC2` or `EXTERNAL`.
    LaunchType(String),
    /// By a strategy of their own.
    Strategy(Vec<StrategyItem>),
}

/// Tasks that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRequest {
    /// Where.
    pub cluster: ClusterName,
    /// What.
    pub revision: Revision,
    /// How many, 1 to [`COUNT_MAX`].
    pub count: u32,
    /// On what.
    pub place: RunPlace,
    /// With awsvpc only.
    pub network: Option<Network>,
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
        let cluster = errors.take("cluster", self.check_cluster(choices));
        let revision = self.check_revision(choices, &mut errors);
        let count = errors.take("count", check_count(&self.count));
        let place = self.check_place(choices, needs, &mut errors);
        let network = self.check_network(needs, &mut errors);
        let group = errors.take("group", check_group(&self.group)).flatten();
        let tags = check_tags(&self.tags, &mut errors);
        let (Some(cluster), Some(revision), Some(count)) = (cluster, revision, count) else {
            return Err(AppError::Invalid(errors));
        };
        errors.or(RunRequest { cluster, revision, count, place, network, group, tags })
    }

    fn check_cluster(&self, choices: &LaunchChoices) -> Result<ClusterName, String> {
        match choices.cluster(self.cluster.trim()) {
            Some(cluster) => Ok(cluster.name.clone()),
            None if self.cluster.trim().is_empty() => Err("Choose a cluster.".to_owned()),
            None => Err(format!("There is no active cluster {}.", self.cluster.trim())),
        }
    }

    fn check_revision(
        &self,
        choices: &LaunchChoices,
        errors: &mut FieldErrors,
    ) -> Option<Revision> {
        let (family, number) = (self.family.trim(), self.revision.trim());
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

    fn check_place(
        &self,
        choices: &LaunchChoices,
        needs: Option<&RevisionNeeds>,
        errors: &mut FieldErrors,
    ) -> RunPlace {
        match self.compute.as_str() {
            "default" => RunPlace::ClusterDefault,
            "strategy" => {
                if self.strategy.is_empty() {
                    errors.add("strategy", "Add at least one capacity provider.");
                }
                let cluster = choices.cluster(self.cluster.trim());
                let allowed = cluster.map(|cluster| cluster.providers.as_slice());
                RunPlace::Strategy(check_strategy(&self.strategy, allowed, errors))
            }
            kind @ ("FARGATE" | "EC2" | "EXTERNAL") => {
                if let Some(needs) = needs.filter(|needs| !needs.runs_on(kind)) {
                    let (revision, able) = (&needs.revision, needs.compatibilities.join(", "));
                    errors.add("compute", format!("{revision} runs on {able} only."));
                }
                RunPlace::LaunchType(kind.to_owned())
            }
            _ => {
                errors.add("compute", "Choose where they run.");
                RunPlace::ClusterDefault
            }
        }
    }

    /// The network (R195 to R197): needed with awsvpc, refused otherwise.
    fn check_network(
        &self,
        needs: Option<&RevisionNeeds>,
        errors: &mut FieldErrors,
    ) -> Option<Network> {
        let subnets = ids(&self.subnets, "subnets", "subnet-", SUBNETS_MAX, errors);
        let groups = ids(&self.security_groups, "securityGroups", "sg-", GROUPS_MAX, errors);
        let given = !subnets.is_empty() || !groups.is_empty() || self.public_ip;
        let needed = needs.map_or(given, RevisionNeeds::needs_network);
        if needed && subnets.is_empty() {
            errors.add("subnets", "Name at least one subnet: each task gets an address in one.");
        }
        if let Some(needs) = needs.filter(|_| given && !needed) {
            errors.add(
                "subnets",
                format!(
                    "{} uses the network mode {}, which takes no subnets.",
                    needs.revision, needs.network_mode
                ),
            );
        }
        if self.public_ip && matches!(self.compute.as_str(), "EC2" | "EXTERNAL") {
            errors.add("publicIp", "Only tasks on Fargate can get a public address.");
        }
        needed.then_some(Network { subnets, security_groups: groups, public_ip: self.public_ip })
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

/// The ids in `rows`; empty rows don't count.
fn ids(
    rows: &[String],
    path: &str,
    start: &str,
    most: usize,
    errors: &mut FieldErrors,
) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let id = row.trim();
        if id.is_empty() {
            continue;
        }
        let rest = id.strip_prefix(start).unwrap_or_default();
        if rest.is_empty() || !rest.bytes().all(|b| b.is_ascii_alphanumeric()) {
            errors.add(
                format!("{path}.{at}"),
                format!("An id reads {start}… with letters and digits after it."),
            );
        } else if found.iter().any(|known| known == id) {
            errors.add(format!("{path}.{at}"), format!("{id} is in the list already."));
        }
        found.push(id.to_owned());
    }
    if found.len() > most {
        errors.add(path, format!("At most {most}; these are {}.", found.len()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::launch::choices::{ClusterChoice, FamilyChoice};

    fn choices() -> LaunchChoices {
        LaunchChoices {
            clusters: vec![ClusterChoice {
                name: "batch".parse().unwrap(),
                providers: vec!["FARGATE".into(), "FARGATE_SPOT".into()],
                default_words: String::new(),
            }],
            families: vec![FamilyChoice { name: "job".parse().unwrap(), active: vec![4, 2] }],
            ..LaunchChoices::default()
        }
    }

    fn needs(mode: &str) -> RevisionNeeds {
        RevisionNeeds {
            revision: "job:4".parse().unwrap(),
            network_mode: mode.into(),
            compatibilities: vec!["FARGATE".into()],
        }
    }

    fn draft() -> RunDraft {
        RunDraft {
            cluster: "batch".into(),
            family: "job".into(),
            revision: "latest".into(),
            count: "3".into(),
            compute: "FARGATE".into(),
            subnets: vec!["subnet-1".into(), String::new()],
            ..RunDraft::default()
        }
    }

    #[test]
    fn good_input_becomes_a_request() {
        let request = draft().check(&choices(), Some(&needs("awsvpc"))).unwrap();
        assert_eq!((request.revision.number, request.count), (4, 3));
        assert_eq!(request.network.unwrap().subnets, ["subnet-1"]);
        assert_eq!(request.group, None);
        assert_eq!(request.place, RunPlace::LaunchType("FARGATE".into()));
    }

    #[test]
    fn every_field_has_its_error() {
        type Edit = fn(&mut RunDraft);
        let rows: [(Edit, &str, &str); 17] = [
            (|d| d.cluster.clear(), "cluster", "Choose"),
            (|d| d.cluster = "gone".into(), "cluster", "gone"),
            (|d| d.family.clear(), "family", "Choose"),
            (|d| d.family = "web".into(), "family", "no active revision"),
            (|d| d.revision = "3".into(), "revision", "job:3"),
            (|d| d.count = "0".into(), "count", "1 to 100"),
            (|d| d.count = "101".into(), "count", "1 to 100"),
            (|d| d.count = "two".into(), "count", "whole number"),
            (|d| d.compute.clear(), "compute", "Choose"),
            (|d| d.compute = "EC2".into(), "compute", "FARGATE only"),
            (|d| d.compute = "strategy".into(), "strategy", "at least one"),
            (|d| d.subnets.clear(), "subnets", "at least one"),
            (|d| d.subnets = vec!["vpc-1".into()], "subnets.0", "subnet-"),
            (
                |d| d.security_groups = vec!["sg-1".into(), "sg-1".into()],
                "securityGroups.1",
                "already",
            ),
            (
                |d| d.security_groups = (0..6).map(|n| format!("sg-{n}")).collect(),
                "securityGroups",
                "At most 5",
            ),
            (|d| d.group = "service:web".into(), "group", "belong"),
            (|d| d.group = "x".repeat(256), "group", "255"),
        ];
        for (edit, path, part) in rows {
            let mut draft = draft();
            edit(&mut draft);
            let errors =
                draft.check(&choices(), Some(&needs("awsvpc"))).unwrap_err().field_errors();
            assert!(errors.at(path).is_some_and(|said| said.contains(part)), "{path}: {errors:?}");
        }
        let mut tagged = draft();
        tagged.tags = vec![(String::new(), "x".into())];
        assert!(tagged.check(&choices(), None).is_err());
    }

    #[test]
    fn only_awsvpc_takes_a_network() {
        let errors = draft().check(&choices(), Some(&needs("bridge"))).unwrap_err().field_errors();
        assert!(errors.at("subnets").is_some_and(|said| said.contains("bridge")));
        let mut bare = draft();
        bare.subnets.clear();
        let request = bare.check(&choices(), Some(&needs("bridge"))).unwrap();
        assert_eq!(request.network, None);
    }
}
