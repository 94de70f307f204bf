//! Light, dark, or as the system has it. Kept in this browser; the page's first script sets it
//! before the first paint, so that nothing flashes.

use leptos::prelude::*;

use super::{
    browser,
    icon::{Icon, IconName},
};

/// Where the choice is kept in the browser.
pub const THEME_KEY: &str = "berth-theme";

/// The choice a person has made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light, always.
    Light,
    /// Dark, always.
    Dark,
}

impl Theme {
    const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    const fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    const fn words(self) -> (&'static str, IconName) {
        match self {
            Self::System => ("System", IconName::System),
            Self::Light => ("Light", IconName::Sun),
            Self::Dark => ("Dark", IconName::Moon),
        }
    }

    fn kept() -> Self {
        let kept = browser::kept(THEME_KEY);
        Self::ALL.into_iter().find(|theme| kept.as_deref() == Some(theme.key())).unwrap_or_default()
    }

    fn apply(self) {
        browser::keep(THEME_KEY, self.key());
        browser::mark_root("data-theme", (self != Self::System).then_some(self.key()));
    }
}

/// Three buttons for the theme. Which one holds is known in the browser only, so the server shows
/// the system's as pressed.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let chosen = RwSignal::new(Theme::System);
    Effect::new(move |_| chosen.set(Theme::kept()));
    let choice = move |theme: Theme| {
        let (words, icon) = theme.words();
        let choose = move |_| {
            theme.apply();
            chosen.set(theme);
        };
        view! {
            <button
                type="button"
                title=words
                aria-label=words
                aria-pressed=move || (chosen.get() == theme).to_string()
                on:click=choose
            >
                <Icon name=icon/>
            </button>
        }
    };
    view! {
        <div class="theme-switch" role="group" aria-label="Theme">
            {Theme::ALL.map(choice).collect_view()}
        </div>
    }
}
