//! What stands in the place of something that the console is about to read of ECS.

use std::time::Duration;

use leptos::prelude::*;

use crate::ui::{EmptyState, IconName};

/// How long a page waits before it asks the console again. That costs ECS nothing.
const PAUSE: Duration = Duration::from_secs(2);

/// Says that the page comes by itself, and sees to it.
#[component]
pub fn BeingRead(
    /// Called when it is time to ask again.
    #[prop(into)]
    on_again: Callback<()>,
) -> impl IntoView {
    view! {
        <div role="status">
            <EmptyState
                icon=IconName::TaskDefinition
                title="Being read"
                body="The console reads this from Amazon ECS for everybody, as fast as its share of the account's quota allows. The page fills by itself."
            >
                // Without scripts it is the only way; no address is the present one.
                <a class="button" href="">"Look again"</a>
            </EmptyState>
        </div>
        <AskAgain on_again/>
    }
}

/// Nothing to see: it asks again after a while, once, in the browser.
#[component]
pub fn AskAgain(
    /// Called when it is time.
    #[prop(into)]
    on_again: Callback<()>,
) -> impl IntoView {
    Effect::new(move |_| {
        if let Ok(timer) = set_timeout_with_handle(move || on_again.run(()), PAUSE) {
            on_cleanup(move || timer.clear());
        }
    });
}
