//! What the status pages ask of the server.

use leptos::prelude::*;
use server_fn::codec::Json;

use super::draft::StatusPageDraft;
use super::model::{Choice, EditData, PageRow, StatusPage};
use super::public::PublicStatus;
use crate::error::AppError;
use crate::listing::{ListQuery, Listing};
use crate::names::RequestToken;
use crate::reading::Fresh;
#[cfg(feature = "ssr")]
use crate::{
    backend::{Backend, Change, Changes},
    error::FieldErrors,
    team::model::Role,
};

/// One page of the status pages.
#[server(input = Json)]
pub async fn list_pages(query: ListQuery) -> Result<Fresh<Listing<PageRow>>, AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    let pages = backend.read().pages.pages().await?;
    Ok(backend.read().readings.now().map(|_| super::view::list(&pages, &query)))
}

/// The services that a page may show.
#[server(input = Json)]
pub async fn list_choices() -> Result<Vec<Choice>, AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    Ok(super::view::choices(&*backend.picture()?))
}

/// A page to edit, with the services that it may show.
#[server(input = Json)]
pub async fn page_to_edit(id: i64) -> Result<EditData, AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    let page = backend.read().pages.page(id).await?;
    Ok(EditData { page, choices: super::view::choices(&*backend.picture()?) })
}

/// What the public sees of a page, or would see if it were published.
#[server(input = Json)]
pub async fn preview_page(id: i64) -> Result<PublicStatus, AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    let page = backend.read().pages.page(id).await?;
    let fresh = backend.read().readings.now();
    Ok(super::view::public_view(&page, &fresh.value, &fresh.health, backend.now()))
}

/// What the published page at `slug` says. Anyone may ask.
#[server(input = Json)]
pub async fn read_public_status(slug: String) -> Result<PublicStatus, AppError> {
    let backend = Backend::for_anyone()?;
    let fresh = backend.read().pages.public_view(&slug).await?;
    // The shape is checked once more on its way out: only members of the allow-list pass.
    serde_json::from_value(fresh.value).map_err(|_| AppError::Internal("status page".into()))
}

/// Makes a page.
#[server(input = Json)]
pub async fn create_page(
    token: RequestToken,
    draft: StatusPageDraft,
) -> Result<StatusPage, AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    let page = draft.check()?;
    let change = Change::StatusPageCreated { title: page.title.clone() };
    let act = move |doors: Changes| async move {
        doors.pages.create_page(page.title, page.services, page.published).await
    };
    backend.change(change, &token, act).await
}

/// Replaces what a page says.
#[server(input = Json)]
pub async fn change_page(
    token: RequestToken,
    id: i64,
    draft: StatusPageDraft,
) -> Result<StatusPage, AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    let page = draft.check()?;
    let change = Change::StatusPageChanged { title: page.title.clone() };
    let act = move |doors: Changes| async move {
        doors.pages.change_page(id, page.title, page.services, page.published, false).await
    };
    backend.change(change, &token, act).await
}

/// Gives a page a new link, so that the old one ends; what it says stays as it is stored.
#[server(input = Json)]
pub async fn renew_link(token: RequestToken, id: i64) -> Result<StatusPage, AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    change_stored(&backend, &token, id, |page| (page.published, true)).await
}

/// Lets a page's link work; what it says stays as it is stored.
#[server(input = Json)]
pub async fn publish_page(token: RequestToken, id: i64) -> Result<StatusPage, AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    change_stored(&backend, &token, id, |_| (true, false)).await
}

/// Changes whether a page is published, and whether it gets a new link; nothing that it says.
#[cfg(feature = "ssr")]
async fn change_stored(
    backend: &Backend,
    token: &RequestToken,
    id: i64,
    to: fn(&StatusPage) -> (bool, bool),
) -> Result<StatusPage, AppError> {
    let page = backend.read().pages.page(id).await?;
    let (published, new_link) = to(&page);
    let change = Change::StatusPageChanged { title: page.title.clone() };
    let act = move |doors: Changes| async move {
        doors.pages.change_page(id, page.title, page.services, published, new_link).await
    };
    backend.change(change, token, act).await
}

/// Deletes a page; `title` is what was typed to confirm it.
#[server(input = Json)]
pub async fn delete_page(token: RequestToken, id: i64, title: String) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    let page = match backend.read().pages.page(id).await {
        // Sent twice: the record of the first time answers.
        Err(AppError::NotFound(_)) => None,
        found => Some(found?),
    };
    if page.is_some_and(|page| page.title != title) {
        return Err(AppError::Invalid(FieldErrors::one("title", "That is not the page’s title.")));
    }
    let change = Change::StatusPageDeleted { title };
    backend
        .change(change, &token, move |doors| async move { doors.pages.delete_page(id).await })
        .await
}
