//! A list of small groups of fields, with buttons to add and remove.

use leptos::{html, prelude::*};
use serde_json::Value;

use super::keys::Items;
use crate::ui::*;

/// A list of rows over a list in the document. `row` builds the fields of one.
#[component]
pub fn Rows(
    /// The list.
    items: Items,
    /// What the rows are.
    #[prop(into)]
    legend: String,
    /// What helps to enter them right.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What one row is, for the name of its button.
    noun: &'static str,
    /// A new row.
    new_item: Value,
    /// The fields of one row.
    #[prop(into)]
    row: Callback<Memo<usize>, AnyView>,
) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let add = move |_| {
        items.add(new_item.clone());
        focus_row(list, items.last_place());
    };
    let line = move |key: usize| {
        let place = items.place(key);
        let words = move || format!("Remove {noun} {}", place.get().saturating_add(1));
        let remove = move |_| {
            let place = place.get_untracked();
            items.remove(place);
            focus_row_beside(list, place);
        };
        view! {
            <li class="group-row">
                <div class="group-fields">{row.run(place)}</div>
                <button type="button" class="icon-button" aria-label=words title=words data-removes="" on:click=remove>
                    <Icon name=IconName::Trash/>
                </button>
            </li>
        }
    };
    view! {
        <fieldset class="field rows-field">
            <legend class="field-label">{legend}</legend>
            {hint.map(|hint| view! { <p class="field-hint">{hint}</p> })}
            <ul node_ref=list class="rows-list"><For each=move || items.keys() key=|key| *key children=line/></ul>
            <button type="button" class="button button-quiet" on:click=add>
                <Icon name=IconName::Plus/><span class="button-words">{format!("Add {noun}")}</span>
            </button>
        </fieldset>
    }
}
