//! Keeps a control and its signal the same, and nothing typed is lost: what was typed before the
//! page came alive goes into the signal, instead of being overwritten by it.

use leptos::{html, prelude::*};

/// Binds a one-line input.
pub(in crate::ui) fn bind_text(
    input: NodeRef<html::Input>,
    value: Signal<String>,
    on_text: Callback<String>,
) {
    Effect::new(move |ran: Option<()>| {
        let value = value.get();
        let Some(input) = input.get() else { return };
        match step(ran.is_none(), &input.value(), &input.default_value(), &value) {
            Step::Keep => {}
            Step::Take(typed) => on_text.run(typed),
            Step::Put => input.set_value(&value),
        }
    });
}

/// Binds a many-line input.
pub(in crate::ui) fn bind_text_area(
    input: NodeRef<html::Textarea>,
    value: Signal<String>,
    on_text: Callback<String>,
) {
    Effect::new(move |ran: Option<()>| {
        let value = value.get();
        let Some(input) = input.get() else { return };
        let rendered = input.default_value().unwrap_or_default();
        match step(ran.is_none(), &input.value(), &rendered, &value) {
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
        if ran.is_none() && offered && select.value() != value && was_chosen(&select) {
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
}
