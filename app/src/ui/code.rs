//! A JSON document to read and to copy.

use leptos::prelude::*;

use super::{copy::CopyButton, highlight::json_html};

/// A document in a scrolling block, lightly coloured, with a button that copies all of it.
#[component]
pub fn CodeBlock(
    /// The document.
    #[prop(into)]
    text: Signal<String>,
    /// What it is, for its name and the button's.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <figure class="code-block">
            <figcaption class="code-head">
                <span>{move || label.get()}</span>
                <CopyButton text label/>
            </figcaption>
            <pre tabindex="0" role="region" aria-label=move || label.get()>
                <code inner_html=move || text.with(|text| json_html(text))></code>
            </pre>
        </figure>
    }
}
