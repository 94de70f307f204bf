//! Members.

use leptos::prelude::*;

/// Members.
#[component]
pub fn MembersPage() -> impl IntoView {
    view! { <h1>"Members"</h1> }
}
