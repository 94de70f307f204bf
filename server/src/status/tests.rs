//! The book and its streams over a database in a temporary directory and a picture set by hand.

use std::sync::RwLock;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use axum::routing::get;
use berth_app::backend::Touched;
use berth_app::live::Topic;
use berth_app::reading::{Outage, Reading, Trouble};
use berth_app::services::model::{Deployment, Service};
use berth_app::status::public::{Overall, PublicEvent, ServiceState};
use berth_app::timestamp::Timestamp;
use futures::StreamExt;
use tower::ServiceExt;

use super::*;
use crate::clock::ManualClock;

const START: Timestamp = Timestamp::from_ms(1_795_233_600_000);
const HIDDEN: [&str; 6] =
    ["arn:aws", "123456789012", "checkout-api", "production", "registry.example/shop", "boom"];

/// A picture set by hand.
#[derive(Default)]
struct Picture(RwLock<(Reading, Health)>);

#[async_trait]
impl Readings for Picture {
    fn now(&self) -> Fresh<Arc<Reading>> {
        let now = self.0.read().unwrap();
        Fresh { value: Arc::new(now.0.clone()), mark: "e-1".into(), health: now.1.clone() }
    }
    fn fresh(&self, _: &Topic) -> Result<Fresh<Value>, AppError> {
        Err(AppError::NotFound("Not asked here.".into()))
    }
    async fn look_at(&self, _touched: Touched) {}
    fn health(&self) -> Health {
        self.0.read().unwrap().1.clone()
    }
}

struct World {
    book: Arc<StatusBook>,
    picture: Arc<Picture>,
    beat: watch::Sender<u64>,
    clock: ManualClock,
    shutdown: CancellationToken,
    _directory: tempfile::TempDir,
}

fn service(running: u32) -> Service {
    let deployment = Deployment {
        id: "ecs-svc/1".into(),
        status: "PRIMARY".into(),
        task_definition: "checkout-api:7".parse().ok(),
        desired: 2,
        pending: 0,
        running,
        failed: 0,
        rollout: Some("COMPLETED".into()),
        rollout_reason: Some("registry.example/shop:7 is there".into()),
        created_at: Some(START),
        updated_at: Some(START),
    };
    Service {
        cluster: "production".parse().unwrap(),
        name: "checkout-api".parse().unwrap(),
        arn: "arn:aws:ecs:eu-west-1:123456789012:service/production/checkout-api".into(),
        status: "ACTIVE".into(),
        desired: 2,
        running,
        pending: 0,
        task_definition: "checkout-api:7".parse().ok(),
        launch_type: None,
        strategy: vec![],
        platform_version: None,
        scheduling: "REPLICA".into(),
        created_at: None,
        deployments: vec![deployment],
        events: vec![],
        rollback: None,
        network: None,
        load_balancers: vec![],
        minimum_healthy_percent: None,
        maximum_percent: None,
        circuit_breaker: None,
        execute_command: false,
        tags: vec![],
    }
}

fn listed() -> Vec<ListedService> {
    vec![ListedService {
        cluster: "production".parse().unwrap(),
        service: "checkout-api".parse().unwrap(),
        public_name: "Checkout".into(),
    }]
}

impl World {
    async fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", directory.path().join("berth.db").display());
        let store = Store::open(&url).await.unwrap();
        let picture = Arc::new(Picture::default());
        let (beat, heard) = watch::channel(0);
        let clock = ManualClock::new(START);
        let shutdown = CancellationToken::new();
        let (readings, stop) = (picture.clone(), shutdown.clone());
        let book = StatusBook::open(store, readings, heard, Arc::new(clock.clone()), stop).await;
        let book = Arc::new(book.unwrap());
        let world = Self { book, picture, beat, clock, shutdown, _directory: directory };
        world.read(2);
        world
    }

    /// ECS was read, and this many tasks run.
    fn read(&self, running: u32) {
        let reading = Reading { services: vec![Arc::new(service(running))], ..Reading::default() };
        let health = Health { read_at: Some(self.clock.now()), ..Health::default() };
        *self.picture.0.write().unwrap() = (reading, health);
        self.beat.send_modify(|beat| *beat += 1);
    }

    async fn publish(&self) -> StatusPage {
        self.book.create_page("Shop".into(), listed(), true).await.unwrap()
    }

    async fn ask(&self, slug: &str) -> Response {
        let router =
            Router::new().route("/status/{slug}/live", get(live)).with_state(self.book.clone());
        let request = Request::get(format!("/status/{slug}/live")).body(Body::empty()).unwrap();
        router.oneshot(request).await.unwrap()
    }

    async fn listen(&self, slug: &str) -> Events {
        let response = self.ask(slug).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["x-robots-tag"], "noindex, nofollow");
        assert_eq!(response.headers()["cache-control"], "no-store");
        Events(response.into_body().into_data_stream())
    }
}

struct Events(BodyDataStream);

impl Events {
    /// The next event; `None` at the stream's end.
    async fn next(&mut self) -> Option<PublicEvent> {
        let bytes = self.0.next().await?.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        for hidden in HIDDEN {
            assert!(!text.contains(hidden), "{hidden} in {text}");
        }
        let json = text.strip_prefix("data: ").unwrap();
        Some(serde_json::from_str(json.trim_end()).unwrap())
    }

    /// The next event that says something else.
    async fn status(&mut self) -> PublicStatus {
        loop {
            match self.next().await {
                Some(PublicEvent::Status(status)) => return status,
                Some(PublicEvent::Checked(_)) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// The events until the end; beats left out.
    async fn rest(mut self) -> Vec<PublicEvent> {
        let mut rest = Vec::new();
        while let Some(event) = self.next().await {
            if !matches!(event, PublicEvent::Checked(_)) {
                rest.push(event);
            }
        }
        rest
    }
}

#[tokio::test]
async fn what_another_server_takes_back_is_gone_here_too() {
    let world = World::new().await;
    let page = world.publish().await;
    let mut events = world.listen(&page.slug).await;
    events.status().await;
    // The other server writes to the same database; this one's memory does not know.
    world.book.store.delete_status_page(page.id).await.unwrap();
    assert!(world.book.view(&page.slug).is_some());
    world.book.read_again().await.unwrap();
    assert!(world.book.view(&page.slug).is_none());
    assert_eq!(events.rest().await, [PublicEvent::Gone]);
}

#[tokio::test]
async fn a_stream_delivers_what_changes() {
    let world = World::new().await;
    let page = world.publish().await;
    let mut events = world.listen(&page.slug).await;
    let first = events.status().await;
    assert_eq!((first.overall, first.title.as_str()), (Overall::Operational, "Shop"));
    assert_eq!(first.services[0].deployed_at, Some(START));
    world.read(1);
    assert_eq!(events.status().await.services[0].state, ServiceState::Degraded);
    world.clock.advance(Duration::from_secs(4));
    world.read(1);
    let checked = PublicEvent::Checked(Some(START.plus_ms(4_000)));
    while events.next().await.unwrap() != checked {}
    world.shutdown.cancel();
    assert_eq!(events.rest().await, [PublicEvent::Bye]);
}

#[tokio::test]
async fn what_is_not_published_is_not_there() {
    let world = World::new().await;
    let page = world.publish().await;
    let events = world.listen(&page.slug).await;
    let hidden =
        world.book.change_page(page.id, "Shop".into(), listed(), false, false).await.unwrap();
    assert_eq!(hidden.slug, page.slug);
    assert_eq!(events.rest().await.last(), Some(&PublicEvent::Gone));
    let unknown = world.book.public_view("0123").await.unwrap_err();
    assert_eq!(world.book.public_view(&page.slug).await.unwrap_err(), unknown);
    for slug in [page.slug.as_str(), "0123"] {
        assert_eq!(world.ask(slug).await.status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_new_link_ends_the_old_one() {
    let world = World::new().await;
    let page = world.publish().await;
    let events = world.listen(&page.slug).await;
    let moved = world.book.change_page(page.id, "Shop".into(), listed(), true, true).await.unwrap();
    assert_ne!(moved.slug, page.slug);
    assert_eq!(moved.slug.len(), 32);
    assert_eq!(events.rest().await.last(), Some(&PublicEvent::Gone));
    assert!(world.book.public_view(&page.slug).await.is_err());
    assert!(world.book.public_view(&moved.slug).await.is_ok());
    world.book.delete_page(page.id).await.unwrap();
    assert!(world.book.public_view(&moved.slug).await.is_err());
    assert!(matches!(world.book.delete_page(page.id).await, Err(AppError::NotFound(_))));
}

#[tokio::test]
async fn published_pages_are_there_after_a_restart() {
    let world = World::new().await;
    let page = world.publish().await;
    let again = StatusBook::open(
        world.book.store.clone(),
        world.picture.clone(),
        world.beat.subscribe(),
        Arc::new(world.clock.clone()),
        CancellationToken::new(),
    );
    assert!(again.await.unwrap().public_view(&page.slug).await.is_ok());
}

#[tokio::test]
async fn a_page_that_is_not_read_any_more_turns_unknown() {
    let world = World::new().await;
    let page = world.publish().await;
    let mut events = world.listen(&page.slug).await;
    assert_eq!(events.status().await.overall, Overall::Operational);
    let trouble = Trouble {
        said: "boom: arn:aws:iam::123456789012:role/berth".into(),
        next: "Grant ecs:ListServices.".into(),
    };
    let outage = Outage { since: START, retry_at: START, trouble };
    world.picture.0.write().unwrap().1.outage = Some(outage);
    world.clock.advance(Duration::from_secs(121));
    world.beat.send_modify(|beat| *beat += 1);
    assert_eq!(events.status().await.overall, Overall::Unknown);
    let fresh = world.book.public_view(&page.slug).await.unwrap();
    assert_eq!(fresh.health.outage, None);
}

#[tokio::test]
async fn there_is_room_for_so_many_and_no_more() {
    let world = World::new().await;
    let page = world.publish().await;
    let taken = world.book.viewers.clone().try_acquire_many_owned(VIEWERS as u32 - 1).unwrap();
    let last = world.listen(&page.slug).await;
    let turned_away = world.ask(&page.slug).await;
    assert_eq!(turned_away.status(), StatusCode::SERVICE_UNAVAILABLE);
    drop(last);
    assert_eq!(world.ask(&page.slug).await.status(), StatusCode::OK);
    drop(taken);
}
