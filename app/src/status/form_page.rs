//! Create status page.

use leptos::prelude::*;

/// Create status page.
#[component]
pub fn NewStatusPagePage() -> impl IntoView {
    view! { <h1>"Create status page"</h1> }
}
