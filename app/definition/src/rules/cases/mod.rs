//! For each rule a document that breaks it, and a neighbour that differs in little and holds. The
//! console's own tests ask the rules; others ask whoever must agree with them.

mod connections;
mod container;
mod linux;
mod logs;
mod task;
mod volumes;

use serde_json::{Value, json};

use crate::document::Document;
use crate::finding::Severity;

/// A rule, broken and kept.
#[derive(Clone, Debug)]
pub struct Case {
    /// The rule's number.
    pub rule: &'static str,
    /// How much it weighs there.
    pub severity: Severity,
    /// The document that breaks it.
    pub broken: Document,
    /// Where it is broken.
    pub path: String,
    /// The document that keeps it.
    pub kept: Document,
}

/// All cases, at least one for each rule.
pub fn all() -> Vec<Case> {
    [
        task::cases(),
        container::cases(),
        connections::cases(),
        logs::cases(),
        linux::cases(),
        volumes::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What a case begins with.
#[derive(Clone, Copy)]
enum Base {
    Fargate,
    Ec2,
    Windows,
    WindowsFargate,
    Managed,
}

impl Base {
    fn document(self) -> Value {
        let container = json!({"name": "app", "image": "nginx:1.27", "memory": 128});
        match self {
            Self::Fargate => json!({
                "family": "web", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
                "cpu": "256", "memory": "512",
                "containerDefinitions": [{"name": "app", "image": "nginx:1.27"}],
            }),
            Self::Ec2 => json!({"family": "web", "containerDefinitions": [container]}),
            Self::Windows => json!({
                "family": "web",
                "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"},
                "containerDefinitions": [container],
            }),
            Self::WindowsFargate => json!({
                "family": "web", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
                "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"},
                "cpu": "1024", "memory": "2048", "containerDefinitions": [container],
            }),
            Self::Managed => json!({
                "family": "web", "requiresCompatibilities": ["MANAGED_INSTANCES"],
                "networkMode": "awsvpc", "containerDefinitions": [container],
            }),
        }
    }

    /// With changes by path; null takes away.
    fn with(self, changes: &Value) -> Document {
        let mut document = Document::new(self.document()).unwrap_or_default();
        for (path, value) in changes.as_object().into_iter().flatten() {
            let path = whole(path);
            if value.is_null() {
                document.remove(&path);
            } else {
                document.set(&path, value.clone());
            }
        }
        document
    }
}

/// `c.` is short for the first container, `d.` for the second.
fn whole(path: &str) -> String {
    match path.split_once('.') {
        Some(("c", rest)) => format!("containerDefinitions.0.{rest}"),
        Some(("d", rest)) => format!("containerDefinitions.1.{rest}"),
        _ if path == "d" => "containerDefinitions.1".to_owned(),
        _ => path.to_owned(),
    }
}

/// The rule, what breaks it where, and what keeps it.
type Row = (&'static str, Base, Value, &'static str, Value);

fn rows<const N: usize>(severity: Severity, rows: [Row; N]) -> Vec<Case> {
    let case = |(rule, base, breaks, path, keeps): Row| Case {
        rule,
        severity,
        broken: base.with(&breaks),
        path: whole(path),
        kept: base.with(&keeps),
    };
    rows.into_iter().map(case).collect()
}

/// Many of the same, with their place in the name.
fn many(count: usize, one: impl Fn(usize) -> Value) -> Value {
    (0..count).map(one).collect::<Vec<_>>().into()
}
