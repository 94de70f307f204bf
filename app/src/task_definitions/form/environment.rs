//! Environment variables and secrets.

use leptos::prelude::*;

use super::env_lines::{merge, read_lines};
use super::lens::use_form;
use crate::ui::*;

/// The variables and secrets of the container at a path.
#[component]
pub fn Environment(container: Signal<String>) -> impl IntoView {
    let form = use_form();
    let at = move |member: &'static str| {
        Signal::derive(move || format!("{}.{member}", container.read()))
    };
    let variables = form.variables(at("environment"));
    view! {
        <PairRows path=at("environment") legend="Environment variables" key_label="Name" members=("name", "value") rows=variables add_label="Add variable"
            hint="Everybody who may read the task definition in AWS can read these. Keep passwords in secrets."/>
        <PasteLines container variables/>
        <PairRows path=at("secrets") legend="Secrets" key_label="Name" value_label="Kept at" members=("name", "valueFrom") rows=form.secrets(at("secrets")) add_label="Add secret"
            hint="The ARN of a secret or parameter, or a parameter's name. ECS reads it when a task starts, with the execution role."/>
    }
}

/// Many variables at once.
#[component]
fn PasteLines(
    container: Signal<String>,
    variables: RwSignal<Vec<(String, String)>>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<String>);
    // Lines that were not added yet are not in the document.
    ask_before_leaving(Memo::new(move |_| !text.read().is_empty()));
    let add = move |()| {
        let (found, odd) = read_lines(&text.read_untracked());
        if !odd.is_empty() {
            let lines: Vec<_> = odd.iter().map(usize::to_string).collect();
            return trouble.set(Some(format!(
                "Each line reads KEY=VALUE; look at line {}.",
                lines.join(", ")
            )));
        }
        variables.update(|rows| merge(rows, found));
        trouble.set(None);
        text.set(String::new());
    };
    view! {
        <details class="fold">
            <summary>"Paste variables"</summary>
            <div class="field-stack">
                <TextAreaField
                    path=Signal::derive(move || format!("{}.paste", container.read()))
                    label="Lines of KEY=VALUE"
                    value=text
                    mono=true
                    error=trouble
                />
                <div><Button on_press=add>"Add these lines"</Button></div>
            </div>
        </details>
    }
}
