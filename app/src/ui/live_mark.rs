//! Whether what is on the page is what is the case.

use leptos::prelude::*;

use super::{icon::IconName, icon_path::path, time::use_now};
use crate::timestamp::Timestamp;

/// How the page's data stands to the world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LiveState {
    /// The first connection is being made; what is shown came with the page.
    #[default]
    Connecting,
    /// Changes arrive by themselves.
    Live {
        /// When the server last read from AWS.
        as_of: Timestamp,
    },
    /// The connection was lost and is being made again.
    Reconnecting,
    /// The server has never been able to read from AWS.
    Unread,
    /// The server can't read from AWS; the last it knew stays.
    Stale {
        /// When the server last read from AWS.
        as_of: Timestamp,
    },
}

impl LiveState {
    const fn key(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Live { .. } => "live",
            Self::Reconnecting => "reconnecting",
            Self::Unread => "unread",
            Self::Stale { .. } => "stale",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Connecting => "Connecting…",
            Self::Live { .. } => "Live",
            Self::Reconnecting => "Reconnecting…",
            Self::Unread => "No data",
            Self::Stale { .. } => "Stale",
        }
    }

    const fn icon(self) -> IconName {
        match self {
            Self::Connecting | Self::Reconnecting => IconName::Spinner,
            Self::Live { .. } => IconName::Live,
            Self::Unread | Self::Stale { .. } => IconName::Offline,
        }
    }

    fn age(self, now: Timestamp) -> Option<String> {
        match self {
            Self::Live { as_of } | Self::Stale { as_of } => {
                Some(format!(" · read {}", as_of.ago(now)))
            }
            Self::Connecting | Self::Reconnecting | Self::Unread => None,
        }
    }
}

/// The state of the live data as icon, word and age. The word is announced when it changes; the
/// age, which changes each second, is not.
#[component]
pub fn LiveMark(
    /// How it stands.
    #[prop(into)]
    state: Signal<LiveState>,
) -> impl IntoView {
    let now = use_now();
    let words = Memo::new(move |_| state.get().words());
    view! {
        <span class="live-mark" data-live=move || state.get().key()>
            <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
                <path d=move || path(state.get().icon())></path>
            </svg>
            <span role="status">{move || words.get()}</span>
            <span class="live-age">{move || state.get().age(now.get())}</span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_old_the_data_is() {
        let read = Timestamp::from_ms(0);
        let state = LiveState::Stale { as_of: read };
        assert_eq!(state.age(read.plus_ms(180_000)).as_deref(), Some(" · read 3 min ago"));
        assert_eq!(LiveState::Reconnecting.age(read), None);
    }
}
