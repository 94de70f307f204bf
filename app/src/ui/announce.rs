//! Words for people who listen to the page: what changed without a change of place.

use leptos::prelude::*;

use super::browser;

/// Where announcements are put; there is one per page.
pub(super) const ANNOUNCER_ID: &str = "announcer";

/// The page's polite live region. Place it once; it is empty until [`announce`] is called.
#[component]
pub fn Announcer() -> impl IntoView {
    view! { <div id=ANNOUNCER_ID class="visually-hidden" role="status" aria-live="polite"></div> }
}

/// Says `text` to assistive technology, after what it is saying now. Does nothing on the server.
pub fn announce(text: &str) {
    browser::say(ANNOUNCER_ID, text);
}
