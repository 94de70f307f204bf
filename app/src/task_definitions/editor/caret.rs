//! The keys that mean more than a letter, and the offers that come while somebody types.

use leptos::ev::KeyboardEvent;
use leptos::web_sys::Event;
use leptos::{html, prelude::*};

use super::screen;
use super::state::JsonState;
use crate::task_definitions::text::{
    Completion, Context, Span, byte_of, completions, context, line_break, utf16_of,
};
use crate::ui::{announce, pasted_text};

/// More offers than this nobody reads.
const MOST: usize = 60;

/// What is offered at a place of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Offers {
    /// What can be written.
    pub items: Vec<Completion>,
    /// What it takes the place of, in UTF-16 units.
    pub at: (usize, usize),
    /// The line and column of that place, from 0.
    pub place: (usize, usize),
}

/// The cursor in the text area.
#[derive(Clone, Copy)]
pub(super) struct Caret {
    state: JsonState,
    pub(super) area: NodeRef<html::Textarea>,
    /// Where it is, in UTF-16 units.
    pub(super) at: RwSignal<usize>,
    /// What is offered there.
    pub(super) offers: RwSignal<Option<Offers>>,
    /// The offer that Enter would take.
    pub(super) active: RwSignal<usize>,
    /// The list that shows them.
    pub(super) list: NodeRef<html::Ul>,
}

impl Caret {
    pub(super) fn new(state: JsonState) -> Self {
        Self {
            state,
            area: NodeRef::new(),
            at: RwSignal::new(0),
            offers: RwSignal::new(None),
            active: RwSignal::new(0),
            list: NodeRef::new(),
        }
    }

    /// Looks where the cursor is now.
    pub(super) fn look(self) {
        let Some(area) = self.area.get_untracked() else { return };
        let at = screen::caret(&area);
        if at != self.at.get_untracked() {
            self.at.set(at);
        }
    }

    /// Something was typed.
    pub(super) fn typed(self, text: String) {
        self.state.text.set(text);
        self.look();
        self.offer(false);
    }

    /// Puts a long text in its place at once, instead of letting the browser type it.
    pub(super) fn pasted(self, event: &Event) {
        let Some(area) = self.area.get_untracked() else { return };
        if let Some(text) = pasted_text(event).filter(|text| text.len() >= screen::LONG) {
            event.prevent_default();
            screen::write(&area, screen::selection(&area), &text, 0);
        }
    }

    /// Puts the list of offers under what is typed, wherever the text has scrolled.
    pub(super) fn place(self, (row, column): (usize, usize)) {
        if let (Some(list), Some(area)) = (self.list.get_untracked(), self.area.get_untracked()) {
            screen::put_at(&list, &area, row, column);
        }
    }

    /// The text scrolled.
    pub(super) fn scrolled(self) {
        let place = self.offers.with_untracked(|offers| offers.as_ref().map(|o| o.place));
        if let Some(place) = place {
            self.place(place);
        }
    }

    pub(super) fn close(self) {
        if self.offers.read_untracked().is_some() {
            self.offers.set(None);
        }
    }

    /// Offers what can be written here: when it is `asked` for, or when something is begun.
    pub(super) fn offer(self, asked: bool) {
        let text = self.state.text.read_untracked();
        let offset = byte_of(&text, self.at.get_untracked());
        let context = context(&text, offset);
        let begun = context.at.start < context.at.end;
        let items = if asked || begun { completions(&context) } else { Vec::new() };
        let written = context.at.of(&text);
        let finished = |item: &Completion| item.insert.trim_end_matches(',') == written;
        if items.is_empty() || (!asked && items.iter().any(finished)) {
            return self.close();
        }
        let offers = offers_at(&text, &context, items);
        drop(text);
        if self.offers.read_untracked().is_none() {
            let count = offers.items.len();
            announce(&format!("{count} suggestion{}", if count == 1 { "" } else { "s" }));
        }
        self.active.set(0);
        self.offers.set(Some(offers));
    }

    /// Writes an offer.
    pub(super) fn take(self, which: usize) {
        let Some(area) = self.area.get_untracked() else { return };
        let offers = self.offers.get_untracked();
        let Some(offers) = offers else { return };
        let Some(item) = offers.items.get(which) else { return };
        self.close();
        screen::write(&area, offers.at, &item.insert, item.back);
        self.look();
        if item.back > 0 {
            self.offer(false);
        } else {
            self.close();
        }
    }

    /// A key went down. Tab takes an offer while there are some; else it leaves the text, as
    /// everywhere.
    pub(super) fn key(self, event: &KeyboardEvent) {
        if event.is_composing() {
            return;
        }
        let held = event.ctrl_key() || event.alt_key() || event.meta_key();
        let open = self.offers.with_untracked(|offers| offers.as_ref().map(|o| o.items.len()));
        let handled = match (event.key().as_str(), open) {
            (" ", _) if event.ctrl_key() => {
                self.look();
                self.offer(true);
                true
            }
            _ if held => false,
            ("ArrowDown", Some(count)) => self.step(1, count),
            ("ArrowUp", Some(count)) => self.step(count - 1, count),
            ("Enter", Some(_)) | ("Tab", Some(_)) if !event.shift_key() => {
                self.take(self.active.get_untracked());
                true
            }
            ("Escape", Some(_)) => {
                self.close();
                event.stop_propagation();
                true
            }
            ("Enter", None) if !event.shift_key() => self.break_line(),
            (
                "ArrowLeft" | "ArrowRight" | "Home" | "End" | "PageUp" | "PageDown" | "Tab",
                Some(_),
            ) => {
                self.close();
                false
            }
            _ => false,
        };
        if handled {
            event.prevent_default();
        }
    }

    fn step(self, by: usize, count: usize) -> bool {
        self.active.update(|active| *active = (*active + by) % count);
        true
    }

    /// A new line that begins where it should; with something selected the browser does it.
    fn break_line(self) -> bool {
        let Some(area) = self.area.get_untracked() else { return false };
        self.look();
        let at = self.at.get_untracked();
        let selected = area.selection_start().ok().flatten() != area.selection_end().ok().flatten();
        if selected {
            return false;
        }
        let (written, back) = {
            let text = self.state.text.read_untracked();
            line_break(&text, byte_of(&text, at))
        };
        screen::write(&area, (at, at), &written, back);
        self.look();
        true
    }
}

fn offers_at(text: &str, context: &Context, mut items: Vec<Completion>) -> Offers {
    items.truncate(MOST);
    let Span { start, end } = context.at;
    let before = text.get(..start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    Offers {
        items,
        at: (utf16_of(text, start), utf16_of(text, end)),
        place: (before.matches('\n').count(), line.chars().count()),
    }
}
