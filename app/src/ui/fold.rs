//! A part that folds out, and is worked out only while it is open.

use leptos::{html, prelude::*};

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
    let fold = NodeRef::<html::Details>::new();
    Effect::new(move |_| {
        // It may have been opened before the page came alive.
        if fold.get().is_some_and(|fold| fold.open()) {
            open.set(true);
        }
    });
    let press = move |_| {
        if !open.get_untracked() {
            open.set(true);
        }
    };
    view! {
        <details node_ref=fold class=class on:toggle:target=move |event| open.set(event.target().open())>
            <summary on:click=press>{summary.run()}</summary>
            {children()}
        </details>
    }
}
