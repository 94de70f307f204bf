//! The page for everybody who has the link: no sign-in, no frame, readable without WebAssembly.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;

use super::api::read_public_status;
use super::public::PublicStatus;
use super::public_parts::{Hearing, StatusContent};
use crate::error::AppError;
use crate::ui::*;

/// Without scripts nothing on the page moves: it is loaded again every half minute, and says so.
const STILL: &str = "<meta http-equiv=\"refresh\" content=\"30\">\
<p class=\"status-still\">This page loads itself again every 30 seconds.</p>";

/// A status page in public.
#[component]
pub fn PublicStatusPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.read().get("slug").unwrap_or_default());
    let status = Resource::new_blocking(move || slug.get(), read_public_status);
    let answer = Answer::new();
    view! {
        <Meta name="robots" content="noindex"/>
        <Suspense fallback=|| ()>
            {move || {
                let answer = answer.clone();
                Suspend::new(async move {
                    match status.await {
                        Ok(first) => view! { <LivePage slug=slug.get_untracked() first/> }.into_any(),
                        Err(error) => {
                            answer.refused(&error);
                            view! { <NoPage error/> }.into_any()
                        }
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn LivePage(slug: String, first: PublicStatus) -> impl IntoView {
    let title = first.title.clone();
    let status = RwSignal::new(first);
    let hearing = RwSignal::new(Hearing::Still);
    #[cfg(feature = "hydrate")]
    super::public_live::keep(slug, status, hearing);
    #[cfg(not(feature = "hydrate"))]
    let _ = slug;
    view! {
        <Title text=title/>
        <noscript inner_html=STILL></noscript>
        <main class="public-page">
            <StatusContent status hearing foot=|| view! { <ThemeSwitch/> }/>
        </main>
    }
}

/// One page for addresses that never were and for those that are not published, so that nobody can
/// tell which is which.
#[component]
fn NoPage(error: AppError) -> impl IntoView {
    let (title, next) = match error {
        AppError::NotFound(_) => (
            "There is no status page here",
            "The link may be mistyped, or it has ended. Ask whoever gave it to you for the present one.",
        ),
        _ => (
            "The status can’t be shown now",
            "This says nothing about the systems themselves. Load the page again in a minute.",
        ),
    };
    view! {
        <Title text=title/>
        <main class="lone public-lone">
            <Icon name=IconName::Question/>
            <h1>{title}</h1>
            <p>{next}</p>
        </main>
    }
}

/// The head of the HTTP answer.
///
/// Nothing keeps a copy (`no-store`): the page says how things stand now, every answer carries its
/// own script nonce, and a link that was ended must be dead at once, also in caches between. It
/// costs the server little, because the answer comes from memory.
#[derive(Clone)]
struct Answer {
    #[cfg(feature = "ssr")]
    options: Option<leptos_axum::ResponseOptions>,
}

#[cfg(feature = "ssr")]
impl Answer {
    fn new() -> Self {
        use http::header::{CACHE_CONTROL, HeaderName, HeaderValue};
        let options = use_context::<leptos_axum::ResponseOptions>();
        if let Some(options) = &options {
            options.insert_header(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            let robots = HeaderName::from_static("x-robots-tag");
            options.insert_header(robots, HeaderValue::from_static("noindex, nofollow"));
        }
        Self { options }
    }

    fn refused(&self, error: &AppError) {
        if let Some(options) = &self.options {
            options.set_status(
                http::StatusCode::from_u16(error.status())
                    .unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR),
            );
        }
    }
}

#[cfg(not(feature = "ssr"))]
impl Answer {
    fn new() -> Self {
        Self {}
    }

    fn refused(&self, _: &AppError) {}
}
