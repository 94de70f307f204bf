//! The stream itself, the lock that decides who holds it, and the channel between the tabs.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventSource, MessageEvent};

use super::{LiveEvent, RETRY_MS, SHARED, Word, deliver, gather, set_open, with_hub};
use crate::links;

/// Connects a stream's events; the closures live as long as the stream.
pub(super) fn attach(stream: &EventSource) {
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
        if let Ok(answer) = JsFuture::from(asked).await
            && js_sys::Reflect::get(&answer, &"status".into()).ok().and_then(|s| s.as_f64())
                == Some(401.0)
        {
            let _ = window().location().reload();
        }
    });
}

/// Hears what the other tabs say.
pub(super) fn listen() {
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
pub(super) fn lead_when_granted() {
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
