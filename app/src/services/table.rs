//! The table of services.

use leptos::prelude::*;

use super::last_deployment::Attempt;
use super::mark::ServiceMark;
use super::model::ServiceRow;
use super::state::{ServiceState, Standing};
use crate::links;
use crate::list_address::ListAddress;
use crate::list_order::{OrderHead, Orders};
use crate::live::LiveRow;
use crate::ui::*;

/// How the list can be sorted.
pub(super) const ORDERS: Orders = Orders {
    own: "Cluster, then name",
    like: Some("cluster"),
    columns: &[
        ("name", "Name"),
        ("cluster", "Cluster"),
        ("state", "State"),
        ("running", "Tasks"),
        ("revision", "Revision"),
        ("deployed", "Deployed"),
    ],
};

/// How the list of one cluster's services can be sorted.
pub(super) const ORDERS_OF_CLUSTER: Orders = Orders {
    own: "Name",
    like: Some("name"),
    columns: &[
        ("name", "Name"),
        ("state", "State"),
        ("running", "Tasks"),
        ("revision", "Revision"),
        ("deployed", "Deployed"),
    ],
};

/// Services as rows that change in place.
#[component]
pub fn ServicesTable(
    /// The list's question, for the heads that sort.
    address: ListAddress,
    /// The rows.
    #[prop(into)]
    rows: Signal<Vec<LiveRow<ServiceRow>>>,
    /// Whether the rows are of one cluster only, which needs no column then.
    #[prop(optional)]
    one_cluster: bool,
) -> impl IntoView {
    view! {
        <TableRegion label="Services">
            <thead><tr>
                <OrderHead address column="name"/>
                {(!one_cluster).then(|| view! { <OrderHead address column="cluster"/> })}
                <OrderHead address column="state"/>
                <OrderHead address column="running"/>
                <OrderHead address column="revision"/>
                <OrderHead address column="deployed"/>
                <th scope="col">"Last event"</th>
            </tr></thead>
            <tbody>
                <For each=move || rows.get() key=|row| row.key.clone() let:row>
                    <ServiceCells row one_cluster/>
                </For>
            </tbody>
        </TableRegion>
    }
}

#[component]
fn ServiceCells(row: LiveRow<ServiceRow>, one_cluster: bool) -> impl IntoView {
    let value = RwSignal::from(row.value);
    let (cluster, name) = value.with_untracked(|row| (row.cluster.clone(), row.name.clone()));
    let standing = Memo::new(move |_| value.read().standing.clone());
    let changed = pulse_on_change(Signal::derive(move || standing.read().state));
    // What needs a look or changes says more; the others keep their reason in the title.
    let why = move || {
        let Standing { state, reason } = standing.get();
        let says = state.needs_a_look() || state == ServiceState::Deploying;
        says.then(|| view! { <span class="cell-more cell-why">{reason}</span> })
    };
    let count = move |of: fn(&ServiceRow) -> u32| Signal::derive(move || value.with(of));
    let doubtful = Signal::derive(move || standing.read().state.needs_a_look());
    view! {
        <tr class:row-changed=changed>
            <th scope="row"><a href=links::service(&cluster, &name)>{name.to_string()}</a></th>
            {(!one_cluster).then(|| view! {
                <td data-label="Cluster"><a href=links::cluster(&cluster)>{cluster.to_string()}</a></td>
            })}
            <td data-label="State"><div><ServiceMark standing/> {why}</div></td>
            <td data-label="Tasks">
                <CountBar running=count(|row| row.running) desired=count(|row| row.desired) pending=count(|row| row.pending) doubtful/>
            </td>
            <td data-label="Revision"><RevisionCell value/></td>
            <td data-label="Deployed"><DeployedCell value/></td>
            <td data-label="Last event" class="muted"><EventCell value/></td>
        </tr>
    }
}

/// The revision that is wanted, as a link, with the images that run under it.
#[component]
fn RevisionCell(value: RwSignal<ServiceRow>) -> impl IntoView {
    let revision = Memo::new(move |_| value.read().revision.clone());
    let images = Memo::new(move |_| value.read().images.join(", "));
    view! {
        <div>
            {move || revision.get().map(|revision| view! {
                <a class="mono" href=links::revision(&revision)>{revision.to_string()}</a>
            })}
            {move || Some(images.get()).filter(|images| !images.is_empty()).map(|images| view! {
                <span class="cell-more" title="The images that its tasks run">"runs "<span class="mono">{images}</span></span>
            })}
        </div>
    }
}

/// When the last deployment was tried, and how it ended unless well.
#[component]
fn DeployedCell(value: RwSignal<ServiceRow>) -> impl IntoView {
    let attempt = Memo::new(move |_| value.read().last_attempt);
    move || {
        attempt.get().map(|Attempt { at, outcome }| {
            let remark = outcome.remark();
            view! {
                <div>
                    <TimeAgo at/>
                    {remark.map(|remark| view! { " "<span class="cell-more">{remark}</span> })}
                </div>
            }
        })
    }
}

/// The last event in short, with its age.
#[component]
fn EventCell(value: RwSignal<ServiceRow>) -> impl IntoView {
    let event = Memo::new(move |_| value.read().last_event.clone());
    move || {
        event.get().map(|event| {
            view! {
                <div class="cell-event">
                    <span class="cell-when"><TimeAgo at=event.at/>" "</span>{event.message}
                </div>
            }
        })
    }
}
