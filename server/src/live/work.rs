//! The poller's task: one sweep at a time, and looks beside it.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use berth_app::reading::Reading;
use berth_app::timestamp::Timestamp;
use futures::future::BoxFuture;
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Sleep, sleep};

use super::hub::Hub;
use super::look::Look;
use super::pace::{pause, pause_after_failure};
use super::poller::{Pace, Request};
use super::sweep::{Began, Order, Swept, sweep};
use crate::clock::Clock;
use crate::ecs::{ReadError, Source};

/// Families change seldom: they are read this often, and after each change.
const FAMILIES_EVERY_MS: i64 = 60_000;
/// After a change the world is taken to move for this long, whatever it looks like.
const WARM_MS: i64 = 60_000;

/// A sweep that goes on, and who waits for it.
struct Sweeping {
    swept: BoxFuture<'static, Result<Swept, ReadError>>,
    waiting: Vec<oneshot::Sender<()>>,
}

/// The task's state.
pub(super) struct Work {
    source: Arc<dyn Source>,
    hub: Arc<Hub>,
    clock: Arc<dyn Clock>,
    pace: Pace,
    reading: Arc<Reading>,
    families_at: Option<Timestamp>,
    changed_at: Option<Timestamp>,
    failures: u32,
    /// When the next sweep begins.
    due: Pin<Box<Sleep>>,
    order: Order,
    sweeping: Option<Sweeping>,
    /// What was seen since the present sweep began, which may have passed there before.
    looks: Vec<Look>,
    /// Who waits for the next sweep.
    waiting: Vec<oneshot::Sender<()>>,
}

impl Work {
    pub(super) fn new(
        source: Arc<dyn Source>,
        hub: Arc<Hub>,
        clock: Arc<dyn Clock>,
        pace: Pace,
    ) -> Self {
        Self {
            source,
            hub,
            clock,
            pace,
            reading: Arc::default(),
            families_at: None,
            changed_at: None,
            failures: 0,
            due: after(Duration::ZERO),
            order: Order::default(),
            sweeping: None,
            looks: Vec::new(),
            waiting: Vec::new(),
        }
    }

    /// Answers requests and sweeps, until every handle is gone.
    pub(super) async fn go_on(mut self, mut asked: mpsc::Receiver<Request>) {
        let mut looking = FuturesUnordered::new();
        loop {
            let begins =
                self.sweeping.is_none() && (self.pace == Pace::Steady || !self.waiting.is_empty());
            tokio::select! {
                // Requests first: those that came meanwhile are answered by the same sweep.
                biased;
                request = asked.recv() => match request {
                    None => return,
                    Some(Request::Sweep(done)) => {
                        self.waiting.push(done);
                        self.families_at = None;
                        self.warm_up();
                    }
                    Some(Request::Look(touched, done)) => {
                        let look = Look::at(self.source.clone(), touched, self.order.clone());
                        looking.push(async move { (look.await, done) });
                    }
                },
                Some((look, done)) = looking.next() => {
                    self.take_look(look);
                    // Whoever asked may have gone: it waits for so long only.
                    let _ = done.send(());
                }
                swept = end_of(&mut self.sweeping) => self.take_sweep(swept),
                () = &mut self.due, if begins => self.begin(),
            }
        }
    }

    /// Something has changed: look around soon, and often for a while.
    fn warm_up(&mut self) {
        self.changed_at = Some(self.clock.now());
        self.due = after(Duration::ZERO);
    }

    fn begin(&mut self) {
        let now = self.clock.now();
        let known = self.families_at.is_some_and(|at| now.ms_since(at) < FAMILIES_EVERY_MS);
        if !known {
            self.families_at = Some(now);
        }
        self.looks.clear();
        self.sweeping = Some(Sweeping {
            swept: Box::pin(sweep(
                self.source.clone(),
                self.reading.clone(),
                !known,
                self.order.clone(),
            )),
            waiting: std::mem::take(&mut self.waiting),
        });
    }

    fn take_sweep(&mut self, swept: Result<Swept, ReadError>) {
        let ended = self.sweeping.take();
        let now = self.clock.now();
        let pause = match swept {
            Ok(swept) => {
                if self.failures > 0 {
                    tracing::info!("ECS can be read again");
                }
                self.failures = 0;
                let mut reading = swept.reading;
                for look in self.looks.drain(..) {
                    look.onto(&mut reading, &swept.began);
                }
                self.reading = Arc::new(reading);
                self.hub.publish(self.reading.clone(), now);
                let warm = self.changed_at.is_some_and(|at| now.ms_since(at) < WARM_MS);
                pause(warm || is_moving(&self.reading))
            }
            Err(error) => self.fail(error),
        };
        self.due = after(pause);
        for waiting in ended.into_iter().flat_map(|ended| ended.waiting) {
            // Whoever asked may have gone.
            let _ = waiting.send(());
        }
    }

    fn fail(&mut self, error: ReadError) -> Duration {
        if self.failures == 0 {
            tracing::warn!(kind = ?error.kind, said = %error.trouble.said, "ECS can't be read");
        }
        self.failures = self.failures.saturating_add(1);
        self.families_at = None;
        let pause = pause_after_failure(self.failures);
        let now = self.clock.now();
        let pause_ms = i64::try_from(pause.as_millis()).unwrap_or(i64::MAX);
        self.hub.trouble(error.trouble, now, now.plus_ms(pause_ms));
        pause
    }

    fn take_look(&mut self, look: Result<Look, ReadError>) {
        match look {
            Ok(look) => {
                let mut reading = Reading::clone(&self.reading);
                look.clone().onto(&mut reading, &Began::default());
                self.reading = Arc::new(reading);
                self.hub.show(self.reading.clone());
                if self.sweeping.is_some() {
                    self.looks.push(look);
                }
            }
            // The next sweep says it to everybody.
            Err(error) => tracing::debug!(said = %error.trouble.said, "no look at a change"),
        }
        self.warm_up();
    }
}

#[expect(clippy::disallowed_methods, reason = "the token ends the whole task around it")]
fn after(pause: Duration) -> Pin<Box<Sleep>> {
    Box::pin(sleep(pause))
}

/// Waits for the end of the sweep that goes on.
async fn end_of(sweeping: &mut Option<Sweeping>) -> Result<Swept, ReadError> {
    match sweeping {
        Some(sweeping) => (&mut sweeping.swept).await,
        None => std::future::pending().await,
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
