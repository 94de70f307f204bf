//! Task definitions.

use leptos::prelude::*;

/// Task definitions.
#[component]
pub fn FamiliesPage() -> impl IntoView {
    view! { <h1>"Task definitions"</h1> }
}
