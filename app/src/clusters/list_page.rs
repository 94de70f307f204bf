//! Clusters.

use leptos::prelude::*;

/// Clusters.
#[component]
pub fn ClustersPage() -> impl IntoView {
    view! { <h1>"Clusters"</h1> }
}
