//! Many variables at once: pasted, from a file, and out again.

use berth_definition::env::{recognise, write};
use leptos::prelude::*;

use super::environment_table::Grid;
use crate::ui::*;

/// In from a file, out as one.
#[component]
pub(super) fn Exchange(grid: Grid, file: Callback<ReadFile>) -> impl IntoView {
    let none = Memo::new(move |_| grid.variables.count() == 0);
    let text = move || {
        let table = grid.table.read_untracked();
        let pairs: Vec<_> =
            table.variables.iter().map(|row| (row.name.clone(), row.value.clone())).collect();
        write(&pairs)
    };
    let copied = Signal::derive(move || text().0);
    let save = move |()| {
        let container = grid.container.get_untracked();
        let name = grid.form.document.with_untracked(|d| d.text_at(&format!("{container}.name")));
        let (text, left_out) = text();
        save_file(&format!("{}.env", if name.is_empty() { "container" } else { &name }), &text);
        if !left_out.is_empty() {
            announce(&format!("Left out, as a line can't hold its name: {}", left_out.join(", ")));
        }
    };
    view! {
        <div class="cluster-row env-exchange">
            <FileButton label="Import a file…" accept=".env,.json,.txt,text/plain,application/json" on_file=file/>
            {move || (!none.get()).then(|| view! {
                <Button kind=ButtonKind::Quiet icon=IconName::Download on_press=save>"Save as .env"</Button>
                <CopyButton text=copied label="the variables as .env lines"/>
            })}
            <span class="field-hint">"A .env or JSON file can be dropped here too."</span>
        </div>
    }
}

/// A box for lines.
#[component]
pub(super) fn PasteLines(
    grid: Grid,
    text: RwSignal<String>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let trouble = RwSignal::new(None::<String>);
    // Lines that were not added yet are not in the document.
    ask_before_leaving(Memo::new(move |_| !text.read().is_empty()));
    let weighed = Memo::new(move |_| {
        let text = text.read();
        (!text.trim().is_empty()).then(|| grid.weigh(&recognise(&text)))
    });
    // A complaint that was mended goes; a new one waits for the button.
    Effect::new(move |_| {
        if weighed.with(|weighed| !matches!(weighed, Some(Err(_)))) {
            trouble.set(None);
        } else if trouble.with_untracked(Option::is_some) {
            trouble.set(weighed.get().and_then(Result::err));
        }
    });
    let add = move |()| {
        let pasted = recognise(&text.read_untracked());
        match grid.weigh(&pasted) {
            Err(said) => trouble.set(Some(said)),
            Ok(said) => {
                grid.take(pasted);
                text.set(String::new());
                announce(&said);
            }
        }
    };
    let said = move || weighed.get().and_then(Result::ok);
    view! {
        <details class="fold" open=move || open.get() on:toggle:target=move |event| open.set(event.target().open())>
            <summary>"Paste variables"</summary>
            <div class="field-stack">
                <TextAreaField
                    path=Signal::derive(move || format!("{}.paste", grid.container.read()))
                    label="Lines of KEY=VALUE"
                    hint="A JSON object, a list of name and value, and docker run -e are understood too."
                    value=text
                    mono=true
                    error=trouble
                />
                <div class="cluster-row">
                    <Button on_press=add>"Add these lines"</Button>
                    <span class="field-hint" role="status">{said}</span>
                </div>
            </div>
        </details>
    }
}
