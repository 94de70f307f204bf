//! The team's templates, kept in the store. No AWS call starts here, and no document is logged: it
//! may hold secrets.

use std::sync::Arc;

use async_trait::async_trait;
use berth_app::backend::{NewTemplate, TemplateChanges, Templates};
use berth_app::error::AppError;
use berth_app::task_definitions::document::Document;
use berth_app::task_definitions::team_templates::draft::TemplateWords;
use berth_app::task_definitions::team_templates::model::{
    TEMPLATES_MAX, Template, TemplateRow, too_many,
};

use crate::clock::Clock;
use crate::store::{Store, TemplateChange};

/// The templates in the store.
pub struct TemplateBook {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl TemplateBook {
    /// The templates of a store.
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    fn change(&self, id: i64, version: i64, by: i64) -> TemplateChange {
        TemplateChange { id, version, by, at: self.clock.now() }
    }

    /// What is answered to a change that was or was not made.
    async fn settled(&self, id: i64, made: bool) -> Result<(), AppError> {
        if made {
            return Ok(());
        }
        let TemplateRow { name, changed_by, .. } = self.store.template(id, 0).await?.row;
        Err(AppError::Conflict(format!("{changed_by} has changed the template {name} meanwhile.")))
    }
}

#[async_trait]
impl Templates for TemplateBook {
    async fn templates(&self, member: i64) -> Result<Vec<TemplateRow>, AppError> {
        Ok(self.store.templates(member).await?)
    }

    async fn template(&self, id: i64, member: i64) -> Result<Template, AppError> {
        Ok(self.store.template(id, member).await?)
    }
}

#[async_trait]
impl TemplateChanges for TemplateBook {
    async fn create(&self, new: NewTemplate) -> Result<(), AppError> {
        let NewTemplate { owner, words, sidecar, document } = new;
        let most = i64::try_from(TEMPLATES_MAX).unwrap_or(i64::MAX);
        let now = self.clock.now();
        let made = self.store.insert_template(&words, sidecar, &document, owner, now, most).await?;
        if made { Ok(()) } else { Err(too_many()) }
    }

    async fn replace(
        &self,
        id: i64,
        version: i64,
        document: Document,
        by: i64,
    ) -> Result<(), AppError> {
        let made = self.store.replace_template(self.change(id, version, by), &document).await?;
        self.settled(id, made).await
    }

    async fn describe(
        &self,
        id: i64,
        version: i64,
        words: TemplateWords,
        by: i64,
    ) -> Result<(), AppError> {
        let made = self.store.describe_template(self.change(id, version, by), &words).await?;
        self.settled(id, made).await
    }

    async fn remove(&self, id: i64, version: i64) -> Result<(), AppError> {
        let made = self.store.delete_template(id, version).await?;
        self.settled(id, made).await
    }

    async fn set_default(&self, id: Option<i64>) -> Result<(), AppError> {
        Ok(self.store.set_default_template(id).await?)
    }
}
