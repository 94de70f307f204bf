//! Cases of ports, variables and secrets.

use serde_json::{Value, json};

use super::Base::{Ec2, Fargate};
use super::{Case, many, rows};
use crate::finding::Severity::{Advice, Refused, Wrong};

pub(super) fn cases() -> Vec<Case> {
    [ports(), clashes(), ranges(), variables(), secrets()].concat()
}

fn port(port: Value) -> Value {
    json!({"c.portMappings": [port]})
}

#[rustfmt::skip]
fn ports() -> Vec<Case> {
    let named = |name: &str| port(json!({"containerPort": 80, "name": name}));
    let two = |other: &str| json!({"c.portMappings": [{"containerPort": 80, "name": "a"}, {"containerPort": 81, "name": other}]});
    let host = |mode: &str, inside: i64, outside: i64| json!({"networkMode": mode, "c.portMappings": [{"containerPort": inside, "hostPort": outside}]});
    [
        rows(Refused, [
            ("port", Ec2, port(json!({"hostPort": 80})), "c.portMappings.0.containerPort", port(json!({"containerPort": 80}))),
            ("port", Ec2, port(json!({"containerPort": 70_000})), "c.portMappings.0.containerPort", port(json!({"containerPort": 65_535}))),
            ("port", Ec2, port(json!({"containerPort": 80, "hostPort": 70_000})), "c.portMappings.0.hostPort", port(json!({"containerPort": 80, "hostPort": 0}))),
            ("R8", Ec2, json!({"networkMode": "none", "c.portMappings": [{"containerPort": 80}]}), "c.portMappings", json!({"networkMode": "none"})),
            ("R85", Fargate, host("awsvpc", 80, 8080), "c.portMappings.0.hostPort", host("awsvpc", 80, 80)),
            ("R85", Ec2, host("host", 80, 8080), "c.portMappings.0.hostPort", host("host", 80, 80)),
            ("R92", Ec2, named("Web"), "c.portMappings.0.name", named("web")),
            ("R92", Ec2, named("-web"), "c.portMappings.0.name", named("web-")),
            ("R92", Ec2, named(&"x".repeat(65)), "c.portMappings.0.name", named(&"x".repeat(64))),
            ("R92", Ec2, two("a"), "c.portMappings.1.name", two("b")),
            ("R93", Ec2, port(json!({"containerPort": 80, "appProtocol": "https"})), "c.portMappings.0.appProtocol", port(json!({"containerPort": 80, "appProtocol": "http"}))),
        ]),
        rows(Wrong, [
            ("R87", Ec2, host("bridge", 80, 50_000), "c.portMappings.0.hostPort", host("bridge", 80, 8080)),
            ("R88", Ec2, host("bridge", 80, 2375), "c.portMappings.0.hostPort", host("bridge", 80, 2377)),
            ("R90", Ec2, port(json!({"containerPort": 80, "protocol": "UDP"})), "c.portMappings.0.protocol", port(json!({"containerPort": 80, "protocol": "udp"}))),
        ]),
    ].concat()
}

#[rustfmt::skip]
fn clashes() -> Vec<Case> {
    let both = |one: Value, other: Value| json!({"c.portMappings": [one, other]});
    let apart = |inside: i64| json!({"c.portMappings": [{"containerPort": 80}], "d": {"name": "b", "image": "b", "portMappings": [{"containerPort": inside}]}});
    let fixed = |count: usize| json!({"c.portMappings": many(count, |n| json!({"containerPort": 1000 + n, "hostPort": 1000 + n}))});
    [
        rows(Refused, [
            ("R99", Ec2, both(json!({"containerPort": 80}), json!({"containerPort": 80})), "c.portMappings.1.containerPort", both(json!({"containerPort": 80}), json!({"containerPort": 81}))),
            ("R99", Ec2, both(json!({"containerPortRange": "80-90"}), json!({"containerPort": 85})), "c.portMappings.1.containerPort", both(json!({"containerPortRange": "80-90"}), json!({"containerPort": 91}))),
        ]),
        rows(Wrong, [
            ("R89", Ec2, fixed(95), "containerDefinitions", fixed(94)),
            ("R89", Ec2, both(json!({"containerPort": 80, "hostPort": 80}), json!({"containerPort": 81, "hostPort": 80})), "c.portMappings.1.hostPort", both(json!({"containerPort": 80, "hostPort": 80}), json!({"containerPort": 81, "hostPort": 81}))),
            ("R91", Ec2, both(json!({"containerPort": 53}), json!({"containerPort": 53, "protocol": "udp"})), "c.portMappings.1.containerPort", both(json!({"containerPort": 53}), json!({"containerPort": 54, "protocol": "udp"}))),
            ("R99", Fargate, apart(80), "d.portMappings.0.containerPort", apart(81)),
        ]),
    ].concat()
}

#[rustfmt::skip]
fn ranges() -> Vec<Case> {
    let range = |mode: &str, range: &str| json!({"networkMode": mode, "c.portMappings": [{"containerPortRange": range}]});
    let lots = |count: usize| json!({"c.portMappings": many(count, |n| json!({"containerPortRange": format!("{}-{}", n * 10 + 1, n * 10 + 2)}))});
    rows(Refused, [
        ("R95", Ec2, range("host", "80-90"), "c.portMappings.0.containerPortRange", range("bridge", "80-90")),
        ("R96", Ec2, port(json!({"containerPort": 80, "containerPortRange": "80-90"})), "c.portMappings.0.containerPortRange", range("bridge", "80-90")),
        ("R97", Ec2, lots(101), "c.portMappings", lots(100)),
        ("R98", Ec2, range("bridge", "90-80"), "c.portMappings.0.containerPortRange", range("bridge", "80-90")),
    ])
}

#[rustfmt::skip]
fn variables() -> Vec<Case> {
    let variable = |name: &str, value: &str| json!({"c.environment": [{"name": name, "value": value}]});
    let file = |arn: &str| json!({"c.environmentFiles": [{"value": arn, "type": "s3"}]});
    let both = json!({"c.environmentFiles": [{"value": "arn:aws:s3:::a/b.env", "type": "s3"}], "c.environment": [{"name": "A", "value": "1"}]});
    let files = |count: usize| json!({"c.environmentFiles": many(count, |n| json!({"value": format!("arn:aws:s3:::a/{n}.env"), "type": "s3"}))});
    [
        rows(Refused, [
            ("variable", Ec2, variable("", "x"), "c.environment.0.name", variable("A", "x")),
            ("variable", Ec2, variable("A=B", "x"), "c.environment.0.name", variable("A_B", "x")),
            ("R101", Ec2, file("arn:aws:s3:::a/b.txt"), "c.environmentFiles.0.value", file("arn:aws:s3:::a/b.env")),
            ("R101", Ec2, files(11), "c.environmentFiles", files(10)),
            ("R101", Ec2, json!({"c.environmentFiles": [{"value": "arn:aws:s3:::a/b.env", "type": "efs"}]}), "c.environmentFiles.0.type", file("arn:aws:s3:::a/b.env")),
        ]),
        rows(Advice, [
            ("R100", Ec2, variable("DB_PASSWORD", "hunter2"), "c.environment.0.value", variable("DB_PASSWORD_FILE", "/run/password")),
            ("R100", Ec2, variable("DATABASE", "postgres://app:hunter2@db/app"), "c.environment.0.value", variable("DATABASE", "postgres://app@db/app")),
            ("R102", Ec2, both, "c.environmentFiles", file("arn:aws:s3:::a/b.env")),
        ]),
    ].concat()
}

#[rustfmt::skip]
fn secrets() -> Vec<Case> {
    let role = "arn:aws:iam::123456789012:role/x";
    let secret = |name: &str, from: &str| json!({"executionRoleArn": role, "c.secrets": [{"name": name, "valueFrom": from}]});
    let chosen = |rest: &str| secret("A", &format!("arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-AbCdEf{rest}"));
    let beside = |plain: &str| json!({"executionRoleArn": role, "c.secrets": [{"name": "A", "valueFrom": "/k"}], "c.environment": [{"name": plain, "value": ""}]});
    let twice = |other: &str| json!({"executionRoleArn": role, "c.secrets": [{"name": "A", "valueFrom": "/k"}, {"name": other, "valueFrom": "/l"}]});
    [
        rows(Refused, [
            ("R104", Ec2, secret("", "/k"), "c.secrets.0.name", secret("A", "/k")),
            ("R104", Ec2, secret("A", ""), "c.secrets.0.valueFrom", secret("A", "/k")),
            ("R105", Ec2, secret("A", "arn:aws:s3:::bucket"), "c.secrets.0.valueFrom", secret("A", "arn:aws:ssm:eu-west-1:123456789012:parameter/app/key")),
            ("R105", Ec2, secret("A", "my key"), "c.secrets.0.valueFrom", secret("A", "my-key")),
            ("R107", Ec2, json!({"c.secrets": [{"name": "A", "valueFrom": "/k"}]}), "executionRoleArn", secret("A", "/k")),
            ("R108", Ec2, beside("A"), "c.secrets.0.name", beside("B")),
            ("R108", Ec2, twice("A"), "c.secrets.1.name", twice("B")),
        ]),
        rows(Wrong, [
            ("R106", Ec2, chosen(":key"), "c.secrets.0.valueFrom", chosen(":key::")),
        ]),
    ].concat()
}
