//! The one-time link, shown once.

use leptos::prelude::*;

use super::model::OneTimeLink;
use crate::ui::*;

/// The link made last: to be copied and given to the member. It goes with the page.
#[component]
pub(super) fn LinkPanel(
    /// The member's name and the link.
    link: RwSignal<Option<(String, OneTimeLink)>>,
) -> impl IntoView {
    let panel = move |(name, made): (String, OneTimeLink)| {
        view! {
            <Card
                title=format!("A link for {name}")
                actions=move || view! { <Button kind=ButtonKind::Quiet icon=IconName::Close on_press=move |()| link.set(None)>"Done"</Button> }
            >
                <div class="field-stack">
                    <p>"Give it to "<strong>{name.clone()}</strong>" over a channel you trust: whoever opens it sets the password."</p>
                    <p><CopyText text=made.url label="one-time link"/></p>
                    <p class="muted">
                        "It works once, until "<time datetime=made.expires_at.rfc3339()>{made.expires_at.exact()}</time>
                        ", and is not shown again."
                    </p>
                </div>
            </Card>
        }
    };
    view! { <div aria-live="polite">{move || link.get().map(panel)}</div> }
}
