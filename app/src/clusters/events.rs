//! The events of all services of a cluster as one feed, so that nobody has to open each service to
//! find the one that can't place its tasks.

use leptos::prelude::*;

use super::api::read_cluster_events;
use super::detail::FeedEvent;
use crate::asked::{Asked, ask_while};
use crate::error::AppError;
use crate::links;
use crate::listing::Listing;
use crate::live::{LiveRow, Topic, live_list};
use crate::names::ClusterName;
use crate::reading::Fresh;
use crate::services::{event_tone, event_words};
use crate::trouble::part;
use crate::ui::*;

/// The feed of a cluster, as it was asked for.
pub type FeedAsked = Asked<Option<Fresh<Listing<FeedEvent>>>>;

/// Asks for the feed of a cluster while it is in sight; for the body of a page.
pub fn ask_feed(
    cluster: Memo<String>,
    wanted: impl Fn() -> bool + Send + Sync + 'static,
) -> FeedAsked {
    ask_while(wanted, cluster, |cluster| async move {
        let unknown = |_| AppError::NotFound("There is no cluster of that name.".to_owned());
        read_cluster_events(cluster.parse().map_err(unknown)?).await
    })
}

/// The feed of a cluster, newest first.
#[component]
pub fn ClusterEvents(asked: FeedAsked, cluster: ClusterName) -> impl IntoView {
    let show = move |fresh| view! { <Feed cluster=cluster.clone() fresh/> };
    part(asked, "The events can't be shown", ("All clusters", links::CLUSTERS), show)
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
                    <a href=links::service(&cluster, &service)>{service.to_string()}</a> " · " {event_words(&message, &cluster)}
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
