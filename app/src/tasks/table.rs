//! The table of tasks.

use leptos::prelude::*;

use super::model::TaskRow;
use super::state::{health_state, place_words, task_state};
use crate::links;
use crate::list_address::ListAddress;
use crate::list_order::{OrderHead, Orders};
use crate::live::LiveRow;
use crate::ui::*;

/// How the list can be sorted.
pub(super) const ORDERS: Orders = Orders {
    own: "Live first, then newest",
    like: None,
    columns: &[
        ("id", "Task"),
        ("status", "State"),
        ("group", "Group"),
        ("revision", "Revision"),
        ("cluster", "Cluster"),
        ("runs-on", "Runs on"),
        ("age", "Started"),
    ],
};

/// Tasks as rows that change in place.
#[component]
pub fn TasksTable(
    /// The list's question, for the heads that sort.
    address: ListAddress,
    /// The rows.
    #[prop(into)]
    rows: Signal<Vec<LiveRow<TaskRow>>>,
) -> impl IntoView {
    view! {
        <TableRegion label="Tasks">
            <thead><tr>
                <OrderHead address column="id"/>
                <OrderHead address column="status"/>
                <OrderHead address column="group"/>
                <OrderHead address column="revision"/>
                <OrderHead address column="cluster"/>
                <OrderHead address column="runs-on"/>
                <OrderHead address column="age"/>
            </tr></thead>
            <tbody>
                <For each=move || rows.get() key=|row| row.key.clone() let:row>
                    <TaskCells row/>
                </For>
            </tbody>
        </TableRegion>
    }
}

#[component]
fn TaskCells(row: LiveRow<TaskRow>) -> impl IntoView {
    let value = RwSignal::from(row.value);
    // What never changes in a task's life is read once.
    let TaskRow { cluster, id, group, revision, runs_on, .. } = value.get_untracked();
    let state = Memo::new(move |_| {
        value.with(|row| task_state(&row.last_status, &row.desired_status, row.bad_end.as_deref()))
    });
    let changed = pulse_on_change(Signal::derive(move || state.get().1));
    let group = match group.strip_prefix("service:") {
        Some(name) => {
            view! { <a href=links::service(&cluster, &name)>{name.to_owned()}</a> }.into_any()
        }
        None => view! { <span class="muted">{group}</span> }.into_any(),
    };
    view! {
        <tr class:row-changed=changed>
            <th scope="row">
                <a class="mono" href=links::task(&cluster, &id) title=id.to_string()>{id.short().to_owned()}</a>
            </th>
            <td data-label="State"><StateCell value state/></td>
            <td data-label="Group">{group}</td>
            <td data-label="Revision"><a class="mono" href=links::revision(&revision)>{revision.to_string()}</a></td>
            <td data-label="Cluster"><a href=links::cluster(&cluster)>{cluster.to_string()}</a></td>
            <td data-label="Runs on"><span class="names"><span>{place_words(&runs_on)}</span></span></td>
            <td data-label="Started"><StartedCell value/></td>
        </tr>
    }
}

/// The state and the health, with the reason of a stop under them.
#[component]
fn StateCell(value: RwSignal<TaskRow>, state: Memo<(Tone, String)>) -> impl IntoView {
    // What a container said of itself while it ran is no news once it goes.
    let health = Memo::new(move |_| {
        value.with(|row| health_state(&row.health).filter(|_| state.read().0 == Tone::Good))
    });
    let stop = Memo::new(move |_| value.read().stop.clone());
    view! {
        <div>
            <span class="cluster-row">
                <StatusMark tone=Signal::derive(move || state.read().0) label=Signal::derive(move || state.read().1.clone())/>
                {move || health.get().map(|(tone, label)| view! { <StatusMark tone label/> })}
            </span>
            {move || Some(stop.get()).filter(|stop| !stop.is_empty()).map(|stop| view! {
                <span class="cell-more">{stop}</span>
            })}
        </div>
    }
}

/// When it started, and stopped; while it has not started, when it was accepted, in a softer ink.
#[component]
fn StartedCell(value: RwSignal<TaskRow>) -> impl IntoView {
    let since = Memo::new(move |_| value.with(|row| (row.since, row.has_started)));
    let stopped = Memo::new(move |_| value.read().stopped_at);
    let began = move || {
        let (at, started) = since.get();
        at.map(|at| view! { <span class:muted=!started><TimeAgo at/></span> })
    };
    view! {
        <div class="cell-times">
            {began}
            {move || stopped.get().map(|at| view! { <span class="cell-more">"stopped "<TimeAgo at/></span> })}
        </div>
    }
}
