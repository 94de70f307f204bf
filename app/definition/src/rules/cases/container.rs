//! Cases of a container, its start, health and order.

use serde_json::{Value, json};

use super::Base::{Ec2, Fargate, Windows};
use super::{Case, many, rows};
use crate::finding::Severity::{Refused, Wrong};

pub(super) fn cases() -> Vec<Case> {
    [identity(), support(), forms(), health(), order()].concat()
}

#[rustfmt::skip]
fn identity() -> Vec<Case> {
    let digest = |length: usize| json!({"c.image": format!("a@sha256:{}", "a".repeat(length))});
    let second = |name: &str| json!({"d": {"name": name, "image": "a", "memory": 8}});
    [
        rows(Refused, [
            ("R56", Ec2, json!({"c.name": null}), "c.name", json!({})),
            ("R56", Ec2, json!({"c.name": "a b"}), "c.name", json!({"c.name": "a_b"})),
            ("R56", Ec2, json!({"c.name": " app"}), "c.name", json!({})),
            ("R56", Ec2, second("app"), "d.name", second("other")),
            ("R57", Ec2, json!({"c.image": null}), "c.image", json!({})),
            ("R58", Ec2, json!({"c.image": "my image"}), "c.image", json!({"c.image": "my-image"})),
            ("R58", Ec2, json!({"c.image": "x".repeat(256)}), "c.image", json!({"c.image": "x".repeat(255)})),
            ("R59", Ec2, digest(63), "c.image", digest(64)),
            ("R65", Ec2, json!({"c.memoryReservation": 256}), "c.memoryReservation", json!({"c.memoryReservation": 128})),
            ("R66", Ec2, json!({"c.memory": 3}), "c.memory", json!({"c.memory": 6})),
            ("R67", Ec2, json!({"c.essential": false}), "c.essential", json!({"c.essential": true})),
        ]),
        rows(Wrong, [
            ("R66", Ec2, json!({"c.memory": 5}), "c.memory", json!({"c.memory": 6})),
        ]),
    ].concat()
}

#[rustfmt::skip]
fn support() -> Vec<Case> {
    let waits = |of_app: Value, of_db: Value| {
        let on = json!([{"containerName": "db", "condition": "START"}]);
        json!({"c.dependsOn": on, "c.startTimeout": of_app, "d": {"name": "db", "image": "a", "memory": 8, "startTimeout": of_db}})
    };
    [
        rows(Refused, [
            ("R55", Fargate, json!({"c.dnsServers": ["10.0.0.2"]}), "c.dnsServers", json!({})),
            ("R55", Fargate, json!({"c.disableNetworking": true}), "c.disableNetworking", json!({"c.disableNetworking": false})),
            ("R68", Fargate, json!({"c.startTimeout": 121}), "c.startTimeout", json!({"c.startTimeout": 120})),
            ("R70", Fargate, json!({"c.stopTimeout": 121}), "c.stopTimeout", json!({"c.stopTimeout": 120})),
            ("R72", Fargate, json!({"c.hostname": "web"}), "c.hostname", json!({})),
            ("R73", Windows, json!({"c.user": "me"}), "c.user", json!({})),
            ("R74", Ec2, json!({"networkMode": "awsvpc", "c.disableNetworking": true}), "c.disableNetworking", json!({"c.disableNetworking": true})),
            ("R74", Windows, json!({"c.disableNetworking": true}), "c.disableNetworking", json!({})),
            ("R75", Fargate, json!({"c.privileged": true}), "c.privileged", json!({"c.privileged": false})),
            ("R75", Windows, json!({"c.privileged": true}), "c.privileged", json!({})),
            ("R76", Windows, json!({"c.readonlyRootFilesystem": true}), "c.readonlyRootFilesystem", json!({"c.readonlyRootFilesystem": false})),
            ("R77", Ec2, json!({"networkMode": "awsvpc", "c.dnsServers": ["10.0.0.2"]}), "c.dnsServers", json!({"c.dnsServers": ["10.0.0.2"]})),
            ("R77", Windows, json!({"c.dnsServers": ["10.0.0.2"]}), "c.dnsServers", json!({})),
            ("R78", Ec2, json!({"networkMode": "awsvpc", "c.dnsSearchDomains": ["a.test"]}), "c.dnsSearchDomains", json!({"c.dnsSearchDomains": ["a.test"]})),
            ("R78", Windows, json!({"c.dnsSearchDomains": ["a.test"]}), "c.dnsSearchDomains", json!({})),
            ("R79", Ec2, json!({"c.extraHosts": [{"hostname": "a"}]}), "c.extraHosts.0.ipAddress", json!({"c.extraHosts": [{"hostname": "a", "ipAddress": "10.0.0.3"}]})),
            ("R79", Windows, json!({"c.extraHosts": [{"hostname": "a", "ipAddress": "10.0.0.3"}]}), "c.extraHosts", json!({})),
            ("R80", Ec2, json!({"c.links": ["db:db"]}), "c.links.0", json!({"c.links": ["db:db"], "d": {"name": "db", "image": "a", "memory": 8}})),
            ("R80", Ec2, json!({"networkMode": "host", "c.links": ["db"], "d": {"name": "db", "image": "a", "memory": 8}}), "c.links", json!({"c.links": ["db"], "d": {"name": "db", "image": "a", "memory": 8}})),
        ]),
        rows(Wrong, [
            ("R69", Ec2, waits(json!(60), Value::Null), "c.startTimeout", waits(Value::Null, json!(60))),
            ("R73", Ec2, json!({"c.user": "-1"}), "c.user", json!({"c.user": "1000:1000"})),
        ]),
    ].concat()
}

#[rustfmt::skip]
fn forms() -> Vec<Case> {
    rows(Refused, [
        ("R71", Ec2, json!({"c.versionConsistency": "on"}), "c.versionConsistency", json!({"c.versionConsistency": "disabled"})),
        ("R71", Ec2, json!({"c.versionConsistency": ""}), "c.versionConsistency", json!({})),
        ("R81", Ec2, json!({"c.dockerSecurityOptions": ["seccomp"]}), "c.dockerSecurityOptions.0", json!({"c.dockerSecurityOptions": ["no-new-privileges"]})),
        ("R81", Fargate, json!({"c.dockerSecurityOptions": ["no-new-privileges"]}), "c.dockerSecurityOptions", json!({})),
        ("R82", Ec2, json!({"c.credentialSpecs": ["arn:aws:s3:::a/b"]}), "c.credentialSpecs.0", json!({"c.credentialSpecs": ["credentialspec:arn:aws:s3:::a/b"]})),
        ("R83", Ec2, json!({"c.repositoryCredentials": {"credentialsParameter": ""}}), "c.repositoryCredentials.credentialsParameter", json!({"c.repositoryCredentials": {"credentialsParameter": "login"}})),
    ])
}

#[rustfmt::skip]
fn health() -> Vec<Case> {
    let check = |member: &str, value: i64| {
        let mut check = json!({"command": ["CMD-SHELL", "true"]});
        check[member] = value.into();
        json!({"c.healthCheck": check})
    };
    let command = |words: &[&str]| json!({"c.healthCheck": {"command": words}});
    let restart = |policy: Value| json!({"c.restartPolicy": policy});
    let codes = |count: usize| restart(json!({"enabled": true, "ignoredExitCodes": many(count, |n| json!(n))}));
    rows(Refused, [
        ("R129", Ec2, command(&["curl", "localhost"]), "c.healthCheck.command.0", command(&["CMD", "curl", "localhost"])),
        ("R129", Ec2, command(&["CMD"]), "c.healthCheck.command", command(&["CMD", "true"])),
        ("R129", Ec2, json!({"c.healthCheck": {"interval": 5}}), "c.healthCheck.command", command(&["CMD-SHELL", "true"])),
        ("R130", Ec2, check("interval", 4), "c.healthCheck.interval", check("interval", 5)),
        ("R131", Ec2, check("timeout", 61), "c.healthCheck.timeout", check("timeout", 60)),
        ("R132", Ec2, check("retries", 0), "c.healthCheck.retries", check("retries", 1)),
        ("R133", Ec2, check("startPeriod", 301), "c.healthCheck.startPeriod", check("startPeriod", 0)),
        ("R135", Ec2, restart(json!({"restartAttemptPeriod": 60})), "c.restartPolicy.enabled", restart(json!({"enabled": false}))),
        ("R136", Ec2, restart(json!({"enabled": true, "restartAttemptPeriod": 59})), "c.restartPolicy.restartAttemptPeriod", restart(json!({"enabled": true, "restartAttemptPeriod": 60}))),
        ("R137", Ec2, codes(51), "c.restartPolicy.ignoredExitCodes", codes(50)),
    ])
}

#[rustfmt::skip]
fn order() -> Vec<Case> {
    let on = |condition: &str, more: Value| {
        let mut db = json!({"name": "db", "image": "a", "memory": 8});
        for (name, value) in more.as_object().into_iter().flatten() {
            db[name] = value.clone();
        }
        json!({"c.dependsOn": [{"containerName": "db", "condition": condition}], "d": db})
    };
    let alone = |name: &str| json!({"c.dependsOn": [{"containerName": name, "condition": "START"}]});
    let back = json!({"dependsOn": [{"containerName": "app", "condition": "START"}]});
    rows(Refused, [
        ("R124", Ec2, alone(""), "c.dependsOn.0.containerName", on("START", json!({}))),
        ("R124", Ec2, on("READY", json!({})), "c.dependsOn.0.condition", on("START", json!({}))),
        ("R125", Ec2, on("SUCCESS", json!({})), "c.dependsOn.0.condition", on("SUCCESS", json!({"essential": false}))),
        ("R126", Ec2, on("HEALTHY", json!({})), "c.dependsOn.0.condition", on("HEALTHY", json!({"healthCheck": {"command": ["CMD", "true"]}}))),
        ("R127", Ec2, alone("db"), "c.dependsOn.0.containerName", on("START", json!({}))),
        ("R127", Ec2, alone("app"), "c.dependsOn.0.containerName", json!({})),
        ("R127", Ec2, on("START", back), "c.dependsOn", on("START", json!({}))),
    ])
}
