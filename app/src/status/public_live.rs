//! [hydrate] Keeps a public page fresh from its own event stream.
//!
//! A tab that nobody looks at holds no connection: HTTP/1.1 allows six per browser and host, and a
//! console in the next tab needs one of them.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{EventSource, MessageEvent};

use super::public::{PublicEvent, PublicStatus};
use super::public_parts::Hearing;
use crate::links;

/// The first pause before a lost stream is opened again; doubled each time, up to 16 times.
const RETRY_MS: u32 = 1_000;

/// An open stream with the functions that it calls.
struct Stream {
    source: EventSource,
    _calls: [Closure<dyn Fn()>; 2],
    _message: Closure<dyn Fn(MessageEvent)>,
}

#[derive(Clone, Copy)]
struct Keeper {
    slug: StoredValue<String>,
    status: RwSignal<PublicStatus>,
    hearing: RwSignal<Hearing>,
    stream: StoredValue<Option<Stream>, LocalStorage>,
    failures: StoredValue<u32>,
    /// Counts the openings: a timer of an earlier one opens nothing.
    turn: StoredValue<u32>,
}

/// Keeps `status` fresh while the present owner lives, and says in `hearing` how that goes.
pub(super) fn keep(slug: String, status: RwSignal<PublicStatus>, hearing: RwSignal<Hearing>) {
    let keeper = Keeper {
        slug: StoredValue::new(slug),
        status,
        hearing,
        stream: StoredValue::new_local(None),
        failures: StoredValue::new(0),
        turn: StoredValue::new(0),
    };
    // Effects run after hydration: the stream never delays the first paint.
    Effect::new(move |_| keeper.look());
    let looked = window_event_listener_untyped("visibilitychange", move |_| keeper.look());
    on_cleanup(move || {
        looked.remove();
        keeper.close();
    });
}

impl Keeper {
    /// Opens the stream for a page that is looked at, and closes it for one that is not.
    fn look(self) {
        if document().hidden() {
            self.close();
        } else if self.stream.try_with_value(Option::is_none) == Some(true) {
            self.open();
        }
    }

    fn open(self) {
        let address = self.slug.try_with_value(|slug| links::public_status_live(slug));
        let Some(source) = address.and_then(|address| EventSource::new(&address).ok()) else {
            return;
        };
        let opened = Closure::<dyn Fn()>::new(move || {
            self.failures.try_set_value(0);
            self.hearing.try_set(Hearing::Live);
        });
        let failed = Closure::<dyn Fn()>::new(move || self.come_back());
        let came = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            let text = message.data().as_string().unwrap_or_default();
            if let Ok(event) = serde_json::from_str(&text) {
                self.take(event);
            }
        });
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        source.set_onmessage(Some(came.as_ref().unchecked_ref()));
        let stream = Stream { source, _calls: [opened, failed], _message: came };
        self.stream.try_update_value(|slot| *slot = Some(stream));
    }

    fn close(self) {
        self.turn.try_update_value(|turn| *turn = turn.wrapping_add(1));
        if let Some(stream) = self.stream.try_update_value(Option::take).flatten() {
            stream.source.close();
        }
    }

    fn take(self, event: PublicEvent) {
        match event {
            PublicEvent::Status(status) => {
                self.status.try_set(status);
            }
            PublicEvent::Checked(at) => {
                self.status.try_update(|status| status.checked_at = at);
            }
            // What is at this address now is for the server to say.
            PublicEvent::Gone => {
                let _ = window().location().reload();
            }
            PublicEvent::Bye => self.come_back(),
        }
    }

    /// Opens the stream again after a pause that grows, and differs between browsers so that a
    /// restarted server isn't overrun.
    fn come_back(self) {
        if self.hearing.try_set(Hearing::Lost).is_some() {
            return;
        }
        self.stream.try_with_value(|stream| {
            if let Some(stream) = stream {
                stream.source.close();
            }
        });
        let failures = self.failures.try_get_value().unwrap_or_default();
        self.failures.try_set_value(failures.saturating_add(1));
        let turn = self.turn.try_get_value();
        let pause = f64::from(RETRY_MS << failures.min(4)) * (0.5 + js_sys::Math::random());
        set_timeout(
            move || {
                if self.turn.try_get_value() == turn {
                    self.close();
                    self.look();
                }
            },
            Duration::from_millis(pause as u64),
        );
    }
}
