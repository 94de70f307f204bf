//! The six tones of a state, and the mark that shows one: always an icon and a word, so that
//! colour is never the only sign.

use leptos::prelude::*;

use super::{icon::IconName, icon_path::path};

/// How a state feels to whoever looks after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// As wanted.
    Good,
    /// On its way; nothing to do.
    Busy,
    /// Worth a look before it gets worse.
    Warn,
    /// Broken; somebody should act.
    Bad,
    /// At rest on purpose: stopped, inactive, drained.
    Idle,
    /// The console can't tell.
    #[default]
    Unknown,
}

impl Tone {
    /// The name the style sheets know, as the value of `data-tone`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Busy => "busy",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Idle => "idle",
            Self::Unknown => "unknown",
        }
    }

    /// The icon that stands for the tone; each has its own outline, for those who see no colour.
    pub const fn icon(self) -> IconName {
        match self {
            Self::Good => IconName::CheckCircle,
            Self::Busy => IconName::Spinner,
            Self::Warn => IconName::Warn,
            Self::Bad => IconName::CrossCircle,
            Self::Idle => IconName::AtRest,
            Self::Unknown => IconName::Question,
        }
    }
}

/// A state as icon and word. It takes signals, because a state changes while a row stays.
#[component]
pub fn StatusMark(
    /// Which of the six tones.
    #[prop(into)]
    tone: Signal<Tone>,
    /// The state in a word or two; it carries the meaning.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <span class="status-mark" data-tone=move || tone.get().key()>
            <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
                <path d=move || path(tone.get().icon())></path>
            </svg>
            <span>{move || label.get()}</span>
        </span>
    }
}
