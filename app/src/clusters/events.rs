//! The events of all services of a cluster as one feed, so that nobody has to open each service to
//! find the one that can't place its tasks.

use leptos::prelude::*;

use super::api::read_cluster_events;
use super::detail::FeedEvent;
use crate::links;
use crate::listing::Listing;
use crate::live::{LiveRow, Topic, live_list};
use crate::names::ClusterName;
use crate::reading::Fresh;
use crate::services::event_tone;
use crate::trouble::AnswerTrouble;
use crate::ui::*;

/// The feed of a cluster, newest first.
#[component]
pub fn ClusterEvents(cluster: ClusterName) -> impl IntoView {
    let asked = cluster.clone();
    let answer = Resource::new_blocking(move || asked.clone(), read_cluster_events);
    let cluster = StoredValue::new(cluster);
    view! {
        <Transition fallback=|| view! { <Skeleton/> }>
            {move || Suspend::new(async move {
                match answer.await {
                    Ok(fresh) => view! { <Feed cluster=cluster.get_value() fresh/> }.into_any(),
                    Err(error) => view! {
                        <AnswerTrouble title="The events can't be shown" error back=("All clusters", links::CLUSTERS)/>
                    }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Feed(cluster: ClusterName, fresh: Fresh<Listing<FeedEvent>>) -> impl IntoView {
    let list = live_list(&Topic::ClusterEvents(cluster.clone()), fresh);
    let line = move |row: LiveRow<FeedEvent>| {
        let FeedEvent { service, at, message, .. } = row.value.get_untracked();
        let tone = event_tone(&message);
        view! {
            <li data-tone=tone.key()>
                <TimeAgo at/>
                <span class="timeline-words">
                    <a href=links::service(&cluster, &service)>{service.to_string()}</a> " · " {message}
                </span>
            </li>
        }
    };
    let none = Memo::new(move |_| list.rows.read().is_empty());
    view! {
        <Card title="Events of all services, newest first">
            <ul class="timeline"><For each=move || list.rows.get() key=|row| row.key.clone() children=line/></ul>
            {move || none.get().then(|| view! {
                <p class="muted">"No service of this cluster has written an event yet."</p>
            })}
        </Card>
    }
}
