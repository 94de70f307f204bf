//! What the forms that launch tasks offer to choose from.

use serde::{Deserialize, Serialize};

use super::model::Network;
use crate::names::{ClusterName, FamilyName, Revision, ServiceName};

/// Clusters, families and networks, as last read of ECS.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchChoices {
    /// The clusters that are ACTIVE.
    pub clusters: Vec<ClusterChoice>,
    /// The families that have an ACTIVE revision.
    pub families: Vec<FamilyChoice>,
    /// Networks that services use, to take over.
    pub networks: Vec<KnownNetwork>,
}

/// A cluster to run in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClusterChoice {
    /// Its name.
    pub name: ClusterName,
    /// Its capacity providers.
    pub providers: Vec<String>,
    /// Container instances that are registered with it.
    pub instances: u32,
    /// Its default strategy, in words; empty when it has none.
    pub default_words: String,
}

impl ClusterChoice {
    /// Whether anything can be placed by "the cluster's default", and what it comes to: without a
    /// default strategy ECS takes the launch type EC2.
    pub fn default_comes_to(&self) -> (bool, String) {
        if !self.default_words.is_empty() {
            return (true, self.default_words.clone());
        }
        let said = if self.instances == 0 {
            "This cluster has no default strategy, so its default is EC2, and no instance is registered with it: nothing could be placed. Choose Fargate, or a strategy of your own."
        } else {
            "This cluster has no default strategy: tasks go to its EC2 instances."
        };
        (self.instances > 0, said.to_owned())
    }
}

/// A family to run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyChoice {
    /// Its name.
    pub name: FamilyName,
    /// Its ACTIVE revisions, newest first.
    pub active: Vec<u32>,
}

/// The network of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownNetwork {
    /// The service's cluster.
    pub cluster: ClusterName,
    /// The service's name.
    pub service: ServiceName,
    /// Its network.
    pub network: Network,
}

/// What a form must know of a revision to ask the right things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionNeeds {
    /// Which one.
    pub revision: Revision,
    /// `awsvpc`, `bridge`, `host`, `none`; ECS takes a missing one as `bridge`.
    pub network_mode: String,
    /// What it may run on: `EC2`, `FARGATE`, ...
    pub compatibilities: Vec<String>,
}

impl RevisionNeeds {
    /// Whether its tasks have a network of their own, which needs subnets.
    pub fn needs_network(&self) -> bool {
        self.network_mode == "awsvpc"
    }

    /// Whether it may run on a launch type; a revision that says nothing may run on any.
    pub fn runs_on(&self, launch_type: &str) -> bool {
        self.compatibilities.is_empty() || self.compatibilities.iter().any(|c| c == launch_type)
    }
}

/// The newest ACTIVE revision stands for this word.
pub const LATEST: &str = "latest";

impl LaunchChoices {
    /// The cluster of that name.
    pub fn cluster(&self, name: &str) -> Option<&ClusterChoice> {
        self.clusters.iter().find(|c| c.name.as_str() == name)
    }

    /// The revision that family and number (or [`LATEST`]) name, if it is ACTIVE.
    pub fn revision(&self, family: &str, number: &str) -> Option<Revision> {
        let family = self.families.iter().find(|f| f.name.as_str() == family)?;
        let number = match number {
            LATEST => *family.active.first()?,
            number => number.parse().ok()?,
        };
        family.active.contains(&number).then(|| Revision { family: family.name.clone(), number })
    }

    /// The options of a select of clusters, with the invitation to choose first.
    pub fn cluster_options(&self) -> Vec<(String, String)> {
        with_choose(self.clusters.iter().map(|c| c.name.to_string()))
    }

    /// The options of a select of families.
    pub fn family_options(&self) -> Vec<(String, String)> {
        with_choose(self.families.iter().map(|f| f.name.to_string()))
    }

    /// The options of a select of a family's revisions.
    pub fn revision_options(&self, family: &str) -> Vec<(String, String)> {
        let active = self
            .families
            .iter()
            .find(|f| f.name.as_str() == family)
            .map(|f| f.active.as_slice())
            .unwrap_or_default();
        let latest = match active.first() {
            Some(newest) => format!("Latest ({newest})"),
            None => "Latest".to_owned(),
        };
        let numbers = active.iter().map(|n| (n.to_string(), n.to_string()));
        std::iter::once((LATEST.to_owned(), latest)).chain(numbers).collect()
    }
}

fn with_choose(names: impl Iterator<Item = String>) -> Vec<(String, String)> {
    let choose = (String::new(), "Choose…".to_owned());
    std::iter::once(choose).chain(names.map(|name| (name.clone(), name))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::choices;

    #[test]
    fn the_default_needs_a_strategy_or_instances() {
        let cluster = |instances, words: &str| {
            let mut cluster = choices().clusters.remove(0);
            (cluster.instances, cluster.default_words) = (instances, words.to_owned());
            cluster.default_comes_to()
        };
        assert_eq!(cluster(0, "FARGATE: all"), (true, "FARGATE: all".to_owned()));
        assert!(cluster(2, "").0 && cluster(2, "").1.ends_with("go to its EC2 instances."));
        assert!(!cluster(0, "").0 && cluster(0, "").1.contains("nothing could be placed"));
    }

    #[test]
    fn latest_is_the_newest_active_revision() {
        let choices = choices();
        for (family, number, found) in [
            ("web", "latest", Some("web:9")),
            ("web", "7", Some("web:7")),
            ("web", "8", None),
            ("web", "x", None),
            ("api", "latest", None),
        ] {
            let revision = choices.revision(family, number).map(|r| r.to_string());
            assert_eq!(revision.as_deref(), found);
        }
        let options = choices.revision_options("web");
        assert_eq!(options[0], ("latest".into(), "Latest (9)".into()));
    }
}
