//! A place that takes a file of text: dropped, or chosen.

use leptos::prelude::*;

use super::browser;

/// Takes a file's text; the browser reads it, nothing is uploaded.
#[component]
pub fn TextDrop(
    /// What the button for choosing a file says.
    #[prop(into)]
    label: String,
    /// Takes the text.
    #[prop(into)]
    on_text: Callback<String>,
    /// What the file can be dropped on.
    children: Children,
) -> impl IntoView {
    let over = RwSignal::new(false);
    view! {
        <div
            class="text-drop"
            class:is-over=move || over.get()
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=move |event| {
                event.prevent_default();
                over.set(false);
                browser::read_file(&event, move |_, text| on_text.run(text));
            }
        >
            {children()}
            <label class="text-drop-file">
                <span>{label}</span>
                <input type="file" on:change=move |event| { browser::read_file(&event, move |_, text| on_text.run(text)); }/>
            </label>
        </div>
    }
}
