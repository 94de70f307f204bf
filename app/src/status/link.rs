//! The public link of a page: to copy, to open, to end.

use leptos::prelude::*;

use super::api::{publish_page, renew_link};
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

/// The id of the link, once it works.
const LINK: &str = "public-link";

/// The link with what can be done to it.
#[component]
pub(super) fn LinkCard(
    /// The page as stored; what becomes of it here is put into it.
    stored: RwSignal<StatusPage>,
    /// Called once it is published.
    #[prop(into)]
    on_publish: Callback<()>,
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
                    view! { <a id=LINK class="mono" href=to target="_blank" rel="noopener external">{move || address.get()}</a> }.into_any()
                } else {
                    view! { <span class="mono">{move || address.get()}</span> }.into_any()
                }}
                <CopyButton text=address label="public link"/>
            </p>
            <p class="muted">
                {move || if published.get() {
                    "Whoever has this link can read the page, without signing in."
                } else {
                    "Nobody can read this page yet: until it is published, its link answers like that of a page that does not exist. Look at the preview, then publish it."
                }}
            </p>
            <div class="cluster-row">
                {move || (!published.get()).then(|| view! { <Publish stored on_publish/> })}
                <Button icon=IconName::Refresh on_press=move |()| open.set(true)>"New link…"</Button>
            </div>
            <ConfirmDialog
                open
                title="Give the page a new link?"
                confirm_label="Make new link"
                danger=true
                busy=submission.busy()
                error=submission.problem()
                on_confirm=renew
            >
                <p>"The present link ends at once: everybody who has it sees that there is no such page. Give the new one to everyone who still needs it."</p>
            </ConfirmDialog>
        </Card>
    }
}

/// Lets the link work; the page stays as it is stored, whatever is typed in its form.
#[component]
fn Publish(stored: RwSignal<StatusPage>, on_publish: Callback<()>) -> impl IntoView {
    let id = stored.with_untracked(|page| page.id);
    let submission = Submission::new();
    let toasts = use_toasts();
    let publish = move |()| {
        submission.send(
            move |token| publish_page(token, id),
            move |page: StatusPage| {
                stored.set(page);
                on_publish.run(());
                // The button goes with the focus on it; the link works now.
                focus_field(LINK);
                toasts.success("The status page is published");
            },
        );
    };
    view! {
        <FormProblem error=submission.problem()/>
        <Button kind=ButtonKind::Primary icon=IconName::Status busy=submission.busy() on_press=publish>"Publish"</Button>
    }
}
