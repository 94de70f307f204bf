//! The line above the form that says how else one can begin.

use leptos::prelude::*;

use super::existing::Existing;
use super::export::Export;
use super::findings::Findings;
use super::paste::Paste;
use super::starters::Starters;
use crate::task_definitions::convert::{Candidate, Note};
use crate::task_definitions::form::{JsonState, use_form};
use crate::task_definitions::team_templates::{SaveAsTemplate, use_shelf};
use crate::ui::*;

/// The ways to begin, by the ids of their panels.
const WAYS: &[(&str, &str)] = &[
    ("start-template", "Template"),
    ("start-paste", "Paste or drop"),
    ("start-existing", "Existing revision"),
];

/// Begins the form's document anew: from a template, from what is pasted, from a revision. And takes
/// it elsewhere: into other tools, into a template of the team.
#[component]
pub fn StartFrom(
    /// What should be known of the document that the form began with.
    notes: Vec<Note>,
    /// The text of the form.
    json: JsonState,
    /// Why the document can't be saved as a template now.
    #[prop(into)]
    not_saved: Signal<Option<String>>,
) -> impl IntoView {
    let form = use_form();
    let shelf = use_shelf();
    let toasts = use_toasts();
    let (open, asking) = (RwSignal::new(false), RwSignal::new(false));
    let way = RwSignal::new(WAYS[0].0);
    let chosen = StoredValue::new(None::<Candidate>);
    let begun = StoredValue::new(form.document.get_untracked());
    let notes = RwSignal::new(notes);
    let take = move || {
        if let Some(candidate) = chosen.get_value() {
            // A text that can't be read is newer than the form: it gives way, too.
            if json.is_unreadable().get_untracked() {
                json.write(candidate.document.pretty());
            } else {
                form.document.set(candidate.document.clone());
            }
            begun.set_value(candidate.document);
            notes.set(candidate.left_out);
            toasts.success(format!("The form begins with {}.", candidate.title));
        }
        asking.set(false);
        open.set(false);
    };
    let begin = Callback::new(move |candidate: Candidate| {
        chosen.set_value(Some(candidate));
        let unreadable = json.is_unreadable().get_untracked();
        let typed = unreadable
            || begun.with_value(|begun| form.document.with_untracked(|now| now != begun));
        if typed { asking.set(true) } else { take() }
    });
    let show = move |panel: &'static str| {
        move |()| {
            shelf.read_again();
            way.set(panel);
            open.set(true);
        }
    };
    view! {
        <div class="start-bar" role="group" aria-label="Start from">
            <span class="start-bar-words" aria-hidden="true">"Start from"</span>
            <Button on_press=show("start-template")>"Template…"</Button>
            <Button on_press=show("start-paste")>"Paste or drop…"</Button>
            <Button on_press=show("start-existing")>"Existing revision…"</Button>
            <span class="start-bar-end">
                <SaveAsTemplate document=form.document.whole() disabled_reason=not_saved/>
                <Export document=form.document.whole()/>
            </span>
        </div>
        <Findings notes/>
        <Dialog open title="Start from">
            <div class="start-wide">
                <TabList label="Start from" prefix="way" tabs=WAYS shown=way on_choose=move |panel| way.set(panel)/>
                {move || open.get().then(|| {
                    let panel = way.get();
                    let inside = match panel {
                        "start-paste" => view! { <Paste begin/> }.into_any(),
                        "start-existing" => view! { <Existing/> }.into_any(),
                        _ => view! { <Starters begin/> }.into_any(),
                    };
                    view! { <div class="start-panel" role="tabpanel" id=panel aria-labelledby=tab_id("way", panel)>{inside}</div> }
                })}
            </div>
        </Dialog>
        <ConfirmDialog open=asking title="Replace what is in the form?" confirm_label="Replace" cancel_label="Keep it" on_confirm=move |()| take()>
            <p>"The form was changed since it began. What is in it now gives way to what you chose."</p>
        </ConfirmDialog>
    }
}
