//! What a form says where it can't work.

use leptos::prelude::*;

/// Says that the form below needs scripts. It is text to a browser that runs them, so its words
/// are set as the inside of the element: there is nothing in it to hydrate.
#[component]
pub fn NeedsScript() -> impl IntoView {
    view! {
        <noscript
            class="needs-script"
            inner_html="This form needs JavaScript and WebAssembly, which this browser does not run. Everything can be read without them."
        ></noscript>
    }
}
