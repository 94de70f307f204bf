//! A line of text with suggestions in the cell of a table that is edited in place.

use leptos::prelude::*;

use super::super::field::{error_at, error_line, field_ids};
use super::{Choosing, Offer, with_list};

/// [`super::SuggestField`] without a label in sight: the column's head says it.
#[component]
pub fn SuggestCell(
    /// The path of the member: its name, its id and the key of its error.
    #[prop(into)]
    path: Signal<String>,
    /// What it is and in which row, for listeners.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed or chosen.
    value: RwSignal<String>,
    /// What is offered.
    offer: Offer,
    /// Called for Enter that chooses nothing, which would send the form.
    on_enter: Callback<()>,
    /// An example of a good value; never the only help.
    #[prop(into)]
    placeholder: String,
) -> impl IntoView {
    let error = error_at(path, None);
    let ids = field_ids(path, false, false, error);
    let choosing = Choosing {
        label: Some(label),
        on_enter: Some(on_enter),
        ..Choosing::of(path, value, offer)
    };
    view! {
        {with_list(choosing, ids, Some(placeholder))}
        {error_line(path, error)}
    }
}
