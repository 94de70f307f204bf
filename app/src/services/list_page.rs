//! Services of all clusters, as a table that stays fresh.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::{cluster_names, list_services};
use super::model::ServiceRow;
use super::state::ServiceState;
use super::table::ServicesTable;
use crate::links;
use crate::list_address::{ListAddress, ListBody, use_list_address};
use crate::listing::Listing;
use crate::live::{Topic, live_list};
use crate::reading::Fresh;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// The list of services.
#[component]
pub fn ServicesPage() -> impl IntoView {
    let address = use_list_address(links::SERVICES, &["cluster", "state"]);
    let answer = address.ask(list_services);
    let clusters = Resource::new_blocking(|| (), |()| cluster_names());
    let (matched, total) = address.counts(answer);
    view! {
        <Title text="Services"/>
        <PageHead title="Services">
            <LinkButton href=links::NEW_SERVICE kind=ButtonKind::Primary icon=IconName::Plus>"Create service"</LinkButton>
        </PageHead>
        <Transition fallback=|| view! { <Skeleton/> }>
            <FilterBar
                action=links::SERVICES
                text=address.text()
                on_text=address.on_text()
                matched total
                noun=("service", "services")
                clear_href=address.clear_href_if_narrowed()
            >
                <FilterSelect
                    name="cluster" label="Cluster"
                    options=Signal::derive(move || with_any(clusters.get().and_then(Result::ok).unwrap_or_default().iter().map(|name| (name.to_string(), name.to_string()))))
                    value=address.filter("cluster") on_change=address.on_filter("cluster")
                />
                <FilterSelect
                    name="state" label="State" options=state_options()
                    value=address.filter("state") on_change=address.on_filter("state")
                />
            </FilterBar>
            {move || Suspend::new(async move {
                match answer.await {
                    Ok(fresh) => view! { <Answer address fresh/> }.into_any(),
                    Err(error) => view! {
                        <AnswerTrouble title="The services can't be shown" error back=("All services", links::SERVICES)/>
                    }.into_any(),
                }
            })}
        </Transition>
    }
}

/// The rows, kept fresh.
#[component]
fn Answer(address: ListAddress, fresh: Fresh<Listing<ServiceRow>>) -> impl IntoView {
    let list = live_list(&Topic::Services(address.query().get_untracked()), fresh);
    address.follow(list.meta);
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
                    <LinkButton href=links::NEW_SERVICE kind=ButtonKind::Primary icon=IconName::Plus>"Create service"</LinkButton>
                </EmptyState>
            }
        />
    }
}

pub(super) fn state_options() -> Vec<(String, String)> {
    with_any(
        ServiceState::ALL
            .into_iter()
            .map(|state| (state.as_str().to_owned(), state.label().to_owned())),
    )
}

fn with_any(options: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let any = (String::new(), "Any".to_owned());
    std::iter::once(any).chain(options).collect()
}
