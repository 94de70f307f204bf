//! Narrowing a list: by words and by choices. A GET form without WebAssembly, live with it.

use std::time::Duration;

use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    html,
    prelude::*,
};

use crate::words::number;

use super::{
    form::{bind_select, bind_text, option_views, with_present},
    icon::{Icon, IconName},
};

/// The pause in typing after which the list follows.
const SETTLE: Duration = Duration::from_millis(150);

/// The bar above a list: search words, more choices, how many match. `/` focuses it; Escape clears
/// it, and leaves it when it is empty.
#[component]
pub fn FilterBar(
    /// The list's own address, for the form without WebAssembly.
    #[prop(into)]
    action: String,
    /// The words in force.
    #[prop(into)]
    text: Signal<String>,
    /// Called with new words, 150 ms after the last letter.
    #[prop(into)]
    on_text: Callback<String>,
    /// How many match.
    #[prop(into)]
    matched: Signal<usize>,
    /// How many there are.
    #[prop(into)]
    total: Signal<usize>,
    /// How many of those that match have ended; said where it is not 0.
    #[prop(optional, into)]
    ended: Signal<usize>,
    /// What is listed, as one and as many.
    noun: (&'static str, &'static str),
    /// The same list unfiltered; none when nothing is filtered.
    #[prop(optional, into)]
    clear_href: Signal<Option<String>>,
    /// How many of those that match need a look, with the list of them only; none when there are
    /// none, or only such are shown.
    #[prop(optional, into)]
    alarm: Signal<Option<(usize, String)>>,
    /// More choices: [`FilterSelect`]s, or hidden inputs for what the form should keep.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    bind_text(input, text, on_text);
    let settle = StoredValue::new(debounce(SETTLE, move |typed: String| on_text.run(typed)));
    let settled = move |typed: String| settle.update_value(|settle| settle(typed));
    let escape = move |event: KeyboardEvent| {
        let Some(input) = input.get_untracked().filter(|_| event.key() == "Escape") else { return };
        if input.value().is_empty() {
            // Fails only for an element that has no focus to give up.
            let _ = input.blur();
        } else {
            // Some browsers clear it themselves, and would tell so a second time.
            event.prevent_default();
            input.set_value("");
            settled(String::new());
        }
    };
    let at_once = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(input) = input.get_untracked() {
            on_text.run(input.value());
        }
    };
    view! {
        <form class="filter-bar" role="search" aria-label=format!("Filter {}", noun.1) method="get" action=action on:submit=at_once>
            <label class="filter-search">
                <Icon name=IconName::Search/>
                <span class="visually-hidden">{format!("Filter {}", noun.1)}</span>
                <input
                    node_ref=input
                    type="search"
                    name="q"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=format!("Filter {}", noun.1)
                    aria-keyshortcuts="/"
                    data-filter=""
                    value=text.get_untracked()
                    on:input=move |event| settled(event_target_value(&event))
                    on:keydown=escape
                />
                <kbd aria-hidden="true">"/"</kbd>
            </label>
            {children.map(|children| children())}
            <button type="submit" class="button button-quiet filter-submit">"Filter"</button>
            <p class="filter-count" role="status">{move || counted(matched.get(), total.get(), ended.get(), noun)}</p>
            {move || alarm.get().map(|(count, href)| view! {
                <a class="filter-alarm" href=href data-noscroll="">
                    <Icon name=IconName::Warn/>
                    {number(count)}{if count == 1 { " needs a look" } else { " need a look" }}
                </a>
            })}
            {move || clear_href.get().map(|href| view! {
                <a class="filter-clear" href=href data-noscroll="">"Clear filter"</a>
            })}
        </form>
    }
}

/// `12 services`, `1 service`, `3 of 12 services`, `9 tasks, 4 stopped`; where there is none, the
/// place below says why.
fn counted(matched: usize, total: usize, ended: usize, (one, many): (&str, &str)) -> String {
    let noun = if total == 1 { one } else { many };
    let mut said = match total {
        0 => return String::new(),
        _ if matched == total => format!("{} {noun}", number(total)),
        _ => format!("{} of {} {noun}", number(matched), number(total)),
    };
    if ended > 0 && ended < matched {
        said.push_str(&format!(", {} stopped", number(ended)));
    }
    said
}

/// Options behind one that does not narrow.
pub fn with_any(
    any: &str,
    options: impl IntoIterator<Item = (String, String)>,
) -> Vec<(String, String)> {
    std::iter::once((String::new(), any.to_owned())).chain(options).collect()
}

/// A choice in a filter bar. The first option is usually "any", with an empty value; a value that
/// the address asks for and nobody offers is shown as one more.
#[component]
pub fn FilterSelect(
    /// Its name in the address.
    #[prop(into)]
    name: String,
    /// What it narrows by.
    #[prop(into)]
    label: String,
    /// Values with their words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The value in force.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value chosen.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let select = NodeRef::<html::Select>::new();
    let options = with_present(value, options);
    bind_select(select, value, options, on_change);
    view! {
        <label class="filter-select">
            <span>{label}</span>
            <select
                node_ref=select
                name=name
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                {option_views(options, value)}
            </select>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_a_person_would() {
        let noun = ("service", "services");
        assert_eq!(counted(12, 12, 0, noun), "12 services");
        assert_eq!(counted(1, 1, 0, noun), "1 service");
        assert_eq!(counted(0, 0, 0, noun), "");
        assert_eq!(counted(1, 12, 0, noun), "1 of 12 services");
        assert_eq!(counted(9, 12, 4, noun), "9 of 12 services, 4 stopped");
        assert_eq!(counted(4, 12, 4, noun), "4 of 12 services");
        assert_eq!(counted(1_000, 5_000, 0, noun), "1,000 of 5,000 services");
    }
}
