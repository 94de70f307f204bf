//! Files of the person's own machine: read in the browser, never sent anywhere.

use leptos::prelude::*;
use leptos::web_sys::Event;

use super::browser;

/// A file that was chosen or dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFile {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Reads the first file of a change of a file input, or of a drop, and answers whether there is one.
pub fn read_file(event: &Event, done: Callback<ReadFile>) -> bool {
    browser::read_file(event, move |name, text| done.run(ReadFile { name, text }))
}

/// The text that a paste brings.
pub fn pasted_text(event: &Event) -> Option<String> {
    browser::pasted_text(event)
}

/// Hands a text to the person as a file.
pub fn save_file(name: &str, text: &str) {
    browser::save_file(name, text);
}

/// A button that asks for a file.
#[component]
pub fn FileButton(
    /// The words of the button.
    #[prop(into)]
    label: String,
    /// What the browser offers to choose: endings and types with commas between.
    accept: &'static str,
    /// Takes the file.
    on_file: Callback<ReadFile>,
) -> impl IntoView {
    let change = move |event: Event| {
        read_file(&event, on_file);
        // The same file chosen again is a choice again.
        browser::forget_files(&event);
    };
    view! {
        <label class="button button-quiet file-button">
            <input type="file" class="visually-hidden" accept=accept on:change=change/>
            <span class="button-words">{label}</span>
        </label>
    }
}
