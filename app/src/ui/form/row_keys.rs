//! Keys for rows that are edited in place: a row keeps its key while its text changes and others
//! come and go, so its input stays the same element and the typing goes on.

use leptos::prelude::*;

/// The keys of the rows, in the order of the rows.
#[derive(Clone, Copy)]
pub(super) struct RowKeys {
    keys: RwSignal<Vec<usize>>,
    next: StoredValue<usize>,
}

impl RowKeys {
    /// Keys for as many rows as `count` says, also when rows are set from outside.
    pub(super) fn following(count: Signal<usize>) -> Self {
        let first = count.get_untracked();
        let keys =
            Self { keys: RwSignal::new((0..first).collect()), next: StoredValue::new(first) };
        Effect::new(move |_| {
            let count = count.get();
            if keys.keys.read_untracked().len() > count {
                keys.keys.update(|keys| keys.truncate(count));
            }
            while keys.keys.read_untracked().len() < count {
                keys.add();
            }
        });
        keys
    }

    /// The keys, for a keyed list.
    pub(super) fn get(self) -> Vec<usize> {
        self.keys.get()
    }

    /// Where the row of `key` stands now; past the end once it is gone.
    pub(super) fn place(self, key: usize) -> Memo<usize> {
        Memo::new(move |_| self.keys.with(|keys| place_of(keys, key)))
    }

    /// A key for a new last row.
    pub(super) fn add(self) {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        self.keys.update(|keys| keys.push(key));
    }

    /// Forgets `key` and tells where its row stood, so that the row can go too.
    pub(super) fn remove(self, key: usize) -> Option<usize> {
        let place = self.keys.with_untracked(|keys| place_of(keys, key));
        let known = place < self.keys.read_untracked().len();
        known.then(|| {
            self.keys.update(|keys| keys.retain(|other| *other != key));
            place
        })
    }
}

fn place_of(keys: &[usize], key: usize) -> usize {
    keys.iter().position(|other| *other == key).unwrap_or(usize::MAX)
}
