//! Templates of the team: task definitions, or single containers, that its members begin from.

use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::task_definitions::document::Document;
use crate::timestamp::Timestamp;

/// Templates of the team at most.
pub const TEMPLATES_MAX: usize = 100;

/// A template without its document: one line of the list. It holds no values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateRow {
    /// Counts from 1; never given twice.
    pub id: i64,
    /// What it is called; no two are called alike.
    pub name: String,
    /// What it is for; may be empty.
    pub about: String,
    /// Whether it is one container, to be added beside others.
    pub sidecar: bool,
    /// Whether new forms begin from it.
    pub is_default: bool,
    /// The names of its containers.
    pub containers: Vec<String>,
    /// Who saved it first.
    pub owner: String,
    /// Whether that is the member who asks.
    pub mine: bool,
    /// Counts its changes.
    pub version: i64,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
}

/// A template with its document. It may hold secrets: it is shown to members who may edit, and never
/// logged.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// What it is.
    pub row: TemplateRow,
    /// The document, without a family; of a sidecar, its container and volumes alone.
    pub document: Document,
}

impl std::fmt::Debug for Template {
    /// Without the document: it may hold secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Template").field("row", &self.row).finish_non_exhaustive()
    }
}

impl TemplateRow {
    /// The refusal of a change to who neither saved it nor is an administrator.
    pub fn not_yours(&self) -> String {
        format!("Only {}, who saved it, and administrators can change this template.", self.owner)
    }
}

/// The refusal of one template more than a team may have.
pub fn too_many() -> AppError {
    AppError::Conflict(format!(
        "The team has {TEMPLATES_MAX} templates, the most that are kept. Remove one that nobody \
         needs in the list of templates."
    ))
}
