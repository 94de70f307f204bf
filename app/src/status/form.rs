//! The form of a status page, for a new one and for one that is there.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::api::{change_page, create_page};
use super::chosen::{Chosen, ChosenRows};
use super::draft::{SERVICES_MAX, StatusPageDraft};
use super::model::{Choice, StatusPage};
use super::picker::Picker;
use crate::links;
use crate::submission::Submission;
use crate::ui::*;

/// Title, publication, services with their public names and order.
#[component]
pub(super) fn PageForm(
    /// The services to choose from.
    choices: Vec<Choice>,
    /// What stands in the form at first.
    first: StatusPageDraft,
    /// The page to change; none for a new one.
    #[prop(optional, into)]
    id: Option<i64>,
) -> impl IntoView {
    let title = RwSignal::new(first.title);
    let published = RwSignal::new(first.published);
    let chosen = RwSignal::new(first.services.into_iter().map(Chosen::from).collect::<Vec<_>>());
    let submission = Submission::new();
    provide_field_errors(submission.field_errors());
    let typed = move || StatusPageDraft {
        title: title.get(),
        published: published.get(),
        services: chosen.with(|chosen| chosen.iter().map(Chosen::draft).collect()),
    };
    submission.guard(typed);
    let toasts = use_toasts();
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let draft = untrack(typed);
        if let Err(error) = draft.check() {
            submission.show(Some(error));
            return;
        }
        let navigate = navigate.clone();
        submission.send(
            move |token| async move {
                match id {
                    Some(id) => change_page(token, id, draft).await,
                    None => create_page(token, draft).await,
                }
            },
            move |page: StatusPage| {
                let (said, to) = match id {
                    Some(_) => ("The status page is saved", links::STATUS_PAGES.to_owned()),
                    None => ("The status page is created", links::status_page(page.id)),
                };
                toasts.success(said);
                navigate(&to, Default::default());
            },
        );
    };
    // A message belongs to its place: when rows move, it would stand at the wrong one.
    let moved = Callback::new(move |()| submission.show(None));
    view! {
        <form class="form" on:submit=submit novalidate>
            <noscript>"This form needs scripts and WebAssembly; reading works without."</noscript>
            <FormProblem error=submission.problem()/>
            <FormSection title="Page" hint="What visitors read on top.">
                <TextField path="title" label="Title" value=title required=true placeholder="Shop status"/>
                <CheckField
                    path="published"
                    label="Published"
                    value=published
                    hint="Whoever has the link can read the page. While it is not published, the link answers as if there were no page."
                />
            </FormSection>
            <FormSection title="Choose services" hint=format!("Up to {SERVICES_MAX}. Visitors see none of these names.")>
                <Picker choices chosen on_change=moved/>
            </FormSection>
            <FormSection title="Public names" hint="What visitors read, from top to bottom.">
                <ChosenRows chosen on_change=moved/>
            </FormSection>
            <FormActions>
                <Button kind=ButtonKind::Primary button_type="submit" busy=submission.busy()>
                    {if id.is_some() { "Save" } else { "Create status page" }}
                </Button>
                <LinkButton href=links::STATUS_PAGES kind=ButtonKind::Quiet>"Cancel"</LinkButton>
            </FormActions>
        </form>
    }
}
