//! A choice among few, named in words.

use leptos::{html, prelude::*};

use super::{binding::bind_select, field::framed};
use crate::ui::filter::option_views;

/// A select. A value that is not among the options shows the first one, without changing the
/// signal; put the present value among them.
#[component]
pub fn SelectField(
    /// The field's path.
    #[prop(into)]
    path: Signal<String>,
    /// What to choose.
    #[prop(into)]
    label: String,
    /// Values with their words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The value chosen.
    value: RwSignal<String>,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether a choice is needed.
    #[prop(optional)]
    required: bool,
    /// Its error; when left out, the form's errors are asked.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
) -> impl IntoView {
    let select = NodeRef::<html::Select>::new();
    bind_select(select, value.into(), options, Callback::new(move |chosen| value.set(chosen)));
    framed(path, label, hint, required, error, move |ids| {
        view! {
            <select
                node_ref=select
                class="input"
                id=move || ids.id.get()
                name=move || ids.id.get()
                aria-required=ids.required
                aria-describedby=move || ids.described_by.get()
                aria-invalid=move || ids.invalid.get()
                on:change:target=move |event| value.set(event.target().value())
            >
                {option_views(options, value.into())}
            </select>
        }
        .into_any()
    })
}
