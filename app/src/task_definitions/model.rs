//! What the console knows of task definitions.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clusters::model::Tag;
use crate::listing::Row;
use crate::names::{ClusterName, FamilyName, Revision, ServiceName};
use crate::timestamp::Timestamp;

/// A family and its revisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// Its name.
    pub name: FamilyName,
    /// ACTIVE revisions, newest first.
    pub active: Vec<u32>,
    /// INACTIVE revisions, newest first.
    pub inactive: Vec<u32>,
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

impl Family {
    /// Its newest ACTIVE revision.
    pub fn newest(&self) -> Option<u32> {
        self.active.first().copied()
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
