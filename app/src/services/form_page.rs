//! Create service.

use leptos::prelude::*;

/// Create service.
#[component]
pub fn NewServicePage() -> impl IntoView {
    view! { <h1>"Create service"</h1> }
}
