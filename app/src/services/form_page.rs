//! The form for a service.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::api::create_service;
use super::form_fields::Fields;
use super::form_rolling::{RollingSection, SafetySection};
use super::form_where::{ComputeSection, NetworkSection};
use crate::launch::api::{read_launch_choices, read_revision_needs};
use crate::launch::choices::LaunchChoices;
use crate::layout::use_refusal;
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
        <Transition fallback=|| view! { <Skeleton/> }>
            {move || Suspend::new(async move {
                match choices.await {
                    Ok(choices) => view! { <Form choices/> }.into_any(),
                    Err(error) => view! {
                        <AnswerTrouble title="The form can't be shown" error back=("All services", links::SERVICES)/>
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
    let (toasts, navigate) = (use_toasts(), use_navigate());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let draft = untrack(|| fields.draft());
        let needs = fields.needs.get_untracked();
        let checked = fields.choices.with_value(|choices| draft.check(choices, needs.as_ref()));
        if let Err(error) = checked {
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
            <ComputeSection fields/>
            <NetworkSection fields/>
            <RollingSection fields/>
            <SafetySection fields/>
            <FormSection title="Tags" hint="For finding it again, and for sharing its cost.">
                <PairRows path="tags" legend="Keys and values" rows=fields.tags add_label="Add tag"/>
            </FormSection>
            <FormActions>
                <Button kind=ButtonKind::Primary button_type="submit" busy=form.busy() disabled_reason=refusal>"Create service"</Button>
                <LinkButton href=links::SERVICES kind=ButtonKind::Quiet>"Cancel"</LinkButton>
            </FormActions>
        </form>
    }
}

/// Asks what the chosen revision needs, each time another is chosen.
fn follow_revision(fields: Fields) {
    Effect::new(move |_| {
        let (family, number) = (fields.family.get(), fields.revision.get());
        fields.needs.set(None);
        let chosen = fields.choices.with_value(|choices| choices.revision(&family, &number));
        let Some(revision) = chosen else { return };
        leptos::task::spawn_local(async move {
            // Without an answer the form asks for both; the server decides.
            let Ok(needs) = read_revision_needs(revision.clone()).await else { return };
            let still = fields.choices.try_with_value(|choices| {
                choices.revision(&fields.family.get_untracked(), &fields.revision.get_untracked())
            });
            if still.flatten() == Some(revision) {
                fields.needs.try_set(Some(needs));
            }
        });
    });
}

/// Where it belongs and what it runs.
#[component]
fn WhatSection(fields: Fields) -> impl IntoView {
    let clusters = fields.choices.with_value(LaunchChoices::cluster_options);
    let families = fields.choices.with_value(LaunchChoices::family_options);
    let revisions = Signal::derive(move || {
        fields.choices.with_value(|choices| choices.revision_options(&fields.family.read()))
    });
    let no_family = families.len() == 1;
    view! {
        <FormSection title="What it runs" hint="A service keeps tasks of one revision running in one cluster.">
            {no_family.then(|| view! {
                <Notice tone=Tone::Warn>
                    "There is no task definition to run yet. "<a href=links::NEW_TASK_DEFINITION>"Create one first"</a>"."
                </Notice>
            })}
            <SelectField path="cluster" label="Cluster" options=clusters value=fields.cluster required=true/>
            <div class="field-row">
                <SelectField path="family" label="Task definition" options=families value=fields.family required=true/>
                <SelectField path="revision" label="Revision" options=revisions value=fields.revision required=true/>
            </div>
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
                <NumberField path="desired" label="Tasks" value=fields.desired required=true unit="tasks" hint="0 creates it paused."/>
            </Show>
        </FormSection>
    }
}
