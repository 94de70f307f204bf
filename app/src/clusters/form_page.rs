//! Create cluster.

use leptos::prelude::*;

/// Create cluster.
#[component]
pub fn NewClusterPage() -> impl IntoView {
    view! { <h1>"Create cluster"</h1> }
}
