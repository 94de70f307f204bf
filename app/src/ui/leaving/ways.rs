//! [hydrate] The ways out of a page.
//!
//! The router and the pages listen at the window too. What is heard here is heard before them, so
//! that a way which waits for an answer is not taken meanwhile.

use leptos::wasm_bindgen::convert::FromWasmAbi;
use leptos::{ev, prelude::*};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent};

use super::{Leaving, Way};

/// Watches them from now on.
pub(super) fn watch(leaving: Leaving) {
    hear_first("click", move |event: MouseEvent| {
        let Some(form) = leaving.held_at() else { return };
        if let Some(way) = way_of(&event, &form) {
            event.prevent_default();
            event.stop_immediate_propagation();
            leaving.ask(way);
        }
    });
    hear_first("popstate", move |event: Event| {
        let Some(form) = leaving.held_at().filter(|form| *form != here()) else { return };
        event.stop_immediate_propagation();
        // The address has changed already, and nobody tells by how many steps. The form takes the
        // next place in the history: from there one step back leads where somebody wanted to go.
        let history = window().history();
        // Refused only to a page that does this a hundred times in half a minute.
        let _ = history.and_then(|h| h.push_state_with_url(&JsValue::NULL, "", Some(&form)));
        leaving.ask(Way::Back);
    });
    // It lives as long as the page, as the other two do.
    let _ = window_event_listener(ev::beforeunload, move |event| {
        if leaving.held_at().is_some() {
            event.prevent_default();
        }
    });
}

/// Where a click leads, if it leads out of the form's page in this tab.
fn way_of(click: &MouseEvent, form: &str) -> Option<Way> {
    let elsewhere = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    if click.default_prevented() || click.button() != 0 || elsewhere {
        return None;
    }
    let pressed = click.target()?.dyn_into::<Element>().ok()?;
    let link = pressed.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    let in_this_tab = matches!(link.target().as_str(), "" | "_self");
    if !in_this_tab || link.has_attribute("download") || !link.protocol().starts_with("http") {
        return None;
    }
    let ours = window().location().origin().is_ok_and(|origin| origin == link.origin());
    let address = format!("{}{}", link.pathname(), link.search());
    if ours && address == form {
        return None;
    }
    Some(if ours && !link.rel().split_ascii_whitespace().any(|word| word == "external") {
        Way::Page(address + &link.hash())
    } else {
        Way::Document(link.href())
    })
}

/// The address that the browser shows, without a place in the page.
fn here() -> String {
    let location = window().location();
    let (path, search) = (location.pathname(), location.search());
    format!("{}{}", path.unwrap_or_default(), search.unwrap_or_default())
}

/// Hears an event of the window from now on: on its way down, before the page does; and what
/// happens at the window itself in the order in which its listeners came.
fn hear_first<E: FromWasmAbi + 'static>(name: &str, hear: impl Fn(E) + 'static) {
    let hear = Closure::<dyn Fn(E)>::new(hear);
    // It can't fail: the window is there, and the function is one.
    let _ = window().add_event_listener_with_callback_and_bool(
        name,
        hear.as_ref().unchecked_ref(),
        true,
    );
    hear.forget();
}
