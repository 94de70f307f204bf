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
    pub(in crate::ui) fn focus_first(selector: impl AsRef<str> + 'static) {
        request_animation_frame(move || {
            if let Some(found) = element(selector.as_ref()) {
                let _ = found.focus();
            }
        });
    }

    /// Focuses the element of the first id, once it is there; after so many frames whichever of the
    /// ids is there, the first ones first. Folds around it open.
    pub(in crate::ui) fn reveal(ids: Vec<String>, frames: u32) {
        request_animation_frame(move || {
            let found = ids
                .iter()
                .enumerate()
                .find_map(|(at, id)| Some((at, document().get_element_by_id(id)?)));
            match found {
                Some((at, found)) if at == 0 || frames == 0 => uncover(&found),
                _ if frames == 0 => {}
                _ => reveal(ids, frames - 1),
            }
        });
    }

    /// Opens the folds around an element, and focuses it or the first control in it.
    fn uncover(found: &web_sys::Element) {
        let around = std::iter::successors(found.parent_element(), |above| above.parent_element());
        for fold in around.filter(|element| element.tag_name() == "DETAILS") {
            let _ = fold.set_attribute("open", "");
        }
        let group = found.matches("fieldset, .group-fields").unwrap_or(false);
        let inside =
            group.then(|| found.query_selector("input, select, textarea, button").ok().flatten());
        let aim = inside.flatten().unwrap_or_else(|| found.clone());
        if let Some(aim) = aim.dyn_ref::<HtmlElement>() {
            let _ = aim.focus();
        }
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

    /// Scrolls just as far as needed to show an element inside a list, once it is painted.
    pub(in crate::ui) fn scroll_in_list(id: String) {
        request_animation_frame(move || {
            let found = document().get_element_by_id(&id);
            let found = found.and_then(|found| found.dyn_into::<HtmlElement>().ok());
            let list = found.as_ref().and_then(|found| found.parent_element());
            if let (Some(found), Some(list)) = (found, list) {
                let (one, all) =
                    (found.get_bounding_client_rect(), list.get_bounding_client_rect());
                let over = (all.top() - one.top()).max(0.0);
                let under = (one.bottom() - all.bottom()).max(0.0);
                list.set_scroll_top(list.scroll_top() + (under - over) as i32);
            }
        });
    }

    /// Scrolls the page up as far as needed to show all of an element, and no further than to its
    /// beginning, once it is painted.
    pub(in crate::ui) fn bring_in(id: String) {
        /// What stays above: the frame, and the line that the list belongs to.
        const ABOVE: f64 = 140.0;
        request_animation_frame(move || {
            let Some(found) = document().get_element_by_id(&id) else { return };
            let place = found.get_bounding_client_rect();
            let height = window().inner_height().ok().and_then(|height| height.as_f64());
            // The words under the list belong to it.
            let under = place.bottom() + 48.0 - height.unwrap_or(f64::MAX);
            let by = under.min(place.top() - ABOVE);
            if by > 0.0 {
                window().scroll_by_with_x_and_y(0.0, by);
            }
        });
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

    /// A page is there. When it was come to from another one, the focus goes to its heading, unless
    /// somebody is in the page already: what had the focus has gone with the page before, or stands
    /// outside of what is new.
    pub(in crate::ui) fn arrive() {
        thread_local! {
            static PLACE: std::cell::RefCell<Option<String>> = const { std::cell::RefCell::new(None) };
        }
        // The address follows when the page is built.
        request_animation_frame(|| {
            let here = window().location().pathname().ok();
            let before = PLACE.replace(here.clone());
            let came = before.is_some() && before != here;
            if came
                && element("main :focus, dialog :focus").is_none()
                && let Some(heading) = element("main h1")
            {
                let _ = heading.focus();
            }
        });
    }

    /// Closes the popover `id`, if it is open.
    pub(in crate::ui) fn close_popover(id: &str) {
        if let Some(popover) = element(&format!("#{id}:popover-open")) {
            let _ = call(&popover, "hidePopover");
        }
    }

    /// Reads the first file of an input or of a drop.
    pub(in crate::ui) fn read_file(
        event: &web_sys::Event,
        done: impl FnOnce(String, String) + 'static,
    ) -> bool {
        let files = get(event.as_ref(), "dataTransfer")
            .and_then(|transfer| get(&transfer, "files"))
            .or_else(|| get(event.target()?.as_ref(), "files"));
        let Some(file) = files.and_then(|files| get(&files, "0")) else { return false };
        let name = get(&file, "name").and_then(|name| name.as_string()).unwrap_or_default();
        let Some(promise) = call_for(&file, "text", &[]) else { return false };
        let promise: js_sys::Promise = promise.unchecked_into();
        wasm_bindgen_futures::spawn_local(async move {
            if let Ok(text) = wasm_bindgen_futures::JsFuture::from(promise).await {
                done(name, text.as_string().unwrap_or_default());
            }
        });
        true
    }

    /// Empties a file input.
    pub(in crate::ui) fn forget_files(event: &web_sys::Event) {
        if let Some(input) =
            event.target().and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok())
        {
            input.set_value("");
        }
    }

    /// The text of a paste.
    pub(in crate::ui) fn pasted_text(event: &web_sys::Event) -> Option<String> {
        let data = get(event.as_ref(), "clipboardData")?;
        call_for(&data, "getData", &["text/plain".into()])?.as_string()
    }

    /// Saves a text by a link that lives for one click.
    pub(in crate::ui) fn save_file(name: &str, text: &str) {
        let save = || -> Option<()> {
            let blob = get(window().as_ref(), "Blob")?.dyn_into::<js_sys::Function>().ok()?;
            let parts = js_sys::Array::of1(&js_sys::Array::of1(&text.into()));
            let blob = js_sys::Reflect::construct(&blob, &parts).ok()?;
            let urls = get(window().as_ref(), "URL")?;
            let address = call_for(&urls, "createObjectURL", &[blob])?;
            let link: HtmlElement = document().create_element("a").ok()?.dyn_into().ok()?;
            link.set_attribute("href", &address.as_string()?).ok()?;
            link.set_attribute("download", name).ok()?;
            link.click();
            call_for(&urls, "revokeObjectURL", &[address]);
            Some(())
        };
        // A browser without files has no use for one.
        let _ = save();
    }

    fn get(on: &wasm_bindgen::JsValue, member: &str) -> Option<wasm_bindgen::JsValue> {
        let found = js_sys::Reflect::get(on, &member.into()).ok()?;
        (!found.is_undefined() && !found.is_null()).then_some(found)
    }

    fn call_for(
        on: &wasm_bindgen::JsValue,
        method: &str,
        with: &[wasm_bindgen::JsValue],
    ) -> Option<wasm_bindgen::JsValue> {
        let function = get(on, method)?.dyn_into::<js_sys::Function>().ok()?;
        function.apply(on, &with.iter().collect::<js_sys::Array>()).ok()
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

    pub(in crate::ui) fn focus_first(_: impl AsRef<str> + 'static) {}

    pub(in crate::ui) fn reveal(_: Vec<String>, _: u32) {}

    pub(in crate::ui) fn focus_now(_: &str) -> bool {
        false
    }

    pub(in crate::ui) fn scroll_in_list(_: String) {}

    pub(in crate::ui) fn bring_in(_: String) {}

    pub(in crate::ui) fn put_cursor(_: &'static str, _: usize) {}

    pub(in crate::ui) fn kept(_: &str) -> Option<String> {
        None
    }

    pub(in crate::ui) fn keep(_: &str, _: &str) {}

    pub(in crate::ui) fn mark_root(_: &str, _: Option<&str>) {}

    pub(in crate::ui) fn arrive() {}

    pub(in crate::ui) fn close_popover(_: &str) {}

    pub(in crate::ui) fn read_file(
        _: &leptos::web_sys::Event,
        _: impl FnOnce(String, String) + 'static,
    ) -> bool {
        false
    }

    pub(in crate::ui) fn forget_files(_: &leptos::web_sys::Event) {}

    pub(in crate::ui) fn pasted_text(_: &leptos::web_sys::Event) -> Option<String> {
        None
    }

    pub(in crate::ui) fn save_file(_: &str, _: &str) {}
}
