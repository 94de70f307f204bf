//! Run tasks.

use leptos::prelude::*;

/// Run tasks.
#[component]
pub fn RunTaskPage() -> impl IntoView {
    view! { <h1>"Run tasks"</h1> }
}
