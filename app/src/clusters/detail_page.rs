//! Cluster.

use leptos::prelude::*;

/// Cluster.
#[component]
pub fn ClusterPage() -> impl IntoView {
    view! { <h1>"Cluster"</h1> }
}
