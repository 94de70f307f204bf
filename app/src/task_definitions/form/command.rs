//! A list of words, typed as a line of a shell or part by part.

use berth_definition::env::shell_words::{join, shell_only, split};
use leptos::prelude::*;
use serde_json::json;

use super::lens::use_form;
use crate::ui::*;

/// The words at a path. The line is split as a shell splits it, and no shell is asked.
#[component]
pub(super) fn WordsField(
    path: Signal<String>,
    label: &'static str,
    example: &'static str,
) -> impl IntoView {
    let form = use_form();
    let rows = form.words(path);
    let line = RwSignal::new(join(&rows.read_untracked()));
    let trouble = RwSignal::new(None::<String>);
    // The parts changed: the line says the same already, or follows.
    Effect::new(move |_| {
        let rows = rows.get();
        if split(&line.read_untracked()).as_ref() != Ok(&rows) {
            line.set(join(&rows));
        }
    });
    Effect::new(move |ran: Option<()>| {
        let line = line.get();
        match split(&line) {
            Ok(words) => {
                trouble.set(None);
                if ran.is_some() && *rows.read_untracked() != words {
                    rows.set(words);
                }
            }
            Err(said) => trouble.set(Some(said)),
        }
    });
    let shell = Memo::new(move |_| {
        let reads = rows.with(|rows| rows.iter().any(|word| word == "-c" || word == "-lc"));
        if reads { None } else { shell_only(&line.read()) }
    });
    let by_shell = move |()| {
        let words = json!(["sh", "-c", line.get_untracked()]);
        form.document.update(|document| document.set(&path.read_untracked(), words));
    };
    let advice = move || {
        shell.get().map(|what| view! {
            <p class="env-note" data-tone="warn">
                <Icon name=IconName::Info/>
                <span>"No shell reads this: the program gets "<code>{what}</code>" as it is."</span>
                <Button kind=ButtonKind::Quiet on_press=by_shell>"Run it by a shell"</Button>
            </p>
        })
    };
    let line_path = Signal::derive(move || format!("{}-line", path.read()));
    view! {
        <div class="field-stack words-field">
            <TextAreaField path=line_path label value=line error=trouble mono=true rows=1 hint=example/>
            {advice}
            <details class="fold">
                <summary>{move || format!("Part by part ({})", rows.read().len())}</summary>
                <div class="field-stack">
                    <ListRows path legend=label item_label="Part" rows add_label="Add part" hint="One part per row, without quotes."/>
                </div>
            </details>
        </div>
    }
}
