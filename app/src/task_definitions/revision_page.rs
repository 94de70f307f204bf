//! Revision.

use leptos::prelude::*;

/// Revision.
#[component]
pub fn RevisionPage() -> impl IntoView {
    view! { <h1>"Revision"</h1> }
}
