//! A button with a list of actions. The list is a popover: the browser puts it above everything,
//! closes it on Esc and on a press elsewhere, and opens it without WebAssembly too.

use leptos::{
    ev::{Event, KeyboardEvent},
    html,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::Element,
};

use super::{
    browser,
    icon::{Icon, IconName},
    roving::{Step, is_open, place, step},
};

/// A menu. Rows that are updated in place keep their menu open.
#[component]
pub fn Menu(
    /// What it is for, with what it belongs to ("Actions for web"); unique on the page, because
    /// the id of the list comes from it.
    #[prop(into)]
    label: String,
    /// An icon in place of the three dots.
    #[prop(default = IconName::More)]
    icon: IconName,
    /// Words on the button; without them the label is the button's name only.
    #[prop(optional, into)]
    text: Option<String>,
    /// [`MenuItem`]s.
    children: Children,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let list = NodeRef::<html::Div>::new();
    let id = format!("menu-{}", slug(&label));
    let class =
        if text.is_some() { "button button-quiet menu-button" } else { "icon-button menu-button" };
    let toggled = move |_: Event| {
        if let Some(list) = list.get_untracked().filter(|list| is_open(list)) {
            step(&list, Step::First);
        }
    };
    let before = move |_: Event| {
        if let (Some(button), Some(list)) = (button.get_untracked(), list.get_untracked()) {
            place(&button, &list);
        }
    };
    let keys = move |event: KeyboardEvent| {
        let to = match event.key().as_str() {
            "ArrowDown" => Step::Next,
            "ArrowUp" => Step::Back,
            "Home" => Step::First,
            "End" => Step::Last,
            _ => return,
        };
        event.prevent_default();
        if let Some(list) = list.get_untracked() {
            step(&list, to);
        }
    };
    view! {
        <span class="menu">
            <button node_ref=button type="button" class=class aria-label=label.clone() title=label.clone() aria-haspopup="menu" popovertarget=id.clone()>
                {text.map(|text| view! { <span class="button-words">{text}</span> })}
                <Icon name=icon/>
            </button>
            <div node_ref=list id=id class="menu-list" popover="auto" role="menu" aria-label=label on:beforetoggle=before on:toggle=toggled on:keydown=keys>
                {children()}
            </div>
        </span>
    }
}

/// One action, or one address, in a [`Menu`].
#[component]
pub fn MenuItem(
    /// Where it leads; an item without one does something.
    #[prop(optional, into)]
    href: Option<String>,
    /// What it does.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// Why it can't be done now. The item stays, and shows the reason.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// Whether it takes something away.
    #[prop(optional)]
    danger: bool,
    /// An icon before the words.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The words.
    children: Children,
) -> impl IntoView {
    let class = if danger { "menu-item menu-item-danger" } else { "menu-item" };
    let inside = view! {
        {icon.map(|name| view! { <Icon name/> })}
        <span class="menu-words">
            {children()}
            {move || disabled_reason.get().map(|reason| view! { <span class="menu-reason">{reason}</span> })}
        </span>
    };
    let press = move |event: leptos::ev::MouseEvent| {
        if disabled_reason.with_untracked(Option::is_some) {
            event.prevent_default();
            event.stop_propagation();
            return;
        }
        if let Some(list) = event
            .current_target()
            .and_then(|item| item.dyn_into::<Element>().ok()?.closest("[popover]").ok()?)
        {
            browser::close_popover(&list.id());
        }
        if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    let off = move || disabled_reason.with(Option::is_some).then_some("true");
    match href {
        Some(href) => view! { <a class=class role="menuitem" tabindex="-1" href=href aria-disabled=off on:click=press>{inside}</a> }.into_any(),
        None => view! { <button type="button" class=class role="menuitem" tabindex="-1" aria-disabled=off on:click=press>{inside}</button> }.into_any(),
    }
}

/// A line between groups of items.
#[component]
pub fn MenuDivider() -> impl IntoView {
    view! { <hr class="menu-divider"/> }
}

/// `label` as an id: lower-case letters, digits and hyphens.
fn slug(label: &str) -> String {
    let letter = |letter: char| {
        if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' }
    };
    label.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_holds_no_surprise() {
        assert_eq!(slug("Actions for Web/1 é"), "actions-for-web-1--");
    }
}
