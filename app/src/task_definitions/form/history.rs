//! Undo and redo for the whole form: every way to change the document goes through here, as it is the
//! document that is watched. Inside a text field the browser's own undo works, as everywhere.

use berth_definition::together::{Steps, changed_path};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, KeyboardEvent};
use leptos::{ev, prelude::*};

use super::lens::Form;
use crate::task_definitions::document::Document;
use crate::ui::*;

/// A list whose items came or went by undo or redo: its path and the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shifted {
    /// The list.
    pub list: String,
    /// Where the item came or went.
    pub place: usize,
}

/// The states that the form went through.
#[derive(Clone, Copy)]
pub struct History {
    form: Form,
    steps: RwSignal<Steps>,
    shifted: StoredValue<Option<Shifted>>,
}

impl History {
    /// Watches the document of a form, and lends itself to the form's parts.
    pub fn of(form: Form) -> Self {
        let steps = RwSignal::new(Steps::new(form.document.get_untracked()));
        let history = Self { form, steps, shifted: StoredValue::new(None) };
        Effect::new(move |_| {
            form.document.follow();
            history.catch_up();
        });
        provide_context(history);
        history
    }

    /// Records what happened since the last time, at once.
    pub fn catch_up(self) {
        let document = self.form.document.read_untracked();
        let new = self.steps.try_update_untracked(|steps| steps.record(&document));
        if new == Some(true) {
            self.steps.notify();
        }
    }

    /// What is changed from now on is a step of its own.
    fn seal(self) {
        self.catch_up();
        self.steps.try_update_untracked(Steps::seal);
    }

    /// Lets the document be changed by somebody else: that is no step of this form, and undo leaves it
    /// alone.
    pub fn take_over(self, change: impl FnOnce()) {
        self.catch_up();
        change();
        let document = self.form.document.read_untracked();
        self.steps.update(|steps| steps.take_over(&document));
    }

    /// How many steps can be taken back.
    pub fn depth(self) -> usize {
        self.steps.with(Steps::depth)
    }

    /// Takes the last step back.
    pub fn undo(self) {
        self.catch_up();
        let words = self.steps.with_untracked(|steps| steps.undo_words().map(str::to_owned));
        if let Some(document) = self.steps.try_update(Steps::undo).flatten() {
            self.show(document);
            announce(&format!("Taken back: {}", words.unwrap_or_default()));
        }
    }

    /// Does the step again that was taken back.
    pub fn redo(self) {
        self.catch_up();
        let words = self.steps.with_untracked(|steps| steps.redo_words().map(str::to_owned));
        if let Some(document) = self.steps.try_update(Steps::redo).flatten() {
            self.show(document);
            announce(&format!("Done again: {}", words.unwrap_or_default()));
        }
    }

    fn show(self, document: Document) {
        let shifted = self.form.document.with_untracked(|old| shifted(old, &document));
        self.shifted.set_value(shifted);
        self.form.document.set(document);
    }

    /// Where the item of a list came or went, if undo or redo did that just now. Asked once.
    pub fn shifted_in(self, list: &str) -> Option<usize> {
        let here = self.shifted.with_value(|s| s.as_ref().is_some_and(|s| s.list == list));
        here.then(|| self.shifted.try_update_value(Option::take).flatten())
            .flatten()
            .map(|s| s.place)
    }
}

/// The list that one item came to or went from between two states.
fn shifted(old: &Document, new: &Document) -> Option<Shifted> {
    let list = changed_path(old, new)?;
    let (before, after) = (old.items(&list), new.items(&list));
    if before.len().abs_diff(after.len()) != 1 {
        return None;
    }
    let same = before.iter().zip(after).take_while(|(one, other)| one == other).count();
    Some(Shifted { list, place: same })
}

/// The buttons, and the keys while no text field has the focus.
#[component]
pub fn HistoryTools(
    /// The states.
    history: History,
) -> impl IntoView {
    let steps = history.steps;
    let reason = |words: &'static str, none: bool| none.then(|| words.to_owned());
    let no_undo = Signal::derive(move || {
        reason("Nothing to take back.", steps.with(|steps| steps.undo_words().is_none()))
    });
    let no_redo = Signal::derive(move || {
        reason("Nothing was taken back.", steps.with(|steps| steps.redo_words().is_none()))
    });
    let said = move || {
        let words = steps.with(|steps| steps.undo_words().map(str::to_owned));
        words.map(|words| view! { <span class="history-words">{words}</span> })
    };
    Effect::new(move |_| {
        let keys = window_event_listener(ev::keydown, move |event| take_key(history, &event));
        let focus = window_event_listener(ev::focusin, move |_| history.seal());
        on_cleanup(move || {
            keys.remove();
            focus.remove();
        });
    });
    view! {
        <div class="history" role="group" aria-label="Undo and redo">
            <Button kind=ButtonKind::Quiet icon=IconName::RollBack disabled_reason=no_undo attr:aria-keyshortcuts="Control+Z" on_press=move |()| history.undo()>"Undo"</Button>
            <Button kind=ButtonKind::Quiet icon=IconName::Refresh disabled_reason=no_redo attr:aria-keyshortcuts="Control+Shift+Z" on_press=move |()| history.redo()>"Redo"</Button>
            {said}
        </div>
    }
}

/// What has an undo of its own.
const TEXT: &str =
    "input:not([type=checkbox], [type=radio], [type=file]), textarea, [contenteditable]";

fn take_key(history: History, event: &KeyboardEvent) {
    let own = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    let key = event.key().to_lowercase();
    if !own || event.default_prevented() || !matches!(key.as_str(), "z" | "y") {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let in_text = target.is_some_and(|target| target.matches(TEXT).unwrap_or(false));
    let stopped = document().query_selector(".form-rest[inert], dialog[open]");
    if in_text || stopped.ok().flatten().is_some() {
        return;
    }
    event.prevent_default();
    if key == "y" || event.shift_key() { history.redo() } else { history.undo() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_item_that_came_or_went_is_known() {
        let list = |names: &[&str]| {
            let items: Vec<_> = names.iter().map(|name| json!({"name": name})).collect();
            Document::new(json!({"containerDefinitions": items, "volumes": [1]})).unwrap()
        };
        for (old, new, place) in [
            (&["a", "b", "c"][..], &["a", "c"][..], Some(1)),
            (&["a", "c"], &["a", "b", "c"], Some(1)),
            (&["a"], &["a", "b"], Some(1)),
            (&["a", "b"], &["b", "a"], None),
            (&["a"], &["a", "b", "c"], None),
        ] {
            let found = shifted(&list(old), &list(new));
            assert_eq!(found.map(|shifted| shifted.place), place, "{old:?} {new:?}");
        }
    }
}
