//! Fields that look at the document. Each field has a signal of its own, which the blocks of `ui`
//! edit; a lens keeps signal and document the same, in both directions, by what the text means:
//! while somebody types, nothing rewrites the text under the cursor.

use leptos::prelude::*;
use serde_json::Value;

use super::live::LiveDocument;
use crate::task_definitions::document::Document;
use crate::task_definitions::field::{
    Misfit, lines_as, lines_of, misfit, names_as, names_of, numbers_as, pairs_as, pairs_of,
    read_number, read_required, read_text, read_truth, show_text, show_truth, take_away, toggled,
};
use crate::task_definitions::finding::Findings;
use crate::task_definitions::rules::{self, Shape};

/// The document of the form, in the hands of its parts.
#[derive(Clone, Copy)]
pub struct Form {
    /// The one truth.
    pub document: LiveDocument,
    /// What the rules find in it: looked for once after a change, for every part that shows it.
    pub found: Memo<Findings>,
}

/// The form around the present component.
pub fn use_form() -> Form {
    use_context::<Form>().unwrap_or_else(|| Form::of(Document::default()))
}

/// A copy of what is worked out from the document. Whoever follows it is woken when it changes, and
/// not, as by a memo, to look with every key whether it has.
pub(super) fn steady<T>(memo: Memo<T>) -> Signal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let copy = RwSignal::new(memo.get_untracked());
    Effect::new(move |_| {
        let new = memo.read();
        if *copy.read_untracked() != *new {
            copy.set(new.clone());
        }
    });
    copy.into()
}

/// How a field's content is written in the document.
struct Meaning<S, R> {
    /// What a value looks like in the field.
    show: S,
    /// What the field's content means, given what stood there; `None` takes it away.
    read: R,
}

impl Form {
    /// A form of a document.
    pub fn of(document: Document) -> Self {
        let document = LiveDocument::of(document);
        Self { document, found: Memo::new(move |_| document.with(rules::check)) }
    }

    /// A field of text; an empty one takes the member away.
    pub fn text(self, path: impl Into<Signal<String>>) -> RwSignal<String> {
        self.field(
            path.into(),
            Meaning { show: show_text, read: |text: &String, _: Option<&Value>| read_text(text) },
        )
    }

    /// A field of text that must be there; an empty one stays, once there was one.
    pub fn required_text(self, path: impl Into<Signal<String>>) -> RwSignal<String> {
        let read = |text: &String, old: Option<&Value>| read_required(text, old);
        self.field(path.into(), Meaning { show: show_text, read })
    }

    /// A field of a whole number, kept as text while it is none.
    pub fn number(self, path: impl Into<Signal<String>>) -> RwSignal<String> {
        let read = |text: &String, _: Option<&Value>| read_number(text);
        self.field(path.into(), Meaning { show: show_text, read })
    }

    /// A choice of `true`, `false` and nothing, which are three different things.
    pub fn choice_of_truth(self, path: impl Into<Signal<String>>) -> RwSignal<String> {
        let read = |text: &String, _: Option<&Value>| read_truth(text);
        self.field(path.into(), Meaning { show: show_truth, read })
    }

    /// A tick box for a member that is false when it is absent.
    pub fn truth(self, path: impl Into<Signal<String>>) -> RwSignal<bool> {
        let show = |value: Option<&Value>| value.and_then(Value::as_bool).unwrap_or(false);
        let read = |ticked: &bool, _: Option<&Value>| ticked.then_some(Value::Bool(true));
        self.field(path.into(), Meaning { show, read })
    }

    /// A tick box for a member that is true when it is absent.
    pub fn truth_unless(self, path: impl Into<Signal<String>>) -> RwSignal<bool> {
        let show = |value: Option<&Value>| value.and_then(Value::as_bool).unwrap_or(true);
        let read = |ticked: &bool, _: Option<&Value>| Some(Value::Bool(*ticked));
        self.field(path.into(), Meaning { show, read })
    }

    /// A list of words, a row each.
    pub fn words(self, path: impl Into<Signal<String>>) -> RwSignal<Vec<String>> {
        let read = |rows: &Vec<String>, old: Option<&Value>| lines_as(rows, old);
        self.field(path.into(), Meaning { show: lines_of, read })
    }

    /// A list of whole numbers, a row each.
    pub fn numbers(self, path: impl Into<Signal<String>>) -> RwSignal<Vec<String>> {
        let read = |rows: &Vec<String>, old: Option<&Value>| numbers_as(rows, old);
        self.field(path.into(), Meaning { show: lines_of, read })
    }

    /// Texts by names of the author's own, a row each.
    pub fn names(self, path: impl Into<Signal<String>>) -> RwSignal<Vec<(String, String)>> {
        let read = |rows: &Vec<_>, old: Option<&Value>| names_as(rows, old);
        self.field(path.into(), Meaning { show: names_of, read })
    }

    /// A list of objects of two texts, a row each.
    pub fn pairs(
        self,
        path: impl Into<Signal<String>>,
        members: [&'static str; 2],
    ) -> RwSignal<Vec<(String, String)>> {
        let show = move |value: Option<&Value>| pairs_of(value, members);
        let read = move |rows: &Vec<_>, old: Option<&Value>| pairs_as(rows, old, members);
        self.field(path.into(), Meaning { show, read })
    }

    /// The words of a list, for showing.
    pub fn ticked(self, path: impl Into<Signal<String>>) -> Memo<Vec<String>> {
        self.memo(path.into(), lines_of)
    }

    /// Puts a word into a list, or takes it out.
    pub fn tick(self, path: &str, word: &str, on: bool) {
        let list = self.document.with_untracked(|document| toggled(document.get(path), word, on));
        self.document.update(|document| match list {
            Some(list) => document.set(path, list),
            None => take_away(document, path),
        });
    }

    /// What stands at a path, for showing.
    pub fn value(self, path: impl Into<Signal<String>>) -> Memo<String> {
        self.memo(path.into(), show_text)
    }

    /// What is made of the value at a path, for showing.
    pub(super) fn memo<T>(self, path: Signal<String>, of: fn(Option<&Value>) -> T) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.document.with_value(&path.read(), of))
    }

    /// What keeps a field from showing what stands at its path.
    pub(super) fn misfit(
        self,
        path: Signal<String>,
        shape: &'static Shape,
    ) -> Memo<Option<Misfit>> {
        Memo::new(move |_| {
            let path = path.read();
            self.document.with_part(&path, |document| misfit(document, &path, shape))
        })
    }

    fn field<T, S, R>(self, path: Signal<String>, meaning: Meaning<S, R>) -> RwSignal<T>
    where
        T: Clone + PartialEq + Send + Sync + 'static,
        S: Fn(Option<&Value>) -> T + Copy + 'static,
        R: Fn(&T, Option<&Value>) -> Option<Value> + Copy + 'static,
    {
        let Meaning { show, read } = meaning;
        let here = self.memo(path, |value| value.cloned());
        let field = RwSignal::new(show(here.get_untracked().as_ref()));
        // What the field has from the document. It is never written back: the item may have moved to
        // another path meanwhile, where it would take the place of what is there.
        let told = StoredValue::new(field.get_untracked());
        // The document changed: show it, unless the field says the same in other words.
        Effect::new(move |_| {
            let value = here.get();
            let same = field.with_untracked(|own| read(own, value.as_ref()) == value);
            let shown = show(value.as_ref());
            if !same && field.with_untracked(|own| *own != shown) {
                told.set_value(shown.clone());
                field.set(shown);
            } else {
                told.set_value(field.get_untracked());
            }
        });
        // The field changed: write it, unless the document says the same already.
        Effect::new(move |_| {
            let own = field.get();
            if told.with_value(|told| *told == own) {
                return;
            }
            told.set_value(own.clone());
            let path = path.get_untracked();
            let old = self.document.with_untracked(|document| document.get(&path).cloned());
            if show(old.as_ref()) == own {
                return;
            }
            let new = read(&own, old.as_ref());
            if new != old {
                self.document.update(|document| match new {
                    Some(value) => document.set(&path, value),
                    None => take_away(document, &path),
                });
            }
        });
        field
    }
}
