//! Views of one thing, of which one is in sight: tabs that stay on the page, unlike [`super::Tabs`],
//! which lead to addresses.

use leptos::{ev::KeyboardEvent, prelude::*};

use super::browser;

/// A list of tabs. The arrow keys, Home and End move among them and show what they name; the Tab
/// key goes on to what is shown.
#[component]
pub fn TabList(
    /// What the tabs choose among, for the list's name.
    label: &'static str,
    /// Stands before each tab's id, so that two lists can show the same panels.
    prefix: &'static str,
    /// The panels' ids with their words, in their order.
    tabs: &'static [(&'static str, &'static str)],
    /// The id of the panel that is shown.
    #[prop(into)]
    shown: Signal<&'static str>,
    /// Shows a panel.
    #[prop(into)]
    on_choose: Callback<&'static str>,
) -> impl IntoView {
    let keys = move |event: KeyboardEvent| {
        let at = shown.with_untracked(|shown| tabs.iter().position(|(panel, _)| panel == shown));
        let Some(to) = moved(&event.key(), at.unwrap_or(0), tabs.len()) else { return };
        event.prevent_default();
        if let Some((panel, _)) = tabs.get(to) {
            on_choose.run(panel);
            browser::focus_first(format!("[id=\"{}\"]", tab_id(prefix, panel)));
        }
    };
    let tab = move |(panel, words): &(&'static str, &'static str)| {
        let panel = *panel;
        let chosen = move || shown.get() == panel;
        view! {
            <button
                type="button"
                class="tab"
                role="tab"
                id=tab_id(prefix, panel)
                aria-controls=panel
                aria-selected=move || chosen().to_string()
                tabindex=move || if chosen() { "0" } else { "-1" }
                on:click=move |_| on_choose.run(panel)
            >
                {*words}
            </button>
        }
    };
    view! {
        <div class="tab-list" role="tablist" aria-label=label on:keydown=keys>
            {tabs.iter().map(tab).collect_view()}
        </div>
    }
}

/// The id of the tab for a panel.
pub fn tab_id(prefix: &str, panel: &str) -> String {
    format!("{prefix}-{panel}")
}

/// Which of `count` tabs a key leads to from the one at `at`; round the ends.
fn moved(key: &str, at: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowRight" => Some(if at >= last { 0 } else { at + 1 }),
        "ArrowLeft" => Some(if at == 0 { last } else { at - 1 }),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_round_the_tabs() {
        for (key, at, to) in [
            ("ArrowRight", 0, Some(1)),
            ("ArrowRight", 2, Some(0)),
            ("ArrowLeft", 0, Some(2)),
            ("ArrowLeft", 1, Some(0)),
            ("Home", 2, Some(0)),
            ("End", 0, Some(2)),
            ("a", 1, None),
        ] {
            assert_eq!(moved(key, at, 3), to, "{key} at {at}");
        }
        assert_eq!(moved("End", 0, 0), None);
    }

    #[test]
    fn one_tab_is_chosen_and_takes_the_focus() {
        let html = Owner::new().with(|| {
            view! {
                <TabList label="View" prefix="beside" tabs=&[("json", "JSON"), ("review", "Review")]
                    shown=Signal::stored("review") on_choose=|_| {}/>
            }
            .to_html()
        });
        assert_eq!(html.matches(r#"aria-selected="true""#).count(), 1, "{html}");
        assert_eq!(html.matches(r#"tabindex="0""#).count(), 1, "{html}");
        assert!(html.contains(r#"id="beside-review""#), "{html}");
    }
}
