//! [hydrate] One event stream per browser, shared by its tabs.
//!
//! HTTP/1.1 allows six connections per browser and host, so the tabs agree on one that holds the
//! stream (whoever gets the lock); it carries the topics of all, and hands every event on through a
//! broadcast channel. When that tab closes, the next one gets the lock and goes on from its marks.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::{BroadcastChannel, EventSource};

mod wire;

use wire::{attach, lead_when_granted, listen};

use super::keep::LiveContext;
use super::{LiveEvent, Patch, Topic};
use crate::links;
use crate::ui::LiveState;

/// The name of the lock and of the channel.
const SHARED: &str = "berth-live";
/// Several pages' worth of topics change at once when a page opens: wait for the last.
const GATHER: Duration = Duration::from_millis(30);
/// The first pause before a lost stream is opened again; doubled each time, up to 16 times.
const RETRY_MS: u32 = 500;
/// Silence longer than this is called stale even when nothing complains: the slowest reading of ECS
/// comes well before.
const STALE_MS: f64 = 90_000.0;

type Apply = Rc<dyn Fn(&Patch)>;

struct Watch {
    topic: String,
    mark: String,
    apply: Apply,
}

/// What the tabs tell each other.
#[derive(Serialize, Deserialize)]
enum Word {
    /// "I want these topics from these marks."
    Want { tab: String, topics: BTreeMap<String, String> },
    /// "I hold the stream now: say what you want."
    Asking,
    /// An event of the stream, with its id.
    Event { id: String, event: LiveEvent },
    /// Whether the stream is open.
    Open(bool),
    /// "I close."
    Leave { tab: String },
}

struct Hub {
    context: LiveContext,
    tab: String,
    channel: Option<BroadcastChannel>,
    watches: BTreeMap<u64, Watch>,
    /// What the other tabs want; kept by the tab that holds the stream.
    others: HashMap<String, BTreeMap<String, String>>,
    leads: bool,
    stream: Option<EventSource>,
    carried: BTreeMap<String, String>,
    open: bool,
    /// The browser's clock when ECS was last heard to be read.
    heard_ms: f64,
    failures: u32,
    gathering: bool,
}

thread_local! {
    static HUB: RefCell<Option<Hub>> = const { RefCell::new(None) };
}

fn with_hub<R>(act: impl FnOnce(&mut Hub) -> R) -> Option<R> {
    HUB.with(|hub| hub.try_borrow_mut().ok()?.as_mut().map(act))
}

/// Starts the tab's half of the agreement; called once.
pub(super) fn start(context: LiveContext) {
    // Effects run in the browser only, after hydration: the stream never delays the first paint.
    Effect::new(move |_| {
        if HUB.with(|hub| hub.borrow().is_some()) {
            return;
        }
        let tab = format!("{:x}", (js_sys::Math::random() * 1e15) as u64);
        let channel = BroadcastChannel::new(SHARED).ok();
        let hub = Hub {
            context,
            tab,
            channel,
            watches: BTreeMap::new(),
            others: HashMap::new(),
            leads: false,
            stream: None,
            carried: BTreeMap::new(),
            open: false,
            heard_ms: 0.0,
            failures: 0,
            gathering: false,
        };
        HUB.with(|slot| *slot.borrow_mut() = Some(hub));
        listen();
        lead_when_granted();
        set_interval(show_state, Duration::from_secs(5));
        PENDING.with(|pending| {
            for (id, watch) in pending.borrow_mut().drain(..) {
                with_hub(|hub| hub.watches.insert(id, watch));
            }
        });
        gather();
    });
}

thread_local! {
    /// Watches that were asked for before the stream was started.
    static PENDING: RefCell<Vec<(u64, Watch)>> = const { RefCell::new(Vec::new()) };
    static NEXT: std::cell::Cell<u64> = const { std::cell::Cell::new(1) };
}

/// Watches a topic from `mark` on, until the present owner ends.
pub(super) fn watch(topic: &Topic, mark: String, apply: impl Fn(&Patch) + 'static) {
    let id = NEXT.with(|next| next.replace(next.get() + 1));
    let watch = Watch { topic: topic.text(), mark, apply: Rc::new(apply) };
    let started = HUB.with(|hub| hub.borrow().is_some());
    if started {
        with_hub(|hub| hub.watches.insert(id, watch));
        gather();
    } else {
        PENDING.with(|pending| pending.borrow_mut().push((id, watch)));
    }
    on_cleanup(move || {
        PENDING.with(|pending| pending.borrow_mut().retain(|(other, _)| *other != id));
        with_hub(|hub| hub.watches.remove(&id));
        gather();
    });
}

/// Waits a moment for more, then says or does what this tab wants.
fn gather() {
    let first = with_hub(|hub| !std::mem::replace(&mut hub.gathering, true)).unwrap_or(false);
    if first {
        set_timeout(
            || {
                with_hub(|hub| {
                    hub.gathering = false;
                    hub.want();
                });
            },
            GATHER,
        );
    }
}

impl Hub {
    fn own_topics(&self) -> BTreeMap<String, String> {
        let mut topics = BTreeMap::new();
        for watch in self.watches.values() {
            join(&mut topics, &watch.topic, &watch.mark);
        }
        topics
    }

    fn want(&mut self) {
        if self.leads {
            self.open_stream(false);
        } else {
            self.say(&Word::Want { tab: self.tab.clone(), topics: self.own_topics() });
        }
    }

    fn say(&self, word: &Word) {
        if let (Some(channel), Ok(text)) = (&self.channel, serde_json::to_string(word)) {
            let _ = channel.post_message(&JsValue::from_str(&text));
        }
    }

    /// Opens the stream for everything that is wanted; an open one that carries it all stays.
    fn open_stream(&mut self, again: bool) {
        let mut topics = self.own_topics();
        for wanted in self.others.values() {
            for (topic, mark) in wanted {
                join(&mut topics, topic, mark);
            }
        }
        let carried = topics.keys().all(|topic| self.carried.contains_key(topic));
        if !again && self.stream.is_some() && carried && topics.len() == self.carried.len() {
            return;
        }
        if let Some(old) = self.stream.take() {
            old.close();
        }
        if let Ok(stream) = EventSource::new(&links::live(topics.iter())) {
            attach(&stream);
            self.stream = Some(stream);
        }
        self.carried = topics;
    }

    fn take(&mut self, id: &str, event: &LiveEvent) -> Vec<(Apply, Patch)> {
        match event {
            LiveEvent::Patch { topic, patch } => self
                .watches
                .values()
                .filter(|watch| &watch.topic == topic)
                .map(|watch| (watch.apply.clone(), patch.clone()))
                .collect(),
            LiveEvent::Read(health) => {
                for watch in self.watches.values_mut() {
                    id.clone_into(&mut watch.mark);
                }
                if self.leads {
                    for mark in self.others.values_mut().flat_map(BTreeMap::values_mut) {
                        id.clone_into(mark);
                    }
                }
                self.heard_ms = js_sys::Date::now();
                self.context.health.set(health.clone());
                Vec::new()
            }
            LiveEvent::Bye => Vec::new(),
            LiveEvent::SignedOut => {
                // The page it asks for leads to the sign-in page, and back here afterwards.
                let _ = window().location().reload();
                Vec::new()
            }
        }
    }
}

/// Two tabs may stand at different marks of one topic: then it is sent whole.
fn join(topics: &mut BTreeMap<String, String>, topic: &str, mark: &str) {
    topics
        .entry(topic.to_owned())
        .and_modify(|known| {
            if known != mark {
                known.clear();
            }
        })
        .or_insert_with(|| mark.to_owned());
}

/// Hands an event to the signals, outside of the hub's borrow: a signal may add or end a watch.
fn deliver(id: &str, event: &LiveEvent) {
    let work = with_hub(|hub| hub.take(id, event)).unwrap_or_default();
    for (apply, patch) in work {
        apply(&patch);
    }
    if matches!(event, LiveEvent::Read(_)) {
        show_state();
    }
}

/// Says in one word how the data stands.
fn show_state() {
    with_hub(|hub| {
        let health = hub.context.health.get_untracked();
        let silent_ms = js_sys::Date::now() - hub.heard_ms;
        let state = match (hub.open, health.read_at) {
            (false, _) if hub.failures > 0 => LiveState::Reconnecting,
            (true, None) if health.outage.is_some() => LiveState::Unread,
            (false, _) | (_, None) => LiveState::Connecting,
            (true, Some(as_of)) if health.outage.is_some() || silent_ms > STALE_MS => {
                LiveState::Stale { as_of }
            }
            (true, Some(as_of)) => LiveState::Live { as_of },
        };
        if hub.context.state.get_untracked() != state {
            hub.context.state.set(state);
        }
    });
}

fn set_open(open: bool) {
    with_hub(|hub| {
        hub.open = open;
        hub.failures = if open { 0 } else { hub.failures.saturating_add(1) };
    });
    show_state();
}
