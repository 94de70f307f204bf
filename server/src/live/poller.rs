//! Reads ECS for everybody, at a pace that follows the world and never the viewers.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use berth_app::backend::Readings;
use berth_app::clusters::model::Cluster;
use berth_app::error::AppError;
use berth_app::live::Topic;
use berth_app::names::TaskId;
use berth_app::reading::{Fresh, Health, Reading};
use berth_app::services::last_deployment::rollback;
use berth_app::services::model::Service;
use berth_app::task_definitions::model::Family;
use berth_app::tasks::model::Task;
use berth_app::timestamp::Timestamp;
use futures::{StreamExt, TryStreamExt};
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::hub::Hub;
use super::pace::{pause, pause_after_failure};
use crate::clock::Clock;
use crate::ecs::{ReadError, Source};

/// Clusters that are read at the same time: enough to hide the network, few enough for the quota.
const AT_ONCE: usize = 4;
/// Families change seldom: they are read this often, and after each change.
const FAMILIES_EVERY_MS: i64 = 60_000;
/// After a change the world is taken to move for this long, whatever it looks like.
const WARM_MS: i64 = 60_000;
/// A page waits at most this long for the reading after its change.
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
    requests: mpsc::Sender<oneshot::Sender<()>>,
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
        let sweeper = Sweeper {
            source,
            hub: hub.clone(),
            clock,
            reading: Reading::default(),
            families_at: None,
            changed_at: None,
            failures: 0,
        };
        tokio::spawn(run(sweeper, asked, pace, shutdown));
        Self { hub, requests }
    }

    /// Reads ECS once more and waits for it.
    pub async fn read(&self) {
        let (done, wait) = oneshot::channel();
        if self.requests.send(done).await.is_ok() {
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

    async fn read_again(&self) {
        // The change is made; a slow reading only means that the page catches up by itself.
        let _ = tokio::time::timeout(PATIENCE, self.read()).await;
    }

    fn health(&self) -> Health {
        self.hub.health()
    }
}

async fn run(
    mut sweeper: Sweeper,
    mut asked: mpsc::Receiver<oneshot::Sender<()>>,
    pace: Pace,
    shutdown: CancellationToken,
) {
    let mut wait = Duration::ZERO;
    loop {
        let request = tokio::select! {
            () = shutdown.cancelled() => return,
            request = next_request(&mut asked, pace, wait) => request,
        };
        let mut waiting: Vec<oneshot::Sender<()>> = Vec::new();
        match request {
            Request::Asked(request) => {
                waiting.push(request);
                sweeper.changed_at = Some(sweeper.clock.now());
                sweeper.families_at = None;
            }
            Request::Due => {}
            Request::Closed => return,
        }
        // Requests that came meanwhile are answered by the same reading.
        while let Ok(request) = asked.try_recv() {
            waiting.push(request);
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            pause = sweeper.sweep() => wait = pause,
        }
        for request in waiting {
            let _ = request.send(());
        }
    }
}

enum Request {
    /// Somebody waits for this reading.
    Asked(oneshot::Sender<()>),
    /// The pause is over.
    Due,
    /// Every handle is gone.
    Closed,
}

async fn next_request(
    asked: &mut mpsc::Receiver<oneshot::Sender<()>>,
    pace: Pace,
    wait: Duration,
) -> Request {
    let request = match pace {
        Pace::OnRequest => asked.recv().await,
        Pace::Steady => match tokio::time::timeout(wait, asked.recv()).await {
            Ok(request) => request,
            Err(_) => return Request::Due,
        },
    };
    request.map_or(Request::Closed, Request::Asked)
}

/// One cluster's share of a picture.
struct Part {
    services: Vec<Arc<Service>>,
    tasks: Vec<Arc<Task>>,
}

struct Sweeper {
    source: Arc<dyn Source>,
    hub: Arc<Hub>,
    clock: Arc<dyn Clock>,
    reading: Reading,
    families_at: Option<Timestamp>,
    changed_at: Option<Timestamp>,
    failures: u32,
}

impl Sweeper {
    /// Reads everything once and says how long to wait until the next time.
    async fn sweep(&mut self) -> Duration {
        match self.read().await {
            Ok(reading) => {
                if self.failures > 0 {
                    tracing::info!("ECS can be read again");
                }
                self.failures = 0;
                self.reading = reading.clone();
                self.hub.publish(reading, self.clock.now());
            }
            Err(error) => return self.fail(error),
        }
        let now = self.clock.now();
        let warm = self.changed_at.is_some_and(|at| now.ms_since(at) < WARM_MS);
        pause(warm || is_moving(&self.reading))
    }

    fn fail(&mut self, error: ReadError) -> Duration {
        if self.failures == 0 {
            tracing::warn!(kind = ?error.kind, said = %error.trouble.said, "ECS can't be read");
        }
        self.failures = self.failures.saturating_add(1);
        let pause = pause_after_failure(self.failures);
        let now = self.clock.now();
        let pause_ms = i64::try_from(pause.as_millis()).unwrap_or(i64::MAX);
        self.hub.trouble(error.trouble, now, now.plus_ms(pause_ms));
        pause
    }

    async fn read(&mut self) -> Result<Reading, ReadError> {
        let clusters = self.source.clusters().await?;
        let parts: Vec<_> = clusters.iter().map(|cluster| self.part(cluster)).collect();
        let parts: Vec<Part> =
            futures::stream::iter(parts).buffer_unordered(AT_ONCE).try_collect().await?;
        let families = self.families().await?;
        let mut reading = Reading { families, ..Reading::default() };
        for part in parts {
            reading.services.extend(part.services);
            reading.tasks.extend(part.tasks);
        }
        reading.clusters = clusters.into_iter().map(Arc::new).collect();
        reading.sort();
        self.share(&mut reading);
        Ok(reading)
    }

    async fn part(&self, cluster: &Cluster) -> Result<Part, ReadError> {
        let known: Vec<&Arc<Task>> = self.reading.tasks_of(&cluster.name).collect();
        let final_ids: HashSet<TaskId> =
            known.iter().filter(|task| task.is_final()).map(|task| task.id.clone()).collect();
        let (services, sweep) = futures::try_join!(
            self.source.services(&cluster.name),
            self.source.tasks(&cluster.name, &final_ids)
        )?;
        let mut tasks: Vec<Arc<Task>> = sweep.described.into_iter().map(Arc::new).collect();
        let still: HashSet<&TaskId> = sweep.still_listed.iter().collect();
        tasks.extend(known.into_iter().filter(|task| still.contains(&task.id)).cloned());
        let services = services.into_iter().map(|mut service| {
            let before = self.reading.service(&cluster.name, &service.name);
            let before = before.and_then(|before| before.rollback.as_ref());
            service.rollback = rollback(&service, before, &tasks);
            Arc::new(service)
        });
        Ok(Part { services: services.collect(), tasks })
    }

    async fn families(&mut self) -> Result<Vec<Arc<Family>>, ReadError> {
        let now = self.clock.now();
        if self.families_at.is_some_and(|at| now.ms_since(at) < FAMILIES_EVERY_MS) {
            return Ok(self.reading.families.clone());
        }
        let families = self.source.families().await?;
        self.families_at = Some(now);
        Ok(families.into_iter().map(Arc::new).collect())
    }

    /// Lets the new picture share what did not change with the last one, and keeps a task's newer
    /// description when an older one arrives late.
    fn share(&self, reading: &mut Reading) {
        let old = &self.reading;
        for cluster in &mut reading.clusters {
            reuse(cluster, old.cluster(&cluster.name));
        }
        for service in &mut reading.services {
            reuse(service, old.service(&service.cluster, &service.name));
        }
        for family in &mut reading.families {
            reuse(family, old.family(&family.name));
        }
        for task in &mut reading.tasks {
            let known = old.task(&task.cluster, &task.id);
            match known {
                Some(known) if known.version > task.version => *task = known.clone(),
                known => reuse(task, known),
            }
        }
    }
}

fn reuse<T: PartialEq>(new: &mut Arc<T>, old: Option<&Arc<T>>) {
    if let Some(old) = old
        && **old == **new
    {
        *new = old.clone();
    }
}

/// Whether anything is on its way from one state to another.
fn is_moving(reading: &Reading) -> bool {
    reading.tasks.iter().any(|task| task.is_moving())
        || reading.services.iter().any(|service| {
            service.status == "DRAINING"
                || service
                    .deployments
                    .iter()
                    .any(|deployment| deployment.rollout.as_deref() == Some("IN_PROGRESS"))
        })
}
