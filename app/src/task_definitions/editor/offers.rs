//! The list of what can be written at the cursor.

use leptos::prelude::*;

use super::caret::Caret;
use super::screen;

/// The id of the list.
pub(super) const LIST: &str = "document-offers";

/// The id of one offer.
pub(super) fn offer_id(at: usize) -> String {
    format!("document-offer-{at}")
}

/// What can be written at the cursor; the text area keeps the focus.
#[component]
pub(super) fn OffersList(caret: Caret) -> impl IntoView {
    Effect::new(move |_| {
        let place = caret.offers.with(|offers| offers.as_ref().map(|offers| offers.place));
        if let Some(place) = place {
            caret.place(place);
        }
    });
    Effect::new(move |_| {
        let active = caret.active.get();
        if caret.offers.read().is_some() {
            request_animation_frame(move || screen::show(&offer_id(active)));
        }
    });
    let items = move || {
        let offers = caret.offers.get().map(|offers| offers.items).unwrap_or_default();
        let item = |(at, item): (usize, crate::task_definitions::text::Completion)| {
            view! {
                <li role="option" id=offer_id(at) aria-selected=move || (caret.active.get() == at).to_string() on:click=move |_| caret.take(at)>
                    <span class="json-offer-name">{item.label}</span>
                    <span class="json-offer-about">{item.about}</span>
                </li>
            }
        };
        offers.into_iter().enumerate().map(item).collect_view()
    };
    view! {
        <ul
            node_ref=caret.list
            class="json-offers"
            role="listbox"
            id=LIST
            aria-label="Suggestions"
            hidden=move || caret.offers.read().is_none()
            // A click must not take the focus away from the text.
            on:mousedown=move |event| event.prevent_default()
        >
            {items}
        </ul>
    }
}
