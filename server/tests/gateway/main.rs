//! The gateway against the sandbox: the SDK's own requests, answered in memory; and some stories
//! against moto, over HTTP.
#![expect(clippy::unwrap_used, reason = "clippy sees a test only inside a #[test] function")]

mod changes;
mod choices;
mod looks;
mod lossless;
mod moto;
mod reads;
mod revisions;
mod second_opinion;
mod weather;

use std::sync::Arc;
use std::time::Duration;

use berth_app::backend::{Ecs as _, NewService, NewTasks};
use berth_app::launch::model::{Compute, Launch, Network};
use berth_app::names::{ClusterName, RequestToken, Revision, TaskId};
use berth_sandbox::{ManualClock, Sandbox, Seed};
use berth_server::ecs::{Budget, Gateway};
use serde_json::{Value, json};

/// A gateway, the world behind it, and its clock.
struct World {
    gateway: Gateway,
    sandbox: Sandbox,
    clock: ManualClock,
}

impl World {
    fn new(seed: Seed) -> Self {
        Self::within(seed, Budget::unlimited())
    }

    fn within(seed: Seed, budget: Budget) -> Self {
        let clock = ManualClock::new(1_790_000_000_000);
        let sandbox = Sandbox::builder().clock(Arc::new(clock.clone())).seed(seed).open().unwrap();
        let gateway = Gateway::sandbox(sandbox.http_client(), "eu-central-1", budget);
        Self { gateway, sandbox, clock }
    }

    /// The cluster `shop` with Fargate, and the family `web`.
    fn shop() -> Self {
        let world = Self::new(Seed::Empty);
        world.ask(
            "CreateCluster",
            json!({"clusterName": "shop", "capacityProviders": ["FARGATE", "FARGATE_SPOT"]}),
        );
        world.ask("RegisterTaskDefinition", document("web"));
        world
    }

    /// Asks the world behind the gateway's back.
    fn ask(&self, operation: &str, body: Value) -> Value {
        let target = format!("AmazonEC2ContainerServiceV20141113.{operation}");
        let answer = self.sandbox.answer(&target, body.to_string().as_bytes());
        let text = String::from_utf8(answer.body).unwrap();
        assert_eq!(answer.status, 200, "{operation}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Waits until STS has said who the console is.
    async fn gateway_knows_its_account(&self) {
        weather::until(|| self.gateway.account().id.is_some()).await;
    }

    fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// How often the world was asked for an operation.
    fn asked(&self, operation: &str) -> u64 {
        let calls = self.sandbox.calls();
        calls.iter().find(|call| call.operation == operation).map_or(0, |call| call.count)
    }
}

fn document(family: &str) -> Value {
    json!({
        "family": family,
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [{"name": "app", "image": "shop/web:1.0"}],
    })
}

fn cluster(name: &str) -> ClusterName {
    name.parse().unwrap()
}

fn revision(text: &str) -> Revision {
    text.parse().unwrap()
}

fn task(text: &str) -> TaskId {
    text.parse().unwrap()
}

/// The first `web` in the cluster `shop`, on Fargate.
fn launch() -> Launch {
    Launch {
        cluster: cluster("shop"),
        revision: revision("web:1"),
        compute: Compute::LaunchType("FARGATE".into()),
        network: Some(Network { subnets: vec!["subnet-0a1b2c3d".into()], ..Network::default() }),
    }
}

fn tasks(count: u32) -> NewTasks {
    NewTasks {
        launch: launch(),
        count,
        group: None,
        started_by: "ada@example.com".into(),
        tags: Vec::new(),
        client_token: RequestToken::from_bits(1),
    }
}

fn service(name: &str) -> NewService {
    NewService {
        launch: launch(),
        name: name.parse().unwrap(),
        desired: 2,
        daemon: false,
        minimum_healthy_percent: None,
        maximum_percent: None,
        circuit_breaker: None,
        execute_command: false,
        tags: Vec::new(),
        client_token: RequestToken::from_bits(2),
    }
}
