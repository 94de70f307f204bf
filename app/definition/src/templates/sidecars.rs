//! Containers that are added beside one's own, as edits, so that they can be taken back.

use serde_json::{Map, Value, json};

use super::Beginning;
use super::parts::{container, variable};
use crate::document::Document;
use crate::finding::{Edit, Fix};

/// As many containers as ECS takes in one task.
const CONTAINERS_MAX: usize = 10;

/// A container to add.
#[derive(Clone, Copy)]
pub struct Sidecar {
    /// A short name, for ids.
    pub id: &'static str,
    /// The words of the menu.
    pub title: &'static str,
    /// What it does, and what else it changes.
    pub about: &'static str,
    /// The container's name.
    pub name: &'static str,
    edits: fn(&Document, &Beginning) -> Vec<Edit>,
}

/// Every sidecar.
pub const SIDECARS: [Sidecar; 5] = [
    Sidecar {
        id: "firelens",
        title: "Log router (FireLens)",
        about: "Fluent Bit takes the logs of every container; their log drivers become awsfirelens.",
        name: "log-router",
        edits: firelens,
    },
    Sidecar {
        id: "otel",
        title: "OpenTelemetry collector",
        about: "AWS's collector, with its configuration for ECS. The task role needs the rights to send traces and metrics.",
        name: "otel-collector",
        edits: open_telemetry,
    },
    Sidecar {
        id: "xray",
        title: "X-Ray daemon",
        about: "Takes traces at UDP port 2000. The task role needs AWSXRayDaemonWriteAccess. AWS ends its support on 25 February 2027; the OpenTelemetry collector takes its place.",
        name: "xray-daemon",
        edits: xray,
    },
    Sidecar {
        id: "envoy",
        title: "Envoy",
        about: "A proxy with its port 10000. Mount or build in its configuration.",
        name: "envoy",
        edits: envoy,
    },
    Sidecar {
        id: "agent",
        title: "Datadog agent",
        about: "Its key is read from the parameter datadog-api-key.",
        name: "datadog-agent",
        edits: agent,
    },
];

impl Sidecar {
    /// Why it can't be added to a document.
    pub fn refused(&self, document: &Document) -> Option<String> {
        no_place(document, self.name).or_else(|| {
            let routed = document
                .items("containerDefinitions")
                .iter()
                .any(|one| one.get("firelensConfiguration").is_some());
            (self.id == "firelens" && routed).then(|| "A task has one log router.".to_owned())
        })
    }

    /// The edits that add it.
    pub fn edits(&self, document: &Document, beginning: &Beginning) -> Vec<Edit> {
        let mut edits = (self.edits)(document, beginning);
        edits.extend(room_for_two(document));
        edits
    }

    /// Adds it to a document.
    pub fn add_to(&self, document: &mut Document, beginning: &Beginning) {
        Fix { label: self.title.to_owned(), edits: self.edits(document, beginning) }
            .apply(document);
    }
}

/// Why a document takes no container of that name.
pub(super) fn no_place(document: &Document, name: &str) -> Option<String> {
    let containers = document.items("containerDefinitions");
    if containers.iter().any(|one| one.get("name").and_then(Value::as_str) == Some(name)) {
        return Some(format!("There is a container {name} already."));
    }
    (containers.len() >= CONTAINERS_MAX).then(|| "A task has ten containers at most.".to_owned())
}

/// A size that is just enough for the program is too small for two.
pub(super) fn room_for_two(document: &Document) -> Option<Edit> {
    let number = |member: &str| document.text_at(member).parse::<u32>().ok();
    let small = number("cpu") == Some(256) && number("memory") == Some(512);
    (on_fargate(document) && small).then(|| Edit::Set("memory".to_owned(), json!("1024")))
}

/// Whether a document is for Fargate.
fn on_fargate(document: &Document) -> bool {
    let compatible = document.items("requiresCompatibilities");
    compatible.iter().any(|one| one.as_str() == Some("FARGATE"))
}

/// The edit that appends a container, with a limit where the instance has none for the task.
fn append(document: &Document, mut container: Value) -> Edit {
    if document.get("memory").is_none() {
        container["memoryReservation"] = json!(128);
    }
    let place = document.items("containerDefinitions").len();
    Edit::Set(format!("containerDefinitions.{place}"), container)
}

/// A container whose end does not end the task.
fn beside(name: &str, image: &str, document: &Document, beginning: &Beginning) -> Value {
    let family = document.text_at("family");
    let beginning = Beginning { family, ..beginning.clone() };
    let mut container = container(name, image, &beginning);
    container["essential"] = json!(false);
    container
}

fn firelens(document: &Document, beginning: &Beginning) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (place, container) in document.items("containerDefinitions").iter().enumerate() {
        let logs = container.get("logConfiguration");
        let driver = logs.and_then(|logs| logs.get("logDriver")).and_then(Value::as_str);
        // Whoever chose another driver had a reason.
        if !matches!(driver, None | Some("awslogs")) {
            continue;
        }
        let at = |member: &str| format!("containerDefinitions.{place}.{member}");
        edits.push(Edit::Set(at("logConfiguration"), routed(logs, container, document, beginning)));
        let mut waits =
            container.get("dependsOn").and_then(Value::as_array).cloned().unwrap_or_default();
        waits.push(json!({"containerName": "log-router", "condition": "START"}));
        edits.push(Edit::Set(at("dependsOn"), Value::Array(waits)));
    }
    let mut router = beside(
        "log-router",
        "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable",
        document,
        beginning,
    );
    // Without it, logs are lost in silence.
    router["essential"] = json!(true);
    router["firelensConfiguration"] =
        json!({"type": "fluentbit", "options": {"enable-ecs-log-metadata": "true"}});
    edits.push(append(document, router));
    edits
}

/// Logs by way of the router, into the group that they went to before.
fn routed(
    logs: Option<&Value>,
    container: &Value,
    document: &Document,
    beginning: &Beginning,
) -> Value {
    let before = |name: &str| {
        logs.and_then(|logs| logs.pointer(&format!("/options/{name}"))?.as_str()).map(str::to_owned)
    };
    let family = document.text_at("family");
    let group = before("awslogs-group")
        .unwrap_or_else(|| format!("/ecs/{}", if family.is_empty() { "app" } else { &family }));
    let name = container.get("name").and_then(Value::as_str).unwrap_or("app");
    let prefix = before("awslogs-stream-prefix").unwrap_or_else(|| name.to_owned());
    let region = before("awslogs-region").unwrap_or_else(|| beginning.region.clone());
    let mut options = Map::new();
    options.insert("Name".into(), json!("cloudwatch_logs"));
    if !region.is_empty() {
        options.insert("region".into(), json!(region));
    }
    options.insert("log_group_name".into(), json!(group));
    options.insert("log_stream_prefix".into(), json!(format!("{prefix}/")));
    options.insert("auto_create_group".into(), json!("true"));
    json!({"logDriver": "awsfirelens", "options": options})
}

fn open_telemetry(document: &Document, beginning: &Beginning) -> Vec<Edit> {
    let image = "public.ecr.aws/aws-observability/aws-otel-collector:latest";
    let mut collector = beside("otel-collector", image, document, beginning);
    collector["command"] = json!(["--config=/etc/ecs/ecs-default-config.yaml"]);
    collector["portMappings"] = json!([
        {"containerPort": 4317, "protocol": "tcp"},
        {"containerPort": 4318, "protocol": "tcp"}
    ]);
    vec![append(document, collector)]
}

fn xray(document: &Document, beginning: &Beginning) -> Vec<Edit> {
    let image = "public.ecr.aws/xray/aws-xray-daemon:latest";
    let mut daemon = beside("xray-daemon", image, document, beginning);
    daemon["cpu"] = json!(32);
    daemon["memoryReservation"] = json!(256);
    daemon["portMappings"] = json!([{"containerPort": 2000, "protocol": "udp"}]);
    vec![append(document, daemon)]
}

fn envoy(document: &Document, beginning: &Beginning) -> Vec<Edit> {
    let mut proxy = beside("envoy", "envoyproxy/envoy:v1.40-latest", document, beginning);
    // Requests come through it, so the task is of no use without it.
    proxy["essential"] = json!(true);
    proxy["portMappings"] = json!([{"name": "proxy", "containerPort": 10000, "protocol": "tcp", "appProtocol": "http"}]);
    proxy["ulimits"] = json!([{"name": "nofile", "softLimit": 15000, "hardLimit": 15000}]);
    vec![append(document, proxy)]
}

fn agent(document: &Document, beginning: &Beginning) -> Vec<Edit> {
    let mut agent = beside("datadog-agent", "public.ecr.aws/datadog/agent:7", document, beginning);
    let fargate = on_fargate(document);
    agent["environment"] = json!([
        variable("ECS_FARGATE", if fargate { "true" } else { "false" }),
        variable("DD_APM_ENABLED", "true"),
        variable("DD_SITE", "datadoghq.com")
    ]);
    agent["secrets"] = json!([{"name": "DD_API_KEY", "valueFrom": "datadog-api-key"}]);
    agent["portMappings"] = json!([
        {"containerPort": 8125, "protocol": "udp"},
        {"containerPort": 8126, "protocol": "tcp"}
    ]);
    vec![append(document, agent)]
}
