//! Keys for the items of a list in the document: an item keeps its key, and so its fields, while
//! others come, go and change places.

use leptos::prelude::*;
use serde_json::Value;

use super::history::History;
use super::lens::Form;

/// The keys of one list, in the order of its items.
#[derive(Clone, Copy)]
pub struct Items {
    form: Form,
    path: Signal<String>,
    keys: RwSignal<Vec<usize>>,
    next: StoredValue<usize>,
}

impl Items {
    /// The items of the list at a path. It follows when the document is changed elsewhere.
    pub fn of(form: Form, path: impl Into<Signal<String>>) -> Self {
        let path = path.into();
        let count = form.memo(path, |list| list.and_then(Value::as_array).map_or(0, Vec::len));
        let first = count.get_untracked();
        let items = Self {
            form,
            path,
            keys: RwSignal::new((0..first).collect()),
            next: StoredValue::new(first),
        };
        let history = use_context::<History>();
        Effect::new(move |_| {
            let count = count.get();
            // Where undo took an item or brought one back, the others keep their fields.
            let shifted = history.and_then(|history| history.shifted_in(&path.read_untracked()));
            if let Some(place) = shifted {
                items.follow(place, count);
            }
            if items.keys.read_untracked().len() > count {
                items.keys.update(|keys| keys.truncate(count));
            }
            while items.keys.read_untracked().len() < count {
                let key = items.new_key();
                items.keys.update(|keys| keys.push(key));
            }
        });
        items
    }

    /// The list.
    pub fn path(self) -> Signal<String> {
        self.path
    }

    /// The keys, for a keyed list.
    pub fn keys(self) -> Vec<usize> {
        self.keys.get()
    }

    /// How many items there are.
    pub fn count(self) -> usize {
        self.keys.with(Vec::len)
    }

    /// Where the last item stands.
    pub fn last_place(self) -> usize {
        self.keys.read_untracked().len().saturating_sub(1)
    }

    /// Where an item stands; past any end once it is gone.
    pub fn place(self, key: usize) -> Memo<usize> {
        Memo::new(move |_| self.keys.with(|keys| place_of(keys, key)))
    }

    /// The path of an item.
    pub fn item_path(self, place: Memo<usize>) -> Signal<String> {
        Signal::derive(move || format!("{}.{}", self.path.read(), place.get()))
    }

    /// The path of a member of an item.
    pub fn member_path(self, place: Memo<usize>, member: &'static str) -> Signal<String> {
        Signal::derive(move || format!("{}.{}.{member}", self.path.read(), place.get()))
    }

    /// Adds an item at the end.
    pub fn add(self, item: Value) {
        // Read first: a guard in the arguments would still be held while the keys are written.
        let end = self.keys.read_untracked().len();
        self.insert(end, item);
    }

    /// Adds an item at a place.
    pub fn insert(self, place: usize, item: Value) {
        let (key, path) = (self.new_key(), self.path.get_untracked());
        self.form.document.update(|document| document.insert(&path, place, item));
        self.keys.update(|keys| keys.insert(place.min(keys.len()), key));
    }

    /// Takes an item away, and with the last one the list.
    pub fn remove(self, place: usize) {
        let path = self.path.get_untracked();
        let last = self.keys.read_untracked().len() <= 1;
        self.keys.update(|keys| {
            if place < keys.len() {
                keys.remove(place);
            }
        });
        self.form.document.update(|document| {
            if last {
                document.remove(&path);
            } else {
                document.remove(&format!("{path}.{place}"));
            }
        });
    }

    /// Moves an item.
    pub fn shift(self, from: usize, to: usize) {
        let path = self.path.get_untracked();
        let count = self.keys.read_untracked().len();
        if from < count && to < count {
            self.form.document.update(|document| document.move_item(&path, from, to));
            self.keys.update(|keys| {
                let key = keys.remove(from);
                keys.insert(to, key);
            });
        }
    }

    /// What stands at a place now.
    pub fn item(self, place: usize) -> Option<Value> {
        let path = self.path.get_untracked();
        self.form.document.with_untracked(|document| document.items(&path).get(place).cloned())
    }

    /// An item came to a place, or went from there.
    fn follow(self, place: usize, count: usize) {
        let known = self.keys.read_untracked().len();
        if known == count + 1 && place < known {
            self.keys.update(|keys| {
                keys.remove(place);
            });
        } else if known + 1 == count && place <= known {
            let key = self.new_key();
            self.keys.update(|keys| keys.insert(place, key));
        }
    }

    fn new_key(self) -> usize {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        key
    }
}

fn place_of(keys: &[usize], key: usize) -> usize {
    keys.iter().position(|other| *other == key).unwrap_or(usize::MAX)
}
