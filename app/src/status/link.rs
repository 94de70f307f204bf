//! The public link of a page: to copy, to open, to end.

use leptos::prelude::*;

use super::api::renew_link;
use super::model::StatusPage;
use crate::links;
use crate::submission::Submission;
use crate::ui::*;

/// The public address with the console's origin, which is known in the browser only.
pub(super) fn absolute(slug: Signal<String>) -> Signal<String> {
    let origin = RwSignal::new(String::new());
    Effect::new(move |_| origin.set(window().location().origin().unwrap_or_default()));
    Signal::derive(move || format!("{}{}", origin.get(), links::public_status(&slug.read())))
}

/// The link with what can be done to it.
#[component]
pub(super) fn LinkCard(
    /// The page as stored; a new link is put into it.
    stored: RwSignal<StatusPage>,
) -> impl IntoView {
    let slug = Signal::derive(move || stored.with(|page| page.slug.clone()));
    let published = Signal::derive(move || stored.with(|page| page.published));
    let address = absolute(slug);
    let id = stored.with_untracked(|page| page.id);
    let open = RwSignal::new(false);
    let submission = Submission::new();
    let toasts = use_toasts();
    let renew = move |()| {
        submission.send(
            move |token| renew_link(token, id),
            move |page: StatusPage| {
                stored.set(page);
                open.set(false);
                toasts.success("The page has a new link");
            },
        );
    };
    view! {
        <Card title="Public link">
            <p class="status-link">
                {move || if published.get() {
                    let to = links::public_status(&slug.get());
                    view! { <a class="mono" href=to target="_blank" rel="noopener external">{move || address.get()}</a> }.into_any()
                } else {
                    view! { <span class="mono">{move || address.get()}</span> }.into_any()
                }}
                <CopyButton text=address label="public link"/>
            </p>
            <p class="muted">
                {move || if published.get() {
                    "Whoever has this link can read the page, without signing in."
                } else {
                    "The link works once the page is published. Until then it answers like a page that does not exist."
                }}
            </p>
            <div class="cluster-row">
                <Button icon=IconName::Refresh on_press=move |()| open.set(true)>"New link…"</Button>
            </div>
            <ConfirmDialog
                open
                title="Give the page a new link?"
                confirm_label="Make new link"
                busy=submission.busy()
                error=submission.problem()
                on_confirm=renew
            >
                <p>"The present link ends at once: everybody who has it sees that there is no such page. Give the new one to those who shall go on reading."</p>
            </ConfirmDialog>
        </Card>
    }
}
