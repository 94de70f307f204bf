//! The deployments of a service, each with its live counts.

use leptos::prelude::*;

use super::detail::ServiceDetail;
use super::model::Deployment;
use crate::links;
use crate::live::{LiveRow, LiveValue, live_rows};
use crate::ui::*;

/// Deployments as ECS keeps them: the present one first, then those that it replaces.
#[component]
pub fn Deployments(live: LiveValue<ServiceDetail>) -> impl IntoView {
    let all = Memo::new(move |_| live.value.read().service.deployments.clone());
    let rows = live_rows(all);
    let line = |row: LiveRow<Deployment>| view! { <Line row/> };
    let none = Memo::new(move |_| all.read().is_empty());
    view! {
        <Card title="Deployments">
            <TableRegion label="Deployments">
                <thead><tr>
                    <th scope="col">"Deployment"</th>
                    <th scope="col">"State"</th>
                    <th scope="col">"Revision"</th>
                    <th scope="col">"Tasks"</th>
                    <th scope="col" class="numeric">"Pending"</th>
                    <th scope="col" class="numeric">"Failed"</th>
                    <th scope="col">"Began"</th>
                    <th scope="col">"Updated"</th>
                </tr></thead>
                <tbody>
                    <For each=move || rows.get() key=|row| row.key.clone() children=line/>
                    {move || none.get().then(|| view! {
                        <tr><td colspan="8" class="muted">"None: nothing was ever rolled out."</td></tr>
                    })}
                </tbody>
            </TableRegion>
        </Card>
    }
}

/// Why a deployment is in its state, in AWS's words; `None` where they only say the state again.
fn news(deployment: &Deployment) -> Option<String> {
    let said = deployment.rollout_reason.as_deref()?;
    let id = &deployment.id;
    let again =
        [format!("ECS deployment {id} in progress."), format!("ECS deployment {id} completed.")];
    (!again.iter().any(|words| words == said)).then(|| said.to_owned())
}

#[component]
fn Line(row: LiveRow<Deployment>) -> impl IntoView {
    let value = RwSignal::from(row.value);
    let id = value.with_untracked(|deployment| deployment.id.clone());
    let short = id.trim_start_matches("ecs-svc/").to_owned();
    let short = short.get(..8).map_or_else(|| short.clone(), ToOwned::to_owned);
    let revision = value.with_untracked(|deployment| deployment.task_definition.clone());
    let began = value.with_untracked(|deployment| deployment.created_at);
    let state = Memo::new(move |_| rollout(&value.read()));
    let place = Memo::new(move |_| place_word(&value.read().status).to_owned());
    let reason = Memo::new(move |_| news(&value.read()));
    let moved = Memo::new(move |_| value.read().updated_at);
    let count = move |of: fn(&Deployment) -> u32| Memo::new(move |_| value.with(of));
    let failed = count(|d| d.failed);
    let changed = pulse_on_change(Signal::derive(move || state.get()));
    view! {
        <tr class:row-changed=changed>
            <th scope="row">
                <div>
                    <CopyText text=id label="deployment id" short/>
                    <span class="cell-more">{place}</span>
                </div>
            </th>
            <td data-label="State">
                <div>
                    <StatusMark tone=Signal::derive(move || state.get().0) label=Signal::derive(move || state.get().1)/>
                    {move || reason.get().map(|reason| view! { <span class="cell-more">{reason}</span> })}
                </div>
            </td>
            <td data-label="Revision">{revision.map(|revision| view! {
                <a class="mono" href=links::revision(&revision)>{revision.to_string()}</a>
            })}</td>
            <td data-label="Tasks"><CountBar running=count(|d| d.running) desired=count(|d| d.desired) pending=count(|d| d.pending)/></td>
            <td data-label="Pending" class="numeric">{count(|d| d.pending)}</td>
            <td data-label="Failed" class="numeric"><span class:is-bad=move || failed.get() != 0>{failed}</span></td>
            <td data-label="Began">{began.map(|at| view! { <TimeAgo at/> })}</td>
            <td data-label="Updated">{move || moved.get().map(|at| view! { <TimeAgo at/> })}</td>
        </tr>
    }
}

/// How far a deployment has come, in a word.
fn rollout(deployment: &Deployment) -> (Tone, String) {
    match deployment.rollout.as_deref() {
        Some("COMPLETED") => (Tone::Good, "Completed".to_owned()),
        Some("IN_PROGRESS") if deployment.failed > 0 => {
            (Tone::Warn, "In progress, tasks fail".to_owned())
        }
        Some("IN_PROGRESS") => (Tone::Busy, "In progress".to_owned()),
        Some("FAILED") => (Tone::Bad, "Failed".to_owned()),
        Some(other) => (Tone::Unknown, other.to_owned()),
        None => (Tone::Unknown, "Not told".to_owned()),
    }
}

/// What part a deployment plays, in ECS's word and ours.
fn place_word(status: &str) -> &str {
    match status {
        "PRIMARY" => "PRIMARY, current",
        "ACTIVE" => "ACTIVE, being replaced",
        "INACTIVE" => "INACTIVE, replaced",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::deployment;
    use super::*;

    #[test]
    fn a_reason_that_only_says_the_state_is_left_out() {
        for (said, shown) in [
            ("ECS deployment ecs-svc/7 completed.", false),
            ("ECS deployment ecs-svc/7 in progress.", false),
            ("ECS deployment circuit breaker: tasks failed to start.", true),
            ("ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/6.", true),
        ] {
            let mut deployment = deployment("web", 7, "PRIMARY", "COMPLETED");
            deployment.rollout_reason = Some(said.into());
            assert_eq!(news(&deployment).as_deref(), shown.then_some(said));
        }
    }

    #[test]
    fn a_rollout_is_told_in_a_word() {
        for (state, failed, tone, word) in [
            ("COMPLETED", 3, Tone::Good, "Completed"),
            ("IN_PROGRESS", 0, Tone::Busy, "In progress"),
            ("IN_PROGRESS", 1, Tone::Warn, "In progress, tasks fail"),
            ("FAILED", 3, Tone::Bad, "Failed"),
            ("PAUSED", 0, Tone::Unknown, "PAUSED"),
        ] {
            let mut deployment = deployment("web", 1, "PRIMARY", state);
            deployment.failed = failed;
            assert_eq!(rollout(&deployment), (tone, word.to_owned()));
        }
    }
}
