//! Status page.

use leptos::prelude::*;

/// Status page.
#[component]
pub fn EditStatusPagePage() -> impl IntoView {
    view! { <h1>"Status page"</h1> }
}
