//! A form that begins from a template of the team.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::api::{default_template, open_template};
use super::model::Template;
use crate::error::AppError;
use crate::links;
use crate::task_definitions::convert::Note;
use crate::task_definitions::document::Document;
use crate::task_definitions::templates::team;
use crate::ui::*;

/// Which template a form began from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// The template's name.
    pub name: String,
    /// Who saved it first.
    pub owner: String,
    /// Whether it is the team's default rather than the person's choice.
    pub by_default: bool,
    /// What should be known of the document.
    pub notes: Vec<Note>,
}

fn begun(template: Template, family: &str, by_default: bool) -> (Document, Begun) {
    let Template { row, document } = template;
    let candidate = team::begin(&row.name, &document, family);
    let begun = Begun { name: row.name, owner: row.owner, by_default, notes: candidate.left_out };
    (candidate.document, begun)
}

/// The document of the template of an address (`?template=`), to begin a form from.
///
/// # Errors
/// [`AppError::NotFound`] for what is no number, a template that is gone, and a sidecar.
pub async fn begun_from(id: Option<i64>, family: &str) -> Result<(Document, Begun), AppError> {
    let missing = || AppError::NotFound("There is no such template to begin from.".into());
    let template = open_template(id.ok_or_else(missing)?).await?;
    if template.row.sidecar { Err(missing()) } else { Ok(begun(template, family, false)) }
}

/// The document of the team's default template, to begin a form from.
pub async fn begun_from_default(family: &str) -> Option<(Document, Begun)> {
    // A form that begins empty is better than none.
    let template = default_template().await.ok().flatten()?;
    Some(begun(template, family, true))
}

/// Says which template the form began from, with the way to begin without.
#[component]
pub fn BegunFrom(begun: Begun) -> impl IntoView {
    let which = if begun.by_default { "the team’s default template " } else { "the template " };
    view! {
        <Notice tone=Tone::Idle>
            "It begins from "{which}<strong>{begun.name}</strong>{format!(", saved by {}. ", begun.owner)}
            <a href=links::EMPTY_TASK_DEFINITION>"Begin empty instead"</a>
        </Notice>
    }
}
