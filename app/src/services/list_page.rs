//! Services of all clusters, as a table that stays fresh.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::{cluster_names, list_services};
use super::model::ServiceRow;
use super::state::ServiceState;
use super::table::{ORDERS, ServicesTable};
use crate::layout::use_refusal_of_ecs;
use crate::links;
use crate::list_address::{ListAddress, NEEDS_A_LOOK, use_list_address};
use crate::list_frame::{ListBody, ListFrame};
use crate::listing::Listing;
use crate::live::{Topic, live_list};
use crate::reading::Fresh;
use crate::team::model::Role;
use crate::ui::*;

/// The list of services.
#[component]
pub fn ServicesPage() -> impl IntoView {
    let address = use_list_address(links::SERVICES, &["cluster", "state"], &ORDERS);
    let answer = address.ask(list_services);
    let clusters = Resource::new_blocking(|| (), |()| cluster_names());
    view! {
        <Title text="Services"/>
        <PageHead title="Services">
            <LinkButton href=links::NEW_SERVICE kind=ButtonKind::Primary icon=IconName::Plus disabled_reason=use_refusal_of_ecs(Role::Operator)>"Create service"</LinkButton>
        </PageHead>
        <ListFrame
            address answer
            action=links::SERVICES
            noun=("service", "services")
            back=("All services", links::SERVICES)
            filters=move || Suspend::new(async move {
                let names = clusters.await.unwrap_or_default();
                let names = names.iter().map(|name| (name.to_string(), name.to_string()));
                view! {
                    <FilterSelect
                        name="cluster" label="Cluster" options=with_any("Any", names)
                        value=address.filter("cluster") on_change=address.on_filter("cluster")
                    />
                    <FilterSelect
                        name="state" label="State" options=state_options()
                        value=address.filter("state") on_change=address.on_filter("state")
                    />
                }
            })
            show=move |fresh| view! { <Answer address fresh/> }
        />
    }
}

/// The rows, kept fresh.
#[component]
fn Answer(address: ListAddress, fresh: Fresh<Listing<ServiceRow>>) -> impl IntoView {
    let list = live_list(&Topic::Services(address.query().get_untracked()), fresh);
    view! {
        <ListBody
            address
            meta=list.meta
            table=move || view! { <ServicesTable address rows=list.rows/> }
            empty=|| view! {
                <EmptyState
                    icon=IconName::Service
                    title="No services yet"
                    body="A service keeps a number of tasks running and replaces those that stop."
                >
                    <LinkButton href=links::NEW_SERVICE icon=IconName::Plus disabled_reason=use_refusal_of_ecs(Role::Operator)>"Create service"</LinkButton>
                </EmptyState>
            }
        />
    }
}

pub(super) fn state_options() -> Vec<(String, String)> {
    let alarm = (NEEDS_A_LOOK.to_owned(), "Needs a look".to_owned());
    let states = ServiceState::ALL.into_iter();
    let states = states.map(|state| (state.as_str().to_owned(), state.label().to_owned()));
    with_any("Any", std::iter::once(alarm).chain(states))
}
