//! Text of many lines.

use leptos::{html, prelude::*};

use super::{
    binding::bind_text_area,
    field::{Said, framed},
};
use crate::ui::{browser, highlight::escaped};

/// Text of many lines; its error stands above it. Its text goes into the page as escaped HTML: the framework would write a
/// child of a `textarea` as it is, and `</textarea><script>` would be let out.
#[component]
pub fn TextAreaField(
    /// The field's path.
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
    /// How many lines to show.
    #[prop(default = 4)]
    rows: u32,
    /// Whether it holds code, which wants a fixed-width face.
    #[prop(optional)]
    mono: bool,
    /// Whether it is only to be read.
    #[prop(optional, into)]
    readonly: Signal<bool>,
) -> impl IntoView {
    let input = NodeRef::<html::Textarea>::new();
    bind_text_area(input, value.into(), Callback::new(move |typed| value.set(typed)));
    framed(path, label, hint, required, error, Said::Above, move |ids| {
        view! {
            <textarea
                node_ref=input
                class="input"
                class:mono=mono
                rows=rows
                id=move || ids.id.get()
                name=move || ids.id.get()
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                readonly=move || readonly.get()
                aria-required=ids.required
                aria-describedby=move || ids.described_by.get()
                aria-invalid=move || ids.invalid.get()
                on:input:target=move |event| value.set(event.target().value())
                inner_html=inside(&value.read_untracked())
            ></textarea>
        }
        .into_any()
    })
}

/// Puts the cursor of the many-line field at `path` to `offset`, counted in UTF-16 units, and brings
/// it into sight. It waits until the field is painted; the field's lines must not wrap.
pub fn put_cursor(path: &'static str, offset: usize) {
    browser::put_cursor(path, offset);
}

/// `text` as the inside of a `textarea`. A parser drops the first line break of one, so text that
/// starts with one gets a second; a browser that sets the inside itself drops none.
pub(crate) fn inside(text: &str) -> String {
    let dropped = cfg!(feature = "ssr") && text.starts_with('\n');
    if dropped { format!("\n{}", escaped(text)) } else { escaped(text) }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn text_can_not_leave_its_textarea() {
        let html = Owner::new().with(|| {
            let value = RwSignal::new("</textarea><script>alert(1)</script>".to_owned());
            view! { <TextAreaField path="notes" label="Notes" value/> }.to_html()
        });
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)"), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn the_first_line_break_survives_the_parser() {
        assert_eq!(inside("\na"), "\n\na");
        assert_eq!(inside("a\n"), "a\n");
    }
}
