//! The event stream of a member, and how it ends.

mod support;

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode, header};
use berth_app::clusters::api::ListClusters;
use berth_app::listing::ListQuery;
use berth_app::live::{LiveEvent, Topic};
use berth_app::team::model::Role;
use futures::StreamExt;
use support::{Client, TestConsole};

/// What a stream carries.
struct Events {
    body: BodyDataStream,
    text: String,
}

impl Events {
    /// Opens the stream as a page with the list of clusters does.
    async fn open(client: &mut Client) -> Self {
        let topic = Topic::Clusters(ListQuery::default()).text();
        let topic: String = topic.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let request = Request::get(format!("/live?topic={topic}"))
            .header(header::HOST, "127.0.0.1:3000")
            .body(Body::empty());
        let response = client.send(request.expect("a request")).await;
        assert_eq!(response.status(), StatusCode::OK);
        Self { body: response.into_body().into_data_stream(), text: String::new() }
    }

    /// The next event, but for patches: a reading, or an end. `None` after the last.
    async fn next(&mut self) -> Option<LiveEvent> {
        loop {
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                let data = event.lines().find_map(|line| line.strip_prefix("data: "));
                let event = data.map(|data| serde_json::from_str(data).expect("an event"));
                self.text = rest.to_owned();
                if event.is_some() && !matches!(event, Some(LiveEvent::Patch { .. })) {
                    return event;
                }
            }
            let chunk = self.body.next().await?.expect("a chunk");
            self.text.push_str(std::str::from_utf8(&chunk).expect("text"));
        }
    }

    async fn goes_on(&mut self) {
        let event = self.next().await;
        assert!(matches!(event, Some(LiveEvent::Read(_))), "{event:?}");
    }

    async fn ends(&mut self) {
        assert_eq!(self.next().await, Some(LiveEvent::SignedOut));
        assert_eq!(self.next().await, None);
    }
}

/// Asks for something, as a person does who is there.
async fn use_it(member: &mut Client) {
    member.call(&ListClusters { query: ListQuery::default() }).await.expect("a session");
}

fn hours(n: u64) -> Duration {
    Duration::from_secs(n * 3_600)
}

#[tokio::test]
async fn a_stream_ends_with_a_session_that_nobody_uses() {
    let console = TestConsole::empty().await;
    let mut member = console.member(Role::Viewer).await;
    let mut events = Events::open(&mut member).await;
    events.goes_on().await;
    console.advance(hours(6)).await;
    events.goes_on().await;
    // Somebody is there: the end that the stream knows is no longer the session's.
    use_it(&mut member).await;
    console.advance(hours(12) - Duration::from_secs(1)).await;
    events.goes_on().await;
    console.advance(Duration::from_secs(1)).await;
    events.ends().await;
}

#[tokio::test]
async fn a_stream_is_no_use_of_its_session() {
    let console = TestConsole::empty().await;
    let mut member = console.member(Role::Viewer).await;
    let mut first = Events::open(&mut member).await;
    first.goes_on().await;
    // Held, and opened again, as an unattended page does by itself.
    console.advance(hours(11)).await;
    first.goes_on().await;
    let mut second = Events::open(&mut member).await;
    second.goes_on().await;
    console.advance(hours(1)).await;
    first.ends().await;
    second.ends().await;
    assert_eq!(member.get("/live").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(member.get("/clusters").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_stream_ends_a_week_after_the_sign_in_however_busy_its_member_is() {
    let console = TestConsole::empty().await;
    let mut member = console.member(Role::Viewer).await;
    let mut events = Events::open(&mut member).await;
    for _ in 0..15 {
        console.advance(hours(11)).await;
        events.goes_on().await;
        use_it(&mut member).await;
    }
    console.advance(hours(3)).await;
    events.ends().await;
}

#[tokio::test]
async fn a_stream_ends_also_while_ecs_is_not_read() {
    let console = TestConsole::empty().await;
    let mut member = console.member(Role::Viewer).await;
    let mut events = Events::open(&mut member).await;
    events.goes_on().await;
    console.clock.advance(hours(12));
    // The stream's own pause passes; no reading wakes it.
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(15)).await;
    tokio::time::resume();
    events.ends().await;
}

#[tokio::test]
async fn a_sign_out_ends_the_streams_of_its_member_only() {
    let console = TestConsole::empty().await;
    let mut member = console.member(Role::Viewer).await;
    let mut other = console.member(Role::Operator).await;
    let mut events = Events::open(&mut member).await;
    let mut others = Events::open(&mut other).await;
    events.goes_on().await;
    others.goes_on().await;
    assert_eq!(member.post("/sign-out", &[]).await.status, StatusCode::SEE_OTHER);
    events.ends().await;
    console.read().await;
    others.goes_on().await;
}
