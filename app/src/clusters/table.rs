//! The table of clusters.

use leptos::prelude::*;

use super::mark::ClusterMark;
use super::model::ClusterRow;
use crate::links;
use crate::list_address::ListAddress;
use crate::live::LiveRow;
use crate::ui::*;

/// Clusters as rows that change in place.
#[component]
pub fn ClustersTable(
    /// The list's question, for the heads that sort.
    address: ListAddress,
    /// The rows.
    #[prop(into)]
    rows: Signal<Vec<LiveRow<ClusterRow>>>,
) -> impl IntoView {
    let head = move |label: &'static str, column: &'static str, numeric: bool| {
        view! {
            <SortHeader label href=address.sort_href(column) direction=address.direction(column) numeric/>
        }
    };
    view! {
        <TableRegion label="Clusters">
            <thead><tr>
                {head("Name", "name", false)}
                {head("Status", "status", false)}
                {head("Services", "services", true)}
                {head("Running tasks", "running", true)}
                {head("Pending", "pending", true)}
                {head("Instances", "instances", true)}
                <th scope="col">"Capacity providers"</th>
            </tr></thead>
            <tbody>
                <For each=move || rows.get() key=|row| row.key.clone() let:row>
                    <ClusterCells row/>
                </For>
            </tbody>
        </TableRegion>
    }
}

#[component]
fn ClusterCells(row: LiveRow<ClusterRow>) -> impl IntoView {
    let value = RwSignal::from(row.value);
    let name = value.with_untracked(|row| row.name.clone());
    let count = move |of: fn(&ClusterRow) -> u32| move || value.with(of);
    let providers = move || value.with(|row| row.providers.join(", "));
    let changed = pulse_on_change(Signal::derive(move || value.read().status.clone()));
    view! {
        <tr class:row-changed=changed>
            <th scope="row"><a href=links::cluster(&name)>{name.to_string()}</a></th>
            <td data-label="Status"><ClusterMark status=Signal::derive(move || value.read().status.clone())/></td>
            <td data-label="Services" class="numeric">{count(|row| row.services)}</td>
            <td data-label="Running tasks" class="numeric">{count(|row| row.running)}</td>
            <td data-label="Pending" class="numeric">{count(|row| row.pending)}</td>
            <td data-label="Instances" class="numeric">{count(|row| row.instances)}</td>
            <td data-label="Providers" class="muted">{providers}</td>
        </tr>
    }
}
