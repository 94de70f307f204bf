//! What the console knows of task definitions.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clusters::model::Tag;
use crate::names::{FamilyName, Revision};
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
