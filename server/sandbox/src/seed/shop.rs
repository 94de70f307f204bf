//! The imaginary shop: its services, and the task definitions they run.

use serde_json::{Value, json};

/// A service of the shop and how it is run.
pub(super) struct Shelf {
    pub(super) cluster: &'static str,
    pub(super) name: &'static str,
    pub(super) image: &'static str,
    /// The port it listens on, or 0.
    pub(super) port: u16,
    pub(super) cpu: u32,
    pub(super) memory_mib: u32,
    pub(super) desired: u32,
    /// Behind a load balancer.
    pub(super) balanced: bool,
    /// Has a second, non-essential container.
    pub(super) sidecar: bool,
    pub(super) runs_on: RunsOn,
    /// Days since it was created.
    pub(super) age_days: i64,
}

/// Where a service of the shop runs.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum RunsOn {
    Fargate,
    /// A strategy of Fargate and Fargate Spot.
    Spot,
    /// Bridge networking on the instances.
    Instances,
    /// One task on every instance.
    EveryInstance,
}

const fn shelf(
    cluster: &'static str,
    name: &'static str,
    image: &'static str,
    age_days: i64,
) -> Shelf {
    Shelf {
        cluster,
        name,
        image,
        port: 8080,
        cpu: 256,
        memory_mib: 512,
        desired: 2,
        balanced: false,
        sidecar: false,
        runs_on: RunsOn::Fargate,
        age_days,
    }
}

/// Every service of the demo, oldest first.
pub(super) const SHELVES: [Shelf; 13] = [
    Shelf {
        port: 6379,
        runs_on: RunsOn::Instances,
        ..shelf("production", "session-cache", "public.ecr.aws/docker/library/redis:7.2", 38)
    },
    Shelf {
        port: 80,
        runs_on: RunsOn::EveryInstance,
        desired: 0,
        ..shelf("production", "edge-proxy", "public.ecr.aws/nginx/nginx:1.27", 37)
    },
    Shelf {
        cpu: 512,
        memory_mib: 1024,
        desired: 4,
        balanced: true,
        sidecar: true,
        ..shelf("production", "storefront-web", "shop/storefront-web:2026.10.0", 36)
    },
    Shelf {
        cpu: 512,
        memory_mib: 1024,
        desired: 3,
        balanced: true,
        ..shelf("production", "checkout-api", "shop/checkout-api:3.8.2", 35)
    },
    Shelf {
        port: 0,
        sidecar: true,
        ..shelf("production", "payments-worker", "shop/payments-worker:1.14.0", 33)
    },
    Shelf {
        cpu: 1024,
        memory_mib: 4096,
        balanced: true,
        ..shelf("production", "search-api", "shop/search-api:0.27.1", 30)
    },
    Shelf {
        port: 0,
        desired: 3,
        runs_on: RunsOn::Spot,
        ..shelf("production", "image-resizer", "shop/image-resizer:5.2.0", 21)
    },
    Shelf { port: 0, ..shelf("production", "notifications", "shop/notifications:2.0.4", 18) },
    Shelf {
        desired: 2,
        ..shelf("production", "recommendations", "shop/recommendations:0.9.6", 12)
    },
    Shelf {
        desired: 1,
        sidecar: true,
        ..shelf("staging", "storefront-web", "shop/storefront-web:2026.11.0-rc1", 29)
    },
    Shelf { desired: 1, ..shelf("staging", "checkout-api", "shop/checkout-api:3.9.0-rc2", 29) },
    Shelf { desired: 0, ..shelf("staging", "search-api", "shop/search-api:0.28.0-rc1", 25) },
    Shelf {
        port: 0,
        desired: 1,
        runs_on: RunsOn::Spot,
        ..shelf("batch", "order-importer", "shop/order-importer:1.3.3", 16)
    },
];

impl Shelf {
    /// Production's families carry the service's name, others add theirs.
    pub(super) fn family(&self) -> String {
        match self.cluster {
            "production" => self.name.to_owned(),
            cluster => format!("{}-{cluster}", self.name),
        }
    }

    /// RegisterTaskDefinition's document for an image.
    pub(super) fn document(&self, image: &str) -> Value {
        let on_instances = matches!(self.runs_on, RunsOn::Instances | RunsOn::EveryInstance);
        let mut containers = vec![self.main_container(image)];
        if self.sidecar {
            containers.push(self.sidecar_container());
        }
        let mut document = json!({
            "family": self.family(),
            "taskRoleArn": role(&format!("{}-task", self.name)),
            "executionRoleArn": role("shop-task-execution"),
            "networkMode": if on_instances { "bridge" } else { "awsvpc" },
            "requiresCompatibilities": [if on_instances { "EC2" } else { "FARGATE" }],
            "cpu": self.cpu.to_string(),
            "memory": self.memory_mib.to_string(),
            "containerDefinitions": containers,
            "tags": [{"key": "team", "value": self.team()}],
        });
        if !on_instances {
            let platform = json!({"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"});
            crate::ask::put(&mut document, "runtimePlatform", Some(platform));
        }
        document
    }

    pub(super) fn team(&self) -> &'static str {
        match self.name {
            "storefront-web" | "search-api" | "recommendations" => "discovery",
            "checkout-api" | "payments-worker" | "order-importer" => "orders",
            _ => "platform",
        }
    }

    fn main_container(&self, image: &str) -> Value {
        let stage = self.cluster;
        let mut container = json!({
            "name": self.name,
            "image": image,
            "essential": true,
            "environment": [
                {"name": "LOG_LEVEL", "value": if stage == "production" { "info" } else { "debug" }},
                {"name": "STAGE", "value": stage},
                {"name": "RELEASE", "value": image.rsplit(':').next().unwrap_or_default()},
                {"name": "ORDERS_URL", "value": format!("http://orders.{stage}.shop.internal")},
            ],
            "secrets": [
                {"name": "DATABASE_URL", "valueFrom": format!("arn:aws:secretsmanager:eu-central-1:000000000000:secret:{stage}/{}/database-Ab12Cd", self.name)},
                {"name": "SIGNING_KEY", "valueFrom": format!("arn:aws:ssm:eu-central-1:000000000000:parameter/{stage}/{}/signing-key", self.name)},
            ],
            "logConfiguration": self.logs(),
            "stopTimeout": 30,
        });
        if self.port != 0 {
            let host = if self.runs_on == RunsOn::EveryInstance { self.port } else { 0 };
            let mut port = json!({"name": "main", "containerPort": self.port, "protocol": "tcp"});
            if host != 0 {
                crate::ask::put(&mut port, "hostPort", Some(host));
            }
            crate::ask::put(&mut container, "portMappings", Some(json!([port])));
            let command = format!("curl -fsS http://localhost:{}/health || exit 1", self.port);
            let check = json!({"command": ["CMD-SHELL", command], "interval": 10, "timeout": 3, "retries": 3, "startPeriod": 15});
            crate::ask::put(&mut container, "healthCheck", Some(check));
        }
        container
    }

    fn sidecar_container(&self) -> Value {
        json!({
            "name": "telemetry",
            "image": "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1",
            "essential": false,
            "cpu": 64,
            "memoryReservation": 128,
            "environment": [{"name": "OTEL_SERVICE_NAME", "value": self.name}],
            "logConfiguration": self.logs(),
        })
    }

    fn logs(&self) -> Value {
        json!({"logDriver": "awslogs", "options": {
            "awslogs-group": format!("/shop/{}/{}", self.cluster, self.name),
            "awslogs-region": "eu-central-1",
            "awslogs-stream-prefix": "ecs",
        }})
    }

    /// CreateService's document.
    pub(super) fn service(&self) -> Value {
        let mut service = json!({
            "cluster": self.cluster,
            "serviceName": self.name,
            "taskDefinition": self.family(),
            "enableExecuteCommand": self.cluster == "staging",
            "propagateTags": "SERVICE",
            "tags": [{"key": "team", "value": self.team()}, {"key": "stage", "value": self.cluster}],
            "deploymentConfiguration": {
                "minimumHealthyPercent": if self.runs_on == RunsOn::EveryInstance { 0 } else { 100 },
                "maximumPercent": self.maximum_percent(),
                "deploymentCircuitBreaker": {
                    "enable": self.name == "notifications",
                    "rollback": self.name == "notifications",
                },
            },
        });
        let mut put = |name: &str, value: Value| crate::ask::put(&mut service, name, Some(value));
        match self.runs_on {
            RunsOn::Fargate => put("launchType", json!("FARGATE")),
            RunsOn::Instances => put(
                "capacityProviderStrategy",
                json!([{"capacityProvider": "shop-instances", "weight": 1}]),
            ),
            RunsOn::EveryInstance => put("launchType", json!("EC2")),
            RunsOn::Spot => put(
                "capacityProviderStrategy",
                json!([
                    {"capacityProvider": "FARGATE", "weight": 1, "base": 1},
                    {"capacityProvider": "FARGATE_SPOT", "weight": 3},
                ]),
            ),
        }
        if self.runs_on == RunsOn::EveryInstance {
            put("schedulingStrategy", json!("DAEMON"));
        } else {
            put("desiredCount", json!(self.desired));
        }
        if matches!(self.runs_on, RunsOn::Fargate | RunsOn::Spot) {
            put("networkConfiguration", network());
        }
        if self.balanced {
            let group = format!(
                "arn:aws:elasticloadbalancing:eu-central-1:000000000000:targetgroup/{}/{:016x}",
                self.name,
                crate::ids::digest(self.name)
            );
            put("healthCheckGracePeriodSeconds", json!(60));
            put(
                "loadBalancers",
                json!([{"targetGroupArn": group, "containerName": self.name, "containerPort": self.port}]),
            );
        }
        service
    }

    /// The storefront rolls one task at a time, so that a rollout can be watched.
    fn maximum_percent(&self) -> u32 {
        match (self.runs_on, self.name) {
            (RunsOn::EveryInstance, _) => 100,
            (_, "storefront-web") if self.cluster == "production" => 125,
            _ => 200,
        }
    }
}

/// The network of everything that has an interface of its own.
pub(super) fn network() -> Value {
    json!({"awsvpcConfiguration": {
        "subnets": ["subnet-0a11ce00000000001", "subnet-0a11ce00000000002", "subnet-0a11ce00000000003"],
        "securityGroups": ["sg-0a11ce00000000010"],
        "assignPublicIp": "DISABLED",
    }})
}

pub(super) fn role(name: &str) -> String {
    format!("arn:aws:iam::000000000000:role/{name}")
}

/// The standalone jobs of the batch cluster: family and image.
pub(super) const JOBS: [(&str, &str); 3] = [
    ("nightly-export", "shop/nightly-export:4.1-exit-0-after-75s"),
    ("thumbnail-batch", "shop/thumbnail-batch:2.2-exit-0-after-40s"),
    ("report-mailer", "shop/report-mailer:1.0-exit-0-after-25s"),
];

/// How a job of the batch cluster fails, each in its turn: within an hour there
/// is one of every kind to be looked at. The last is told to stop, and does not.
pub(super) const FAILURES: [&str; 8] = [
    "exit-1-after-20s",
    "oom-after-30s",
    "image-not-found",
    "image-denied",
    "image-no-route",
    "secret-not-found",
    "secret-denied",
    "ignores-sigterm",
];

/// RegisterTaskDefinition's document of a job.
pub(super) fn job(family: &str, image: &str) -> Value {
    json!({
        "family": family,
        "executionRoleArn": role("shop-task-execution"),
        "taskRoleArn": role("shop-batch-task"),
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [{
            "name": family,
            "image": image,
            "secrets": [{"name": "DATABASE_URL", "valueFrom": format!("arn:aws:secretsmanager:eu-central-1:000000000000:secret:batch/{family}/database-Ab12Cd")}],
            "command": ["run", "--since", "yesterday"],
            "environment": [{"name": "STAGE", "value": "batch"}],
            "logConfiguration": {"logDriver": "awslogs", "options": {
                "awslogs-group": format!("/shop/batch/{family}"),
                "awslogs-region": "eu-central-1",
                "awslogs-stream-prefix": "ecs",
            }},
        }],
    })
}
