//! Pairs of name and value: tags, environment variables.

use leptos::{html, prelude::*};

use super::{
    bare::RowInput,
    field::{error_at, error_line, group_described_by, hint_line},
    row_focus::{focus_row, focus_row_beside},
    row_keys::RowKeys,
};
use crate::ui::icon::{Icon, IconName};

/// An editor for pairs. The inputs of row 0 are named `{path}.0.{first}` and `{path}.0.{second}`,
/// and their errors come back by the same names; an error of the whole list by `{path}`.
#[component]
pub fn PairRows(
    /// The list's path.
    #[prop(into)]
    path: Signal<String>,
    /// What the pairs are.
    #[prop(into)]
    legend: String,
    /// What helps to enter them right.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The words over the first column.
    #[prop(into, default = "Key".to_owned())]
    key_label: String,
    /// The words over the second column.
    #[prop(into, default = "Value".to_owned())]
    value_label: String,
    /// The members that the two columns are called in the path.
    #[prop(default = ("key", "value"))]
    members: (&'static str, &'static str),
    /// The words of the button that adds a row.
    #[prop(into, default = "Add".to_owned())]
    add_label: String,
    /// The pairs as they are typed; empty rows too.
    rows: RwSignal<Vec<(String, String)>>,
) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let keys = RowKeys::following(Signal::derive(move || rows.read().len()));
    let add = move |_| {
        keys.add();
        rows.update(|rows| rows.push(Default::default()));
        focus_row(list, rows.read_untracked().len().saturating_sub(1));
    };
    let labels = StoredValue::new((key_label.clone(), value_label.clone()));
    let row = move |key: usize| {
        let place = keys.place(key);
        let first = Signal::derive(move || {
            rows.with(|rows| rows.get(place.get()).map(|row| row.0.clone()).unwrap_or_default())
        });
        let second = Signal::derive(move || {
            rows.with(|rows| rows.get(place.get()).map(|row| row.1.clone()).unwrap_or_default())
        });
        let put_first = Callback::new(move |typed| {
            rows.update(|rows| {
                if let Some(row) = rows.get_mut(place.get_untracked()) {
                    row.0 = typed;
                }
            })
        });
        let put_second = Callback::new(move |typed| {
            rows.update(|rows| {
                if let Some(row) = rows.get_mut(place.get_untracked()) {
                    row.1 = typed;
                }
            })
        });
        let remove = move |_| {
            if let Some(place) = keys.remove(key) {
                rows.update(|rows| {
                    rows.remove(place);
                });
                focus_row_beside(list, place);
            }
        };
        let at = move |member: &'static str| {
            Signal::derive(move || format!("{}.{}.{member}", path.read(), place.get()))
        };
        let (first_label, second_label) = labels.get_value();
        view! {
            <li class="pair-row">
                <RowInput path=at(members.0) label=first_label place value=first on_text=put_first/>
                <RowInput path=at(members.1) label=second_label place value=second on_text=put_second/>
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
            <div class="pair-head" aria-hidden="true" class:is-empty=move || rows.read().is_empty()>
                <span>{key_label}</span><span>{value_label}</span>
            </div>
            <ul node_ref=list class="rows-list"><For each=move || keys.get() key=|key| *key children=row/></ul>
            {error_line(path, error)}
            <button type="button" class="button button-quiet" on:click=add>
                <Icon name=IconName::Plus/><span class="button-words">{add_label}</span>
            </button>
        </fieldset>
    }
}

/// The button that takes a row away.
#[component]
pub(super) fn RemoveRow(place: Memo<usize>, #[prop(into)] on_press: Callback<()>) -> impl IntoView {
    let words = move || format!("Remove row {}", place.get().saturating_add(1));
    view! {
        <button type="button" class="icon-button" aria-label=words title=words data-removes="" on:click=move |_| on_press.run(())>
            <Icon name=IconName::Trash/>
        </button>
    }
}
