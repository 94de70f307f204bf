//! How the focus moves through the items of a menu, and where its list stands. On the server
//! nothing moves.

/// A way through the items.
#[derive(Clone, Copy)]
pub(super) enum Step {
    First,
    Last,
    Next,
    Back,
}

#[cfg(feature = "hydrate")]
pub(super) use here::*;
#[cfg(not(feature = "hydrate"))]
pub(super) use nowhere::*;

#[cfg(feature = "hydrate")]
mod here {
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::HtmlElement;

    use super::Step;

    /// Moves the focus among the items of `list`, round the ends.
    pub(in crate::ui) fn step(list: &HtmlElement, to: Step) {
        let Ok(items) = list.query_selector_all("[role=menuitem]") else {
            return;
        };
        let item = |at: u32| items.item(at)?.dyn_into::<HtmlElement>().ok();
        let count = items.length();
        if count == 0 {
            return;
        }
        let focused = document().active_element();
        let at = (0..count).find(|at| item(*at).map(Into::into) == focused);
        let next = match (to, at) {
            (Step::First, _) | (Step::Next, None) => 0,
            (Step::Last, _) | (Step::Back, None) => count - 1,
            (Step::Next, Some(at)) => (at + 1) % count,
            (Step::Back, Some(at)) => (at + count - 1) % count,
        };
        if let Some(item) = item(next) {
            let _ = item.focus();
        }
    }

    /// Whether the popover `list` is shown.
    pub(in crate::ui) fn is_open(list: &HtmlElement) -> bool {
        list.matches(":popover-open").unwrap_or(false)
    }

    /// Tells the style sheet where the button stands, for browsers that can't anchor a popover.
    pub(in crate::ui) fn place(button: &HtmlElement, list: &HtmlElement) {
        let rect = button.get_bounding_client_rect();
        let style = list.style();
        let _ = style.set_property("--menu-top", &format!("{}px", rect.bottom()));
        let _ = style.set_property("--menu-left", &format!("{}px", rect.right()));
    }
}

#[cfg(not(feature = "hydrate"))]
mod nowhere {
    use leptos::web_sys::HtmlElement;

    use super::Step;

    pub(in crate::ui) fn step(_: &HtmlElement, _: Step) {}

    pub(in crate::ui) fn is_open(_: &HtmlElement) -> bool {
        false
    }

    pub(in crate::ui) fn place(_: &HtmlElement, _: &HtmlElement) {}
}
