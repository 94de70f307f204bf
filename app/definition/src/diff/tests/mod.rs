use serde_json::{Value, json};

use super::*;

mod lines;
mod words;

fn document(value: Value) -> Document {
    Document::new(value).unwrap()
}

/// Two containers, a volume and a tag.
fn base() -> Value {
    json!({
        "family": "web", "requiresCompatibilities": ["EC2", "FARGATE"], "networkMode": "awsvpc",
        "cpu": "256", "memory": "512", "taskRoleArn": "arn:aws:iam::1:role/web",
        "containerDefinitions": [
            {
                "name": "app", "image": "shop/web:1.4", "essential": true, "memory": 256,
                "command": ["serve", "--port", "80"],
                "environment": [{"name": "LEVEL", "value": "info"}, {"name": "PASSWORD", "value": "hunter2"}],
                "secrets": [{"name": "KEY", "valueFrom": "arn:key"}],
                "portMappings": [{"containerPort": 80, "name": "http", "appProtocol": "http"}],
                "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}],
                "dependsOn": [{"containerName": "log", "condition": "START"}],
                "ulimits": [{"name": "nofile", "softLimit": 1024, "hardLimit": 4096}],
                "logConfiguration": {"logDriver": "splunk", "options": {"splunk-token": "hunter2", "mode": "blocking"}},
                "dockerLabels": {"team": "shop"}
            },
            {"name": "log", "image": "fluent-bit:2", "essential": false}
        ],
        "volumes": [{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}],
        "tags": [{"key": "team", "value": "shop"}]
    })
}

fn against(edit: impl Fn(&mut Document)) -> Changes {
    let old = document(base());
    let mut new = old.clone();
    edit(&mut new);
    changes(&old, &new)
}

/// Subject, label, kind, before and after of each change.
fn said(changes: &Changes) -> Vec<String> {
    let line = |c: &Change| {
        format!("{}|{}|{:?}|{}|{}", c.subject.words(), c.label, c.kind, c.before, c.after)
    };
    changes.iter().map(line).collect()
}

const APP: &str = "containerDefinitions.0";

#[test]
fn no_secret_value_is_left_for_a_viewer() {
    let values = [
        ("environment.1.value", "hunter3"),
        ("secrets.0.valueFrom", "arn:hunter3"),
        ("logConfiguration.options.splunk-token", "hunter3"),
        ("repositoryCredentials.credentialsParameter", "arn:hunter3"),
        ("environmentFiles.0.value", "arn:hunter3"),
        ("logConfiguration.secretOptions.0.valueFrom", "arn:hunter3"),
        ("logConfiguration.secretOptions.0.name", "x"),
    ];
    let found = against(|document| {
        for (path, value) in values {
            document.set(&format!("{APP}.{path}"), json!(value));
        }
    })
    .without_secrets();
    let text = serde_json::to_string(&found).unwrap();
    assert!(!text.contains("hunter") && !text.contains("arn:key"), "{text}");
    // That they changed is still said.
    assert_eq!(found.real().count(), 6, "{text}");
    assert!(!headline(&found).contains("hunter"));
}
