//! What a detail page is made of: cards, pairs of label and value, and tabs.

use leptos::prelude::*;

/// A titled part of a page. Without a title it is only a frame.
#[component]
pub fn Card(
    /// Its heading, of the second level.
    #[prop(optional, into)]
    title: Option<String>,
    /// Small actions at the right of the heading.
    #[prop(optional, into)]
    actions: ViewFnOnce,
    /// Its content.
    children: Children,
) -> impl IntoView {
    let head = title.map(|title| {
        view! {
            <header class="card-head">
                <h2 class="card-title">{title}</h2>
                <div class="card-actions">{actions.run()}</div>
            </header>
        }
    });
    view! { <section class="card">{head} <div class="card-body">{children()}</div></section> }
}

/// A list of labels and values; holds [`KeyValue`]s only.
#[component]
pub fn KeyValues(
    /// The pairs.
    children: Children,
) -> impl IntoView {
    view! { <dl class="key-values">{children()}</dl> }
}

/// One label with its value.
#[component]
pub fn KeyValue(
    /// What the value is, in a word or two.
    #[prop(into)]
    label: String,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! { <div class="key-value"><dt>{label}</dt><dd>{children()}</dd></div> }
}

/// One tab: an address of its own, so that it can be shared and survives a reload.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TabItem {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
    /// Whether it is the one being read.
    pub current: bool,
    /// How many things stand under it, if that is worth knowing beforehand.
    pub count: Option<usize>,
}

/// The tabs of a detail page, as links. An address that names none of them shows the first.
#[component]
pub fn Tabs(
    /// What the tabs belong to, for the landmark's name.
    #[prop(into, default = "Sections".to_owned())]
    label: String,
    /// The tabs in their order.
    #[prop(into)]
    items: Signal<Vec<TabItem>>,
) -> impl IntoView {
    let items = move || {
        let mut items = items.get();
        if !items.iter().any(|item| item.current)
            && let Some(first) = items.first_mut()
        {
            first.current = true;
        }
        items
    };
    let tab = |item: TabItem| {
        view! {
            <li>
                <a class="tab" href=item.href aria-current=item.current.then_some("page") data-noscroll="">
                    {item.label}
                    {item.count.map(|count| view! { <span class="tab-count">{count}</span> })}
                </a>
            </li>
        }
    };
    view! {
        <nav class="tabs" aria-label=label>
            <ul>{move || items().into_iter().map(tab).collect_view()}</ul>
        </nav>
    }
}
