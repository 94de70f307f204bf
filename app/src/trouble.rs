//! What stands in a page's place when it could not be had.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::asked::{Answer, Asked};
use crate::error::AppError;
use crate::links;
use crate::live::use_health;
use crate::ui::{ButtonKind, EmptyState, IconName, LinkButton, Skeleton, TroublePanel};

/// Says what does not work, why, and what to do next; the answer's HTTP status says the same.
#[component]
pub fn AnswerTrouble(
    /// What does not work, in plain words.
    #[prop(into)]
    title: String,
    /// Why.
    error: AppError,
    /// The list to go back to: its name and address.
    back: (&'static str, &'static str),
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>()
        && let Ok(status) = http::StatusCode::from_u16(error.status())
    {
        response.set_status(status);
    }
    if matches!(error, AppError::Unavailable(_)) && is_unread() {
        come_back_when_read();
        return view! { <NotRead/> }.into_any();
    }
    let (words, href) = match error {
        AppError::SignInRequired => ("Sign in", links::sign_in(&here())),
        _ => (back.0, back.1.to_owned()),
    };
    view! {
        <TroublePanel title said=error.to_string() next=error.next_step()>
            <LinkButton href kind=ButtonKind::Plain>{words}</LinkButton>
        </TroublePanel>
    }
    .into_any()
}

/// ECS was never read: there may be anything. Why not stands above the page.
#[component]
pub fn NotRead() -> impl IntoView {
    let health = use_health();
    let failed = Memo::new(move |_| health.read().outage.is_some());
    move || match failed.get() {
        true => view! {
            <EmptyState
                icon=IconName::Offline
                title="Nothing is known yet"
                body="Amazon ECS has never been read since the console started. This page fills by itself as soon as it can be."
            />
        },
        false => view! {
            <EmptyState
                icon=IconName::Offline
                title="Not read yet"
                body="Amazon ECS is being read for the first time. A large account can take a minute; this page fills by itself."
            />
        },
    }
}

fn is_unread() -> bool {
    use_health().read_untracked().read_at.is_none()
}

/// A page that could not be had before the first reading of ECS comes by itself after it.
fn come_back_when_read() {
    let health = use_health();
    let unread = Memo::new(move |_| health.read().read_at.is_none());
    Effect::new(move |before: Option<bool>| {
        let unread = unread.get();
        if before == Some(true) && !unread {
            // In vain only when the document is going away already.
            let _ = window().location().reload();
        }
        unread
    });
}

/// The present address, to come back to.
fn here() -> String {
    let location = use_location();
    let path = location.pathname.get_untracked();
    let search = location.search.get_untracked();
    match search.trim_start_matches('?') {
        "" => path,
        search => format!("{path}?{search}"),
    }
}

/// A part of a page that is asked for while it is in sight: its outline, then itself, or why not.
pub fn part<T: Answer, V: IntoView + 'static>(
    asked: Asked<Option<T>>,
    title: &'static str,
    back: (&'static str, &'static str),
    show: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let inside = move || {
        let show = show.clone();
        Suspend::new(async move {
            match asked.await {
                Ok(Some(answer)) => show(answer).into_any(),
                Ok(None) => view! { <Skeleton/> }.into_any(),
                Err(error) => view! { <AnswerTrouble title error back/> }.into_any(),
            }
        })
    };
    view! { <Suspense fallback=|| view! { <Skeleton/> }>{inside}</Suspense> }
}
