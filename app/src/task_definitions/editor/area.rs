//! The text area with its lines, colours and marks around it.

use leptos::ev::MouseEvent;
use leptos::{html, prelude::*};

use super::about::{ABOUT, AboutLine};
use super::caret::Caret;
use super::offers::{LIST, OffersList, offer_id};
use super::paint::{lines_html, numbers_html};
use super::screen;
use super::state::{ID, JsonState};
use crate::task_definitions::text::byte_of;
use crate::ui::{Said, bind_text_area, framed, inside};

/// How many lines are painted beyond those in sight, on each side.
const BEYOND: usize = 24;

/// What stands around the text area.
#[derive(Clone, Copy)]
struct Around {
    state: JsonState,
    caret: Caret,
    painted: NodeRef<html::Pre>,
    numbers: NodeRef<html::Div>,
    /// The first line that is painted, from 0.
    first: RwSignal<usize>,
    /// How many are painted.
    count: RwSignal<usize>,
    /// The line under the pointer, from 1.
    hovered: RwSignal<Option<usize>>,
}

impl Around {
    /// Follows the text area's scrolling. What is painted moves at once, and is painted anew only
    /// when its end comes near.
    fn follow(self) {
        let Some(area) = self.caret.area.get_untracked() else { return };
        let height = screen::line_height(&area);
        let top = (f64::from(area.scroll_top()) / height) as usize;
        let seen = (f64::from(area.client_height()) / height) as usize + 2;
        // In steps, so that scrolling by a line paints nothing.
        let first = top.saturating_sub(BEYOND) / BEYOND * BEYOND;
        let count = (seen + 3 * BEYOND).max(100);
        if first != self.first.get_untracked() {
            self.first.set(first);
        }
        if count != self.count.get_untracked() {
            self.count.set(count);
        }
        self.put();
    }

    /// Moves what is painted to its place.
    fn put(self) {
        let first = self.first.get_untracked();
        let Some(area) = self.caret.area.get_untracked() else { return };
        if let Some(painted) = self.painted.get_untracked() {
            screen::follow(&area, &painted, first, true);
        }
        if let Some(numbers) = self.numbers.get_untracked() {
            screen::follow(&area, &numbers, first, false);
        }
    }

    /// Paints the lines in sight whenever they change.
    fn keep_painted(self) {
        let window = move || self.first.get()..self.first.get() + self.count.get();
        let html = Memo::new(move |_| {
            let text = self.state.text.read();
            // Marks belong to the text that was read; a newer one is read in a moment.
            if self.state.read.read().text == *text {
                self.state.marks.with(|marks| lines_html(&text, window(), marks))
            } else {
                lines_html(&text, window(), &[])
            }
        });
        Effect::new(move |before: Option<Vec<String>>| {
            let lines = html.get();
            if let Some(painted) = self.painted.get() {
                screen::paint(&painted, &before.unwrap_or_default(), &lines);
            }
            lines
        });
        let here = Memo::new(move |_| {
            let read = self.state.read.read();
            read.reading.lines.line_of(byte_of(&read.text, self.caret.at.get()))
        });
        let numbers_html = Memo::new(move |_| {
            let lines = self.state.read.read().reading.lines.count();
            let mut window = window();
            window.end = window.end.min(lines);
            self.state.marks.with(|marks| numbers_html(window, marks, here.get()))
        });
        Effect::new(move |_| {
            let Some(numbers) = self.numbers.get() else { return };
            numbers.set_inner_html(&numbers_html.read());
        });
        Effect::new(move |_| {
            // Both stand where the first painted line belongs.
            self.first.track();
            if self.painted.get().is_some() && self.numbers.get().is_some() {
                self.put();
            }
        });
    }

    /// The line at a height of the text area, from 1.
    fn line_at(self, event: &MouseEvent) -> Option<usize> {
        let area = self.caret.area.get_untracked()?;
        let down = f64::from(event.offset_y()) + f64::from(area.scroll_top());
        let line = (down / screen::line_height(&area) + 0.75) as usize;
        let lines = self.state.read.read_untracked().reading.lines.count();
        (1..=lines).contains(&line).then_some(line)
    }

    fn hover(self, line: Option<usize>) {
        if self.hovered.get_untracked() != line {
            self.hovered.set(line);
        }
    }
}

/// The text, to write in.
#[component]
pub(super) fn TextArea(
    /// The text.
    state: JsonState,
) -> impl IntoView {
    let caret = Caret::new(state);
    let around = Around {
        state,
        caret,
        painted: NodeRef::new(),
        numbers: NodeRef::new(),
        first: RwSignal::new(0),
        count: RwSignal::new(100),
        hovered: RwSignal::new(None),
    };
    // Until the colours are painted behind it, the text shows its own.
    let alive = RwSignal::new(false);
    Effect::new(move |_| {
        alive.set(true);
        around.follow();
    });
    around.keep_painted();
    bind_text_area(
        caret.area,
        state.shown.into(),
        Callback::new(move |typed| state.text.set(typed)),
    );
    let trouble = Signal::derive(move || {
        state.read.with(|read| read.document.as_ref().err().map(ToString::to_string))
    });
    let hint = "The same task definition as JSON. Paste one here, or an answer of describe-task-definition. Ctrl+Space suggests what fits.";
    let field = framed(
        Signal::stored(ID.to_owned()),
        "Document".to_owned(),
        Some(hint.to_owned()),
        true,
        Some(trouble),
        Said::Above,
        move |ids| {
            let described = move || match ids.described_by.get() {
                Some(ids) => format!("{ids} {ABOUT}"),
                None => ABOUT.to_owned(),
            };
            let active =
                move || caret.offers.read().is_some().then(|| offer_id(caret.active.get()));
            view! {
                <div class="json-editor" class:alive=move || alive.get()>
                    <div class="json-gutter" aria-hidden="true" on:click=move |event| {
                        if let Some(line) = around.line_at(&event) { state.go_to_line(line) }
                    }>
                        <div class="json-numbers" node_ref=around.numbers></div>
                    </div>
                    <div class="json-page">
                        <div class="json-paint" aria-hidden="true"><pre node_ref=around.painted></pre></div>
                        <textarea
                            node_ref=caret.area
                            class="input mono"
                            rows="28"
                            id=ID
                            name=ID
                            autocomplete="off"
                            autocapitalize="off"
                            spellcheck="false"
                            wrap="off"
                            aria-required=ids.required
                            aria-describedby=described
                            aria-invalid=move || ids.invalid.get()
                            aria-autocomplete="list"
                            aria-controls=LIST
                            aria-activedescendant=active
                            on:input:target=move |event| caret.typed(event.target().value())
                            on:paste=move |event| caret.pasted(&event)
                            on:keydown=move |event| caret.key(&event)
                            on:keyup=move |_| caret.look()
                            on:selectionchange=move |_| caret.look()
                            on:click=move |_| { caret.look(); caret.close(); }
                            on:focus=move |_| { state.enter(); caret.look(); }
                            on:blur=move |_| { state.leave(); caret.close(); }
                            on:scroll=move |_| { around.follow(); caret.scrolled(); }
                            on:mouseup=move |_| around.follow()
                            on:mousemove=move |event| around.hover(around.line_at(&event))
                            on:mouseleave=move |_| around.hover(None)
                            inner_html=inside(&state.text.read_untracked())
                        ></textarea>
                        <OffersList caret/>
                    </div>
                </div>
            }
            .into_any()
        },
    );
    view! {
        {field}
        <AboutLine state caret hovered=around.hovered/>
    }
}
