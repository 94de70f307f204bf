//! What the pages of the team ask for, and the changes they send.
#![expect(
    missing_docs,
    reason = "each argument of a server function becomes a public member of a struct that no one reads"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::draft::MemberDraft;
use super::model::{Invited, MemberRow, OneTimeLink, Role};
#[cfg(feature = "ssr")]
use crate::backend::{Backend, Change, Changes};
use crate::error::AppError;
use crate::listing::{ListQuery, Listing};
use crate::names::RequestToken;
use crate::reading::Fresh;

/// Whom a one-time link is for; nobody when it is unknown, used or too old.
#[server]
pub async fn open_link(token: String) -> Result<Option<Invited>, AppError> {
    let backend = Backend::for_anyone()?;
    backend.read().team.invited(&token).await
}

/// One page of members.
#[server(input = Json)]
pub async fn list_members(query: ListQuery) -> Result<Fresh<Listing<MemberRow>>, AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    let members = backend.read().team.members().await?;
    let value = super::view::list(members, backend.member().map(|member| member.id), &query);
    // No picture of ECS is shown; the mark is of no use.
    Ok(Fresh { value, mark: String::new(), health: backend.read().readings.health() })
}

/// Adds a member and returns the invitation link. `None` when the same form had added the member
/// already: links are shown once and are not in the audit log, so there is none to show again.
#[server(input = Json)]
pub async fn add_member(
    token: RequestToken,
    draft: MemberDraft,
) -> Result<Option<OneTimeLink>, AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    let new = draft.check()?;
    let change = Change::MemberAdded { email: new.email.clone(), role: new.role };
    let (keep, kept) = one_time();
    let add = move |doors: Changes| async move {
        keep.put(doors.team.add_member(new.email, new.name, new.role).await?);
        Ok(())
    };
    backend.change(change, &token, add).await?;
    Ok(kept.take())
}

/// Makes a new invitation link; earlier unused ones end. `None` as for [`add_member`].
#[server(input = Json)]
pub async fn invite_again(token: RequestToken, id: i64) -> Result<Option<OneTimeLink>, AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    let email = email_of(&backend, id).await?;
    let (keep, kept) = one_time();
    let invite = move |doors: Changes| async move {
        keep.put(doors.team.invite_again(id).await?);
        Ok(())
    };
    backend.change(Change::MemberInvited { email }, &token, invite).await?;
    Ok(kept.take())
}

/// Sets a member's role.
#[server(input = Json)]
pub async fn set_role(token: RequestToken, id: i64, role: Role) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    let email = email_of(&backend, id).await?;
    let set = move |doors: Changes| async move { doors.team.set_role(id, role).await };
    backend.change(Change::MemberRoleSet { email, role }, &token, set).await
}

/// Disables or enables a member. Nobody disables himself: the click would end his own session.
#[server(input = Json)]
pub async fn set_disabled(token: RequestToken, id: i64, disabled: bool) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    if disabled && backend.member().is_some_and(|me| me.id == id) {
        return Err(AppError::NotAllowed(super::model::NOT_ONESELF.into()));
    }
    let email = email_of(&backend, id).await?;
    let change =
        if disabled { Change::MemberDisabled { email } } else { Change::MemberEnabled { email } };
    let set = move |doors: Changes| async move { doors.team.set_disabled(id, disabled).await };
    backend.change(change, &token, set).await
}

/// The email of a member, for the audit log.
#[cfg(feature = "ssr")]
async fn email_of(backend: &Backend, id: i64) -> Result<String, AppError> {
    let members = backend.read().team.members().await?;
    let member = members.into_iter().find(|member| member.id == id);
    member
        .map(|member| member.email)
        .ok_or_else(|| AppError::NotFound("There is no such member.".into()))
}

/// A place for a link beside the answer of the change, which is kept in the audit log.
#[cfg(feature = "ssr")]
fn one_time() -> (Beside, Beside) {
    let beside = Beside::default();
    (beside.clone(), beside)
}

#[cfg(feature = "ssr")]
#[derive(Clone, Default)]
struct Beside(std::sync::Arc<std::sync::Mutex<Option<OneTimeLink>>>);

#[cfg(feature = "ssr")]
impl Beside {
    fn put(&self, link: OneTimeLink) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(link);
    }

    fn take(&self) -> Option<OneTimeLink> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take()
    }
}
