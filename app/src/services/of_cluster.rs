//! The services of one cluster, as a part of its page.

use leptos::prelude::*;

use super::api::list_services;
use super::list_page::state_options;
use super::model::ServiceRow;
use super::table::{ORDERS_OF_CLUSTER, ServicesTable};
use crate::asked::{Asked, ask_while};
use crate::layout::use_refusal;
use crate::links;
use crate::list_address::{ListAddress, use_list_address};
use crate::list_frame::ListBody;
use crate::list_order::OrderSelect;
use crate::listing::{ListMeta, ListQuery, Listing};
use crate::live::{Topic, live_list};
use crate::names::ClusterName;
use crate::reading::Fresh;
use crate::team::model::Role;
use crate::trouble::part;
use crate::ui::*;

/// The list of services, narrowed to a cluster; its question stands in the cluster's address.
#[derive(Clone, Copy)]
pub struct ServicesOfCluster {
    address: ListAddress,
    query: Memo<ListQuery>,
    answer: Asked<Option<Fresh<Listing<ServiceRow>>>>,
}

/// Asks for the services of a cluster while they are in sight; for the body of a page.
pub fn ask_services_of(
    cluster: Memo<String>,
    wanted: impl Fn() -> bool + Send + Sync + 'static,
) -> ServicesOfCluster {
    let path = Signal::derive(move || links::cluster(&*cluster.read()));
    let address = use_list_address(path, &["state"], &ORDERS_OF_CLUSTER);
    let query = Memo::new(move |_| narrowed(address.query().get(), cluster.get()));
    ServicesOfCluster { address, query, answer: ask_while(wanted, query, list_services) }
}

/// The services of a cluster.
#[component]
pub fn ServicesOf(
    /// What was asked for.
    asked: ServicesOfCluster,
    /// The cluster.
    cluster: ClusterName,
) -> impl IntoView {
    let ServicesOfCluster { address, query, answer } = asked;
    let counts = address.counts_of(move || {
        answer.with(|answer| match answer {
            Some(Ok(Some(fresh))) => fresh.value.meta,
            _ => ListMeta::default(),
        })
    });
    let page = links::cluster(&cluster);
    let show = move |fresh| view! { <Answer address query cluster=cluster.clone() fresh/> };
    view! {
        <FilterBar
            action=page
            text=address.text()
            on_text=address.on_text()
            matched=Signal::derive(move || counts.read().matched)
            total=Signal::derive(move || counts.read().total)
            noun=("service", "services")
            clear_href=address.clear_href_if_narrowed()
            alarm=address.alarm(counts.into())
        >
            <FilterSelect
                name="state" label="State" options=state_options()
                value=address.filter("state") on_change=address.on_filter("state")
            />
            <OrderSelect address/>
        </FilterBar>
        {part(answer, "The services can't be shown", ("All services", links::SERVICES), show)}
    }
}

#[component]
fn Answer(
    address: ListAddress,
    query: Memo<ListQuery>,
    cluster: ClusterName,
    fresh: Fresh<Listing<ServiceRow>>,
) -> impl IntoView {
    let list = live_list(&Topic::Services(query.get_untracked()), fresh);
    let new_service = StoredValue::new(links::new_service(&[("cluster", cluster.as_str())]));
    view! {
        <ListBody
            address
            meta=list.meta
            table=move || view! { <ServicesTable address rows=list.rows one_cluster=true/> }
            empty=move || view! {
                <EmptyState
                    icon=IconName::Service
                    title="No services in this cluster"
                    body="A service keeps a number of tasks running and replaces those that stop."
                >
                    <LinkButton href=new_service.get_value() icon=IconName::Plus disabled_reason=use_refusal(Role::Operator)>"Create service"</LinkButton>
                </EmptyState>
            }
        />
    }
}

fn narrowed(mut query: ListQuery, cluster: String) -> ListQuery {
    query.filters.insert("cluster".to_owned(), cluster);
    query
}
