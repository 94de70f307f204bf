//! What drafts ask of the server.
//!
//! Making, handing over and deleting a draft is written to the audit log, without its text. Saving is
//! not: a line for each second of typing would bury the log, and nothing but the draft changes.
#![expect(
    missing_docs,
    reason = "each argument of a server function becomes a public member of a struct that no one reads"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::model::{Draft, DraftRow, Glance, Made, Saved};
#[cfg(feature = "ssr")]
use super::model::{check_text, check_title};
use crate::error::AppError;
use crate::names::{DraftId, RequestToken, Revision};
#[cfg(feature = "ssr")]
use crate::{
    backend::{Backend, Change, Changes, NewDraft},
    error::FieldErrors,
    team::model::Role,
};

/// The member's drafts, and those of others that the member has opened; last changed first.
#[server(input = Json)]
pub async fn list_drafts() -> Result<Vec<DraftRow>, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let me = backend.member_id()?;
    backend.read().drafts.drafts(me).await
}

/// One draft. Whoever has its link and may edit may open it; that it was handed over is written down
/// when somebody else opens it for the first time.
#[server(input = Json)]
pub async fn open_draft(id: DraftId) -> Result<Draft, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let me = backend.member_id()?;
    let draft = backend.read().drafts.draft(&id, me).await?;
    if !backend.read().drafts.has_opened(&id, me).await? {
        let change =
            Change::DraftHandedOver { name: draft.row.name(), owner: draft.row.owner.clone() };
        // Nobody can know the token before, and so keep the member out.
        let opened = format!("{id} {me} {}", backend.now().ms());
        let token = RequestToken::from_bits(id.bits()).of_content(&opened);
        backend
            .change(change, &token, move |doors| async move { doors.drafts.join(&id, me).await })
            .await?;
    }
    Ok(draft)
}

/// Makes a draft of what was typed.
#[server(input = Json)]
pub async fn create_draft(
    token: RequestToken,
    from: Option<Revision>,
    text: String,
) -> Result<Made, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let owner = backend.member_id()?;
    small_enough(&text)?;
    let new = NewDraft { owner, from, text };
    let change = Change::DraftCreated { name: super::model::name_of("", &new.family()) };
    backend.change(change, &token, move |doors| async move { doors.drafts.create(new).await }).await
}

/// Keeps what was typed, if nobody has changed the draft since `version`.
#[server(input = Json)]
pub async fn save_draft(id: DraftId, version: i64, text: String) -> Result<Saved, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let me = backend.member_id()?;
    small_enough(&text)?;
    backend.read().drafts.save(&id, me, version, &text).await
}

/// Says who else is in a draft, and what has become of it since `version`. An open page asks every
/// few seconds; that is no use of the session.
#[server(input = Json)]
pub async fn look_at_draft(id: DraftId, version: i64) -> Result<Glance, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let me = backend.member_id()?;
    backend.read().drafts.glance(&id, me, version).await
}

/// Calls a draft by another title; an empty one gives it the family's name.
#[server(input = Json)]
pub async fn rename_draft(id: DraftId, title: String) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let me = backend.member_id()?;
    let title =
        check_title(&title).map_err(|said| AppError::Invalid(FieldErrors::one("title", said)))?;
    backend.read().drafts.rename(&id, me, &title).await
}

/// Deletes a draft as it was at `version`; `registered` is what became of it. It can be taken back
/// for a day.
#[server(input = Json)]
pub async fn delete_draft(
    token: RequestToken,
    id: DraftId,
    version: i64,
    registered: Option<Revision>,
) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let me = backend.member_id()?;
    let name = match backend.read().drafts.draft(&id, me).await {
        Ok(draft) => draft.row.name(),
        // Sent twice, or deleted by somebody else: it is gone, as was wanted.
        Err(AppError::NotFound(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    let registered = match registered {
        Some(revision) if is_registered_by_member(&backend, &revision).await => Some(revision),
        _ => None,
    };
    let change = Change::DraftDeleted { name, registered };
    let delete = move |doors: Changes| async move { doors.drafts.delete(&id, me, version).await };
    backend.change(change, &token, delete).await
}

/// Takes a deleted draft back.
#[server(input = Json)]
pub async fn restore_draft(token: RequestToken, id: DraftId) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let me = backend.member_id()?;
    let name = match backend.read().drafts.deleted(&id).await {
        Ok(row) => row.name(),
        // Sent twice, or taken back by somebody else: it is there, as was wanted.
        Err(error) => {
            return backend.read().drafts.draft(&id, me).await.map(drop).map_err(|_| error);
        }
    };
    let change = Change::DraftRestored { name };
    backend
        .change(change, &token, move |doors| async move { doors.drafts.restore(&id, me).await })
        .await
}

/// The log takes nobody's word for it.
#[cfg(feature = "ssr")]
async fn is_registered_by_member(backend: &Backend, revision: &Revision) -> bool {
    let who =
        crate::task_definitions::review::asked::member_who_registered(backend, revision).await;
    who.is_some() && who.as_deref() == backend.member().map(|member| member.email.as_str())
}

#[cfg(feature = "ssr")]
fn small_enough(text: &str) -> Result<(), AppError> {
    check_text("A draft", text).map_err(|said| AppError::Invalid(FieldErrors::one("text", said)))
}
