//! Set up.

use leptos::prelude::*;

/// Set up.
#[component]
pub fn SetUpPage() -> impl IntoView {
    view! { <h1>"Set up"</h1> }
}
