//! An id or ARN with a button that copies it.

use std::time::Duration;

use leptos::prelude::*;

use super::{
    announce::announce,
    browser,
    icon::{Icon, IconName},
};

/// How long the button says that it worked.
const COPIED_FOR: Duration = Duration::from_secs(2);

/// Text in a fixed-width face with a button that copies the whole of it.
#[component]
pub fn CopyText(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// What it is ("task ARN"), for the button's name.
    #[prop(into)]
    label: Signal<String>,
    /// What is shown in its place when the whole is too long to read.
    #[prop(optional, into)]
    short: Option<String>,
) -> impl IntoView {
    let shown = move || short.clone().unwrap_or_else(|| text.get());
    view! {
        <span class="copy-text">
            <span class="copy-text-words" title=move || text.get()>{shown}</span>
            <CopyButton text label/>
        </span>
    }
}

/// Only the button, for text that is shown elsewhere.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// What it is, for the button's name.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        browser::copy(&text.get_untracked(), move |worked| {
            if worked {
                announce("Copied");
                copied.set(true);
                set_timeout(
                    move || {
                        copied.try_set(false);
                    },
                    COPIED_FOR,
                );
            } else {
                announce("The browser did not allow copying");
            }
        });
    };
    view! {
        <button
            type="button"
            class="copy-button"
            class:is-copied=move || copied.get()
            aria-label=move || format!("Copy {}", label.get())
            title=move || if copied.get() { "Copied".to_owned() } else { format!("Copy {}", label.get()) }
            on:click=copy
        >
            <Icon name=IconName::Copy/>
            <Icon name=IconName::Check/>
        </button>
    }
}
