//! What templates of the team ask of the server.
//!
//! Each change is written to the audit log, without the document.
#![expect(
    missing_docs,
    reason = "each argument of a server function becomes a public member of a struct that no one reads"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::draft::{TemplateContent, TemplateWords};
use super::model::{Template, TemplateRow};
use crate::error::AppError;
use crate::names::RequestToken;
#[cfg(feature = "ssr")]
use crate::{
    backend::{Backend, Change, NewTemplate},
    error::FieldErrors,
    team::model::Role,
};

/// The team's templates, by name.
#[server(input = Json)]
pub async fn list_templates() -> Result<Vec<TemplateRow>, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let me = backend.member_id()?;
    backend.read().templates.templates(me).await
}

/// One template with its document.
#[server(input = Json)]
pub async fn open_template(id: i64) -> Result<Template, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let me = backend.member_id()?;
    backend.read().templates.template(id, me).await
}

/// The template that new forms begin from, if there is one.
#[server(input = Json)]
pub async fn default_template() -> Result<Option<Template>, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let me = backend.member_id()?;
    let rows = backend.read().templates.templates(me).await?;
    match rows.into_iter().find(|row| row.is_default) {
        Some(row) => backend.read().templates.template(row.id, me).await.map(Some),
        None => Ok(None),
    }
}

/// Saves a document, or one container of it, as a new template.
#[server(input = Json)]
pub async fn save_template(
    token: RequestToken,
    words: TemplateWords,
    content: TemplateContent,
) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let owner = backend.member_id()?;
    let words = words.check()?;
    let document = content.check()?;
    let change = Change::TemplateSaved { name: words.name.clone() };
    let new = NewTemplate { owner, words, sidecar: content.container.is_some(), document };
    backend
        .change(change, &token, move |doors| async move { doors.templates.create(new).await })
        .await
}

/// Puts another document in a template's place, unless somebody has changed it since `version`.
#[server(input = Json)]
pub async fn replace_template(
    token: RequestToken,
    id: i64,
    version: i64,
    content: TemplateContent,
) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let me = backend.member_id()?;
    let row = own(&backend, id).await?;
    let document = content.check()?;
    if row.sidecar != content.container.is_some() {
        let said = "A sidecar is replaced by a container, a whole template by a whole document.";
        return Err(AppError::Invalid(FieldErrors::one("document", said)));
    }
    let change = Change::TemplateReplaced { name: row.name };
    backend
        .change(change, &token, move |doors| async move {
            doors.templates.replace(id, version, document, me).await
        })
        .await
}

/// Calls and describes a template otherwise, unless somebody has changed it since `version`.
#[server(input = Json)]
pub async fn describe_template(
    token: RequestToken,
    id: i64,
    version: i64,
    words: TemplateWords,
) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let me = backend.member_id()?;
    let was = own(&backend, id).await?.name;
    let words = words.check()?;
    let change = Change::TemplateDescribed { name: words.name.clone(), was };
    backend
        .change(change, &token, move |doors| async move {
            doors.templates.describe(id, version, words, me).await
        })
        .await
}

/// Removes a template for good, unless somebody has changed it since `version`.
#[server(input = Json)]
pub async fn remove_template(token: RequestToken, id: i64, version: i64) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let name = match own(&backend, id).await {
        Ok(row) => row.name,
        // Sent twice, or removed by somebody else: it is gone, as was wanted.
        Err(AppError::NotFound(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    let change = Change::TemplateRemoved { name };
    backend
        .change(
            change,
            &token,
            move |doors| async move { doors.templates.remove(id, version).await },
        )
        .await
}

/// Lets new forms begin from a template, or from none.
#[server(input = Json)]
pub async fn set_default_template(token: RequestToken, id: Option<i64>) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    let me = backend.member_id()?;
    let name = match id {
        Some(id) => Some(backend.read().templates.template(id, me).await?.row.name),
        None => None,
    };
    backend
        .change(Change::TemplateDefaultSet { name }, &token, move |doors| async move {
            doors.templates.set_default(id).await
        })
        .await
}

/// A template that the member may change: own ones, and all of them for administrators.
#[cfg(feature = "ssr")]
async fn own(backend: &Backend, id: i64) -> Result<TemplateRow, AppError> {
    let row = backend.read().templates.template(id, backend.member_id()?).await?.row;
    if row.mine || backend.may(Role::Administrator) {
        Ok(row)
    } else {
        Err(AppError::NotAllowed(row.not_yours()))
    }
}
