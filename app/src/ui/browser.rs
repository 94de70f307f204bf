//! The few things asked of the browser itself. On the server each does nothing, so that blocks
//! need no conditions of their own.

#[cfg(feature = "hydrate")]
pub(super) use here::*;
#[cfg(not(feature = "hydrate"))]
pub(super) use nowhere::*;

#[cfg(feature = "hydrate")]
mod here {
    use std::time::Duration;

    use leptos::prelude::*;
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{HtmlElement, HtmlTextAreaElement};

    fn element(selector: &str) -> Option<HtmlElement> {
        document().query_selector(selector).ok().flatten()?.dyn_into().ok()
    }

    /// Puts `text` into the live region `id`; emptied first, so that the same words are said again.
    pub(in crate::ui) fn say(id: &str, text: &str) {
        let Some(region) = document().get_element_by_id(id) else {
            return;
        };
        region.set_text_content(None);
        let text = text.to_owned();
        set_timeout(move || region.set_text_content(Some(&text)), Duration::from_millis(60));
    }

    /// Copies `text`, then tells whether the browser allowed it. Only a secure origin may.
    pub(in crate::ui) fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
        let clipboard = window().navigator().clipboard();
        if clipboard.is_undefined() {
            return done(false);
        }
        let done = std::rc::Rc::new(std::cell::Cell::new(Some(done)));
        let settle = |worked: bool, done: std::rc::Rc<std::cell::Cell<Option<_>>>| {
            Closure::once_into_js(move |_: wasm_bindgen::JsValue| {
                if let Some(done) = done.take() {
                    let done: Box<dyn FnOnce(bool)> = Box::new(done);
                    done(worked);
                }
            })
        };
        let yes = settle(true, done.clone());
        let no = settle(false, done);
        let promise: js_sys::Promise = clipboard.write_text(text).unchecked_into();
        let then = js_sys::Reflect::get(&promise, &"then".into());
        if let Ok(then) = then.and_then(|then| then.dyn_into::<js_sys::Function>()) {
            let _ = then.call2(&promise, &yes, &no);
        }
    }

    /// Focuses the first element that matches, once the page has painted what changed.
    pub(in crate::ui) fn focus_first(selector: &'static str) {
        request_animation_frame(move || {
            if let Some(found) = element(selector) {
                let _ = found.focus();
            }
        });
    }

    /// Focuses the first element that matches, at once, and marks its text if it has any.
    pub(in crate::ui) fn focus_now(selector: &str) -> bool {
        let Some(found) = element(selector) else {
            return false;
        };
        let _ = found.focus();
        if let Some(input) = found.dyn_ref::<web_sys::HtmlInputElement>() {
            input.select();
        }
        true
    }

    /// Puts the cursor into a textarea whose lines don't wrap, and scrolls to it.
    pub(in crate::ui) fn put_cursor(id: &'static str, offset: usize) {
        request_animation_frame(move || {
            let area = document().get_element_by_id(id);
            let Some(area) = area.and_then(|a| a.dyn_into::<HtmlTextAreaElement>().ok()) else {
                return;
            };
            let _ = area.focus();
            let at = u32::try_from(offset).unwrap_or(u32::MAX);
            let _ = area.set_selection_range(at, at);
            let breaks = |units: &mut dyn Iterator<Item = u16>| {
                units.filter(|unit| *unit == u16::from(b'\n')).count() as i32
            };
            let text = area.value();
            let (above, all) =
                (breaks(&mut text.encode_utf16().take(offset)), breaks(&mut text.encode_utf16()));
            let line_height = area.scroll_height() / (all + 1);
            area.set_scroll_top(above * line_height - area.client_height() / 2);
        });
    }

    /// What was kept in this browser under `key`.
    pub(in crate::ui) fn kept(key: &str) -> Option<String> {
        window().local_storage().ok().flatten()?.get_item(key).ok().flatten()
    }

    /// Keeps `value` in this browser; a browser that refuses keeps nothing.
    pub(in crate::ui) fn keep(key: &str, value: &str) {
        if let Ok(Some(storage)) = window().local_storage() {
            let _ = storage.set_item(key, value);
        }
    }

    /// Sets or removes an attribute of the root element.
    pub(in crate::ui) fn mark_root(name: &str, value: Option<&str>) {
        if let Some(root) = document().document_element() {
            let _ = match value {
                Some(value) => root.set_attribute(name, value),
                None => root.remove_attribute(name),
            };
        }
    }

    /// Closes the popover `id`, if it is open.
    pub(in crate::ui) fn close_popover(id: &str) {
        if let Some(popover) = element(&format!("#{id}:popover-open")) {
            let _ = call(&popover, "hidePopover");
        }
    }

    /// Calls a method that the bindings don't have yet.
    fn call(on: &HtmlElement, method: &str) -> Option<()> {
        let function = js_sys::Reflect::get(on, &method.into()).ok()?;
        function.dyn_into::<js_sys::Function>().ok()?.call0(on).ok()?;
        Some(())
    }
}

#[cfg(not(feature = "hydrate"))]
mod nowhere {
    pub(in crate::ui) fn say(_: &str, _: &str) {}

    pub(in crate::ui) fn copy(_: &str, _: impl FnOnce(bool) + 'static) {}

    pub(in crate::ui) fn focus_first(_: &'static str) {}

    pub(in crate::ui) fn focus_now(_: &str) -> bool {
        false
    }

    pub(in crate::ui) fn put_cursor(_: &'static str, _: usize) {}

    pub(in crate::ui) fn kept(_: &str) -> Option<String> {
        None
    }

    pub(in crate::ui) fn keep(_: &str, _: &str) {}

    pub(in crate::ui) fn mark_root(_: &str, _: Option<&str>) {}

    pub(in crate::ui) fn close_popover(_: &str) {}
}
