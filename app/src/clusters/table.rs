//! The table of clusters.

use leptos::prelude::*;

use super::mark::ClusterMark;
use super::model::ClusterRow;
use crate::links;
use crate::list_address::ListAddress;
use crate::list_order::{OrderHead, Orders};
use crate::live::LiveRow;
use crate::ui::*;

/// How the list can be sorted.
pub(super) const ORDERS: Orders = Orders {
    own: "Name",
    like: Some("name"),
    columns: &[
        ("name", "Name"),
        ("status", "State"),
        ("services", "Services"),
        ("running", "Running tasks"),
        ("pending", "Pending"),
        ("instances", "Instances"),
    ],
};

/// Clusters as rows that change in place.
#[component]
pub fn ClustersTable(
    /// The list's question, for the heads that sort.
    address: ListAddress,
    /// The rows.
    #[prop(into)]
    rows: Signal<Vec<LiveRow<ClusterRow>>>,
) -> impl IntoView {
    view! {
        <TableRegion label="Clusters">
            <thead><tr>
                <OrderHead address column="name"/>
                <OrderHead address column="status"/>
                <OrderHead address column="services" numeric=true/>
                <OrderHead address column="running" numeric=true/>
                <OrderHead address column="pending" numeric=true/>
                <OrderHead address column="instances" numeric=true/>
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
    let ailing = Memo::new(move |_| value.read().ailing);
    let ailing_href = StoredValue::new(links::ailing_services_of(&name));
    let providers = Memo::new(move |_| value.read().providers.clone());
    let changed = pulse_on_change(Signal::derive(move || value.read().status.clone()));
    view! {
        <tr class:row-changed=changed>
            <th scope="row"><a href=links::cluster(&name)>{name.to_string()}</a></th>
            <td data-label="State"><ClusterMark status=Signal::derive(move || value.read().status.clone())/></td>
            <td data-label="Services" class="numeric">
                <div>
                    {count(|row| row.services)}
                    {move || Some(ailing.get()).filter(|count| *count > 0).map(|count| view! {
                        <a class="cell-more" href=ailing_href.get_value()><StatusMark tone=Tone::Bad label=look_words(count)/></a>
                    })}
                </div>
            </td>
            <td data-label="Running tasks" class="numeric">{count(|row| row.running)}</td>
            <td data-label="Pending" class="numeric">{count(|row| row.pending)}</td>
            <td data-label="Instances" class="numeric">{count(|row| row.instances)}</td>
            <td data-label="Providers" class="muted"><span class="names">
                {move || providers.get().into_iter().map(|name| view! { <span>{name}</span> }).collect_view()}
            </span></td>
        </tr>
    }
}

fn look_words(count: u32) -> String {
    if count == 1 { "1 needs a look".to_owned() } else { format!("{count} need a look") }
}
