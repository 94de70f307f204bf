//! Inputs in rows and tables, where no label is in sight: the head of the column says it.

use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    binding::{bind_text, bind_text_area},
    field::{FieldIds, error_at, error_line, field_ids},
    text_area::inside,
};

/// What makes one.
#[derive(Clone, Copy)]
pub(super) struct Bare {
    /// The path of the member: its name, its id and the key of its error.
    pub(super) path: Signal<String>,
    /// What it is and in which row, for listeners.
    pub(super) label: Signal<String>,
    /// What is typed.
    pub(super) value: Signal<String>,
    /// Takes what is typed.
    pub(super) on_text: Callback<String>,
    /// Called for Enter without Shift, which otherwise begins a line, or sends the form.
    pub(super) on_enter: Option<Callback<()>>,
    /// Its class.
    pub(super) class: &'static str,
}

impl Bare {
    /// The input of one line, or of many, with its error.
    pub(super) fn view(self, lines: bool) -> AnyView {
        let error = error_at(self.path, None);
        let shared = self.shared(field_ids(self.path, false, false, error));
        let Self { path, value, on_text, class, .. } = self;
        let input = if lines {
            let input = NodeRef::<html::Textarea>::new();
            bind_text_area(input, value, on_text);
            view! {
                <textarea
                    node_ref=input
                    class=format!("input mono input-lines {class}")
                    rows="1"
                    on:input:target=move |event| on_text.run(event.target().value())
                    inner_html=inside(&value.read_untracked())
                    {..shared}
                ></textarea>
            }
            .into_any()
        } else {
            let input = NodeRef::<html::Input>::new();
            bind_text(input, value, on_text);
            view! {
                <input
                    node_ref=input
                    class=format!("input mono {class}")
                    value=value.get_untracked()
                    on:input:target=move |event| on_text.run(event.target().value())
                    {..shared}
                />
            }
            .into_any()
        };
        view! { {input}{error_line(path, error)} }.into_any()
    }

    fn shared(self, ids: FieldIds) -> AnyAttribute {
        let Self { path, label, on_enter, .. } = self;
        let take_enter = move |event: KeyboardEvent| {
            let alone = event.key() == "Enter" && !event.shift_key() && !event.is_composing();
            if let Some(on_enter) = on_enter.filter(|_| alone) {
                event.prevent_default();
                on_enter.run(());
            }
        };
        view! {
            <{..}
                id=move || path.get()
                name=move || path.get()
                aria-label=move || label.get()
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=move || ids.described_by.get()
                aria-invalid=move || ids.invalid.get()
                on:keydown=take_enter
            />
        }
        .into_any_attr()
    }
}

/// The cell of a table that is edited in place.
#[component]
pub fn CellInput(
    /// The path of the member: its name, its id and the key of its error.
    #[prop(into)]
    path: Signal<String>,
    /// What it is and in which row, for listeners.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what is typed.
    #[prop(into)]
    on_text: Callback<String>,
    /// Called for Enter, which would send the form. With Shift it begins a line, where there are
    /// many.
    on_enter: Callback<()>,
    /// Whether its text may have several lines.
    #[prop(optional)]
    lines: bool,
) -> impl IntoView {
    let bare = Bare { path, label, value, on_text, on_enter: Some(on_enter), class: "cell-input" };
    bare.view(lines)
}

/// One input of a row, named for listeners by column and row. A text with line breaks is edited in
/// many lines: an input of one line drops them with the first key.
#[component]
pub(super) fn RowInput(
    path: Signal<String>,
    label: String,
    place: Memo<usize>,
    value: Signal<String>,
    on_text: Callback<String>,
) -> impl IntoView {
    let label = Signal::derive(move || format!("{label}, row {}", place.get().saturating_add(1)));
    let bare = Bare { path, label, value, on_text, on_enter: None, class: "" };
    // Who takes the last break away goes on in the same input.
    let lines = Memo::new(move |was: Option<&bool>| {
        was.copied().unwrap_or(false) || value.read().contains(['\n', '\r'])
    });
    view! { <div class="row-input">{move || bare.view(lines.get())}</div> }
}
