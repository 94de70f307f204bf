//! Status.

use leptos::prelude::*;

/// Status.
#[component]
pub fn PublicStatusPage() -> impl IntoView {
    view! { <h1>"Status"</h1> }
}
