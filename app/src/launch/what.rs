//! The form's question of what runs, and in which cluster.

use leptos::prelude::*;

use super::choices::LaunchChoices;
use super::fields::LaunchFields;
use crate::links;
use crate::ui::*;

/// The cluster, and the family and revision to run; stands within a section of the form's own.
#[component]
pub fn WhatToRun(fields: LaunchFields) -> impl IntoView {
    let clusters = fields.choices.with_value(LaunchChoices::cluster_options);
    let families = fields.choices.with_value(LaunchChoices::family_options);
    let revisions = Signal::derive(move || {
        fields.choices.with_value(|choices| choices.revision_options(&fields.family.read()))
    });
    let no_cluster = fields.choices.with_value(|choices| choices.clusters.is_empty());
    let no_family = fields.choices.with_value(|choices| choices.families.is_empty());
    view! {
        {no_cluster.then(|| view! {
            <Notice tone=Tone::Warn>
                "There is no cluster to run in yet. "<a href=links::NEW_CLUSTER>"Create one first"</a>"."
            </Notice>
        })}
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
    }
}
