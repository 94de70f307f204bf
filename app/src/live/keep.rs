//! Signals that stay equal to what ECS was last read to be.

use leptos::prelude::*;
use serde::de::DeserializeOwned;

use super::Topic;
#[cfg(feature = "hydrate")]
use super::{Patch, browser};
use crate::listing::{ListMeta, Listing, Row};
use crate::reading::{Fresh, Health};
use crate::ui::LiveState;
use crate::weather::model::Weather;

/// What a live value must be able to do: come over the wire, and be told apart.
pub trait Liveable: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static {}
impl<T: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static> Liveable for T {}

/// A single thing that is kept fresh. Derive a `Memo` for each part of the page, so that only what
/// changed is drawn again.
#[derive(Debug)]
pub struct LiveValue<T: Send + Sync + 'static> {
    /// The thing, as last known.
    pub value: RwSignal<T>,
    /// Whether it has gone since: the page says so and keeps what was last known.
    pub gone: RwSignal<bool>,
}

impl<T: Send + Sync + 'static> Clone for LiveValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for LiveValue<T> {}

/// One row of a live list: its key stays, its value changes in place.
#[derive(Clone, Debug)]
pub struct LiveRow<T: Send + Sync + 'static> {
    /// For a keyed `<For>`.
    pub key: String,
    /// The row, as last known.
    pub value: ArcRwSignal<T>,
}

/// A list that is kept fresh, row by row.
#[derive(Debug)]
pub struct LiveList<T: Send + Sync + 'static> {
    /// The rows of this page, in order.
    pub rows: RwSignal<Vec<LiveRow<T>>>,
    /// The counts around them.
    pub meta: RwSignal<ListMeta>,
}

impl<T: Send + Sync + 'static> Clone for LiveList<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static> Copy for LiveList<T> {}

impl<T: Liveable + Row> LiveList<T> {
    fn new(listing: Listing<T>) -> Self {
        let list = Self { rows: RwSignal::new(Vec::new()), meta: RwSignal::new(listing.meta) };
        list.rows.set(listing.rows.into_iter().map(live_row).collect());
        list
    }
}

fn live_row<T: Liveable + Row>(row: T) -> LiveRow<T> {
    LiveRow { key: row.key().to_owned(), value: ArcRwSignal::new(row) }
}

/// Keeps a single thing fresh while the present owner lives.
pub fn live_value<T: Liveable>(topic: &Topic, first: Fresh<T>) -> LiveValue<T> {
    let live = LiveValue { value: RwSignal::new(first.value), gone: RwSignal::new(false) };
    note_health(&first.health);
    #[cfg(feature = "hydrate")]
    browser::watch(topic, first.mark, move |patch| match patch {
        Patch::Whole(value) => {
            if let Ok(value) = serde_json::from_value::<T>(value.clone()) {
                if live.gone.get_untracked() {
                    live.gone.set(false);
                }
                live.value.set(value);
            }
        }
        Patch::Gone => live.gone.set(true),
        Patch::Rows { .. } => {}
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (topic, first.mark);
    live
}

/// Keeps a list fresh while the present owner lives: rows change in place, come and go by key.
pub fn live_list<T: Liveable + Row>(topic: &Topic, first: Fresh<Listing<T>>) -> LiveList<T> {
    note_health(&first.health);
    let list = LiveList::new(first.value);
    #[cfg(feature = "hydrate")]
    browser::watch(topic, first.mark, move |patch| apply(list, patch));
    #[cfg(not(feature = "hydrate"))]
    let _ = (topic, first.mark);
    list
}

/// Brings a patch to a list.
#[cfg(feature = "hydrate")]
fn apply<T: Liveable + Row>(list: LiveList<T>, patch: &Patch) {
    match patch {
        Patch::Whole(value) => {
            if let Ok(listing) = serde_json::from_value::<Listing<T>>(value.clone()) {
                let order = listing.rows.iter().map(|row| row.key().to_owned()).collect();
                set_meta(list, listing.meta);
                set_rows(list, listing.rows, Some(order));
            }
        }
        Patch::Rows { rows, order, meta } => {
            if let Some(meta) = meta.as_ref().and_then(|m| serde_json::from_value(m.clone()).ok()) {
                set_meta(list, meta);
            }
            let rows =
                rows.iter().filter_map(|row| serde_json::from_value(row.clone()).ok()).collect();
            set_rows(list, rows, order.clone());
        }
        Patch::Gone => {}
    }
}

#[cfg(feature = "hydrate")]
fn set_meta<T: Liveable>(list: LiveList<T>, meta: ListMeta) {
    if list.meta.get_untracked() != meta {
        list.meta.set(meta);
    }
}

#[cfg(feature = "hydrate")]
fn set_rows<T: Liveable + Row>(list: LiveList<T>, changed: Vec<T>, order: Option<Vec<String>>) {
    use std::collections::HashMap;

    let mut known: HashMap<String, LiveRow<T>> =
        list.rows.get_untracked().into_iter().map(|row| (row.key.clone(), row)).collect();
    for row in changed {
        match known.get(row.key()) {
            Some(live) if live.value.with_untracked(|old| *old == row) => {}
            Some(live) => live.value.set(row),
            None => {
                known.insert(row.key().to_owned(), live_row(row));
            }
        }
    }
    if let Some(order) = order {
        list.rows.set(order.iter().filter_map(|key| known.remove(key)).collect());
    }
}

/// The shared mark of freshness.
#[derive(Clone, Copy)]
pub(super) struct LiveContext {
    pub(super) state: RwSignal<LiveState>,
    pub(super) health: RwSignal<Health>,
}

/// Provides the event stream and its mark to the pages below; called once, by the layout.
pub fn provide_live() {
    let context = LiveContext {
        state: RwSignal::new(LiveState::Connecting),
        health: RwSignal::new(Health::default()),
    };
    provide_context(context);
    #[cfg(feature = "hydrate")]
    browser::start(context);
}

/// How the page's data stands to the world: live, reconnecting, or stale with its age.
pub fn use_live_state() -> Signal<LiveState> {
    use_context::<LiveContext>().map(|context| context.state.into()).unwrap_or_default()
}

/// Why ECS can't be read, if it can't; kept fresh.
pub fn use_health() -> Signal<Health> {
    use_context::<LiveContext>().map(|context| context.health.into()).unwrap_or_default()
}

/// What goes wrong on purpose; kept fresh.
pub fn use_weather() -> Memo<Weather> {
    let health = use_health();
    Memo::new(move |_| health.read().weather.clone())
}

/// Takes the weather that a change has answered: it holds until the stream says otherwise.
pub fn use_note_of_weather() -> Callback<Weather> {
    let context = use_context::<LiveContext>();
    Callback::new(move |weather: Weather| {
        if let Some(context) = context {
            context.health.update(|health| health.weather = weather);
        }
    })
}

/// What the server's answer says of freshness holds until the stream says otherwise.
pub fn note_health(health: &Health) {
    if let Some(context) = use_context::<LiveContext>()
        && context.health.with_untracked(|known| is_news(known, health))
    {
        context.health.set(health.clone());
    }
}

/// Whether `answered` was read later than what is known, or tells of the first trouble of all.
fn is_news(known: &Health, answered: &Health) -> bool {
    known.read_at < answered.read_at
        || (known.read_at == answered.read_at && known.outage.is_none())
}
