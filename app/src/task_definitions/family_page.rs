//! Family.

use leptos::prelude::*;

/// Family.
#[component]
pub fn FamilyPage() -> impl IntoView {
    view! { <h1>"Family"</h1> }
}
