//! The form to run tasks.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::api::run_tasks;
use super::run_fields::Fields;
use super::run_model::RunOutcome;
use super::run_where::{Compute, NetworkOf};
use crate::launch::api::{read_launch_choices, read_revision_needs};
use crate::launch::choices::LaunchChoices;
use crate::layout::use_refusal;
use crate::links;
use crate::listing::ListQuery;
use crate::submission::Submission;
use crate::team::model::Role;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// Runs tasks; `?cluster=` and `?revision=` begin the form.
#[component]
pub fn RunTaskPage() -> impl IntoView {
    let choices = Resource::new_blocking(|| (), |()| read_launch_choices());
    view! {
        <Title text="Run tasks"/>
        <PageHead title="Run tasks" crumbs=vec![Crumb::new("Tasks", links::TASKS)]/>
        <Transition fallback=|| view! { <Skeleton/> }>
            {move || Suspend::new(async move {
                match choices.await {
                    Ok(choices) => view! { <Form choices/> }.into_any(),
                    Err(error) => view! {
                        <AnswerTrouble title="The form can't be shown" error back=("All tasks", links::TASKS)/>
                    }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Form(choices: LaunchChoices) -> impl IntoView {
    let query = use_query_map().get_untracked();
    let begun = |name: &str| query.get(name).unwrap_or_default();
    let fields = Fields::new(choices, begun("cluster"), &begun("revision"));
    let form = Submission::new();
    provide_field_errors(form.field_errors());
    follow_revision(fields);
    let refusal = use_refusal(Role::Operator);
    let partly = RwSignal::new(None::<RunOutcome>);
    let done = done(partly);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let draft = untrack(|| fields.draft());
        let needs = fields.needs.get_untracked();
        let checked = fields.choices.with_value(|choices| draft.check(choices, needs.as_ref()));
        if let Err(error) = checked {
            return form.show(Some(error));
        }
        partly.set(None);
        form.send(move |token| run_tasks(token, draft), move |outcome| done.run(outcome));
    };
    view! {
        <form class="form" novalidate=true on:submit=submit>
            <NeedsScript/>
            <FormProblem error=form.problem()/>
            {move || partly.get().map(|outcome| view! { <Partly outcome/> })}
            <What fields/>
            <Compute fields/>
            <NetworkOf fields/>
            <FormSection title="Group and tags">
                <TextField path="group" label="Group" value=fields.group hint="Finds the tasks again. Without one ECS takes family: and the family's name."/>
                <PairRows path="tags" legend="Tags" rows=fields.tags add_label="Add tag"/>
            </FormSection>
            <FormActions>
                <Button kind=ButtonKind::Primary button_type="submit" busy=form.busy() disabled_reason=refusal>"Run"</Button>
                <LinkButton href=links::TASKS kind=ButtonKind::Quiet>"Cancel"</LinkButton>
            </FormActions>
        </form>
    }
}

/// Where it leads: to the task, to the list of the tasks, or (when some could not start) nowhere.
fn done(partly: RwSignal<Option<RunOutcome>>) -> Callback<RunOutcome> {
    let (toasts, navigate) = (use_toasts(), use_navigate());
    Callback::new(move |outcome: RunOutcome| {
        if !outcome.failures.is_empty() {
            return partly.set(Some(outcome));
        }
        match outcome.tasks.as_slice() {
            [only] => {
                toasts.success(format!("Task {} is starting.", only.short()));
                navigate(&links::task(&outcome.cluster, only), Default::default());
            }
            tasks => {
                toasts.success(format!("{} tasks are starting.", tasks.len()));
                navigate(&list_of(&outcome), Default::default());
            }
        }
    })
}

/// The list, narrowed to the tasks of an outcome's group.
fn list_of(outcome: &RunOutcome) -> String {
    let query = ListQuery::default()
        .with_filter("cluster", outcome.cluster.as_str())
        .with_text(&outcome.group);
    links::list(links::TASKS, &query)
}

/// Some started and some could not: both are said, and the form stays.
#[component]
fn Partly(outcome: RunOutcome) -> impl IntoView {
    let list = list_of(&outcome);
    let started = outcome.started();
    let failures = outcome.failures.into_iter().map(|said| view! { <li>{said}</li> });
    view! {
        <Notice tone=Tone::Warn>
            <p><a href=list>{started}</a>". Running again starts more. What AWS said of the others:"</p>
            <ul>{failures.collect_view()}</ul>
        </Notice>
    }
}

/// Asks what the chosen revision needs, each time another is chosen.
fn follow_revision(fields: Fields) {
    let chosen = Memo::new(move |_| {
        let (family, number) = (fields.family.get(), fields.revision.get());
        fields.choices.with_value(|choices| choices.revision(&family, &number))
    });
    Effect::new(move |_| {
        fields.needs.set(None);
        let Some(revision) = chosen.get() else { return };
        leptos::task::spawn_local(async move {
            // Without an answer the form asks for the network too; the server decides.
            let Ok(needs) = read_revision_needs(revision.clone()).await else { return };
            if chosen.try_get_untracked().flatten() == Some(revision) {
                fields.needs.try_set(Some(needs));
            }
        });
    });
}

/// Where, what, how many.
#[component]
fn What(fields: Fields) -> impl IntoView {
    let clusters = fields.choices.with_value(LaunchChoices::cluster_options);
    let families = fields.choices.with_value(LaunchChoices::family_options);
    let revisions = Signal::derive(move || {
        fields.choices.with_value(|choices| choices.revision_options(&fields.family.read()))
    });
    let no_family = families.len() == 1;
    view! {
        <FormSection title="What runs" hint="Tasks of your own: they run once, and nobody starts them again.">
            {no_family.then(|| view! {
                <Notice tone=Tone::Warn>
                    "There is no task definition to run yet. "<a href=links::NEW_TASK_DEFINITION>"Register one first"</a>"."
                </Notice>
            })}
            <SelectField path="cluster" label="Cluster" options=clusters value=fields.cluster required=true/>
            <div class="field-row">
                <SelectField path="family" label="Task definition" options=families value=fields.family required=true/>
                <SelectField path="revision" label="Revision" options=revisions value=fields.revision required=true/>
            </div>
            <NumberField path="count" label="How many" value=fields.count required=true unit="tasks" hint="1 to 100."/>
        </FormSection>
    }
}
