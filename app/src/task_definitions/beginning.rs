//! What a form begins with, as its address says.

use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::api::document_for_editing;
use super::document::Document;
use super::drafts::begun_from as begun_from_draft;
use super::drafts::model::Draft;
use super::team_templates::{Begun, begun_from as begun_from_template, begun_from_default};
use crate::error::AppError;
use crate::names::{DraftId, Revision};

/// The pairs of the form's address that say what it begins with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    /// `?draft=`: goes on with it.
    pub draft: Option<Result<DraftId, String>>,
    /// `?from=family:number`: begins from a revision.
    pub from: Option<Result<Revision, String>>,
    /// `?template=`: begins from a template of the team; none inside for what is no number.
    template: Option<Option<i64>>,
    /// `?start=empty`: not from the team's default template.
    empty: bool,
    /// `?family=`; empty when it is not known.
    family: String,
    /// `?image=`; empty when it is not known.
    image: String,
}

/// What a form begins with.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Beginning {
    /// The document.
    pub document: Document,
    /// The revision that it begins from.
    pub from: Option<Revision>,
    /// The draft that it goes on with.
    pub draft: Option<Draft>,
    /// The template that it begins from.
    pub template: Option<Begun>,
}

impl Beginning {
    fn with(document: Document) -> Self {
        Self { document, from: None, draft: None, template: None }
    }
}

impl Wanted {
    /// What an address asks for.
    pub fn of(pairs: &ParamsMap) -> Self {
        let text = |name: &str| pairs.get(name).unwrap_or_default();
        Self {
            draft: pairs.get_str("draft").map(str::parse),
            from: pairs.get_str("from").map(str::parse),
            template: pairs.get_str("template").map(|id| id.parse().ok()),
            empty: pairs.get_str("start") == Some("empty"),
            family: text("family"),
            image: text("image"),
        }
    }

    /// Brings it about.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for what is not there.
    pub async fn begin(self) -> Result<Beginning, AppError> {
        if let Some(id) = self.draft {
            let (from, document, draft) = begun_from_draft(id).await?;
            return Ok(Beginning { from, draft, ..Beginning::with(document) });
        }
        if let Some(from) = self.from {
            let from = from.map_err(AppError::NotFound)?;
            let mut document = document_for_editing(from.clone()).await?;
            if !self.family.is_empty() {
                document.set("family", json!(self.family));
            }
            return Ok(Beginning { from: Some(from), ..Beginning::with(document) });
        }
        let template = match self.template {
            Some(id) => Some(begun_from_template(id, &self.family).await?),
            // Who knows the image has something else in mind than what the team begins from.
            None if self.empty || !self.image.is_empty() => None,
            None => begun_from_default(&self.family).await,
        };
        Ok(match template {
            Some((document, template)) => {
                Beginning { template: Some(template), ..Beginning::with(document) }
            }
            None => Beginning::with(starter(&self.family, &self.image)),
        })
    }
}

/// The smallest document for Fargate, with the name and the image that are known.
fn starter(family: &str, image: &str) -> Document {
    let document = json!({
        "family": family,
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [{"name": "app", "image": image, "essential": true}]
    });
    Document::new(document).unwrap_or_default()
}
