//! What the page of a revision offers to compare it and to take it to another family.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::api::list_revisions;
use super::model::{FamilyRevisions, Since};
use crate::layout::use_refusal;
use crate::links;
use crate::names::{FamilyName, Revision};
use crate::team::model::Role;
use crate::ui::*;

/// Compare and clone.
#[component]
pub fn RevisionTools(revision: Revision) -> impl IntoView {
    let open = RwSignal::new(false);
    let refusal = Signal::stored(use_refusal(Role::Operator));
    view! {
        <LinkButton href=links::compare_with(&revision) kind=ButtonKind::Quiet>"Compare with…"</LinkButton>
        <Button kind=ButtonKind::Quiet disabled_reason=refusal on_press=move |()| open.set(true)>"Clone…"</Button>
        <CloneDialog open revision/>
    }
}

/// What the revision changed against the one before it.
#[component]
pub fn SinceLine(revision: Revision, since: Since) -> impl IntoView {
    let Since { previous, headline } = since;
    let href = links::compare(&previous, &revision);
    let name = previous.to_string();
    view! {
        <p class="since">
            "Since "<a class="mono" href=links::revision(&previous)>{name}</a>": "{headline}". "
            <a href=href>"Compare"</a>
        </p>
    }
}

/// Asks for the family to which the document goes.
#[component]
fn CloneDialog(open: RwSignal<bool>, revision: Revision) -> impl IntoView {
    let family = RwSignal::new(String::new());
    let attempted = RwSignal::new(false);
    let known = RwSignal::new(None::<Vec<FamilyRevisions>>);
    Effect::new(move |_| {
        if open.get() {
            attempted.set(false);
            leptos::task::spawn_local(async move {
                // Without it the name is taken as it is: the form says the same later.
                if let Ok(found) = list_revisions().await {
                    known.try_set(Some(found));
                }
            });
        }
    });
    let error = Signal::derive(move || {
        attempted.get().then(|| family.read().parse::<FamilyName>().err()).flatten()
    });
    let title = format!("Clone {revision}");
    let own = revision.family.clone();
    let comes_to = move || {
        let family = family.read().parse::<FamilyName>().ok()?;
        let known = known.get()?;
        let found = known.iter().find(|row| row.family == family);
        Some(match found.and_then(|row| row.numbers.first()) {
            _ if family == own => {
                format!("{family} is its own family: this begins its next revision.")
            }
            Some(newest) => {
                format!("{family} exists: it becomes the next revision after {family}:{newest}.")
            }
            None => format!("{family} is a new family: it becomes {family}:1."),
        })
    };
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        attempted.set(true);
        match family.read_untracked().parse::<FamilyName>() {
            Ok(family) => {
                open.set(false);
                navigate(&links::clone_revision(&revision, &family), NavigateOptions::default());
            }
            Err(_) => focus_field("clone-family"),
        }
    };
    view! {
        <Dialog open title>
            <form class="confirm" method="dialog" novalidate=true on:submit=submit>
                <p>"The form opens with this whole document under another name. Nothing is registered before you say so there."</p>
                <TextField path="clone-family" label="Family" value=family required=true mono=true error/>
                <p class="muted" role="status">{comes_to}</p>
                <p class="muted">"Every cluster of this Region can run a revision as it is. For another Region or account, copy its JSON and register it there; roles, secrets, images and log groups must exist there, too."</p>
                <div class="dialog-actions">
                    <Button on_press=move |()| open.set(false)>"Cancel"</Button>
                    <Button kind=ButtonKind::Primary button_type="submit">"Open in the form"</Button>
                </div>
            </form>
        </Dialog>
    }
}
