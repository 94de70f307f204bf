//! Simple lists: subnets, security groups, the words of a command.

use leptos::{html, prelude::*};

use super::{
    bare::RowInput,
    field::{error_at, error_line, group_described_by, hint_line},
    pair_rows::RemoveRow,
    row_focus::{focus_row, focus_row_beside},
    row_keys::RowKeys,
};
use crate::ui::icon::{Icon, IconName};

/// An editor for a list of lines. The input of row 0 is named `{path}.0`, and its error comes
/// back by the same name; an error of the whole list by `{path}`.
#[component]
pub fn ListRows(
    /// The list's path.
    #[prop(into)]
    path: Signal<String>,
    /// What the list holds.
    #[prop(into)]
    legend: String,
    /// What one line holds, for the name of its input.
    #[prop(into)]
    item_label: String,
    /// What helps to enter them right.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The words of the button that adds a row.
    #[prop(into, default = "Add".to_owned())]
    add_label: String,
    /// The lines as they are typed; empty ones too.
    rows: RwSignal<Vec<String>>,
) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let keys = RowKeys::following(Signal::derive(move || rows.read().len()));
    let add = move |_| {
        keys.add();
        rows.update(|rows| rows.push(String::new()));
        focus_row(list, rows.read_untracked().len().saturating_sub(1));
    };
    let label = StoredValue::new(item_label);
    let row = move |key: usize| {
        let place = keys.place(key);
        let value = Signal::derive(move || {
            rows.with(|rows| rows.get(place.get()).cloned().unwrap_or_default())
        });
        let put = Callback::new(move |typed| {
            rows.update(|rows| {
                if let Some(row) = rows.get_mut(place.get_untracked()) {
                    *row = typed;
                }
            });
        });
        let remove = move |_| {
            if let Some(place) = keys.remove(key) {
                rows.update(|rows| {
                    rows.remove(place);
                });
                focus_row_beside(list, place);
            }
        };
        let at = Signal::derive(move || format!("{}.{}", path.read(), place.get()));
        view! {
            <li class="list-row">
                <RowInput path=at label=label.get_value() place value on_text=put/>
                <RemoveRow place on_press=remove/>
            </li>
        }
    };
    let error = error_at(path, None);
    let hint = hint.filter(|hint| !hint.is_empty());
    let described_by = group_described_by(path, hint.is_some());
    view! {
        <fieldset class="field rows-field" id=move || path.get() tabindex="-1" aria-describedby=move || described_by.get()>
            <legend class="field-label">{legend}</legend>
            {hint_line(path, hint)}
            <ul node_ref=list class="rows-list"><For each=move || keys.get() key=|key| *key children=row/></ul>
            {error_line(path, error)}
            <button type="button" class="button button-quiet" on:click=add>
                <Icon name=IconName::Plus/><span class="button-words">{add_label}</span>
            </button>
        </fieldset>
    }
}
