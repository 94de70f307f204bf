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
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, EventSource, MessageEvent};

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
/// A picture older than this is called stale even when nothing complains.
const STALE_MS: i64 = 90_000;

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
        let now = js_sys::Date::now() as i64;
        let state = match (hub.open, health.read_at) {
            (false, _) if hub.failures > 0 => LiveState::Reconnecting,
            (false, _) | (_, None) => LiveState::Connecting,
            (true, Some(as_of)) if health.trouble.is_some() || now - as_of.ms() > STALE_MS => {
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

/// Connects a stream's events; the closures live as long as the stream.
fn attach(stream: &EventSource) {
    let opened = Closure::<dyn Fn()>::new(|| {
        set_open(true);
        with_hub(|hub| hub.say(&Word::Open(true)));
    });
    stream.set_onopen(Some(opened.as_ref().unchecked_ref()));
    opened.forget();

    let failed = Closure::<dyn Fn()>::new(come_back);
    stream.set_onerror(Some(failed.as_ref().unchecked_ref()));
    failed.forget();

    let came = Closure::<dyn Fn(MessageEvent)>::new(|message: MessageEvent| {
        let Some(text) = message.data().as_string() else {
            return;
        };
        let Ok(event) = serde_json::from_str::<LiveEvent>(&text) else {
            return;
        };
        let id = message.last_event_id();
        with_hub(|hub| hub.say(&Word::Event { id: id.clone(), event: event.clone() }));
        deliver(&id, &event);
        if event == LiveEvent::Bye {
            come_back();
        }
    });
    stream.set_onmessage(Some(came.as_ref().unchecked_ref()));
    came.forget();
}

/// Closes a broken stream and opens it again after a pause that grows, and differs between
/// browsers so that a restarted server isn't overrun.
fn come_back() {
    set_open(false);
    let pause = with_hub(|hub| {
        hub.say(&Word::Open(false));
        if let Some(stream) = hub.stream.take() {
            stream.close();
        }
        hub.carried.clear();
        RETRY_MS << hub.failures.clamp(1, 5)
    })
    .unwrap_or(RETRY_MS);
    let jittered = f64::from(pause) * (0.5 + js_sys::Math::random());
    set_timeout(
        || {
            let many = with_hub(|hub| {
                hub.open_stream(true);
                hub.failures >= 3
            });
            if many == Some(true) {
                probe();
            }
        },
        Duration::from_millis(jittered as u64),
    );
}

/// An event stream hides why it failed. A plain request tells whether the session has ended.
fn probe() {
    leptos::task::spawn_local(async {
        let asked = window().fetch_with_str(&links::live(std::iter::empty::<(&str, &str)>()));
        if let Ok(answer) = wasm_bindgen_futures_await(asked).await
            && js_sys::Reflect::get(&answer, &"status".into()).ok().and_then(|s| s.as_f64())
                == Some(401.0)
        {
            let _ = window().location().reload();
        }
    });
}

async fn wasm_bindgen_futures_await(promise: js_sys::Promise) -> Result<JsValue, JsValue> {
    wasm_bindgen_futures::JsFuture::from(promise).await
}

/// Hears what the other tabs say.
fn listen() {
    let heard = Closure::<dyn Fn(MessageEvent)>::new(|message: MessageEvent| {
        let Some(text) = message.data().as_string() else {
            return;
        };
        match serde_json::from_str::<Word>(&text) {
            Ok(Word::Want { tab, topics }) => {
                let leads = with_hub(|hub| {
                    hub.others.insert(tab, topics);
                    hub.leads
                });
                if leads == Some(true) {
                    with_hub(|hub| hub.say(&Word::Open(hub.open)));
                    gather();
                }
            }
            Ok(Word::Asking) => gather(),
            Ok(Word::Event { id, event }) => deliver(&id, &event),
            Ok(Word::Open(open)) => set_open(open),
            Ok(Word::Leave { tab }) => {
                with_hub(|hub| hub.others.remove(&tab));
                gather();
            }
            Err(_) => {}
        }
    });
    with_hub(|hub| {
        if let Some(channel) = &hub.channel {
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        }
    });
    heard.forget();
    let leaving = Closure::<dyn Fn()>::new(|| {
        with_hub(|hub| hub.say(&Word::Leave { tab: hub.tab.clone() }));
    });
    let _ = window().add_event_listener_with_callback("pagehide", leaving.as_ref().unchecked_ref());
    leaving.forget();
}

/// Holds the stream once the lock is granted; without locks (an insecure origin) at once.
fn lead_when_granted() {
    let granted = Closure::once_into_js(|_lock: JsValue| {
        with_hub(|hub| {
            hub.leads = true;
            hub.others.clear();
            hub.say(&Word::Asking);
            hub.open_stream(true);
        });
        // Never settles: the lock is held until the tab closes.
        js_sys::Promise::new(&mut |_, _| {})
    });
    let locks = js_sys::Reflect::get(&window().navigator(), &"locks".into()).unwrap_or_default();
    let request = js_sys::Reflect::get(&locks, &"request".into())
        .ok()
        .and_then(|request| request.dyn_into::<js_sys::Function>().ok());
    match request {
        Some(request) => {
            let _ = request.call2(&locks, &SHARED.into(), &granted);
        }
        None => {
            if let Ok(granted) = granted.dyn_into::<js_sys::Function>() {
                let _ = granted.call1(&JsValue::NULL, &JsValue::NULL);
            }
        }
    }
}
