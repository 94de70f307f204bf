//! One-line inputs and the tick box.

use leptos::{html, prelude::*};

use super::{
    binding::{bind_text, is_new},
    field::{Said, error_at, error_line, field_ids, framed, hint_line},
};

/// A line of text.
#[component]
pub fn TextField(
    /// The field's path: its name, its id and the key of its error.
    #[prop(into)]
    path: Signal<String>,
    /// What to enter.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What helps to enter it right.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it may not be left empty.
    #[prop(optional)]
    required: bool,
    /// Its error; when left out, the form's errors are asked.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
    /// `text`, `password`, `email`, `url` or `search`.
    #[prop(default = "text")]
    input_type: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// An example of a good value; never the only help.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// The keyboard a phone shows (`numeric`, `decimal`).
    #[prop(optional, into)]
    inputmode: Option<&'static str>,
    /// What stands behind the input: a unit.
    #[prop(optional, into)]
    unit: Option<String>,
    /// Whether it holds an id or a command, which want a fixed-width face.
    #[prop(optional)]
    mono: bool,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    bind_text(input, value.into(), Callback::new(move |typed| value.set(typed)));
    framed(path, label, hint, required, error, Said::Below, move |ids| {
        view! {
            <div class="input-row">
                <input
                    node_ref=input
                    class="input"
                    class:mono=mono
                    class:input-number=inputmode == Some("numeric")
                    type=input_type
                    id=move || ids.id.get()
                    name=move || ids.id.get()
                    value=value.get_untracked()
                    placeholder=placeholder.filter(|words| !words.is_empty())
                    autocomplete=autocomplete
                    autocapitalize="off"
                    spellcheck="false"
                    inputmode=inputmode
                    aria-required=ids.required
                    aria-describedby=move || ids.described_by.get()
                    aria-invalid=move || ids.invalid.get()
                    on:input:target=move |event| value.set(event.target().value())
                />
                {unit.filter(|unit| !unit.is_empty()).map(|unit| view! { <span class="input-unit">{unit}</span> })}
            </div>
        }
        .into_any()
    })
}

/// A number, kept as the text that was typed: what is not a number is answered by the draft's
/// check instead of vanishing.
#[component]
pub fn NumberField(
    /// The field's path.
    #[prop(into)]
    path: Signal<String>,
    /// What to enter.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What helps to enter it right: the range, above all.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it may not be left empty.
    #[prop(optional)]
    required: bool,
    /// Its error; when left out, the form's errors are asked.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
    /// An example.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// Its unit, shown behind the input.
    #[prop(default = String::new(), into)]
    unit: String,
) -> impl IntoView {
    let error = error_at(path, error);
    view! {
        <TextField
            path label value required error
            hint=hint.unwrap_or_default()
            placeholder=placeholder.unwrap_or_default()
            inputmode="numeric"
            unit
        />
    }
}

/// A tick box with its words beside it.
#[component]
pub fn CheckField(
    /// The field's path.
    #[prop(into)]
    path: Signal<String>,
    /// What is true when it is ticked.
    #[prop(into)]
    label: String,
    /// Whether it is ticked.
    value: RwSignal<bool>,
    /// What it brings about.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Its error; when left out, the form's errors are asked.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
) -> impl IntoView {
    let error = error_at(path, error);
    let ids = field_ids(path, hint.is_some(), true, error);
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |ran: Option<()>| {
        let ticked = value.get();
        let Some(input) = input.get() else { return };
        let first = ran.is_none() && is_new(&input);
        if first && input.checked() != input.default_checked() {
            value.set(input.checked());
        } else {
            input.set_checked(ticked);
        }
    });
    view! {
        <div class="field field-check" class:has-error=move || error.with(Option::is_some)>
            <label class="check">
                <input
                    node_ref=input
                    type="checkbox"
                    id=move || path.get()
                    name=move || path.get()
                    value="true"
                    checked=value.get_untracked()
                    aria-describedby=move || ids.described_by.get()
                    aria-invalid=move || ids.invalid.get()
                    on:change:target=move |event| value.set(event.target().checked())
                />
                <span>{label}</span>
            </label>
            {hint_line(path, hint)}
            {error_line(path, error)}
        </div>
    }
}
