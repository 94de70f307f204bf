//! Clusters, as a table that stays fresh.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::list_clusters;
use super::model::{ClusterRow, STATUSES, status_word};
use super::table::ClustersTable;
use crate::links;
use crate::list_address::{ListAddress, ListBody, use_list_address};
use crate::listing::Listing;
use crate::live::{Topic, live_list};
use crate::reading::Fresh;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// The list of clusters.
#[component]
pub fn ClustersPage() -> impl IntoView {
    let address = use_list_address(links::CLUSTERS, &["status"]);
    let answer = address.ask(list_clusters);
    let (matched, total) = address.counts(answer);
    view! {
        <Title text="Clusters"/>
        <PageHead title="Clusters">
            <LinkButton href=links::NEW_CLUSTER kind=ButtonKind::Primary icon=IconName::Plus>"Create cluster"</LinkButton>
        </PageHead>
        <Transition fallback=|| view! { <Skeleton/> }>
            <FilterBar
                action=links::CLUSTERS
                text=address.text()
                on_text=address.on_text()
                matched total
                noun=("cluster", "clusters")
                clear_href=address.clear_href_if_narrowed()
            >
                <FilterSelect
                    name="status" label="Status" options=status_options()
                    value=address.filter("status") on_change=address.on_filter("status")
                />
            </FilterBar>
            {move || Suspend::new(async move {
                match answer.await {
                    Ok(fresh) => view! { <Answer address fresh/> }.into_any(),
                    Err(error) => view! {
                        <AnswerTrouble title="The clusters can't be shown" error back=("All clusters", links::CLUSTERS)/>
                    }.into_any(),
                }
            })}
        </Transition>
    }
}

/// The rows, kept fresh.
#[component]
fn Answer(address: ListAddress, fresh: Fresh<Listing<ClusterRow>>) -> impl IntoView {
    let list = live_list(&Topic::Clusters(address.query().get_untracked()), fresh);
    address.follow(list.meta);
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
                    <LinkButton href=links::NEW_CLUSTER kind=ButtonKind::Primary icon=IconName::Plus>"Create cluster"</LinkButton>
                </EmptyState>
            }
        />
    }
}

fn status_options() -> Vec<(String, String)> {
    let any = (String::new(), "Any".to_owned());
    let known = STATUSES.map(|status| (status.to_owned(), status_word(status)));
    std::iter::once(any).chain(known).collect()
}
