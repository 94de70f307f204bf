//! Templates of the team.

use async_trait::async_trait;

use crate::error::AppError;
use crate::task_definitions::document::Document;
use crate::task_definitions::team_templates::draft::TemplateWords;
use crate::task_definitions::team_templates::model::{Template, TemplateRow};

/// A template to make.
pub struct NewTemplate {
    /// The member who saves it.
    pub owner: i64,
    /// What it is called.
    pub words: TemplateWords,
    /// Whether it is one container, to be added beside others.
    pub sidecar: bool,
    /// What is kept.
    pub document: Document,
}

/// The team's templates, in the hands of members who may edit.
#[async_trait]
pub trait Templates: Send + Sync {
    /// All of them by name, as that member sees them.
    async fn templates(&self, member: i64) -> Result<Vec<TemplateRow>, AppError>;
    /// One, as that member sees it.
    async fn template(&self, id: i64, member: i64) -> Result<Template, AppError>;
}

/// The changing half of the templates. What was changed by somebody else since `version` is left as
/// it is, with [`AppError::Conflict`].
#[async_trait]
pub trait TemplateChanges: Templates {
    /// Makes one; [`AppError::Invalid`] at `name` when the name is taken, [`AppError::Conflict`] when
    /// the team has too many.
    async fn create(&self, new: NewTemplate) -> Result<(), AppError>;
    /// Puts another document in its place.
    async fn replace(
        &self,
        id: i64,
        version: i64,
        document: Document,
        by: i64,
    ) -> Result<(), AppError>;
    /// Sets name and description; [`AppError::Invalid`] at `name` when the name is taken.
    async fn describe(
        &self,
        id: i64,
        version: i64,
        words: TemplateWords,
        by: i64,
    ) -> Result<(), AppError>;
    /// Removes one for good.
    async fn remove(&self, id: i64, version: i64) -> Result<(), AppError>;
    /// Makes one, and no other, the template that new forms begin from; `None` leaves none.
    async fn set_default(&self, id: Option<i64>) -> Result<(), AppError>;
}
