//! The form that registers a task definition.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::api::register;
use super::beginning::{Beginning, Wanted};
use super::choices::provide_secret_lists;
use super::drafts::model::Draft;
use super::drafts::{Keeping, KeepingBar};
use super::form::{
    Containers, FieldSearch, Form, FormRests, History, HistoryTools, JsonState, JsonView,
    MoreOfTask, NameAndPlace, ProblemCount, ProblemList, Problems, Roles, Size, Tags, Volumes,
    provide_jump,
};
use super::review::{BesideTabs, NarrowTabs, Review, ReviewLine, ReviewPanel, View, equals};
use super::rules;
use super::start::StartFrom;
use super::team_templates::{BegunFrom, provide_shelf};
use crate::error::{AppError, FieldErrors};
use crate::layout::ForRole;
use crate::links;
use crate::names::Revision;
use crate::submission::Submission;
use crate::team::model::Role;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// Registers a task definition: from nothing, or from a revision (`?from=family:number`), or goes on with a
/// draft (`?draft=`), or from a template of the team (`?template=`). From nothing it begins with the
/// team's default template, if there is one, but for `?start=empty`. From nothing, `?family=` and
/// `?image=` begin the form; from a revision, `?family=` takes it to another family.
#[component]
pub fn NewTaskDefinitionPage() -> impl IntoView {
    let pairs = use_query_map();
    let wanted = Memo::new(move |_| pairs.with(Wanted::of));
    let begun = Resource::new_blocking(move || wanted.get(), Wanted::begin);
    let title = Signal::derive(move || match &*wanted.read() {
        Wanted { draft: Some(_), .. } => "Draft of a task definition".to_owned(),
        Wanted { from: Some(Ok(from)), .. } => format!("New revision of {}", from.family),
        _ => "Register task definition".to_owned(),
    });
    view! {
        <Title text="Register task definition"/>
        <PageHead title crumbs=vec![Crumb::new("Task definitions", links::TASK_DEFINITIONS)]/>
        <ForRole least=Role::Operator title="You can't register a task definition" back=ALL>
            <Transition fallback=|| view! { <Skeleton rows=10/> }>
                {move || Suspend::new(async move {
                    match begun.await {
                        Ok(begun) => view! { <DocumentForm begun/> }.into_any(),
                        Err(error) => view! {
                            <AnswerTrouble title="The form can't begin like this" error back=ALL/>
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

#[component]
fn DocumentForm(begun: Beginning) -> impl IntoView {
    let Beginning { document, from, draft, template } = begun;
    let notes = template.as_ref().map(|template| template.notes.clone()).unwrap_or_default();
    let begun = document.text_at("family");
    mark_page("data-foot");
    let form = Form::of(document);
    provide_context(form);
    provide_jump();
    provide_shelf();
    provide_secret_lists();
    let state = JsonState::beginning(form, draft.as_ref().and_then(Draft::unreadable));
    let history = History::of(form);
    let keeping = Keeping::of(form, state, history, from.clone(), draft);
    let submission = Submission::new();
    submission.guard(move || keeping.at_risk());
    let problems = Problems::of(form);
    let problem = problem(submission, problems.errors());
    let view = RwSignal::new(View::default());
    let review = Review::beside(form, from.clone());
    let send = sender(form, state, submission, problems, (keeping, review, view));
    let reason = Signal::derive(move || {
        state.is_unreadable().get().then(|| "Mend the JSON text first.".to_owned())
    });
    let cancel = from.as_ref().map_or(links::TASK_DEFINITIONS.to_owned(), links::revision);
    state.reveal_by(Callback::new(move |()| view.set(View::Json)));
    let go_to_trouble = Callback::new(move |()| {
        view.set(View::Json);
        state.go_to_trouble();
    });
    view! {
        <NeedsScript/>
        {from.map(|from| view! { <BegunFromRevision from family=begun/> })}
        {template.map(|begun| view! { <BegunFrom begun/> })}
        <StartFrom notes json=state not_saved=reason/>
        <KeepingBar keeping/>
        <NarrowTabs view/>
        <form class="form-document" novalidate data-view=move || view.get().panel() on:submit=move |event: SubmitEvent| {
            event.prevent_default();
            if reason.with_untracked(Option::is_none) {
                send.run(());
            }
        }>
            <FormProblem error=problem/>
            <div class="form" role="tabpanel" id=View::Form.panel() aria-label=View::Form.label()>
                <FormRests state go_to_trouble/>
                <FieldSearch/>
                <div class="form-rest" inert=move || state.is_unreadable().get()>
                    <HistoryTools history/>
                    <NameAndPlace/>
                    <Size/>
                    <Roles/>
                    <Containers/>
                    <Volumes/>
                    <MoreOfTask/>
                    <Tags/>
                </div>
                <ProblemList problems/>
            </div>
            <div class="form-foot">
                <ReviewLine review view/>
                <FormActions>
                    <Button kind=ButtonKind::Primary button_type="submit" busy=submission.busy() disabled_reason=reason>"Register"</Button>
                    <LinkButton href=cancel kind=ButtonKind::Quiet>"Cancel"</LinkButton>
                    <ProblemCount problems show_list=move |()| view.set(View::Form)/>
                </FormActions>
            </div>
            <aside class="beside">
                <BesideTabs view/>
                <div class="document" role="tabpanel" id=View::Json.panel() aria-label=View::Json.label()>
                    <JsonView state go_to_trouble/>
                </div>
                <div class="review" role="tabpanel" id=View::Review.panel() aria-label=View::Review.label()>
                    <ReviewPanel review view/>
                </div>
            </aside>
        </form>
    }
}

/// From which revision the form began, and where it goes when that is another family.
#[component]
fn BegunFromRevision(from: Revision, family: String) -> impl IntoView {
    let goes_on = if family == from.family.as_str() {
        ", whole: what the form has no field for stays in the document.".to_owned()
    } else {
        format!(", whole, and goes to the family {family}.")
    };
    view! {
        <Notice tone=Tone::Idle>"It begins as "<a class="mono" href=links::revision(&from)>{from.to_string()}</a>{goes_on}</Notice>
    }
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
    problems: Problems,
    (keeping, review, view): (Keeping, Review, RwSignal<View>),
) -> Callback<()> {
    let toasts = use_toasts();
    let navigate = use_navigate();
    Callback::new(move |()| {
        problems.attempt();
        if state.is_unreadable().get_untracked() {
            return;
        }
        let document = form.document.get_untracked();
        let errors = FieldErrors::of(&rules::check(&document));
        if !errors.is_empty() {
            return submission.show(Some(AppError::Invalid(errors)));
        }
        if let Some(newest) = review.equals() {
            view.set(View::Review);
            return submission.show(Some(equals(&newest)));
        }
        let navigate = navigate.clone();
        submission.send(
            move |token| async move {
                let first = review.nobody_was_faster().await;
                if first.is_err() {
                    view.try_set(View::Review);
                }
                first?;
                register(token, document.value().to_string()).await
            },
            move |revision: Revision| {
                keeping.registered(&revision);
                toasts.success(format!(
                    "{revision} is registered. Run tasks or create a service from it."
                ));
                navigate(&links::revision(&revision), NavigateOptions::default());
            },
        );
    })
}
