//! The form to run tasks.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_navigate;

use super::api::run_tasks;
use super::run_fields::Fields;
use super::run_model::RunOutcome;
use crate::launch::api::read_launch_choices;
use crate::launch::choices::LaunchChoices;
use crate::launch::{ComputeSection, NetworkSection, WhatToRun, WithChoices};
use crate::layout::ForRole;
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
        <ForRole least=Role::Operator title="You can't run tasks" back=("All tasks", links::TASKS)>
            <Transition fallback=|| view! { <Skeleton/> }>
                {move || Suspend::new(async move {
                    match choices.await {
                        Ok(choices) => view! {
                            <WithChoices choices let:choices><Form choices/></WithChoices>
                        }.into_any(),
                        Err(error) => view! {
                            <AnswerTrouble title="The form can't be shown" error back=("All tasks", links::TASKS)/>
                        }.into_any(),
                    }
                })}
            </Transition>
        </ForRole>
    }
}

#[component]
fn Form(choices: LaunchChoices) -> impl IntoView {
    let fields = Fields::new(choices);
    let form = Submission::new();
    form.guard(move || fields.typed());
    provide_field_errors(form.field_errors());
    let partly = RwSignal::new(None::<RunOutcome>);
    let done = done(partly);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let draft = untrack(|| fields.draft());
        if let Err(error) = fields.launch.check(|choices, needs| draft.check(choices, needs)) {
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
            <WhatSection fields/>
            <ComputeSection fields=fields.launch/>
            <NetworkSection fields=fields.launch/>
            <FormSection title="Group and tags">
                <TextField path="group" label="Group" value=fields.group hint="To find these tasks later. Without one, ECS uses family:NAME."/>
                <PairRows path="tags" legend="Tags" rows=fields.tags add_label="Add tag"/>
            </FormSection>
            <FormActions>
                <Button kind=ButtonKind::Primary button_type="submit" busy=form.busy()>"Run"</Button>
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

/// Where, what, how many.
#[component]
fn WhatSection(fields: Fields) -> impl IntoView {
    view! {
        <FormSection title="What runs" hint="Tasks of your own: they run once, and nobody starts them again.">
            <WhatToRun fields=fields.launch/>
            <NumberField path="count" label="How many" value=fields.count required=true unit="tasks" hint="1 to 100."/>
        </FormSection>
    }
}
