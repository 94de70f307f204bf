//! Buttons, and links that look like them.

use leptos::{ev::MouseEvent, prelude::*};

use super::icon::{Icon, IconName};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing this page or form is for; at most one in sight.
    Primary,
    /// Any other action.
    #[default]
    Plain,
    /// Takes something away.
    Danger,
    /// Small print: tools inside a row or a heading.
    Quiet,
}

impl ButtonKind {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Plain => "button",
            Self::Danger => "button button-danger",
            Self::Quiet => "button button-quiet",
        }
    }
}

/// A button. With a reason not to press it, it stays where it is and can be focused, and says the
/// reason; while busy it shows so and does not fire again.
#[component]
pub fn Button(
    /// How much attention it asks for.
    #[prop(optional)]
    kind: ButtonKind,
    /// Whether what it started is still going on.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why it can't be pressed now; none when it can.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// An icon before the words.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// `button`, or `submit` inside a form.
    #[prop(default = "button")]
    button_type: &'static str,
    /// What to do; a submit button may leave it out.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// The words; they name the effect.
    children: Children,
) -> impl IntoView {
    let blocked = move || disabled_reason.with(Option::is_some);
    let press = move |event: MouseEvent| {
        if busy.get_untracked() || disabled_reason.with_untracked(Option::is_some) {
            event.prevent_default();
            event.stop_propagation();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            type=button_type
            class=kind.class()
            aria-disabled=move || (blocked() || busy.get()).then_some("true")
            aria-busy=move || busy.get().then_some("true")
            title=move || disabled_reason.get()
            data-reason=move || disabled_reason.get()
            on:click=press
        >
            {icon.map(|name| view! { <Icon name/> })}
            <span class="button-words">{children()}</span>
            <span class="button-spinner" aria-hidden="true"></span>
        </button>
    }
}

/// A link that looks like a button: it leads somewhere and changes nothing. With a reason not to
/// follow it, it stays where it is and can be focused, leads nowhere, and says the reason.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// How much attention it asks for.
    #[prop(optional)]
    kind: ButtonKind,
    /// An icon before the words.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Why it can't be followed now; none when it can.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// The words; they name the place.
    children: Children,
) -> impl IntoView {
    let blocked = move || disabled_reason.with(Option::is_some);
    // Without an address it is no link to the browser: role and place among the stops of the Tab
    // key are said by hand.
    view! {
        <a
            class=kind.class()
            href=move || (!blocked()).then(|| href.get())
            role=move || blocked().then_some("link")
            tabindex=move || blocked().then_some("0")
            aria-disabled=move || blocked().then_some("true")
            title=move || disabled_reason.get()
            data-reason=move || disabled_reason.get()
        >
            {icon.map(|name| view! { <Icon name/> })}
            <span class="button-words">{children()}</span>
        </a>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_link_with_a_reason_leads_nowhere_and_says_why() {
        let html = |reason: Option<&str>| {
            let reason = reason.map(str::to_owned);
            Owner::new().with(|| {
                view! { <LinkButton href="/clusters/new" disabled_reason=reason>"Create"</LinkButton> }
                    .to_html()
            })
        };
        let (open, blocked) = (html(None), html(Some("Not yours.")));
        assert!(open.contains(r#"href="/clusters/new""#) && !open.contains("role="), "{open}");
        assert!(!blocked.contains("href") && blocked.contains(r#"role="link""#), "{blocked}");
        assert!(blocked.contains(r#"title="Not yours.""#), "{blocked}");
    }
}
