//! Reads ECS for everybody, at a pace that follows the world and never the viewers.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use berth_app::backend::{Readings, Touched};
use berth_app::error::AppError;
use berth_app::live::Topic;
use berth_app::reading::{Fresh, Health, Reading};
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::hub::Hub;
use super::work::Work;
use crate::clock::Clock;
use crate::ecs::Source;

/// A page waits at most this long for what its change has made.
const PATIENCE: Duration = Duration::from_secs(3);

/// When the poller reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// By itself, and after each change.
    Steady,
    /// Only when asked: tests decide.
    OnRequest,
}

/// The handle to the poller's task.
#[derive(Clone)]
pub struct Poller {
    hub: Arc<Hub>,
    requests: mpsc::Sender<Request>,
}

/// What somebody asks for, and waits for.
pub(super) enum Request {
    /// Everything.
    Sweep(oneshot::Sender<()>),
    /// What a change has touched.
    Look(Touched, oneshot::Sender<()>),
}

impl Poller {
    /// Starts the poller's task; it ends when `shutdown` is cancelled.
    pub fn start(
        source: Arc<dyn Source>,
        hub: Arc<Hub>,
        clock: Arc<dyn Clock>,
        pace: Pace,
        shutdown: CancellationToken,
    ) -> Self {
        let (requests, asked) = mpsc::channel(64);
        let work = Work::new(source, hub.clone(), clock, pace);
        tokio::spawn(async move {
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = work.go_on(asked) => {}
            }
        });
        Self { hub, requests }
    }

    /// Reads ECS once more and waits for it.
    pub async fn read(&self) {
        self.ask(Request::Sweep).await;
    }

    /// Reads ECS once more, ahead of its time, and waits for it, but not for long.
    pub async fn read_soon(&self) {
        let _ = timeout(PATIENCE, self.read()).await;
    }

    async fn ask(&self, request: impl FnOnce(oneshot::Sender<()>) -> Request) {
        let (done, wait) = oneshot::channel();
        if self.requests.send(request(done)).await.is_ok() {
            // An error means that the poller has ended: there is nothing to wait for.
            let _ = wait.await;
        }
    }

    /// Whether the poller's task lives.
    pub fn is_running(&self) -> bool {
        !self.requests.is_closed()
    }
}

#[async_trait]
impl Readings for Poller {
    fn now(&self) -> Fresh<Arc<Reading>> {
        self.hub.now()
    }

    fn fresh(&self, topic: &Topic) -> Result<Fresh<Value>, AppError> {
        self.hub.fresh(topic)
    }

    async fn look_at(&self, touched: Touched) {
        let look = self.ask(|done| Request::Look(touched, done));
        // The change is made; a slow answer only means that the page catches up by itself.
        let _ = timeout(PATIENCE, look).await;
    }

    fn health(&self) -> Health {
        self.hub.health()
    }
}
