//! The services of one cluster, as a part of its page.

use leptos::prelude::*;

use super::api::list_services;
use super::list_page::state_options;
use super::model::ServiceRow;
use super::table::ServicesTable;
use crate::links;
use crate::list_address::{ListAddress, ListBody, use_list_address};
use crate::listing::{ListQuery, Listing};
use crate::live::{Topic, live_list};
use crate::names::ClusterName;
use crate::reading::Fresh;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// The list of services, narrowed to a cluster; its question stands in the cluster's address.
#[component]
pub fn ServicesOf(
    /// The cluster.
    cluster: ClusterName,
) -> impl IntoView {
    let page = links::cluster(&cluster);
    let address = use_list_address(page.clone(), &["state"]);
    let cluster = StoredValue::new(cluster);
    let query = Memo::new(move |_| narrowed(address.query().get(), &cluster.get_value()));
    let answer = Resource::new_blocking(move || query.get(), list_services);
    let (matched, total) = address.counts(answer);
    view! {
        <Transition fallback=|| view! { <Skeleton/> }>
            <FilterBar
                action=page
                text=address.text()
                on_text=address.on_text()
                matched total
                noun=("service", "services")
                clear_href=address.clear_href_if_narrowed()
            >
                <FilterSelect
                    name="state" label="State" options=state_options()
                    value=address.filter("state") on_change=address.on_filter("state")
                />
            </FilterBar>
            {move || Suspend::new(async move {
                match answer.await {
                    Ok(fresh) => view! { <Answer address query cluster=cluster.get_value() fresh/> }.into_any(),
                    Err(error) => view! {
                        <AnswerTrouble title="The services can't be shown" error back=("All services", links::SERVICES)/>
                    }.into_any(),
                }
            })}
        </Transition>
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
    address.follow(list.meta);
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
                    <LinkButton href=new_service.get_value() icon=IconName::Plus>"Create service"</LinkButton>
                </EmptyState>
            }
        />
    }
}

fn narrowed(mut query: ListQuery, cluster: &ClusterName) -> ListQuery {
    query.filters.insert("cluster".to_owned(), cluster.to_string());
    query
}
