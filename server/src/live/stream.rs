//! The event stream: one per browser, with all the topics that its tabs show.
//!
//! A stream holds marks only. What it sends is made when it is ready to send, from the pictures
//! that the hub keeps: a slow reader costs no memory, skips what it missed, and loses nothing.
//!
//! A stream ends with its session, however the session ends; it does not keep it open.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use berth_app::backend::Visitor;
use berth_app::live::{LiveEvent, Topic};
use futures::Stream;
use tokio::sync::{broadcast, watch};
use tokio::time::{Interval, MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::hub::{Hub, Mark};
use crate::auth::{OpenSession, Revocations, Sessions};

/// Topics on one stream: a browser with dozens of tabs.
const TOPICS: usize = 64;
/// A comment this often keeps proxies from closing the stream.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// A stream on which nothing happens looks this often whether its session has ended.
const LOOK_EVERY: Duration = Duration::from_secs(15);

/// What the stream is made from.
#[derive(Clone)]
pub struct LiveState {
    /// The pictures.
    pub hub: Arc<Hub>,
    /// Ends every stream when the server goes down.
    pub shutdown: CancellationToken,
    /// Members whose sessions have ended or whose rights have changed.
    pub revocations: Revocations,
    /// Tells when a session has ended by itself.
    pub sessions: Sessions,
}

/// `GET /live?topic=..&since=..&topic=..&since=..`: for members; 401 without a session, 400 for a
/// topic that can't be read.
pub async fn live(
    State(state): State<LiveState>,
    Extension(visitor): Extension<Visitor>,
    session: Option<Extension<OpenSession>>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let (Some(member), Some(Extension(session))) = (visitor.member, session) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let Some(topics) = read_topics(&pairs, &state.hub) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let mut looks = interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let viewer = Viewer {
        member: member.id,
        session,
        sessions: state.sessions,
        looks,
        beat: state.hub.subscribe(),
        revoked: state.revocations.listen(),
        shutdown: state.shutdown,
        hub: state.hub,
        topics,
        ready: VecDeque::new(),
        over: false,
    };
    Sse::new(events(viewer)).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response()
}

fn read_topics(pairs: &[(String, String)], hub: &Hub) -> Option<Vec<(Topic, Mark)>> {
    let mut topics = Vec::new();
    for (name, value) in pairs {
        match name.as_str() {
            "topic" if topics.len() < TOPICS => topics.push((Topic::from_text(value)?, None)),
            "since" => topics.last_mut()?.1 = hub.read_mark(value),
            _ => return None,
        }
    }
    Some(topics)
}

struct Viewer {
    member: i64,
    session: OpenSession,
    sessions: Sessions,
    looks: Interval,
    hub: Arc<Hub>,
    beat: watch::Receiver<u64>,
    revoked: broadcast::Receiver<i64>,
    shutdown: CancellationToken,
    topics: Vec<(Topic, Mark)>,
    ready: VecDeque<Event>,
    over: bool,
}

fn events(viewer: Viewer) -> impl Stream<Item = Result<Event, Infallible>> {
    let mut first = true;
    futures::stream::unfold(viewer, move |mut viewer| {
        let at_once = std::mem::take(&mut first);
        async move {
            if at_once {
                viewer.catch_up();
            }
            loop {
                if let Some(event) = viewer.ready.pop_front() {
                    return Some((Ok(event), viewer));
                }
                if viewer.over {
                    return None;
                }
                viewer.wait().await;
            }
        }
    })
}

impl Viewer {
    /// Waits for a reason to send something.
    async fn wait(&mut self) {
        let news = tokio::select! {
            () = self.shutdown.cancelled() => return self.end(&LiveEvent::Bye),
            changed = self.beat.changed() => match changed {
                Ok(()) => true,
                Err(_) => return self.end(&LiveEvent::Bye),
            },
            revoked = self.revoked.recv() => match revoked {
                Ok(member) if member != self.member => false,
                // Its own, or too many to have heard them all: the browser asks again, and the
                // session layer answers.
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {
                    return self.end(&LiveEvent::SignedOut);
                }
                Err(broadcast::error::RecvError::Closed) => return self.end(&LiveEvent::Bye),
            },
            _ = self.looks.tick() => false,
        };
        match self.sessions.still_open(self.session).await {
            Ok(Some(session)) => self.session = session,
            Ok(None) => return self.end(&LiveEvent::SignedOut),
            Err(error) => {
                // Nothing is sent on a session that nobody can vouch for. The browser comes back.
                tracing::warn!(%error, "a session can't be read");
                return self.end(&LiveEvent::Bye);
            }
        }
        if news {
            self.catch_up();
        }
    }

    fn end(&mut self, event: &LiveEvent) {
        self.over = true;
        if let Ok(data) = serde_json::to_string(event) {
            self.ready.push_back(Event::default().data(data));
        }
    }

    /// Puts everything that the stream lacks into its queue, the mark last.
    fn catch_up(&mut self) {
        self.beat.mark_unchanged();
        let number = self.hub.number();
        for (topic, mark) in &mut self.topics {
            if let Some(event) = self.hub.event(topic, *mark, number) {
                self.ready.push_back(Event::default().data(&*event));
            }
            *mark = Some(number);
        }
        if let Ok(data) = serde_json::to_string(&LiveEvent::Read(self.hub.health())) {
            self.ready.push_back(Event::default().id(self.hub.mark(number)).data(data));
        }
    }
}
