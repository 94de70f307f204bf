//! Services.

use leptos::prelude::*;

/// Services.
#[component]
pub fn ServicesPage() -> impl IntoView {
    view! { <h1>"Services"</h1> }
}
