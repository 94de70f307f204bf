//! What every story needs: a sandbox, its clock, and short words for asking.

#![expect(dead_code, reason = "each test file uses its own part of this module")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use berth_sandbox::{ManualClock, Sandbox, Seed};
use serde_json::{Value, json};

/// When every story begins, in milliseconds since the epoch.
pub const BEGIN_MS: i64 = 1_790_000_000_000;

/// The moments of a task in the order of living.
pub const MOMENTS: [&str; 8] = [
    "createdAt",
    "connectivityAt",
    "pullStartedAt",
    "pullStoppedAt",
    "startedAt",
    "stoppingAt",
    "executionStoppedAt",
    "stoppedAt",
];

/// The states of a task in the order of living; none is ever gone back to.
pub const ORDER: [&str; 8] = [
    "PROVISIONING",
    "PENDING",
    "ACTIVATING",
    "RUNNING",
    "DEACTIVATING",
    "STOPPING",
    "DEPROVISIONING",
    "STOPPED",
];

/// A sandbox and its clock.
pub struct Story {
    pub sandbox: Sandbox,
    pub clock: ManualClock,
}

impl Story {
    /// A world with the cluster "shop" that knows Fargate.
    pub fn new() -> Self {
        let story = Self::with(Seed::Empty, None);
        story.ask(
            "CreateCluster",
            json!({"clusterName": "shop", "capacityProviders": ["FARGATE", "FARGATE_SPOT"]}),
        );
        story
    }

    pub fn with(seed: Seed, file: Option<PathBuf>) -> Self {
        Self::on(ManualClock::new(BEGIN_MS), seed, file)
    }

    pub fn on(clock: ManualClock, seed: Seed, file: Option<PathBuf>) -> Self {
        let sandbox = Sandbox::builder()
            .clock(Arc::new(clock.clone()))
            .seed(seed)
            .state_file(file)
            .open()
            .expect("the sandbox opens");
        Self { sandbox, clock }
    }

    /// Status and document of any request.
    pub fn send(&self, operation: &str, body: &Value) -> (u16, Value) {
        let target = format!("AmazonEC2ContainerServiceV20141113.{operation}");
        let answer = self.sandbox.answer(&target, body.to_string().as_bytes());
        let document = serde_json::from_slice(&answer.body).expect("the answer is JSON");
        (answer.status, document)
    }

    /// The answer of a request that must succeed.
    pub fn ask(&self, operation: &str, body: Value) -> Value {
        let (status, document) = self.send(operation, &body);
        assert_eq!(status, 200, "{operation}: {document}");
        document
    }

    /// Code and sentence of a request that must be refused.
    pub fn refused(&self, operation: &str, body: Value) -> (String, String) {
        let (status, document) = self.send(operation, &body);
        assert_eq!(status, 400, "{operation}: {document}");
        (text(&document["__type"]), text(&document["message"]))
    }

    pub fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// Registers a Fargate family of one container and answers its ARN.
    pub fn family(&self, family: &str, image: &str) -> String {
        let answer = self.ask("RegisterTaskDefinition", fargate(family, image));
        text(&answer["taskDefinition"]["taskDefinitionArn"])
    }

    /// Runs one task of a family and answers its ARN.
    pub fn run(&self, family: &str) -> String {
        let answer = self.ask("RunTask", run(family));
        text(&answer["tasks"][0]["taskArn"])
    }

    pub fn task(&self, arn: &str) -> Value {
        let answer = self.ask("DescribeTasks", json!({"cluster": "shop", "tasks": [arn]}));
        answer["tasks"][0].clone()
    }

    /// Creates a service of a family, named like it.
    pub fn service(&self, family: &str, count: u32, configuration: Value) -> Value {
        let body = json!({
            "cluster": "shop",
            "serviceName": family,
            "taskDefinition": family,
            "desiredCount": count,
            "launchType": "FARGATE",
            "networkConfiguration": network(),
            "deploymentConfiguration": configuration,
        });
        self.ask("CreateService", body)["service"].clone()
    }

    /// Creates the service `web` of one task behind a target group.
    pub fn load_balanced(&self, group: &str) {
        let mut document = fargate("web", "shop/web:1");
        document["containerDefinitions"][0]["portMappings"] = json!([{"containerPort": 80}]);
        self.ask("RegisterTaskDefinition", document);
        self.ask(
            "CreateService",
            json!({
                "cluster": "shop", "serviceName": "web", "taskDefinition": "web",
                "desiredCount": 1, "launchType": "FARGATE", "networkConfiguration": network(),
                "loadBalancers": [
                    {"targetGroupArn": group, "containerName": "main", "containerPort": 80},
                ],
            }),
        );
    }

    /// Changes the service `web`.
    pub fn update(&self, more: Value) {
        let mut body = json!({"cluster": "shop", "service": "web"});
        for (name, value) in more.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        self.ask("UpdateService", body);
    }

    pub fn describe(&self, service: &str) -> Value {
        let body = json!({"cluster": "shop", "services": [service]});
        self.ask("DescribeServices", body)["services"][0].clone()
    }

    /// The sentences of a service's events, newest first, without its name.
    pub fn events(&self, service: &str) -> Vec<String> {
        let shown = self.describe(service);
        let prefix = format!("(service {service}) ");
        list(&shown["events"])
            .iter()
            .map(|event| text(&event["message"]).replacen(&prefix, "", 1))
            .collect()
    }

    /// ARNs of the tasks of a service that are wanted.
    pub fn tasks_of(&self, service: &str) -> Vec<String> {
        let answer = self.ask("ListTasks", json!({"cluster": "shop", "serviceName": service}));
        list(&answer["taskArns"]).iter().map(text).collect()
    }
}

pub fn network() -> Value {
    json!({"awsvpcConfiguration": {"subnets": ["subnet-0a1b2c3d"]}})
}

pub fn fargate(family: &str, image: &str) -> Value {
    json!({
        "family": family,
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [{"name": "main", "image": image}],
    })
}

pub fn run(family: &str) -> Value {
    json!({
        "cluster": "shop",
        "taskDefinition": family,
        "launchType": "FARGATE",
        "networkConfiguration": network(),
    })
}

pub fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

pub fn number(value: &Value) -> i64 {
    value.as_i64().expect("a number")
}

/// Every operation of ECS that is built, by name.
pub fn operations() -> Vec<&'static str> {
    let line = |line: &'static str| {
        let line = line.trim();
        let rest = line.strip_prefix("read(").or_else(|| line.strip_prefix("change("))?;
        rest.split('"').nth(1)
    };
    include_str!("../../src/operations.rs").lines().filter_map(line).collect()
}
