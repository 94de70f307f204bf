//! The environment of a container beside one of another revision: of another stage, or of before.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;

use super::environment_differences::Differences;
use super::lens::use_form;
use crate::names::Revision;
use crate::task_definitions::api::document_for_editing;
use crate::task_definitions::document::Document;
use crate::task_definitions::review::RevisionField;
use crate::ui::*;

/// A revision to compare with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Other {
    pub revision: Revision,
    pub document: Document,
}

/// The choice of a revision and its container, and what differs.
#[component]
pub(super) fn CompareWith(container: Signal<String>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let (other, trouble) = (RwSignal::new(None::<Other>), RwSignal::new(None::<String>));
    let busy = RwSignal::new(false);
    let asked = StoredValue::new(None::<Revision>);
    Effect::new(move |_| {
        typed.track();
        trouble.set(None);
    });
    let compare = move || {
        let Ok(revision) = typed.read_untracked().trim().parse::<Revision>() else {
            trouble.set(Some("Choose a revision, as in web:3.".to_owned()));
            return;
        };
        asked.set_value(Some(revision.clone()));
        busy.set(true);
        spawn_local(async move {
            let found = document_for_editing(revision.clone()).await;
            // The form may be gone, or want another one by now.
            if asked.try_get_value().flatten().as_ref() != Some(&revision) {
                return;
            }
            busy.set(false);
            match found {
                Ok(document) => other.set(Some(Other { revision, document })),
                Err(error) => trouble.set(Some(error.to_string())),
            }
        });
    };
    // In a form Enter in a line of text would register.
    let enter = move |event: KeyboardEvent| {
        let in_line = event.target().is_some_and(|target| target.has_type::<HtmlInputElement>());
        if in_line && event.key() == "Enter" && !event.default_prevented() {
            event.prevent_default();
            compare();
        }
    };
    let path = Signal::derive(move || format!("{}.compare", container.read()));
    view! {
        <details class="fold">
            <summary>"Compare with…"</summary>
            <div class="field-stack">
                <div class="env-compare">
                    <div on:keydown=enter>
                        <RevisionField path label="Revision to compare with" value=typed error=trouble/>
                    </div>
                    <Button busy on_press=move |()| compare()>"Compare"</Button>
                </div>
                {move || other.get().map(|other| view! { <Beside container other/> })}
            </div>
        </details>
    }
}

/// The container of the revision, and what differs.
#[component]
fn Beside(container: Signal<String>, other: Other) -> impl IntoView {
    let form = use_form();
    let names = names(&other.document);
    let own = form.document.with_untracked(|document| {
        document.text_at(&format!("{}.name", container.read_untracked()))
    });
    let same = names.iter().position(|name| *name == own).unwrap_or_default();
    let chosen = RwSignal::new(same.to_string());
    let several = names.len() > 1;
    let options: Vec<_> =
        names.into_iter().enumerate().map(|(at, name)| (at.to_string(), name)).collect();
    let path = Signal::derive(move || format!("{}.compare-container", container.read()));
    let other = StoredValue::new(other);
    view! {
        {several.then(|| view! { <SelectField path label="Its container" options value=chosen required=true/> })}
        {move || {
            let place = chosen.read().parse::<usize>().unwrap_or_default();
            view! { <Differences container other=other.get_value() place/> }
        }}
    }
}

/// What the containers of a document are called.
fn names(document: &Document) -> Vec<String> {
    let count = document.items("containerDefinitions").len();
    let name = |at: usize| match document.text_at(&format!("containerDefinitions.{at}.name")) {
        name if name.is_empty() => format!("Container {}", at + 1),
        name => name,
    };
    (0..count).map(name).collect()
}
