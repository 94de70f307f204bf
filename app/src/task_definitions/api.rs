//! What the task definition pages ask for, and the changes they make.
#![expect(
    missing_docs,
    reason = "each argument of a server function becomes a public member of a struct that no one reads"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::document::Document;
use super::model::{FamilyDetail, FamilyRow, RevisionDetail};
#[cfg(feature = "ssr")]
use crate::backend::{Backend, Change};
use crate::error::AppError;
use crate::listing::{ListQuery, Listing};
#[cfg(feature = "ssr")]
use crate::live::Topic;
use crate::names::{FamilyName, RequestToken, Revision};
use crate::reading::{Fresh, Soon};
#[cfg(feature = "ssr")]
use crate::team::model::Role;

/// One page of families.
#[server(input = Json)]
pub async fn list_families(query: ListQuery) -> Result<Fresh<Listing<FamilyRow>>, AppError> {
    let backend = Backend::for_role(Role::Viewer)?;
    backend.fresh(&Topic::Families(query))
}

/// One family with its revisions.
#[server(input = Json)]
pub async fn read_family(name: FamilyName) -> Result<Fresh<FamilyDetail>, AppError> {
    let backend = Backend::for_role(Role::Viewer)?;
    backend.fresh(&Topic::Family(name))
}

/// One revision; a viewer gets it without values.
#[server(input = Json)]
pub async fn read_revision(revision: Revision) -> Result<Soon<RevisionDetail>, AppError> {
    let backend = Backend::for_role(Role::Viewer)?;
    let reading = backend.picture()?;
    let redacted = !backend.may(Role::Operator);
    let Soon::Here(definition) = super::review::asked::one(&backend, &revision).await? else {
        return Ok(Soon::Reading);
    };
    let mut definition = super::model::TaskDefinition::clone(&definition);
    if redacted {
        definition.document = super::redact::redacted(&definition.document);
    }
    let family = reading.family(&revision.family);
    // The picture knows of a deregistration before the kept description does.
    if family.is_some_and(|family| family.inactive.contains(&revision.number)) {
        definition.status = "INACTIVE".to_owned();
    }
    Ok(Soon::Here(RevisionDetail {
        definition,
        redacted,
        used_by: super::view::used_by(&reading, &revision),
        newest: family.and_then(|family| family.newest()),
    }))
}

/// One revision's document with its values, to begin a new revision from.
#[server(input = Json)]
pub async fn document_for_editing(revision: Revision) -> Result<Document, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let definition = backend.read().ecs.task_definition(&revision).await?;
    Ok(definition.whole())
}

/// Registers a document (as text) as its family's next revision, unless it would equal the last.
#[server(input = Json)]
pub async fn register(token: RequestToken, document: String) -> Result<Revision, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    super::drafts::model::check_text("A document", &document)
        .map_err(|said| AppError::Invalid(crate::error::FieldErrors::one("document", said)))?;
    let document = checked(&document)?;
    let family = document.text_at("family");
    let family: FamilyName = family.trim().parse().map_err(|said: String| {
        AppError::Invalid(crate::error::FieldErrors::one("family", said))
    })?;
    // An answer that was lost is given again, but only to the same document.
    let token = token.of_content(&document.value().to_string());
    let change = Change::TaskDefinitionRegistered { family: family.clone() };
    let asks = backend.clone();
    backend
        .change(change, &token, |doors| async move {
            let mut newest = doors.registering.turn(&family).await;
            // Not before: the same form sent again finds its own revision, and that is success.
            super::review::asked::changes_something(&asks, &family, newest.as_ref(), &document)
                .await?;
            let registered = doors.ecs.register_task_definition(document.into_value()).await?;
            *newest = Some(registered.clone());
            Ok(registered)
        })
        .await
}

/// Makes a revision INACTIVE.
#[server(input = Json)]
pub async fn deregister(token: RequestToken, revision: Revision) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let change = Change::TaskDefinitionDeregistered { revision: revision.clone() };
    backend
        .change(change, &token, |doors| async move {
            doors.ecs.deregister_task_definition(revision).await
        })
        .await
}

/// Reads a text and runs the rules over it: the check before a registration.
#[cfg(feature = "ssr")]
fn checked(text: &str) -> Result<Document, AppError> {
    use crate::error::FieldErrors;
    let document = super::import::import(text)
        .map_err(|error| AppError::Invalid(FieldErrors::one("document", error.to_string())))?
        .document;
    FieldErrors::of(&super::rules::check(&document)).or(document)
}
