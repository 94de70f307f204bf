//! The form for a cluster.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_navigate;

use super::api::create_cluster;
use super::draft::ClusterDraft;
use super::strategy_rows::{StrategyRows, StrategyState};
use crate::layout::ForRole;
use crate::links;
use crate::submission::Submission;
use crate::team::model::Role;
use crate::ui::*;

/// What is typed, field by field.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    fargate: RwSignal<bool>,
    fargate_spot: RwSignal<bool>,
    providers: RwSignal<Vec<String>>,
    strategy: StrategyState,
    insights: RwSignal<String>,
    tags: RwSignal<Vec<(String, String)>>,
}

impl Fields {
    fn new() -> Self {
        Self {
            name: RwSignal::default(),
            fargate: RwSignal::new(true),
            fargate_spot: RwSignal::new(true),
            providers: RwSignal::default(),
            strategy: StrategyState::default(),
            insights: RwSignal::new("disabled".to_owned()),
            tags: RwSignal::default(),
        }
    }

    fn draft(self) -> ClusterDraft {
        ClusterDraft {
            name: self.name.get(),
            fargate: self.fargate.get(),
            fargate_spot: self.fargate_spot.get(),
            providers: self.providers.get(),
            strategy: self.strategy.lines(),
            insights: self.insights.get(),
            tags: self.tags.get(),
        }
    }
}

/// Create a cluster.
#[component]
pub fn NewClusterPage() -> impl IntoView {
    view! {
        <Title text="Create cluster"/>
        <PageHead title="Create cluster" crumbs=vec![Crumb::new("Clusters", links::CLUSTERS)]/>
        <ForRole least=Role::Operator title="You can't create a cluster" back=("All clusters", links::CLUSTERS)>
            <Form/>
        </ForRole>
    }
}

#[component]
fn Form() -> impl IntoView {
    let fields = Fields::new();
    let form = Submission::new();
    form.guard(move || fields.draft());
    provide_field_errors(form.field_errors());
    let (toasts, navigate) = (use_toasts(), use_navigate());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let draft = untrack(|| fields.draft());
        if let Err(error) = draft.check() {
            form.show(Some(error));
            return;
        }
        let navigate = navigate.clone();
        form.send(
            move |token| create_cluster(token, draft),
            move |name| {
                toasts.success(format!("Cluster {name} was created."));
                navigate(&links::cluster(&name), Default::default());
            },
        );
    };
    view! {
        <form class="form" novalidate=true on:submit=submit>
            <NeedsScript/>
            <FormProblem error=form.problem()/>
            <NameSection fields/>
            <CapacitySection fields/>
            <InsightsSection fields/>
            <FormSection title="Tags" hint="For finding it again, and for sharing its cost.">
                <PairRows path="tags" legend="Keys and values" rows=fields.tags add_label="Add tag"/>
            </FormSection>
            <FormActions>
                <Button kind=ButtonKind::Primary button_type="submit" busy=form.busy()>"Create cluster"</Button>
                <LinkButton href=links::CLUSTERS kind=ButtonKind::Quiet>"Cancel"</LinkButton>
            </FormActions>
        </form>
    }
}

#[component]
fn NameSection(fields: Fields) -> impl IntoView {
    view! {
        <FormSection title="Identity" hint="Unique in this account and region. It can't be changed later.">
            <TextField
                path="name" label="Name" value=fields.name required=true
                hint="Up to 255 letters, digits, hyphens and underscores."
                placeholder="such as production"
            />
        </FormSection>
    }
}

#[component]
fn CapacitySection(fields: Fields) -> impl IntoView {
    let providers = Signal::derive(move || {
        let draft = ClusterDraft {
            fargate: fields.fargate.get(),
            fargate_spot: fields.fargate_spot.get(),
            providers: fields.providers.get(),
            ..ClusterDraft::default()
        };
        draft.chosen_providers()
    });
    view! {
        <FormSection title="Capacity" hint="What its tasks may run on. A cluster costs nothing by itself.">
            <div class="field-stack">
                <CheckField path="fargate" label="FARGATE" value=fields.fargate hint="AWS runs the machines; you pay for the size of each task."/>
                <CheckField path="fargate_spot" label="FARGATE_SPOT" value=fields.fargate_spot hint="The same at a lower price; AWS may take a task back with two minutes' notice."/>
            </div>
            <ListRows
                path="providers" legend="Other capacity providers" item_label="Capacity provider"
                hint="Names of providers that exist already: your own Auto Scaling groups, for example."
                rows=fields.providers add_label="Add provider"
            />
            <fieldset class="field">
                <legend class="field-label">"Default strategy" <span class="field-optional">"optional"</span></legend>
                <p class="field-hint">
                    "Where tasks go when a launch says nothing of it. The base is how many tasks a provider takes first; weights share out the others."
                </p>
                <StrategyRows state=fields.strategy providers/>
            </fieldset>
        </FormSection>
    }
}

#[component]
fn InsightsSection(fields: Fields) -> impl IntoView {
    let options = vec![
        RadioCard::new(
            "disabled",
            "Off",
            "CloudWatch keeps CPU and memory per service. No extra cost.",
        ),
        RadioCard::new(
            "enabled",
            "On",
            "Also counts, network and storage per cluster, service and task definition. CloudWatch bills them as custom metrics.",
        ),
        RadioCard::new(
            "enhanced",
            "Enhanced",
            "Also metrics of every task and container, for finding the one that misbehaves. The dearest of the three.",
        ),
    ];
    view! {
        <FormSection title="Container Insights" hint="How closely CloudWatch watches. It can be changed later.">
            <RadioCards path="insights" legend="How much it records" options value=fields.insights/>
        </FormSection>
    }
}
