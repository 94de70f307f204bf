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
    #[prop(into)]
    new_item: Signal<Value>,
    /// Where the focus goes in it: the first that this selector finds.
    #[prop(default = "input, select, textarea")]
    first: &'static str,
    /// The fields of one row.
    #[prop(into)]
    row: Callback<Memo<usize>, AnyView>,
) -> impl IntoView {
    let (path, list) = (items.path(), NodeRef::<html::Ul>::new());
    let add = move |_| {
        items.add(new_item.get_untracked());
        focus_in_row(list, items.last_place(), first);
    };
    let line = move |key: usize| {
        let place = items.place(key);
        let item = items.item_path(place);
        let words = move || format!("Remove {noun} {}", place.get().saturating_add(1));
        let remove = move |_| {
            let place = place.get_untracked();
            items.remove(place);
            focus_row_beside(list, place);
        };
        view! {
            <li class="group-row">
                <div class="group-fields" id=move || item.get() tabindex="-1">{row.run(place)}</div>
                <button type="button" class="icon-button" aria-label=words title=words data-removes="" on:click=remove>
                    <Icon name=IconName::Trash/>
                </button>
            </li>
        }
    };
    let hint = hint.filter(|hint| !hint.is_empty());
    let described_by = group_described_by(path, hint.is_some());
    view! {
        <fieldset class="field rows-field" id=move || path.get() tabindex="-1" aria-describedby=move || described_by.get()>
            <legend class="field-label">{legend}</legend>
            {hint.map(|hint| view! { <p class="field-hint" id=move || format!("{}-hint", path.get())>{hint}</p> })}
            <ul node_ref=list class="rows-list"><For each=move || items.keys() key=|key| *key children=line/></ul>
            <GroupError path/>
            <button type="button" class="button button-quiet" on:click=add>
                <Icon name=IconName::Plus/><span class="button-words">{format!("Add {noun}")}</span>
            </button>
        </fieldset>
    }
}
