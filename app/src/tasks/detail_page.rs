//! Task.

use leptos::prelude::*;

/// Task.
#[component]
pub fn TaskPage() -> impl IntoView {
    view! { <h1>"Task"</h1> }
}
