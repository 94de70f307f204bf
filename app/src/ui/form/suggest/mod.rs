//! A line of text with a list of what it could be: a combobox. What is offered only helps; any text
//! may be typed, whether it is in the list or not, and whether the list is there or not.

mod cell;
mod list;
pub(super) mod matching;

use leptos::{
    ev::{FocusEvent, KeyboardEvent, MouseEvent},
    html,
    prelude::*,
};

use super::binding::bind_text;
use super::field::{FieldIds, Said, framed};
use super::row_focus::focus_leaves;
use crate::timestamp::Timestamp;
use crate::ui::browser;
use crate::ui::icon::{Icon, IconName};
pub use cell::SuggestCell;
use list::SuggestionList;
use matching::{Shown, shown};

/// One thing that is offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// What the field holds when it is chosen.
    pub value: String,
    /// What it is called.
    pub name: String,
    /// What else helps to know it again; may be empty.
    pub about: String,
    /// When something happened to it, with a word for what ("pushed").
    pub at: Option<(&'static str, Timestamp)>,
    /// Whether the value is only the beginning, and the list goes on with the rest.
    pub goes_on: bool,
}

/// What is offered now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// In order.
    pub items: Vec<Suggestion>,
    /// Whether there are more than these.
    pub more: bool,
    /// Whether they are on their way.
    pub loading: bool,
    /// Why there are none, and what to do about it. Stays under the field.
    pub note: Option<String>,
}

/// A list of what is offered, asked for when it is first opened.
#[derive(Clone, Copy)]
pub struct Offer {
    /// What is offered, as many.
    pub noun: &'static str,
    /// What is offered now.
    pub suggestions: Signal<Suggestions>,
    /// Called whenever the list opens.
    pub on_open: Callback<()>,
    /// Called when a newer list is wanted.
    pub on_again: Callback<()>,
    /// Called with what is typed while the list is longer than what is offered.
    pub on_search: Option<Callback<String>>,
}

/// What moves while somebody chooses.
#[derive(Clone, Copy)]
struct Choosing {
    path: Signal<String>,
    value: RwSignal<String>,
    offer: Offer,
    /// What it is called, where no label is in sight.
    label: Option<Signal<String>>,
    /// Called for Enter that chooses nothing, which would send the form.
    on_enter: Option<Callback<()>>,
    open: RwSignal<bool>,
    /// Whether the text was typed since the list was opened: only then does it narrow the list.
    typed: RwSignal<bool>,
    /// The one that Enter would choose, by its place among those shown.
    active: RwSignal<Option<usize>>,
    shown: Memo<Shown>,
}

impl Choosing {
    fn of(path: Signal<String>, value: RwSignal<String>, offer: Offer) -> Self {
        let (open, typed) = (RwSignal::new(false), RwSignal::new(false));
        let shown = Memo::new(move |_| {
            if !open.get() {
                return Shown::default();
            }
            let words = if typed.get() { value.get() } else { String::new() };
            offer.suggestions.with(|all| shown(all, &words))
        });
        let active = RwSignal::new(None);
        Self { path, value, offer, label: None, on_enter: None, open, typed, active, shown }
    }

    fn list_id(self) -> String {
        format!("{}-options", self.path.read())
    }

    fn option_id(self, at: usize) -> String {
        format!("{}-option-{at}", self.path.read())
    }

    fn show(self) {
        if !self.open.get_untracked() {
            self.typed.set(false);
            self.active.set(None);
            self.open.set(true);
            self.offer.on_open.run(());
        }
    }

    fn hide(self) {
        self.open.set(false);
        self.active.set(None);
    }

    fn take(self, text: String) {
        self.show();
        self.typed.set(true);
        self.active.set(None);
        self.value.set(text.clone());
        let Offer { suggestions, on_search, .. } = self.offer;
        if let Some(on_search) = on_search.filter(|_| suggestions.with_untracked(|all| all.more)) {
            on_search.run(text);
        }
    }

    fn move_to(self, to: Option<usize>) {
        self.active.set(to);
        if let Some(at) = to {
            browser::scroll_in_list(self.option_id(at));
        }
    }

    fn choose(self, at: usize) {
        let Some(one) = self.shown.with_untracked(|shown| shown.items.get(at).cloned()) else {
            return;
        };
        self.value.set(one.value);
        self.typed.set(false);
        self.active.set(None);
        if !one.goes_on {
            self.hide();
        }
    }

    fn key(self, event: &KeyboardEvent) {
        let (open, count) =
            (self.open.get_untracked(), self.shown.with_untracked(|shown| shown.items.len()));
        let at = self.active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if !open => self.show(),
            "ArrowDown" if count > 0 => {
                self.move_to(Some(at.map_or(0, |at| (at + 1) % count)));
            }
            "ArrowUp" if count > 0 => {
                self.move_to(Some(at.map_or(count - 1, |at| (at + count - 1) % count)));
            }
            "Enter" if open && at.is_some() => at.into_iter().for_each(|at| self.choose(at)),
            "Enter" if !event.is_composing() => {
                let Some(on_enter) = self.on_enter else { return };
                self.hide();
                on_enter.run(());
            }
            "Escape" if open => {
                self.hide();
                // A dialog around the field stays.
                event.stop_propagation();
            }
            "Tab" => return self.hide(),
            _ => return,
        }
        event.prevent_default();
    }
}

/// A line of text with suggestions. The list is asked for when it is first opened: by typing, with an
/// arrow key, or by a press on the field.
#[component]
pub fn SuggestField(
    /// The field's path: its name, its id and the key of its error.
    #[prop(into)]
    path: Signal<String>,
    /// What to enter.
    #[prop(into)]
    label: String,
    /// What is typed or chosen.
    value: RwSignal<String>,
    /// What is offered, as many.
    noun: &'static str,
    /// What is offered now.
    #[prop(into)]
    suggestions: Signal<Suggestions>,
    /// Called whenever the list opens.
    #[prop(into)]
    on_open: Callback<()>,
    /// Called when a newer list is wanted.
    #[prop(into)]
    on_again: Callback<()>,
    /// Called with what is typed while the list is longer than what is offered.
    #[prop(optional, into)]
    on_search: Option<Callback<String>>,
    /// What helps to enter it right.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it may not be left empty.
    #[prop(optional)]
    required: bool,
    /// Its error; when left out, the form's errors are asked.
    #[prop(optional, into)]
    error: Option<Signal<Option<String>>>,
    /// An example of a good value; never the only help.
    #[prop(optional, into)]
    placeholder: Option<String>,
) -> impl IntoView {
    let offer = Offer { noun, suggestions, on_open, on_again, on_search };
    let choosing = Choosing::of(path, value, offer);
    framed(path, label, hint, required, error, Said::Below, move |ids| {
        with_list(choosing, ids, placeholder)
    })
}

/// The line, its list, and what there is to say of both.
fn with_list(choosing: Choosing, ids: FieldIds, placeholder: Option<String>) -> AnyView {
    let Offer { suggestions, on_again, .. } = choosing.offer;
    let frame = NodeRef::<html::Div>::new();
    let left = move |event: FocusEvent| {
        if focus_leaves(frame, &event) {
            choosing.hide();
        }
    };
    let note = move || suggestions.with(|all| all.note.clone());
    let again = move || {
        let again = move |_: MouseEvent| on_again.run(());
        view! { <button type="button" class="link-button" on:click=again>"Look again"</button> }
    };
    view! {
        <div node_ref=frame class="suggest" on:focusout=left>
            {line(choosing, ids, placeholder)}
            <SuggestionList choosing/>
            <p class="suggest-note" role="status">
                {move || note().map(|note| view! { <span>{note}</span>" "{again()} })}
            </p>
        </div>
    }
    .into_any()
}

/// The input with its button.
fn line(choosing: Choosing, ids: FieldIds, placeholder: Option<String>) -> AnyView {
    let Choosing { value, open, active, label, .. } = choosing;
    let words = format!("Show {}", choosing.offer.noun);
    let input = NodeRef::<html::Input>::new();
    bind_text(input, value.into(), Callback::new(move |typed| value.set(typed)));
    let toggle = move |_: MouseEvent| {
        if open.get_untracked() {
            choosing.hide()
        } else {
            choosing.show()
        }
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
        }
    };
    view! {
        <div class="suggest-line">
            <input
                node_ref=input
                class="input mono"
                type="text"
                role="combobox"
                id=move || ids.id.get()
                name=move || ids.id.get()
                value=value.get_untracked()
                placeholder=placeholder
                aria-label=label.map(|label| move || label.get())
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-autocomplete="list"
                aria-haspopup="listbox"
                aria-expanded=move || open.get().to_string()
                aria-controls=move || choosing.list_id()
                aria-activedescendant=move || active.get().map(|at| choosing.option_id(at))
                aria-required=ids.required
                aria-describedby=move || ids.described_by.get()
                aria-invalid=move || ids.invalid.get()
                on:input:target=move |event| choosing.take(event.target().value())
                on:keydown=move |event| choosing.key(&event)
                on:click=move |_| choosing.show()
            />
            <button type="button" class="suggest-open" tabindex="-1" aria-label=words
                aria-expanded=move || open.get().to_string() aria-controls=move || choosing.list_id() on:click=toggle>
                <Icon name=IconName::ChevronDown/>
            </button>
        </div>
    }
    .into_any()
}
