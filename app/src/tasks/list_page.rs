//! Tasks.

use leptos::prelude::*;

/// Tasks.
#[component]
pub fn TasksPage() -> impl IntoView {
    view! { <h1>"Tasks"</h1> }
}
