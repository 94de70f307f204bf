//! The poller's looks at what a change has touched, while a sweep takes its time.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use async_trait::async_trait;
use berth_app::backend::{EcsChanges, Readings, ServiceUpdate, Touched};
use berth_app::clusters::model::Cluster;
use berth_app::reading::Reading;
use berth_app::services::model::Service;
use berth_app::task_definitions::model::Family;
use berth_app::timestamp::Timestamp;
use berth_server::ecs::{Found, ReadError, Source, TaskSweep};
use berth_server::live::{Hub, Pace, Poller};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::*;

/// ECS, which is asked for services and answers only when it is let.
struct Slow {
    ecs: Gateway,
    asks: Semaphore,
    answers: Semaphore,
    /// How many looks come too early to find anything.
    late: AtomicU32,
    /// Sweeps that know the clusters.
    began: Semaphore,
    /// Lists of services that wait for their answer.
    read: Semaphore,
}

#[async_trait]
impl Source for Slow {
    async fn clusters(&self) -> Result<Vec<Cluster>, ReadError> {
        let clusters = self.ecs.clusters().await;
        self.began.add_permits(1);
        self.asks.acquire().await.unwrap().forget();
        clusters
    }
    async fn services(&self, cluster: &ClusterName) -> Result<Vec<Service>, ReadError> {
        let services = self.ecs.services(cluster).await;
        self.read.add_permits(1);
        self.answers.acquire().await.unwrap().forget();
        services
    }
    async fn tasks(
        &self,
        cluster: &ClusterName,
        known_final: &HashSet<TaskId>,
    ) -> Result<TaskSweep, ReadError> {
        self.ecs.tasks(cluster, known_final).await
    }
    async fn families(&self) -> Result<Vec<Family>, ReadError> {
        self.ecs.families().await
    }
    async fn touched(&self, touched: &Touched) -> Result<Vec<Found>, ReadError> {
        let late = self.late.fetch_update(Relaxed, Relaxed, |late| late.checked_sub(1));
        if late.is_ok() {
            return Ok(Vec::new());
        }
        self.ecs.touched(touched).await
    }
}

/// A poller that was asked for a sweep, in the world of `World::shop`.
struct Console {
    world: World,
    slow: Arc<Slow>,
    poller: Poller,
    _shutdown: DropGuard,
}

impl Console {
    fn over(world: World) -> Self {
        let slow = Arc::new(Slow {
            ecs: world.gateway.clone(),
            asks: Semaphore::new(0),
            answers: Semaphore::new(0),
            late: AtomicU32::new(0),
            began: Semaphore::new(0),
            read: Semaphore::new(0),
        });
        let shutdown = CancellationToken::new();
        let clock = berth_server::clock::ManualClock::new(Timestamp::from_ms(1_790_000_000_000));
        let hub = Arc::new(Hub::new("e".into()));
        let poller =
            Poller::start(slow.clone(), hub, Arc::new(clock), Pace::OnRequest, shutdown.clone());
        Self { world, slow, poller, _shutdown: shutdown.drop_guard() }
    }

    /// Begins a sweep.
    async fn sweep(&self) -> JoinHandle<()> {
        let poller = self.poller.clone();
        let sweep = tokio::spawn(async move { poller.read().await });
        self.slow.began.acquire().await.unwrap().forget();
        sweep
    }

    /// Lets the sweep read the services, but not have the answer yet.
    async fn reads_services(&self) {
        self.slow.asks.add_permits(1);
        self.slow.read.acquire().await.unwrap().forget();
    }

    async fn sweep_ends(&self, sweep: JoinHandle<()>) {
        self.slow.answers.add_permits(1);
        sweep.await.unwrap();
    }

    async fn change(&self, act: impl AsyncFnOnce(&Gateway)) {
        act(&self.world.gateway).await;
        self.poller.look_at(web()).await;
    }

    fn picture(&self) -> Arc<Reading> {
        self.poller.now().value
    }

    /// How many tasks the service wants, as the picture has it; `None` without the service.
    fn wanted(&self) -> Option<u32> {
        let picture = self.picture();
        let service = picture.service(&cluster("shop"), &"web".parse().unwrap());
        service.map(|service| service.desired)
    }
}

fn web() -> Touched {
    Touched::Service(cluster("shop"), "web".parse().unwrap())
}

async fn create(gateway: &Gateway) {
    gateway.create_service(service("web")).await.unwrap();
}

async fn scale(gateway: &Gateway, desired: u32) {
    let update = ServiceUpdate {
        cluster: cluster("shop"),
        name: "web".parse().unwrap(),
        desired: Some(desired),
        revision: None,
        force_new_deployment: false,
    };
    gateway.update_service(update).await.unwrap();
}

#[tokio::test]
async fn a_change_shows_although_a_sweep_takes_long() {
    let console = Console::over(World::shop());
    let sweep = console.sweep().await;
    console.reads_services().await;
    console.change(create).await;
    assert_eq!(console.wanted(), Some(2));
    let shop = console.picture().cluster(&cluster("shop")).unwrap().clone();
    assert_eq!(shop.active_services, 1);
    assert_eq!(console.poller.health().read_at, None, "a look is no reading of everything");
    // The sweep has passed there before the service was made.
    console.sweep_ends(sweep).await;
    assert_eq!(console.wanted(), Some(2));
}

#[tokio::test]
async fn what_a_sweep_read_after_the_look_holds() {
    let console = Console::over(World::shop());
    let sweep = console.sweep().await;
    console.change(create).await;
    assert_eq!(console.wanted(), Some(2));
    scale(&console.world.gateway, 5).await;
    console.reads_services().await;
    console.sweep_ends(sweep).await;
    assert_eq!(console.wanted(), Some(5));
}

#[tokio::test(start_paused = true)]
async fn a_look_that_comes_too_early_is_repeated_for_a_while() {
    for (late, wanted) in [(1, Some(2)), (3, Some(2)), (4, None)] {
        let console = Console::over(World::shop());
        console.slow.late.store(late, Relaxed);
        console.change(create).await;
        assert_eq!(console.wanted(), wanted, "after {late} looks");
    }
}

#[tokio::test]
async fn tasks_families_and_deletions_are_looked_at_too() {
    let console = Console::over(World::shop());
    let gateway = &console.world.gateway;
    console.poller.look_at(Touched::Family("web".parse().unwrap())).await;
    assert_eq!(console.picture().family(&"web".parse().unwrap()).unwrap().active, [1]);

    let started = gateway.run_tasks(tasks(1)).await.unwrap().tasks;
    console.poller.look_at(Touched::Tasks(cluster("shop"), started.clone())).await;
    assert!(console.picture().task(&cluster("shop"), &started[0]).is_some());

    console.change(create).await;
    console.change(async |gateway| scale(gateway, 0).await).await;
    assert_eq!(console.wanted(), Some(0));
    gateway.delete_service(cluster("shop"), "web".parse().unwrap(), true).await.unwrap();
    console.world.pass(600);
    console.poller.look_at(web()).await;
    assert_eq!(console.wanted(), None);
}
