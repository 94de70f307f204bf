//! What the forms that launch tasks ask of the server.
#![expect(
    missing_docs,
    reason = "each argument of a server function becomes a public member of a struct that no one reads"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::choices::{LaunchChoices, RevisionNeeds};
#[cfg(feature = "ssr")]
use super::draft::LaunchDraft;
#[cfg(feature = "ssr")]
use super::view;
#[cfg(feature = "ssr")]
use crate::backend::Backend;
use crate::error::AppError;
use crate::names::Revision;
#[cfg(feature = "ssr")]
use crate::team::model::Role;

/// What there is to choose; from the picture, without asking ECS.
#[server]
pub async fn read_launch_choices() -> Result<LaunchChoices, AppError> {
    let backend = Backend::for_role(Role::Viewer)?;
    Ok(view::choices(&*backend.picture()?))
}

/// What a revision asks of tasks that run it; only of those that the forms offer, so that nobody
/// can make ECS be asked for any number.
#[server(input = Json)]
pub async fn read_revision_needs(revision: Revision) -> Result<RevisionNeeds, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let family = revision.family.as_str();
    let offered = view::choices(&*backend.picture()?);
    if offered.revision(family, &revision.number.to_string()).is_none() {
        return Err(AppError::NotFound(format!("{revision} is not active.")));
    }
    Ok(view::needs(&*backend.read().ecs.task_definition(&revision).await?))
}

/// What the server checks a form by: what there is to choose, and what the revision needs that
/// was chosen among it.
///
/// # Errors
/// What ECS answers when it is asked for the revision; [`AppError::Unavailable`] before its first
/// reading.
#[cfg(feature = "ssr")]
pub async fn choices_and_needs(
    backend: &Backend,
    draft: &LaunchDraft,
) -> Result<(LaunchChoices, Option<RevisionNeeds>), AppError> {
    let choices = view::choices(&*backend.picture()?);
    let needs = match choices.revision(draft.family.trim(), draft.revision.trim()) {
        Some(revision) => Some(view::needs(&*backend.read().ecs.task_definition(&revision).await?)),
        None => None,
    };
    Ok((choices, needs))
}
