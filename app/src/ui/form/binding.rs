//! Keeps a control and its signal the same, and nothing typed is lost: what was typed before the
//! page came alive goes into the signal, instead of being overwritten by it.

use std::borrow::Cow;

use leptos::{html, prelude::*, web_sys::Element};

/// Marks a control that was bound.
const BOUND: &str = "data-bound";

/// Whether a control is bound for the first time, so that what differs in it was typed before the page
/// came alive. A view that is built anew may take over the control of the one before, with what stood
/// in it: that is nobody's typing.
pub(super) fn is_new(control: &Element) -> bool {
    let new = !control.has_attribute(BOUND);
    // Refused only for a name that is none.
    let _ = control.set_attribute(BOUND, "");
    new
}

/// Binds a one-line input.
pub(in crate::ui) fn bind_text(
    input: NodeRef<html::Input>,
    value: Signal<String>,
    on_text: Callback<String>,
) {
    Effect::new(move |ran: Option<()>| {
        let value = value.get();
        let Some(input) = input.get() else { return };
        // An input of one line shows no line breaks. They stay until somebody types in it.
        let rendered = input.default_value();
        let (rendered, shown) = (one_line(&rendered), one_line(&value));
        let first = ran.is_none() && is_new(&input);
        match step(first, &input.value(), &rendered, &shown) {
            Step::Keep => {}
            Step::Take(typed) => on_text.run(typed),
            Step::Put => input.set_value(&value),
        }
    });
}

/// Text as an input of one line shows it.
fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\r']) { text.replace(['\n', '\r'], "").into() } else { text.into() }
}

/// Text as an input of many lines shows it: line ends of every kind are one.
fn line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        text.into()
    }
}

/// Binds a many-line input.
pub(crate) fn bind_text_area(
    input: NodeRef<html::Textarea>,
    value: Signal<String>,
    on_text: Callback<String>,
) {
    Effect::new(move |ran: Option<()>| {
        let value = value.get();
        let Some(input) = input.get() else { return };
        let rendered = input.default_value().unwrap_or_default();
        let first = ran.is_none() && is_new(&input);
        match step(first, &input.value(), &line_ends(&rendered), &line_ends(&value)) {
            Step::Keep => {}
            Step::Take(typed) => on_text.run(typed),
            Step::Put => input.set_value(&value),
        }
    });
}

/// Binds a select; it follows its options too, which may arrive after the value.
pub(in crate::ui) fn bind_select(
    select: NodeRef<html::Select>,
    value: Signal<String>,
    options: Signal<Vec<(String, String)>>,
    on_change: Callback<String>,
) {
    Effect::new(move |ran: Option<()>| {
        let value = value.get();
        let offered = options.with(|options| options.iter().any(|option| option.0 == value));
        let Some(select) = select.get() else { return };
        let first = ran.is_none() && is_new(&select);
        if first && offered && select.value() != value && was_chosen(&select) {
            on_change.run(select.value());
        } else if offered {
            // The options are painted by an effect of their own: wait for it.
            request_animation_frame(move || {
                if select.value() != value {
                    select.set_value(&value);
                }
            });
        }
    });
}

/// Whether the option that stands there is not the one the server marked.
fn was_chosen(select: &leptos::web_sys::HtmlSelectElement) -> bool {
    let marked = select.query_selector("option[selected]").ok().flatten();
    marked.is_some_and(|option| option.get_attribute("value") != Some(select.value()))
}

/// What to do when control and signal are compared.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// They agree.
    Keep,
    /// A person was faster than the page: take over what was typed.
    Take(String),
    /// Show the signal's value.
    Put,
}

fn step(first: bool, shown: &str, rendered: &str, value: &str) -> Step {
    if shown == value {
        Step::Keep
    } else if first && shown != rendered {
        Step::Take(shown.to_owned())
    } else {
        Step::Put
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_before_the_page_came_alive_stays() {
        assert_eq!(step(true, "web-2", "web", "web"), Step::Take("web-2".into()));
        assert_eq!(step(true, "web", "web", "web"), Step::Keep);
        assert_eq!(step(true, "web", "web", "api"), Step::Put);
        assert_eq!(step(false, "web-2", "web", ""), Step::Put);
    }

    #[test]
    fn line_breaks_that_a_control_does_not_show_are_no_typing() {
        for (text, one, many) in
            [("a", "a", "a"), ("a\nb", "ab", "a\nb"), ("a\r\nb\rc", "abc", "a\nb\nc")]
        {
            assert_eq!((one_line(text).as_ref(), line_ends(text).as_ref()), (one, many));
        }
    }
}
