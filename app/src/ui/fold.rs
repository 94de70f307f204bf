//! A part that folds out, and is worked out only while it is open.

use leptos::prelude::*;

/// A fold that says when it opens: as soon as it is pressed. The browser tells of it a moment later,
/// and till then the next key would find it empty.
#[component]
pub fn Fold(
    /// The class of the element.
    #[prop(default = "fold")]
    class: &'static str,
    /// What stands there while it is closed.
    #[prop(into)]
    summary: ViewFn,
    /// Whether it is open, for what is made of it.
    open: RwSignal<bool>,
    /// What folds out.
    children: Children,
) -> impl IntoView {
    let press = move |_| {
        if !open.get_untracked() {
            open.set(true);
        }
    };
    view! {
        <details class=class on:toggle:target=move |event| open.set(event.target().open())>
            <summary on:click=press>{summary.run()}</summary>
            {children()}
        </details>
    }
}
