//! Rows inside a live value, each of which changes in place.

use std::collections::HashMap;

use leptos::prelude::*;

use super::LiveRow;
use crate::listing::Row;

/// The rows of a part of a live value, for a keyed `<For>`: a row that stays keeps its element,
/// and only what changed in it is drawn again.
pub fn live_rows<T>(all: impl Into<Signal<Vec<T>>>) -> Signal<Vec<LiveRow<T>>>
where
    T: Row + Clone + PartialEq + Send + Sync + 'static,
{
    let all = all.into();
    let rows = Memo::new_with_compare(
        move |known: Option<&Vec<LiveRow<T>>>| {
            let known: HashMap<&str, &LiveRow<T>> =
                known.into_iter().flatten().map(|row| (row.key.as_str(), row)).collect();
            let take_over = |row: T| match known.get(row.key()) {
                Some(live) => {
                    if live.value.with_untracked(|old| *old != row) {
                        live.value.set(row);
                    }
                    LiveRow::clone(live)
                }
                None => LiveRow { key: row.key().to_owned(), value: ArcRwSignal::new(row) },
            };
            all.get().into_iter().map(take_over).collect()
        },
        |old, new| {
            let keys = |rows: Option<&Vec<LiveRow<T>>>| {
                rows.map(|rows| rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>())
            };
            keys(old) != keys(new)
        },
    );
    rows.into()
}
