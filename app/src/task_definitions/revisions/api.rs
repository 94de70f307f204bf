//! What the work on many revisions asks for, and the change it makes.
#![expect(
    missing_docs,
    reason = "each argument of a server function becomes a public member of a struct that no one reads"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[cfg(feature = "ssr")]
use super::plan::DELETED_AT_ONCE;
#[cfg(feature = "ssr")]
use crate::backend::{Backend, Change};
use crate::error::AppError;
use crate::names::{FamilyName, RequestToken};
use crate::task_definitions::model::{DeletedRevisions, RevisionRow};
#[cfg(feature = "ssr")]
use crate::task_definitions::view;
#[cfg(feature = "ssr")]
use crate::team::model::Role;

/// Every revision of a family with who uses it, newest first: of what the console has read.
#[server(input = Json)]
pub async fn read_all_revisions(family: FamilyName) -> Result<Vec<RevisionRow>, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let missing = || AppError::NotFound(format!("There is no family {family}."));
    view::revisions(&*backend.picture()?, &family).ok_or_else(missing)
}

/// Deletes INACTIVE revisions, ten at most. One that is in use is refused before ECS is asked: ECS
/// would delete it, and the service could never start a task again.
#[server(input = Json)]
pub async fn delete_revisions(
    token: RequestToken,
    family: FamilyName,
    numbers: Vec<u32>,
) -> Result<DeletedRevisions, AppError> {
    use crate::names::Revision;
    let backend = Backend::for_role(Role::Operator)?;
    if numbers.is_empty() || numbers.len() > DELETED_AT_ONCE {
        let said = format!("Between 1 and {DELETED_AT_ONCE} revisions at a time.");
        return Err(AppError::refused(said, "Choose fewer revisions."));
    }
    let picture = backend.picture()?;
    if let Some(outage) = backend.read().readings.health().outage {
        // A deleted revision never comes back: what used it a while ago is not enough to know.
        return Err(AppError::Unavailable(format!(
            "What uses these revisions can't be read now. {} Nothing was deleted.",
            outage.trouble.said
        )));
    }
    let revisions: Vec<Revision> =
        numbers.iter().map(|number| Revision { family: family.clone(), number: *number }).collect();
    for revision in &revisions {
        let used_by = view::used_by(&picture, revision);
        if !used_by.is_none() {
            return Err(AppError::Conflict(format!("{revision} is in use by {used_by}.")));
        }
    }
    backend
        .change(Change::TaskDefinitionsDeleted { family, numbers }, &token, |doors| async move {
            doors.ecs.delete_task_definitions(revisions).await
        })
        .await
}
