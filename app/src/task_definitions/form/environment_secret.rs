//! Values that left the document because their variables became secrets. Each is kept here until the
//! person says that it is stored.

use berth_definition::env::{Said, TakenOut, store_command, take};
use leptos::prelude::*;
use serde_json::Value;

use super::lens::use_form;
use crate::task_definitions::choices::SecretField;
use crate::ui::*;

/// The values, each with what to do about it.
#[component]
pub(super) fn TakenOutNotices(
    container: Signal<String>,
    taken: RwSignal<Vec<TakenOut>>,
) -> impl IntoView {
    let form = use_form();
    let forget = move |out: &TakenOut| taken.update(|taken| taken.retain(|other| other != out));
    let put_back = move |out: &TakenOut| {
        let container = container.get_untracked();
        let value = Said::Value(out.value.clone());
        form.document.update(|document| take(document, &container, &out.name, Some(&value)));
        forget(out);
    };
    let notice = move |out: TakenOut| {
        let (stored, back) = (out.clone(), out.clone());
        let (name, value) = (out.name, out.value);
        view! {
            <Notice tone=Tone::Warn>
                <div class="field-stack">
                    <p>{format!("{name} is a secret now. Its value left the document: store it, or choose where it is kept already. A task can't start before.")}</p>
                    <KeptAt container name=name.clone()/>
                    <div class="cluster-row"><CopyText text=value.clone() label=format!("the value of {name}") short="Value"/></div>
                    <details class="fold"><summary>"Show value"</summary>
                        <pre class="env-command mono">{value}</pre>
                    </details>
                    <div class="cluster-row form-notice-ways">
                        <Button on_press=move |()| forget(&stored)>"It is stored"</Button>
                        <Button kind=ButtonKind::Quiet on_press=move |()| put_back(&back)>"Put it back"</Button>
                    </div>
                </div>
            </Notice>
        }
    };
    view! {
        <div class="form-notice">
            <For each=move || taken.get() key=|out| (out.name.clone(), out.value.clone()) children=notice/>
        </div>
    }
}

/// Where the secret of a name is kept, and the command that stores its value there.
#[component]
fn KeptAt(container: Signal<String>, name: String) -> impl IntoView {
    let form = use_form();
    let place = Memo::new(move |_| {
        let list = format!("{}.secrets", container.read());
        let named = |item: &Value| item.get("name").and_then(Value::as_str) == Some(&name);
        form.document.with(|document| document.items(&list).iter().rposition(named))
    });
    let field = move |place: usize| {
        let path =
            Signal::derive(move || format!("{}.secrets.{place}.valueFrom", container.read()));
        let value = form.required_text(path);
        let id = Signal::derive(move || format!("{}-notice", path.read()));
        let command = Memo::new(move |_| {
            let kept_at = value.read();
            (!kept_at.trim().is_empty()).then(|| store_command(kept_at.trim()))
        });
        view! {
            <SecretField path=id value label="Kept at" required=true/>
            {move || command.get().map(|command| view! { <StoreCommand command/> })}
        }
    };
    move || place.get().map(field)
}

/// How to store a value there.
#[component]
fn StoreCommand(command: Option<String>) -> impl IntoView {
    let Some(command) = command else {
        return view! { <p class="field-hint">"Put the value under this key of the secret: no command changes one key alone."</p> }.into_any();
    };
    view! {
        <div class="cluster-row"><CopyText text=command.clone() label="the command that stores it" short="Command to store it"/></div>
        <details class="fold"><summary>"Show command"</summary>
            <pre class="env-command mono">{command}</pre>
            <p class="field-hint">"The command waits for the value: paste it there, so that no history keeps it."</p>
        </details>
    }
    .into_any()
}
