//! What should be known about a document that was read.

use leptos::prelude::*;

use crate::task_definitions::convert::{Fate, Note};
use crate::ui::*;

/// The notes of what the form began with, until they are put away.
#[component]
pub fn Findings(
    /// The notes; none hides it.
    notes: RwSignal<Vec<Note>>,
) -> impl IntoView {
    move || {
        Some(notes.get()).filter(|notes| !notes.is_empty()).map(|list| {
            view! {
                <Notice tone=Tone::Idle>
                    <NoteGroups notes=list/>
                    <div class="cluster-row"><Button kind=ButtonKind::Quiet on_press=move |()| notes.set(Vec::new())>"Hide this list"</Button></div>
                </Notice>
            }
        })
    }
}

/// The kinds of notes, in the order of their weight, with their words.
const FATES: [(Fate, &str); 3] =
    [(Fate::Open, "To fill in"), (Fate::LeftOut, "Left out"), (Fate::Changed, "Not as it was")];

/// Notes by what became of each.
#[component]
pub fn NoteGroups(
    /// The notes.
    notes: Vec<Note>,
) -> impl IntoView {
    let line = |note: &Note| {
        let path = Some(note.path.clone()).filter(|path| !path.is_empty());
        view! { <li>{path.map(|path| view! { <code>{path}</code>": " })}{note.said.clone()}</li> }
    };
    let group = |(fate, words): &(Fate, &'static str)| {
        let own: Vec<_> = notes.iter().filter(|note| note.fate == *fate).collect();
        (!own.is_empty()).then(|| {
            let title = format!("{words} ({})", own.len());
            view! {
                <section class="start-notes">
                    <h2>{title}</h2>
                    <ul class="complaints">{own.into_iter().map(line).collect_view()}</ul>
                </section>
            }
        })
    };
    FATES.iter().map(group).collect_view()
}
