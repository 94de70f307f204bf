//! Clusters, as a table that stays fresh.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::list_clusters;
use super::model::{ClusterRow, STATUSES, status_word};
use super::table::{ClustersTable, ORDERS};
use crate::layout::use_refusal_of_ecs;
use crate::links;
use crate::list_address::{ListAddress, use_list_address};
use crate::list_frame::{ListBody, ListFrame};
use crate::listing::Listing;
use crate::live::{Topic, live_list};
use crate::reading::Fresh;
use crate::team::model::Role;
use crate::ui::*;

/// The list of clusters.
#[component]
pub fn ClustersPage() -> impl IntoView {
    let address = use_list_address(links::CLUSTERS, &["status"], &ORDERS);
    let answer = address.ask(list_clusters);
    view! {
        <Title text="Clusters"/>
        <PageHead title="Clusters">
            <LinkButton href=links::NEW_CLUSTER kind=ButtonKind::Primary icon=IconName::Plus disabled_reason=use_refusal_of_ecs(Role::Operator)>"Create cluster"</LinkButton>
        </PageHead>
        <ListFrame
            address answer
            action=links::CLUSTERS
            noun=("cluster", "clusters")
            back=("All clusters", links::CLUSTERS)
            filters=move || view! {
                <FilterSelect
                    name="status" label="State" options=status_options()
                    value=address.filter("status") on_change=address.on_filter("status")
                />
            }
            show=move |fresh| view! { <Answer address fresh/> }
        />
    }
}

/// The rows, kept fresh.
#[component]
fn Answer(address: ListAddress, fresh: Fresh<Listing<ClusterRow>>) -> impl IntoView {
    let list = live_list(&Topic::Clusters(address.query().get_untracked()), fresh);
    view! {
        <ListBody
            address
            meta=list.meta
            table=move || view! { <ClustersTable address rows=list.rows/> }
            empty=|| view! {
                <EmptyState
                    icon=IconName::Cluster
                    title="No clusters yet"
                    body="A cluster groups the services and tasks that belong together, and what they run on."
                >
                    <LinkButton href=links::NEW_CLUSTER icon=IconName::Plus disabled_reason=use_refusal_of_ecs(Role::Operator)>"Create cluster"</LinkButton>
                </EmptyState>
            }
        />
    }
}

fn status_options() -> Vec<(String, String)> {
    with_any("Any", STATUSES.map(|status| (status.to_owned(), status_word(status))))
}
