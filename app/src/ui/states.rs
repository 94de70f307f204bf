//! What stands where there is nothing to list: empty, no match, trouble, not yet. Each says what
//! to do next, and none looks like another.

use leptos::prelude::*;

use super::{
    icon::{Icon, IconName},
    tone::Tone,
};

/// There is nothing yet. The children are the action that changes that.
#[component]
pub fn EmptyState(
    /// What would stand here.
    icon: IconName,
    /// That there is none.
    #[prop(into)]
    title: String,
    /// How one comes to be.
    #[prop(into)]
    body: String,
    /// Actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <Icon name=icon/>
            <h2>{title}</h2>
            <p>{body}</p>
            <div class="empty-actions">{children.map(|children| children())}</div>
        </div>
    }
}

/// There are some, but the filter hides them all.
#[component]
pub fn NoMatch(
    /// The same list unfiltered.
    #[prop(into)]
    clear_href: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="empty-state empty-state-small">
            <Icon name=IconName::Filter/>
            <h2>"Nothing matches the filter"</h2>
            <p>"There are others: the filter hides them."</p>
            <div class="empty-actions">
                <a class="button" href=move || clear_href.get() data-noscroll="">"Clear filter"</a>
            </div>
        </div>
    }
}

/// It went wrong: what was said, and what to do next. Announced at once.
#[component]
pub fn TroublePanel(
    /// What does not work, in plain words.
    #[prop(into)]
    title: String,
    /// What the other side said.
    #[prop(into)]
    said: String,
    /// What the person can do next.
    #[prop(into)]
    next: String,
    /// Actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="trouble" role="alert">
            <Icon name=IconName::CrossCircle/>
            <div class="trouble-words">
                <h2>{title}</h2>
                <p class="trouble-said">{said}</p>
                <p>{next}</p>
                <div class="trouble-actions">{children.map(|children| children())}</div>
            </div>
        </div>
    }
}

/// The outline of rows that are on their way. It appears after a quarter of a second, so that a
/// quick answer does not flicker; after ten seconds it says what to do.
#[component]
pub fn Skeleton(
    /// How many rows to outline.
    #[prop(default = 5)]
    rows: usize,
    /// Whether a bar with filters will stand above the rows: its place is kept.
    #[prop(optional)]
    bar: bool,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            {bar.then(|| view! { <span class="skeleton-bar" aria-hidden="true"></span> })}
            <p class="skeleton-words">
                "Loading…"
                // The same address once more: a link needs no script.
                <span class="skeleton-late">" This takes longer than it should. "<a href="" rel="external">"Load the page again"</a></span>
            </p>
            <div class="skeleton-rows" aria-hidden="true">
                {(0..rows).map(|_| view! { <span class="skeleton-row"></span> }).collect_view()}
            </div>
        </div>
    }
}

/// A remark inside a page, in one of the tones.
#[component]
pub fn Notice(
    /// How it feels; [`Tone::Idle`] is a plain remark.
    tone: Tone,
    /// The remark.
    children: Children,
) -> impl IntoView {
    let icon = match tone {
        Tone::Idle | Tone::Unknown | Tone::Busy => IconName::Info,
        other => other.icon(),
    };
    view! {
        <div class="notice" role="note" data-tone=tone.key()>
            <Icon name=icon/>
            <div class="notice-words">{children()}</div>
        </div>
    }
}
