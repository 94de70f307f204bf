//! Stories that are told twice through the same gateway: against the sandbox, and against moto.
//! What both say is hardly a misunderstanding of ours.
//!
//! moto is simpler than ECS, and in places wrong. Left out are, because moto
//! - starts no tasks for a service, counts none on Fargate for a cluster, and answers a new
//!   revision with no new deployment: how services roll, and the counts;
//! - has no client tokens: that the same form again makes nothing twice;
//! - makes a service again that is there, and deletes a cluster that is in use: those refusals;
//! - answers HTTP 500 over a task to stop that is not there, and over EC2 without instances;
//! - keeps only the members of a task definition, service or strategy that it knows: circuit
//!   breaker, percentages, ECS Exec, a service's strategy, new members of a document;
//! - has no pages, and no failures beside the tasks that it describes: long lists, missing tasks;
//! - gives a task's times, zone, size and stop code to nobody: those;
//! - lists deleted clusters and services for ever. So the stories say "no longer ACTIVE".
//!
//! Tasks on EC2 are left out, too: moto wants instances of EC2 for them, and the empty sandbox has
//! none.

use std::collections::HashSet;
use std::fmt::Debug;

use berth_app::backend::{Ecs, EcsChanges, NewCluster, ServiceUpdate, Touched};
use berth_app::clusters::draft::NAME_TAKEN;
use berth_app::clusters::model::{Cluster, StrategyItem, Tag};
use berth_app::error::{AppError, FieldErrors};
use berth_app::names::{FamilyName, ServiceName};
use berth_app::services::model::Service;
use berth_app::task_definitions::model::Family;
use berth_app::tasks::model::Task;
use berth_server::ecs::{Found, ReadErrorKind, Source, TaskSweep};

use super::moto::Moto;
use super::*;

/// Each story by name, twice.
macro_rules! stories {
    ($($story:ident,)*) => {
        mod on_the_sandbox {
            $(#[tokio::test]
            async fn $story() {
                super::$story(&super::Ground::sandbox()).await;
            })*
        }

        mod on_moto {
            $(#[tokio::test]
            async fn $story() {
                match super::Ground::moto().await {
                    Some(ground) => super::$story(&ground).await,
                    None => eprintln!("BERTH_TEST_MOTO is not set: the story is not told on moto"),
                }
            })*
        }
    };
}

mod clusters;
mod definitions;
mod gone;
mod services;
mod tasks;

/// An empty world, whoever imitates it.
struct Ground {
    gateway: Gateway,
    network: Network,
    sandbox: Option<World>,
}

impl Ground {
    fn sandbox() -> Self {
        let world = World::new(Seed::Empty);
        let network = Network {
            subnets: vec!["subnet-0a1b2c3d".into()],
            security_groups: vec!["sg-0a1b2c3d".into()],
            public_ip: false,
        };
        Self { gateway: world.gateway.clone(), network, sandbox: Some(world) }
    }

    async fn moto() -> Option<Self> {
        let moto = Moto::empty().await?;
        let (gateway, network) = (moto.gateway().await, moto.network().await);
        Some(Self { gateway, network, sandbox: None })
    }

    /// The cluster `shop` with Fargate, and the family `web`.
    async fn open_shop(&self) {
        let new = NewCluster {
            name: "shop".into(),
            capacity_providers: vec!["FARGATE".into(), "FARGATE_SPOT".into()],
            ..NewCluster::default()
        };
        self.gateway.create_cluster(new).await.unwrap();
        let registered = self.gateway.register_task_definition(fargate("web")).await.unwrap();
        assert_eq!(registered, revision("web:1"));
    }

    /// Lets time pass where it takes time until ECS has done what it was asked; moto does at once
    /// whatever it does.
    fn pass(&self) {
        if let Some(world) = &self.sandbox {
            world.pass(600);
        }
    }

    fn tasks(&self, count: u32) -> NewTasks {
        let mut new = tasks(count);
        new.launch.network = Some(self.network.clone());
        new
    }

    fn service(&self, name: &str) -> NewService {
        let mut new = service(name);
        new.launch.network = Some(self.network.clone());
        new
    }

    async fn cluster(&self, name: &str) -> Cluster {
        let all = self.gateway.clusters().await.unwrap();
        let found: Vec<Cluster> = all.into_iter().filter(|one| one.name.as_str() == name).collect();
        let [one] = found.try_into().unwrap();
        one
    }

    async fn only_service(&self) -> Service {
        let [one] = self.gateway.services(&cluster("shop")).await.unwrap().try_into().unwrap();
        one
    }

    async fn sweep(&self, known_final: &[TaskId]) -> TaskSweep {
        let known: HashSet<TaskId> = known_final.iter().cloned().collect();
        self.gateway.tasks(&cluster("shop"), &known).await.unwrap()
    }

    /// What is found of what was touched, without the cluster around it.
    async fn touched(&self, touched: Touched) -> Vec<Found> {
        let mut found = self.gateway.touched(&touched).await.unwrap();
        found.retain(|one| one.is(&touched));
        found
    }
}

/// Moto's task needs memory at its container, too.
fn fargate(family: &str) -> Value {
    let mut document = document(family);
    document["containerDefinitions"][0]["memory"] = json!(512);
    document
}

fn tag(key: &str, value: &str) -> Tag {
    Tag { key: key.into(), value: value.into() }
}

fn update(name: &str) -> ServiceUpdate {
    ServiceUpdate {
        cluster: cluster("shop"),
        name: name.parse().unwrap(),
        desired: None,
        revision: None,
        force_new_deployment: false,
    }
}

/// The words and the advice of a refusal.
fn refused<T: Debug>(answer: Result<T, AppError>) -> (String, String) {
    match answer {
        Err(AppError::Refused { said, next }) => (said, next),
        other => panic!("{other:?}"),
    }
}
