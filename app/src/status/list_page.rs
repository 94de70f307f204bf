//! Status pages.

use leptos::prelude::*;

/// Status pages.
#[component]
pub fn StatusPagesPage() -> impl IntoView {
    view! { <h1>"Status pages"</h1> }
}
