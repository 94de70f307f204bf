//! Documents to begin from: what most teams run on ECS, each with what it is for. And containers
//! that are added beside one's own.

mod logs;
mod parts;
mod sidecars;
pub mod team;
#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use crate::document::Document;
pub use logs::usual_log_options;
use parts::{awslogs, container, variable};
pub use sidecars::{SIDECARS, Sidecar};

/// What is known when somebody begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beginning {
    /// The family, when it has a name already.
    pub family: String,
    /// The image, when it is known already.
    pub image: String,
    /// The region, for log groups; empty when it is not known.
    pub region: String,
}

/// A document to begin from.
#[derive(Clone, Copy)]
pub struct Template {
    /// A short name, for ids.
    pub id: &'static str,
    /// What it is.
    pub title: &'static str,
    /// What it has, and what a person fills in.
    pub about: &'static str,
    begin: fn(&Beginning) -> Value,
}

impl Template {
    /// The document.
    pub fn begin(&self, beginning: &Beginning) -> Document {
        Document::new((self.begin)(beginning)).unwrap_or_default()
    }
}

/// Every template, the most common first.
pub const TEMPLATES: [Template; 9] = [
    Template {
        id: "web",
        title: "Web service",
        about: "Behind a load balancer: a named port, a health check and logs in CloudWatch.",
        begin: web,
    },
    Template {
        id: "worker",
        title: "Worker",
        about: "Takes jobs from a queue: no port, two minutes to finish when it is stopped.",
        begin: worker,
    },
    Template {
        id: "job",
        title: "Scheduled job",
        about: "Runs to its end, from a schedule or by hand.",
        begin: job,
    },
    Template {
        id: "envoy",
        title: "Web service with Envoy",
        about: "Envoy takes the requests and hands them on. Mount or build in its configuration.",
        begin: envoy,
    },
    Template {
        id: "firelens",
        title: "Web service with a log router",
        about: "FireLens with Fluent Bit sends the logs where you want them.",
        begin: firelens,
    },
    Template {
        id: "otel",
        title: "Web service with OpenTelemetry",
        about: "AWS's collector takes traces and metrics at localhost:4317 and 4318.",
        begin: open_telemetry,
    },
    Template {
        id: "agent",
        title: "Web service with a monitoring agent",
        about: "The Datadog agent beside the service; its key is kept in a parameter.",
        begin: agent,
    },
    Template {
        id: "xray",
        title: "Web service with X-Ray",
        about: "The X-Ray daemon takes traces at localhost:2000.",
        begin: xray,
    },
    Template {
        id: "gpu",
        title: "GPU job on EC2",
        about: "One GPU of an instance, with shared memory for frameworks.",
        begin: gpu,
    },
];

/// The task around containers, on Fargate.
fn fargate(beginning: &Beginning, cpu: u32, memory_mib: u32, containers: Value) -> Value {
    json!({
        "family": beginning.family,
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": cpu.to_string(),
        "memory": memory_mib.to_string(),
        "runtimePlatform": {"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"},
        "containerDefinitions": containers
    })
}

fn web_container(beginning: &Beginning) -> Value {
    let mut web = container("app", &beginning.image, beginning);
    web["portMappings"] =
        json!([{"name": "http", "containerPort": 8080, "protocol": "tcp", "appProtocol": "http"}]);
    web["environment"] = json!([variable("PORT", "8080")]);
    web["healthCheck"] = json!({
        "command": ["CMD-SHELL", "curl -fsS http://localhost:8080/health || exit 1"],
        "interval": 10, "timeout": 5, "retries": 3, "startPeriod": 30
    });
    web
}

fn web(beginning: &Beginning) -> Value {
    fargate(beginning, 512, 1024, json!([web_container(beginning)]))
}

fn worker(beginning: &Beginning) -> Value {
    let mut worker = container("worker", &beginning.image, beginning);
    worker["stopTimeout"] = json!(120);
    worker["restartPolicy"] = json!({"enabled": true});
    fargate(beginning, 512, 1024, json!([worker]))
}

fn job(beginning: &Beginning) -> Value {
    fargate(beginning, 256, 512, json!([container("job", &beginning.image, beginning)]))
}

fn gpu(beginning: &Beginning) -> Value {
    let mut job = container("job", &beginning.image, beginning);
    job["memory"] = json!(8192);
    job["resourceRequirements"] = json!([{"type": "GPU", "value": "1"}]);
    job["linuxParameters"] = json!({"sharedMemorySize": 1024});
    job["logConfiguration"] = awslogs(beginning, "job");
    json!({
        "family": beginning.family,
        "requiresCompatibilities": ["EC2"],
        "networkMode": "awsvpc",
        "containerDefinitions": [job]
    })
}

/// A web service with a container beside it.
fn web_with(beginning: &Beginning, id: &str) -> Value {
    let mut document = Document::new(web(beginning)).unwrap_or_default();
    if let Some(sidecar) = SIDECARS.iter().find(|sidecar| sidecar.id == id) {
        sidecar.add_to(&mut document, beginning);
    }
    document.into_value()
}

fn envoy(beginning: &Beginning) -> Value {
    web_with(beginning, "envoy")
}

fn firelens(beginning: &Beginning) -> Value {
    web_with(beginning, "firelens")
}

fn open_telemetry(beginning: &Beginning) -> Value {
    web_with(beginning, "otel")
}

fn agent(beginning: &Beginning) -> Value {
    web_with(beginning, "agent")
}

fn xray(beginning: &Beginning) -> Value {
    web_with(beginning, "xray")
}
