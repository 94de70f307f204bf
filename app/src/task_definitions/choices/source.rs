//! A list of choices in the browser: asked for when it is opened, and shown as suggestions.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::read_choices;
use super::model::{Choice, ChoiceKind, Choices};
use crate::ui::{Suggestion, Suggestions};

/// The pause in typing after which a long list is looked through.
const SETTLE: Duration = Duration::from_millis(250);

/// What is asked for: a kind, and what it is narrowed to.
type Wanted = (ChoiceKind, String);

/// One list of choices.
#[derive(Clone, Copy)]
pub(super) struct Source {
    kind: Signal<Option<ChoiceKind>>,
    search: RwSignal<String>,
    /// What was asked for last; an answer to anything else comes too late.
    wanted: StoredValue<Option<Wanted>>,
    got: RwSignal<Option<(ChoiceKind, Choices)>>,
    loading: RwSignal<bool>,
    /// Whether it was opened once: then it follows its kind.
    opened: RwSignal<bool>,
}

impl Source {
    /// A list of what `kind` says; none where there is nothing to ask for yet.
    pub(super) fn of(kind: Signal<Option<ChoiceKind>>) -> Self {
        let source = Self {
            kind,
            search: RwSignal::new(String::new()),
            wanted: StoredValue::new(None),
            got: RwSignal::new(None),
            loading: RwSignal::new(false),
            opened: RwSignal::new(false),
        };
        Effect::new(move |_| {
            if source.kind.with(Option::is_some) && source.opened.get() {
                source.ask(false);
            }
        });
        source
    }

    /// A list that is always of the same kind.
    pub(super) fn fixed(kind: ChoiceKind) -> Self {
        Self::of(Signal::stored(Some(kind)))
    }

    /// Asks for it, unless that is under way. The server answers from what it has for a minute.
    pub(super) fn open(self) {
        if self.opened.get_untracked() {
            self.ask(false);
        }
        self.opened.set(true);
    }

    /// [`Self::open`] for another field than the one that narrowed it last.
    pub(super) fn open_anew(self) {
        self.search.set(String::new());
        self.open();
    }

    /// Asks for a newer one.
    pub(super) fn again(self) {
        self.ask(true);
    }

    /// Narrows a list that is longer than what was listed, once the typing pauses.
    pub(super) fn searching(self) -> Callback<String> {
        let look = move |text: String| {
            if self.kind.get_untracked().is_some_and(|kind| kind.can_be_searched()) {
                self.search.set(text);
                self.ask(false);
            }
        };
        let settle = StoredValue::new(debounce(SETTLE, look));
        Callback::new(move |text| settle.update_value(|settle| settle(text)))
    }

    fn ask(self, again: bool) {
        let Some(kind) = self.kind.get_untracked() else { return };
        let wanted: Wanted = (kind, self.search.get_untracked());
        self.wanted.set_value(Some(wanted.clone()));
        self.loading.set(true);
        spawn_local(async move {
            let (kind, search) = wanted.clone();
            let said = read_choices(kind.clone(), search, again).await;
            // The field may be gone, or want something else by now.
            if self.wanted.try_get_value().flatten().as_ref() != Some(&wanted) {
                return;
            }
            let choices = said.unwrap_or_else(|error| Choices {
                trouble: Some(error.to_string()),
                ..Choices::default()
            });
            self.got.set(Some((kind, choices)));
            self.loading.set(false);
        });
    }

    /// What is known of its present kind.
    pub(super) fn known(self) -> Option<Choices> {
        let kind = self.kind.get()?;
        self.got
            .with(|got| got.as_ref().filter(|(of, _)| *of == kind).map(|(_, known)| known.clone()))
    }

    /// As suggestions, each made by `one`.
    pub(super) fn suggestions(self, one: impl Fn(Choice) -> Suggestion) -> Suggestions {
        let loading = self.loading.get();
        let noun = self.kind.with(|kind| kind.as_ref().map_or("choices", ChoiceKind::noun));
        let Some(known) = self.known() else {
            return Suggestions { loading, ..Suggestions::default() };
        };
        let (note, more) = (known.note(noun), known.more);
        Suggestions { items: known.items.into_iter().map(one).collect(), more, loading, note }
    }
}

/// A choice as it is, with a word for what happened when it says.
pub(super) fn plain(choice: Choice, word: &'static str) -> Suggestion {
    let Choice { value, name, about, at, .. } = choice;
    Suggestion { value, name, about, at: at.map(|at| (word, at)), goes_on: false }
}
