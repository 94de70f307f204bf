//! Where the focus goes when rows come and go, and when it leaves. On the server nothing moves.

use leptos::{
    ev::FocusEvent,
    html::{self, ElementType},
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement, Node},
};

/// Whether the focus goes out of a frame.
pub fn focus_leaves(frame: NodeRef<html::Div>, event: &FocusEvent) -> bool {
    let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
    frame.get_untracked().is_some_and(|frame| !frame.contains(to.as_ref()))
}

/// A new row stands at `place` in a list: the focus goes to its first field.
pub fn focus_row<E>(list: NodeRef<E>, place: usize)
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<Element> + 'static,
{
    focus_in_row(list, place, "input, select, textarea");
}

/// The row at `place` was moved there, which drops the focus: it goes back to the first of `what`, a
/// selector, in that row.
pub fn focus_in_row<E>(list: NodeRef<E>, place: usize, what: &'static str)
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<Element> + 'static,
{
    focus_in(list, move |list| row(list, place)?.query_selector(what).ok()?);
}

/// The row at `place` has gone from a list. The focus goes to the button that takes away the row
/// which stands there now, or else the one before; after the last row, to the button that adds one.
/// The first is marked `data-removes`, the second stands after the list.
pub fn focus_row_beside<E>(list: NodeRef<E>, place: usize)
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<Element> + 'static,
{
    focus_in(list, move |list| {
        match row(list, place).or_else(|| row(list, place.checked_sub(1)?)) {
            Some(row) => row.query_selector("[data-removes]").ok()?,
            None => button_after(list),
        }
    });
}

/// Focuses what `find` finds in a list, once the change of its rows is painted.
fn focus_in<E>(list: NodeRef<E>, find: impl FnOnce(&Element) -> Option<Element> + 'static)
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<Element> + 'static,
{
    request_animation_frame(move || {
        let Some(list) = list.try_get_untracked().flatten() else { return };
        if let Some(found) = find(list.as_ref()).and_then(|found| found.dyn_into().ok()) {
            let found: HtmlElement = found;
            // Refused only for what has left the page meanwhile.
            let _ = found.focus();
        }
    });
}

fn row(list: &Element, place: usize) -> Option<Element> {
    list.query_selector(&format!(":scope > li:nth-child({})", place + 1)).ok()?
}

fn button_after(list: &Element) -> Option<Element> {
    std::iter::successors(list.next_element_sibling(), Element::next_element_sibling).find_map(
        |beside| match beside.matches("button") {
            Ok(true) => Some(beside),
            _ => beside.query_selector("button").ok()?,
        },
    )
}
