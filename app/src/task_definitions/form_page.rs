//! Register task definition.

use leptos::prelude::*;

/// Register task definition.
#[component]
pub fn NewTaskDefinitionPage() -> impl IntoView {
    view! { <h1>"Register task definition"</h1> }
}
