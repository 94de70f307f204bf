//! The form that registers a task definition.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use serde_json::json;

use super::api::{document_for_editing, register};
use super::document::Document;
use super::form::{
    Containers, Form, FormRests, JsonState, JsonView, NameAndPlace, Roles, Size, Volumes,
};
use super::rules;
use crate::error::{AppError, FieldErrors};
use crate::layout::ForRole;
use crate::links;
use crate::names::Revision;
use crate::submission::Submission;
use crate::team::model::Role;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// Registers a task definition: from nothing, or from a revision (`?from=family:number`). From nothing,
/// `?family=` and `?image=` begin the form.
#[component]
pub fn NewTaskDefinitionPage() -> impl IntoView {
    let pairs = use_query_map();
    let from = Memo::new(move |_| {
        pairs.with(|pairs| pairs.get_str("from").map(|from| from.parse::<Revision>()))
    });
    let known = Memo::new(move |_| {
        pairs.with(|pairs| ["family", "image"].map(|name| pairs.get(name).unwrap_or_default()))
    });
    let begun = Resource::new_blocking(
        move || (from.get(), known.get()),
        |(from, [family, image])| async move {
            match from {
                None => Ok((None, starter(&family, &image))),
                Some(Err(said)) => Err(AppError::NotFound(said)),
                Some(Ok(from)) => {
                    document_for_editing(from.clone()).await.map(|document| (Some(from), document))
                }
            }
        },
    );
    let title = Signal::derive(move || match &*from.read() {
        Some(Ok(from)) => format!("New revision of {}", from.family),
        _ => "Register task definition".to_owned(),
    });
    view! {
        <Title text="Register task definition"/>
        <PageHead title crumbs=vec![Crumb::new("Task definitions", links::TASK_DEFINITIONS)]/>
        <ForRole least=Role::Operator title="You can't register a task definition" back=ALL>
            <Transition fallback=|| view! { <Skeleton rows=10/> }>
                {move || Suspend::new(async move {
                    match begun.await {
                        Ok((from, document)) => view! { <DocumentForm from document/> }.into_any(),
                        Err(error) => view! {
                            <AnswerTrouble title="The form can't begin from this revision" error back=ALL/>
                        }
                        .into_any(),
                    }
                })}
            </Transition>
        </ForRole>
    }
}

/// The list that the form belongs to.
const ALL: (&str, &str) = ("All task definitions", links::TASK_DEFINITIONS);

/// The smallest document for Fargate, with the name and the image that are known.
fn starter(family: &str, image: &str) -> Document {
    let document = json!({
        "family": family,
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [{"name": "app", "image": image, "essential": true}]
    });
    Document::new(document).unwrap_or_default()
}

#[component]
fn DocumentForm(from: Option<Revision>, document: Document) -> impl IntoView {
    let form = Form { document: RwSignal::new(document) };
    provide_context(form);
    let state = JsonState::beside(form);
    let submission = Submission::new();
    submission.guard(move || state.typed());
    let attempted = RwSignal::new(false);
    // After the first try, what is mended stops complaining at once.
    let errors = Memo::new(move |_| {
        if attempted.get() { form.document.with(rules::check) } else { FieldErrors::new() }
    });
    provide_field_errors(Signal::from(errors));
    let problem = problem(submission, errors);
    let send = sender(form, state, submission, attempted);
    let reason = Signal::derive(move || {
        state.is_unreadable().get().then(|| "Mend the JSON text first.".to_owned())
    });
    let cancel = from.as_ref().map_or(links::TASK_DEFINITIONS.to_owned(), links::revision);
    let show_json = RwSignal::new(false);
    let go_to_trouble = Callback::new(move |()| {
        show_json.set(true);
        state.go_to_trouble();
    });
    view! {
        <NeedsScript/>
        {from.map(|from| view! { <Notice tone=Tone::Idle>"It begins as "<a class="mono" href=links::revision(&from)>{from.to_string()}</a>", whole: what the form has no field for stays in the document."</Notice> })}
        <ViewSwitch show_json/>
        <form class="form-document" novalidate class:shows-json=move || show_json.get() on:submit=move |event: SubmitEvent| {
            event.prevent_default();
            if reason.with_untracked(Option::is_none) {
                send.run(());
            }
        }>
            <div class="form">
                <FormProblem error=problem/>
                <FormRests state go_to_trouble/>
                <div class="form-rest" inert=move || state.is_unreadable().get()>
                    <NameAndPlace/>
                    <Size/>
                    <Roles/>
                    <Containers/>
                    <Volumes/>
                    <FormSection title="Tags">
                        <PairRows path="tags" legend="Tags" rows=form.tags(Signal::stored("tags".to_owned())) add_label="Add tag"/>
                    </FormSection>
                </div>
                <FormActions>
                    <Button kind=ButtonKind::Primary button_type="submit" busy=submission.busy() disabled_reason=reason>"Register"</Button>
                    <LinkButton href=cancel kind=ButtonKind::Quiet>"Cancel"</LinkButton>
                </FormActions>
            </div>
            <aside class="document"><JsonView state errors go_to_trouble/></aside>
        </form>
    }
}

/// On a narrow screen, form or document.
#[component]
fn ViewSwitch(show_json: RwSignal<bool>) -> impl IntoView {
    let tab = move |words: &'static str, json: bool| {
        view! {
            <button type="button" class="tab" aria-pressed=move || (show_json.get() == json).to_string() on:click=move |_| show_json.set(json)>{words}</button>
        }
    };
    view! { <div class="view-switch" role="group" aria-label="View">{tab("Form", false)}{tab("JSON", true)}</div> }
}

/// The form's first line; complaints that were mended since are not repeated.
fn problem(submission: Submission, errors: Memo<FieldErrors>) -> Signal<Option<(String, String)>> {
    let refused = submission.problem();
    Signal::derive(move || {
        let at_fields = submission.field_errors().with(|errors| !errors.is_empty());
        refused.get().filter(|_| !at_fields || errors.with(|errors| !errors.is_empty()))
    })
}

/// Checks in the browser, then registers and goes to the new revision.
fn sender(
    form: Form,
    state: JsonState,
    submission: Submission,
    attempted: RwSignal<bool>,
) -> Callback<()> {
    let toasts = use_toasts();
    let navigate = use_navigate();
    Callback::new(move |()| {
        attempted.set(true);
        if state.is_unreadable().get_untracked() {
            return;
        }
        let document = form.document.get_untracked();
        let errors = rules::check(&document);
        if !errors.is_empty() {
            return submission.show(Some(AppError::Invalid(errors)));
        }
        let navigate = navigate.clone();
        submission.send(
            move |token| register(token, document.value().to_string()),
            move |revision: Revision| {
                toasts.success(format!(
                    "{revision} is registered. Run tasks or create a service from it."
                ));
                navigate(&links::revision(&revision), NavigateOptions::default());
            },
        );
    })
}
