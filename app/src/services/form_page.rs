//! The form for a service.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_navigate;

use super::api::create_service;
use super::form_fields::Fields;
use super::form_rolling::{RollingSection, SafetySection};
use crate::launch::api::read_launch_choices;
use crate::launch::choices::LaunchChoices;
use crate::launch::{ComputeSection, NetworkSection, WhatToRun, WithChoices};
use crate::layout::ForRole;
use crate::links;
use crate::submission::Submission;
use crate::team::model::Role;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// Create a service; `?cluster=` and `?revision=` begin it.
#[component]
pub fn NewServicePage() -> impl IntoView {
    let choices = Resource::new_blocking(|| (), |()| read_launch_choices());
    view! {
        <Title text="Create service"/>
        <PageHead title="Create service" crumbs=vec![Crumb::new("Services", links::SERVICES)]/>
        <ForRole least=Role::Operator title="You can't create a service" back=("All services", links::SERVICES)>
            <Transition fallback=|| view! { <Skeleton/> }>
                {move || Suspend::new(async move {
                    match choices.await {
                        Ok(choices) => view! {
                            <WithChoices choices let:choices><Form choices/></WithChoices>
                        }.into_any(),
                        Err(error) => view! {
                            <AnswerTrouble title="The form can't be shown" error back=("All services", links::SERVICES)/>
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
    let (toasts, navigate) = (use_toasts(), use_navigate());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let draft = untrack(|| fields.draft());
        if let Err(error) = fields.launch.check(|choices, needs| draft.check(choices, needs)) {
            return form.show(Some(error));
        }
        let navigate = navigate.clone();
        form.send(
            move |token| create_service(token, draft),
            move |(cluster, name)| {
                toasts.success(format!("Service {name} was created."));
                navigate(&links::service(&cluster, &name), Default::default());
            },
        );
    };
    view! {
        <form class="form" novalidate=true on:submit=submit>
            <NeedsScript/>
            <FormProblem error=form.problem()/>
            <WhatSection fields/>
            <HowManySection fields/>
            <ComputeSection fields=fields.launch/>
            <NetworkSection fields=fields.launch/>
            <RollingSection fields/>
            <SafetySection fields/>
            <FormSection title="Tags" hint="For finding it again, and for sharing its cost.">
                <PairRows path="tags" legend="Keys and values" rows=fields.tags add_label="Add tag"/>
            </FormSection>
            <FormActions>
                <Button kind=ButtonKind::Primary button_type="submit" busy=form.busy()>"Create service"</Button>
                <LinkButton href=links::SERVICES kind=ButtonKind::Quiet>"Cancel"</LinkButton>
            </FormActions>
        </form>
    }
}

/// Where it belongs and what it runs.
#[component]
fn WhatSection(fields: Fields) -> impl IntoView {
    view! {
        <FormSection title="What it runs" hint="A service keeps tasks of one revision running in one cluster.">
            <WhatToRun fields=fields.launch/>
            <TextField
                path="name" label="Service name" value=fields.name required=true
                hint="Unique in the cluster; it can't be changed later."
            />
        </FormSection>
    }
}

/// How many tasks.
#[component]
fn HowManySection(fields: Fields) -> impl IntoView {
    let options = vec![
        RadioCard::new("REPLICA", "Replica", "Keeps the number of tasks that you set."),
        RadioCard::new(
            "DAEMON",
            "Daemon",
            "Keeps one task on each of the cluster's instances. Not on Fargate.",
        ),
    ];
    let replica = Memo::new(move |_| *fields.scheduling.read() == "REPLICA");
    view! {
        <FormSection title="How many">
            <RadioCards path="scheduling" legend="Scheduling" options value=fields.scheduling/>
            <Show when=move || replica.get()>
                <NumberField path="desired" label="Tasks" value=fields.desired required=true hint="0 creates it paused."/>
            </Show>
        </FormSection>
    }
}
