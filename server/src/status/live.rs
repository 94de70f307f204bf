//! The public event stream of a status page. A stream holds a slug and what it last said; what it
//! sends is made when it is ready to send, so a slow reader costs no memory.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use berth_app::status::public::{PublicEvent, PublicStatus};
use futures::Stream;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::StatusBook;

/// Something is sent this often, which keeps proxies from closing the stream; and when ECS is not
/// read any more, the page is told that it has grown old.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Seconds after which a visitor for whom there is no room asks again.
const RETRY_AFTER: &str = "60";

/// `GET /status/{slug}/live`: for anyone; 404 for unpublished and unknown slugs alike, 503 when
/// there are too many streams.
pub async fn live(State(book): State<Arc<StatusBook>>, Path(slug): Path<String>) -> Response {
    if book.view(&slug).is_none() {
        return quiet(StatusCode::NOT_FOUND.into_response());
    }
    let Ok(room) = book.viewers.clone().try_acquire_owned() else {
        let full = (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, RETRY_AFTER)]);
        return quiet(full.into_response());
    };
    let mut heartbeat = interval(HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The first event goes out at once, whatever happens.
    heartbeat.reset_immediately();
    let viewer = Viewer {
        beat: book.beat.clone(),
        changed: book.changed.subscribe(),
        book,
        slug,
        said: None,
        heartbeat,
        over: false,
        _room: room,
    };
    quiet(Sse::new(events(viewer)).into_response())
}

/// The head of every answer here: nothing keeps it, no search engine lists it, no proxy gathers it.
fn quiet(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in [("x-robots-tag", "noindex, nofollow"), ("x-accel-buffering", "no")] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

struct Viewer {
    book: Arc<StatusBook>,
    slug: String,
    beat: watch::Receiver<u64>,
    changed: watch::Receiver<()>,
    heartbeat: Interval,
    /// What the visitor has.
    said: Option<PublicStatus>,
    over: bool,
    _room: OwnedSemaphorePermit,
}

fn events(viewer: Viewer) -> impl Stream<Item = Result<Event, Infallible>> {
    futures::stream::unfold(viewer, |mut viewer| async move {
        if viewer.over {
            return None;
        }
        let event = viewer.next().await;
        viewer.over = matches!(event, PublicEvent::Gone | PublicEvent::Bye);
        let data = serde_json::to_string(&event).unwrap_or_default();
        Some((Ok(Event::default().data(data)), viewer))
    })
}

impl Viewer {
    /// Waits for a reason to say something, and says it.
    async fn next(&mut self) -> PublicEvent {
        tokio::select! {
            () = self.book.shutdown.cancelled() => PublicEvent::Bye,
            read = self.beat.changed() => if read.is_ok() { self.news() } else { PublicEvent::Bye },
            // The sender lives in the book, which this viewer holds.
            _ = self.changed.changed() => self.news(),
            _ = self.heartbeat.tick() => self.news(),
        }
    }

    fn news(&mut self) -> PublicEvent {
        let Some(present) = self.book.view(&self.slug) else {
            return PublicEvent::Gone;
        };
        let same = self.said.as_ref().is_some_and(|said| said.says_the_same(&present));
        let checked_at = present.checked_at;
        self.said = Some(present.clone());
        if same { PublicEvent::Checked(checked_at) } else { PublicEvent::Status(present) }
    }
}
