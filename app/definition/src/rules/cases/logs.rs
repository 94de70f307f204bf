//! Cases of logs.

use serde_json::{Value, json};

use super::Base::{Ec2, Fargate, Managed};
use super::{Case, rows};
use crate::finding::Severity::{Refused, Wrong};

/// A log with a driver and options.
fn log(driver: &str, options: Value) -> Value {
    json!({"c.logConfiguration": {"logDriver": driver, "options": options}})
}

/// A log in CloudWatch, with more options.
fn awslogs(more: Value) -> Value {
    let mut options = json!({"awslogs-group": "g", "awslogs-region": "eu-west-1"});
    for (name, value) in more.as_object().into_iter().flatten() {
        options[name] = value.clone();
    }
    log("awslogs", options)
}

pub(super) fn cases() -> Vec<Case> {
    [drivers(), options(), routers()].concat()
}

#[rustfmt::skip]
fn drivers() -> Vec<Case> {
    let role = |mut case: Value| { case["executionRoleArn"] = "ecsTaskExecutionRole".into(); case };
    let whole = awslogs(json!({"awslogs-stream-prefix": "ecs"}));
    rows(Refused, [
        ("R109", Ec2, log("loki", json!({})), "c.logConfiguration.logDriver", log("syslog", json!({}))),
        ("R109", Ec2, json!({"c.logConfiguration": {"options": {"a": "b"}}}), "c.logConfiguration.logDriver", log("syslog", json!({"a": "b"}))),
        ("R110", Fargate, log("syslog", json!({})), "c.logConfiguration.logDriver", role(whole.clone())),
        ("R111", Managed, log("syslog", json!({})), "c.logConfiguration.logDriver", log("json-file", json!({}))),
        ("R112", Ec2, log("awslogs", json!({"awslogs-region": "r"})), "c.logConfiguration.options.awslogs-group", awslogs(json!({}))),
        ("R112", Ec2, log("awslogs", json!({"awslogs-group": "g"})), "c.logConfiguration.options.awslogs-region", awslogs(json!({}))),
        ("R113", Fargate, role(awslogs(json!({}))), "c.logConfiguration.options.awslogs-stream-prefix", role(whole.clone())),
        ("R114", Fargate, whole.clone(), "executionRoleArn", role(whole)),
    ])
}

#[rustfmt::skip]
fn options() -> Vec<Case> {
    let secret = |more: Value| {
        let mut case = json!({"c.logConfiguration": {"logDriver": "splunk", "options": {"splunk-url": "u"}, "secretOptions": [{"name": "splunk-token", "valueFrom": "/k"}]}});
        for (name, value) in more.as_object().into_iter().flatten() {
            case[name] = value.clone();
        }
        case
    };
    let role = json!({"executionRoleArn": "ecsTaskExecutionRole"});
    let date = json!({"awslogs-datetime-format": "%Y"});
    [
        rows(Refused, [
            ("R116", Ec2, awslogs(json!({"awslogs-datetime-format": "%Y", "awslogs-multiline-pattern": "x"})), "c.logConfiguration.options.awslogs-multiline-pattern", awslogs(date)),
            ("R117", Ec2, log("json-file", json!({"mode": "fast"})), "c.logConfiguration.options.mode", log("json-file", json!({"mode": "blocking"}))),
            ("R119", Ec2, log("splunk", json!({"splunk-url": "u"})), "c.logConfiguration.options.splunk-token", log("splunk", json!({"splunk-url": "u", "splunk-token": "t"}))),
            ("R123", Ec2, secret(json!({})), "executionRoleArn", secret(role.clone())),
            ("R123", Ec2, secret(json!({"executionRoleArn": "x", "c.logConfiguration.secretOptions.0.valueFrom": ""})), "c.logConfiguration.secretOptions.0.valueFrom", secret(role)),
        ]),
        rows(Wrong, [
            ("R118", Ec2, log("json-file", json!({"mode": "blocking", "max-buffer-size": "10m"})), "c.logConfiguration.options.max-buffer-size", log("json-file", json!({"mode": "non-blocking", "max-buffer-size": "10m"}))),
        ]),
    ].concat()
}

#[rustfmt::skip]
fn routers() -> Vec<Case> {
    let router = |kind: &str, from: &str| json!({"c.firelensConfiguration": {"type": kind, "options": {"config-file-type": from}}});
    let routed = json!({"c.logConfiguration": {"logDriver": "awsfirelens"}, "d": {"name": "r", "image": "a", "memory": 8, "firelensConfiguration": {"type": "fluentbit"}}});
    [
        rows(Refused, [
            ("R120", Ec2, log("awsfirelens", json!({})), "c.logConfiguration.logDriver", routed),
            ("R121", Ec2, router("vector", "file"), "c.firelensConfiguration.type", router("fluentd", "file")),
            ("R122", Ec2, router("fluentd", "http"), "c.firelensConfiguration.options.config-file-type", router("fluentd", "s3")),
        ]),
        rows(Wrong, [
            ("R122", Fargate, router("fluentd", "s3"), "c.firelensConfiguration.options.config-file-type", router("fluentd", "file")),
        ]),
    ].concat()
}
