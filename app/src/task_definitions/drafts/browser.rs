//! The few things that keeping a draft asks of the browser. On the server each does nothing.

#[cfg(feature = "hydrate")]
pub(super) use here::*;
#[cfg(not(feature = "hydrate"))]
pub(super) use nowhere::*;

#[cfg(feature = "hydrate")]
mod here {
    use std::cell::OnceCell;

    use leptos::prelude::*;
    use wasm_bindgen::JsValue;
    use web_sys::{Blob, BlobPropertyBag, Storage};

    use crate::timestamp::Timestamp;

    fn storage() -> Option<Storage> {
        window().local_storage().ok().flatten()
    }

    /// What is kept under `key`.
    pub fn kept(key: &str) -> Option<String> {
        storage()?.get_item(key).ok().flatten()
    }

    /// Every key that begins so.
    pub fn keys(prefix: &str) -> Vec<String> {
        let Some(storage) = storage() else { return Vec::new() };
        let count = storage.length().unwrap_or_default();
        let keys = (0..count).filter_map(|at| storage.key(at).ok().flatten());
        keys.filter(|key| key.starts_with(prefix)).collect()
    }

    /// Keeps `value`; false when the browser refuses, as a full or a private one does.
    pub fn keep(key: &str, value: &str) -> bool {
        storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
    }

    /// Forgets what is kept under `key`.
    pub fn forget(key: &str) {
        if let Some(storage) = storage() {
            // It can't fail: what is not there is forgotten already.
            let _ = storage.remove_item(key);
        }
    }

    /// Writes another address over the present one. The router is not told: it would begin the
    /// page anew.
    pub fn show_address(address: &str) {
        // Refused only to a page that does this a hundred times in half a minute.
        let _ = window()
            .history()
            .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(address)));
    }

    /// Sends JSON that arrives although the page goes away. False when the browser refuses, as it
    /// does with more than 64 KiB.
    pub fn send_late(path: &str, body: &str) -> bool {
        let parts = js_sys::Array::of1(&JsValue::from_str(body));
        let kind = BlobPropertyBag::new();
        kind.set_type("application/json");
        let blob = Blob::new_with_str_sequence_and_options(&parts, &kind);
        blob.and_then(|blob| window().navigator().send_beacon_with_opt_blob(path, Some(&blob)))
            .unwrap_or(false)
    }

    /// The present moment, by the browser's clock.
    pub fn now() -> Timestamp {
        Timestamp::from_ms(js_sys::Date::now() as i64)
    }

    /// Hours and minutes where the person is: `21:04`.
    pub fn clock(at: Timestamp) -> String {
        let date = js_sys::Date::new(&JsValue::from_f64(at.ms() as f64));
        format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
    }

    /// Whether the page is in sight.
    pub fn is_in_sight() -> bool {
        !document().hidden()
    }

    /// The address of this console with `path`, for somebody else to open.
    pub fn absolute(path: &str) -> String {
        format!("{}{path}", window().location().origin().unwrap_or_default())
    }

    /// A name that this window has and no other, also after a reload; nothing where the browser keeps
    /// nothing. The browser keeps it only from one page to the next: a second window that is made from
    /// this one gets what the browser keeps, and no name.
    pub fn window_name() -> Option<String> {
        const KEY: &str = "berth-window";
        thread_local! {
            static NAME: OnceCell<Option<String>> = const { OnceCell::new() };
        }
        let begin = || {
            let session = window().session_storage().ok().flatten()?;
            let name = session.get_item(KEY).ok().flatten().unwrap_or_else(chance);
            session.remove_item(KEY).ok()?;
            let left = name.clone();
            let shown = session.clone();
            // For as long as the page is there.
            let _ = window_event_listener_untyped("pagehide", move |_| {
                let _ = session.set_item(KEY, &left);
            });
            let _ = window_event_listener_untyped("pageshow", move |_| {
                let _ = shown.remove_item(KEY);
            });
            Some(name)
        };
        NAME.with(|name| name.get_or_init(begin).clone())
    }

    /// A number that no other page has.
    pub fn chance() -> String {
        format!("{:x}", (js_sys::Math::random() * 2f64.powi(52)) as u64)
    }
}

#[cfg(not(feature = "hydrate"))]
mod nowhere {
    use crate::timestamp::Timestamp;

    pub fn kept(_: &str) -> Option<String> {
        None
    }

    pub fn keys(_: &str) -> Vec<String> {
        Vec::new()
    }

    pub fn keep(_: &str, _: &str) -> bool {
        false
    }

    pub fn forget(_: &str) {}

    pub fn show_address(_: &str) {}

    pub fn send_late(_: &str, _: &str) -> bool {
        false
    }

    pub fn now() -> Timestamp {
        Timestamp::default()
    }

    pub fn clock(_: Timestamp) -> String {
        String::new()
    }

    pub fn is_in_sight() -> bool {
        false
    }

    pub fn absolute(path: &str) -> String {
        path.to_owned()
    }

    pub fn window_name() -> Option<String> {
        None
    }

    pub fn chance() -> String {
        String::new()
    }
}
