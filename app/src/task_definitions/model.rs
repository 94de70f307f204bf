//! What the console knows of task definitions.

pub use super::choices::model::{Choice, ChoiceKind, Choices};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clusters::model::Tag;
use crate::listing::Row;
use crate::names::{ClusterName, FamilyName, Revision, ServiceName};
use crate::task_definitions::document::Document;
use crate::timestamp::Timestamp;
use crate::words::tasks;

/// A family and its revisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// Its name.
    pub name: FamilyName,
    /// ACTIVE revisions, newest first.
    pub active: Vec<u32>,
    /// INACTIVE revisions, newest first.
    pub inactive: Vec<u32>,
    /// When the latest revision was registered, once that is known.
    pub changed_at: Option<Timestamp>,
}

/// One registered revision. It never changes, but for its status and tags.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskDefinition {
    /// `family:number`.
    pub revision: Revision,
    /// Its ARN.
    pub arn: String,
    /// `ACTIVE`, `INACTIVE` or `DELETE_IN_PROGRESS`.
    pub status: String,
    /// When it was registered.
    pub registered_at: Option<Timestamp>,
    /// Who registered it, as an ARN.
    pub registered_by: Option<String>,
    /// What it may run on: `EC2`, `FARGATE`, ...
    pub compatibilities: Vec<String>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// The document, whole and as ECS sent it, without the members that only a description has:
    /// it can be registered again as it is.
    pub document: Value,
}

impl TaskDefinition {
    /// The whole of a revision, tags included: those stand beside the document in a description.
    pub fn whole(&self) -> Document {
        let mut document = Document::new(self.document.clone()).unwrap_or_default();
        if document.get("tags").is_none() && !self.tags.is_empty() {
            document.set("tags", serde_json::to_value(&self.tags).unwrap_or_default());
        }
        document
    }
}

impl Family {
    /// Its newest ACTIVE revision.
    pub fn newest(&self) -> Option<u32> {
        self.active.first().copied()
    }

    /// Its latest revision: the newest ACTIVE one, else the newest of all.
    pub fn latest(&self) -> Option<u32> {
        self.newest().or(self.inactive.first().copied())
    }
}

/// One line of the list of families.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyRow {
    /// The family's name.
    pub key: String,
    /// The same, parsed.
    pub name: FamilyName,
    /// How many revisions are ACTIVE.
    pub active: usize,
    /// How many are INACTIVE.
    pub inactive: usize,
    /// The newest ACTIVE revision, else the newest of all.
    pub newest: Option<u32>,
    /// When that was registered, once it is known.
    pub changed_at: Option<Timestamp>,
    /// Services that run one of its revisions.
    pub services: usize,
    /// Tasks that have not stopped and run one of its revisions.
    pub tasks: usize,
}

impl Row for FamilyRow {
    fn key(&self) -> &str {
        &self.key
    }
}

/// A family as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyDetail {
    /// Its name.
    pub name: FamilyName,
    /// Newest first; the oldest are left out beyond [`REVISIONS_SHOWN`], unless they are in use.
    pub revisions: Vec<RevisionRow>,
    /// How many were left out.
    pub left_out: usize,
}

/// How many revisions a family's page shows.
pub const REVISIONS_SHOWN: usize = 100;

/// One revision of a family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionRow {
    /// Its number.
    pub number: u32,
    /// Whether it is ACTIVE.
    pub active: bool,
    /// Who uses it.
    pub used_by: Use,
}

/// What came of deleting revisions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletedRevisions {
    /// ECS is deleting these.
    pub deleted: Vec<Revision>,
    /// ECS keeps these, for the reason that it gave.
    pub refused: Vec<(Revision, String)>,
}

/// Who uses a revision now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// Services that shall run it.
    pub services: Vec<UsingService>,
    /// How many tasks run it and have not stopped.
    pub tasks: usize,
}

impl Use {
    /// Whether nobody uses it.
    pub fn is_none(&self) -> bool {
        self.services.is_empty() && self.tasks == 0
    }
}

impl std::fmt::Display for Use {
    /// `service production/web, 3 tasks`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<String> = self
            .services
            .iter()
            .map(|service| format!("{}/{}", service.cluster, service.name))
            .collect();
        let services = match names.len() {
            0 => String::new(),
            1 => format!("service {}", names[0]),
            _ => format!("services {}", names.join(", ")),
        };
        let tasks = if self.tasks == 0 { String::new() } else { tasks(self.tasks) };
        let parts = [services, tasks].into_iter().filter(|part| !part.is_empty());
        f.write_str(&parts.collect::<Vec<_>>().join(", "))
    }
}

/// A service that uses a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsingService {
    /// Its cluster.
    pub cluster: ClusterName,
    /// Its name.
    pub name: ServiceName,
}

/// A revision as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RevisionDetail {
    /// The revision; its document is redacted for those who may not see values.
    pub definition: TaskDefinition,
    /// Whether values were taken out of the document.
    pub redacted: bool,
    /// Who uses it.
    pub used_by: Use,
    /// The family's newest ACTIVE revision.
    pub newest: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn use_reads_in_words() {
        let web =
            UsingService { cluster: "production".parse().unwrap(), name: "web".parse().unwrap() };
        for (services, tasks, said) in [
            (vec![], 1, "1 task"),
            (vec![web.clone()], 0, "service production/web"),
            (vec![web.clone(), web], 3, "services production/web, production/web, 3 tasks"),
        ] {
            assert_eq!(Use { services, tasks }.to_string(), said);
        }
    }
}
