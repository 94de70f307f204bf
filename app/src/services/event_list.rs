//! The events of a service, newest first, narrowed by words in the browser.

use leptos::prelude::*;

use super::api::read_service_events;
use super::events::{EventRow, Piece, event_tone, pieces};
use crate::asked::{Asked, ask_while};
use crate::error::AppError;
use crate::links;
use crate::listing::{ListQuery, Listing};
use crate::live::{LiveRow, Topic, live_list};
use crate::names::{ClusterName, ServiceName};
use crate::reading::Fresh;
use crate::trouble::part;
use crate::ui::*;

/// The events of a service, as they were asked for.
pub type EventsAsked = Asked<Option<Fresh<Listing<EventRow>>>>;

/// Asks for the events of a service while they are in sight; for the body of a page.
pub fn ask_events(
    whose: Memo<(String, String)>,
    wanted: impl Fn() -> bool + Send + Sync + 'static,
) -> EventsAsked {
    ask_while(wanted, whose, |(cluster, name)| async move {
        let unknown = |_| AppError::NotFound("There is no service of that name.".to_owned());
        let cluster = cluster.parse().map_err(unknown)?;
        read_service_events(cluster, name.parse().map_err(unknown)?).await
    })
}

/// All events that ECS keeps of a service: the last hundred.
#[component]
pub fn EventList(asked: EventsAsked, cluster: ClusterName, name: ServiceName) -> impl IntoView {
    let show = move |fresh| view! { <Events cluster=cluster.clone() name=name.clone() fresh/> };
    part(asked, "The events can't be shown", ("All services", links::SERVICES), show)
}

#[component]
fn Events(
    cluster: ClusterName,
    name: ServiceName,
    fresh: Fresh<Listing<EventRow>>,
) -> impl IntoView {
    let page = links::tab(&links::service(&cluster, &name), "events");
    let of = cluster.clone();
    let list = live_list(&Topic::ServiceEvents { cluster, name }, fresh);
    let words = RwSignal::new(String::new());
    let shown = Memo::new_with_compare(
        move |_| {
            let query = ListQuery::default().with_text(&words.read());
            let mut rows = list.rows.get();
            rows.retain(|row| row.value.with(|event| query.finds(&[&event.message])));
            rows
        },
        |old, new| keys(old) != keys(new),
    );
    let line = move |row: LiveRow<EventRow>| {
        let EventRow { at, message, .. } = row.value.get_untracked();
        let tone = event_tone(&message);
        view! {
            <li data-tone=tone.key()>
                <TimeAgo at/><span class="timeline-words">{event_words(&message, &of)}</span>
            </li>
        }
    };
    let empty = move || {
        let none = shown.with(Vec::is_empty);
        none.then(|| {
            let said = if words.read().is_empty() {
                "ECS has written no event yet."
            } else {
                "No event holds these words."
            };
            view! { <p class="muted">{said}</p> }
        })
    };
    view! {
        <FilterBar
            action=page text=words on_text=move |text| words.set(text)
            matched=Signal::derive(move || shown.with(Vec::len))
            total=Signal::derive(move || list.rows.with(Vec::len))
            noun=("event", "events")
        />
        <Card>
            <ul class="timeline"><For each=move || shown.get() key=|row| row.key.clone() children=line/></ul>
            {empty}
        </Card>
    }
}

/// An event's words; the tasks that it names are links.
pub fn event_words(message: &str, cluster: &ClusterName) -> impl IntoView + use<> {
    let piece = |piece| {
        match piece {
        Piece::Words(words) => words.into_any(),
        Piece::Task(id) => view! {
            <a class="mono" href=links::task(cluster, &id) title=id.to_string()>{id.short().to_owned()}</a>
        }
        .into_any(),
    }
    };
    pieces(message).into_iter().map(piece).collect_view()
}

fn keys(rows: Option<&Vec<LiveRow<EventRow>>>) -> Option<Vec<String>> {
    rows.map(|rows| rows.iter().map(|row| row.key.clone()).collect())
}
