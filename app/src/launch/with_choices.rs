//! What a launch needs before its form makes sense.

use leptos::prelude::*;

use super::choices::LaunchChoices;
use crate::layout::use_refusal;
use crate::links;
use crate::team::model::Role;
use crate::ui::*;

/// The form, where there is a cluster and something to run; else what is missing and where it is
/// made.
#[component]
pub fn WithChoices<F, V>(choices: LaunchChoices, children: F) -> impl IntoView
where
    F: FnOnce(LaunchChoices) -> V + Send + 'static,
    V: IntoView + 'static,
{
    let (no_cluster, no_family) = (choices.clusters.is_empty(), choices.families.is_empty());
    let (title, body) = match (no_cluster, no_family) {
        (false, false) => return children(choices).into_any(),
        (true, true) => (
            "First a cluster and a task definition",
            "Tasks run in a cluster, from a task definition that says which containers they have. There is neither yet.",
        ),
        (true, false) => ("First a cluster", "Tasks run in a cluster, and there is none yet."),
        (false, true) => (
            "First a task definition",
            "A task definition says which containers a task has, and there is none yet.",
        ),
    };
    let refusal = || use_refusal(Role::Operator);
    view! {
        <EmptyState icon=IconName::TaskDefinition title body>
            {no_cluster.then(|| view! {
                <LinkButton href=links::NEW_CLUSTER icon=IconName::Plus disabled_reason=refusal()>"Create cluster"</LinkButton>
            })}
            {no_family.then(|| view! {
                <LinkButton href=links::NEW_TASK_DEFINITION icon=IconName::Plus disabled_reason=refusal()>"Register task definition"</LinkButton>
            })}
        </EmptyState>
    }
    .into_any()
}
