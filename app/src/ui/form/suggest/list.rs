//! The list under the line.

use leptos::{ev::MouseEvent, prelude::*};

use super::matching::counted;
use super::{Choosing, Offer, Suggestion};
use crate::ui::browser;
use crate::ui::time::TimeAgo;

/// The options, and what there is to say about them.
#[component]
pub(super) fn SuggestionList(choosing: Choosing) -> impl IntoView {
    let Choosing { open, shown, offer: Offer { noun, suggestions, on_again, .. }, .. } = choosing;
    let said = move || {
        let loading = suggestions.with(|all| all.loading);
        shown.with(|shown| counted(shown, loading, noun))
    };
    let options = move || {
        let items = shown.with(|shown| shown.items.clone());
        items.into_iter().enumerate().map(|(at, one)| option(choosing, at, one)).collect_view()
    };
    // A list that opens at the lower edge of the window is brought into it.
    Effect::new(move |_| {
        if open.get() && shown.with(|shown| !shown.items.is_empty()) {
            browser::bring_in(choosing.list_id());
        }
    });
    view! {
        <div class="suggest-list" class:is-open=move || open.get()>
            <ul role="listbox" id=move || choosing.list_id() aria-label=noun>{options}</ul>
            <div class="suggest-foot">
                <span role="status">{move || open.get().then(said)}</span>
                <button type="button" class="link-button" tabindex="-1" on:click=move |_: MouseEvent| on_again.run(())>"Look again"</button>
            </div>
        </div>
    }
}

fn option(choosing: Choosing, at: usize, one: Suggestion) -> AnyView {
    let Choosing { value, active, .. } = choosing;
    let own = one.value.clone();
    let chosen = move || value.with(|value| *value == own).to_string();
    // An ARN that ends in the name says nothing more.
    let differs = !one.value.contains(&one.name) && !one.about.contains(&one.value);
    // The focus stays in the line.
    let press = |event: MouseEvent| event.prevent_default();
    view! {
        <li
            role="option"
            class="suggest-option"
            class:is-active=move || active.get() == Some(at)
            id=move || choosing.option_id(at)
            aria-selected=chosen
            on:mousedown=press
            on:click=move |_| choosing.choose(at)
        >
            <span class="suggest-name">{one.name}</span>
            {one.at.map(|(word, at)| view! { <span class="suggest-at">{word}" "<TimeAgo at=at/></span> })}
            {(!one.about.is_empty()).then(|| view! { <span class="suggest-about">{one.about}</span> })}
            {differs.then(|| view! { <span class="suggest-value mono">{one.value}</span> })}
        </li>
    }
    .into_any()
}
