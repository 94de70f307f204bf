//! What a form is laid out with, and where its trouble stands.

use leptos::prelude::*;

use crate::ui::{
    browser,
    icon::{Icon, IconName},
};

/// A part of a form that answers one question.
#[component]
pub fn FormSection(
    /// The question, as a heading of the second level.
    #[prop(into)]
    title: String,
    /// What helps to answer it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Its fields.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="form-section">
            <header class="form-section-head">
                <h2>{title}</h2>
                {hint.map(|hint| view! { <p>{hint}</p> })}
            </header>
            <div class="form-section-fields">{children()}</div>
        </section>
    }
}

/// The form's first line when the whole of it was refused: what was said and what to do next.
#[component]
pub fn FormProblem(
    /// The refusal: the sentence and the next step. None while there is none.
    #[prop(into)]
    error: Signal<Option<(String, String)>>,
) -> impl IntoView {
    let lines = |(said, next): (String, String)| {
        view! {
            <div class="form-problem-box">
                <Icon name=IconName::CrossCircle/>
                <div><p class="form-problem-said">{said}</p><p>{next}</p></div>
            </div>
        }
    };
    view! { <div class="form-problem" role="alert" tabindex="-1">{move || error.get().map(lines)}</div> }
}

/// The end of a form: the button that sends it, and the way out.
#[component]
pub fn FormActions(
    /// Buttons, the primary one first.
    children: Children,
) -> impl IntoView {
    view! { <div class="form-actions">{children()}</div> }
}

/// Puts the focus on the first field with an error, or on the form's first line when the whole
/// of it was refused. Call it after the errors were set; it waits for them to be painted.
pub fn focus_first_error() {
    browser::focus_first(
        "[aria-invalid=true], .radio-cards.has-error input, .rows-field:has(> .field-error), \
         .form-problem:not(:empty)",
    );
}

/// Puts the focus on the field of that path, or whatever has it as its id, once the page has
/// painted what changed.
pub fn focus_field(path: &str) {
    browser::focus_first(format!("[id=\"{path}\"]"));
}

/// Brings the field of that path into sight and puts the focus on it: folds around it open, and in a
/// group of fields the first one is taken. When there is no such field, the group that it would stand
/// in is taken. It waits some frames for a part of the page that is only being made.
pub fn reveal_field(path: &str) {
    let ids =
        std::iter::successors(Some(path), |path| path.rsplit_once('.').map(|(above, _)| above));
    browser::reveal(ids.map(str::to_owned).collect(), FRAMES_TO_WAIT);
}

/// A third of a second on most screens.
const FRAMES_TO_WAIT: u32 = 20;
