//! Cases of the task as a whole.

use serde_json::json;

use super::Base::{Ec2, Fargate, Managed, Windows, WindowsFargate};
use super::{Case, many, rows};
use crate::finding::Severity::{Advice, Refused, Wrong};

pub(super) fn cases() -> Vec<Case> {
    [whole(), sizes(), places(), others()].concat()
}

#[rustfmt::skip]
fn whole() -> Vec<Case> {
    let container = |n: usize| json!({"name": format!("c{n}"), "image": "a", "memory": 8});
    let tag = |n: usize| json!({"key": format!("k{n}"), "value": ""});
    rows(Refused, [
        ("type", Ec2, json!({"c.memory": "128"}), "c.memory", json!({})),
        ("type", Ec2, json!({"c.essential": "true"}), "c.essential", json!({"c.essential": true})),
        ("type", Ec2, json!({"tags": {}}), "tags", json!({"tags": []})),
        ("R1", Ec2, json!({"family": ""}), "family", json!({})),
        ("R1", Ec2, json!({"family": "a b"}), "family", json!({"family": "a-b"})),
        ("R1", Ec2, json!({"family": "x".repeat(256)}), "family", json!({"family": "x".repeat(255)})),
        ("R2", Ec2, json!({"containerDefinitions": []}), "containerDefinitions", json!({})),
        ("R3", Ec2, json!({"containerDefinitions": many(11, container)}), "containerDefinitions", json!({"containerDefinitions": many(10, container)})),
        ("R4", Ec2, json!({"c.dockerLabels": {"a": "x".repeat(65_537)}}), "family", json!({"c.dockerLabels": {"a": "x".repeat(65_000)}})),
        ("R12", Ec2, json!({"requiresCompatibilities": ["LAMBDA"]}), "requiresCompatibilities", json!({"requiresCompatibilities": ["EC2", "EXTERNAL"]})),
        ("R33", Ec2, json!({"tags": many(51, tag)}), "tags", json!({"tags": many(50, tag)})),
        ("R34", Ec2, json!({"tags": [{"key": "", "value": "x"}]}), "tags.0.key", json!({"tags": [{"key": "a", "value": ""}]})),
        ("R34", Ec2, json!({"tags": [{"key": "a!"}]}), "tags.0.key", json!({"tags": [{"key": "größe 1/2"}]})),
        ("R34", Ec2, json!({"tags": [{"key": "a", "value": "!"}]}), "tags.0.value", json!({"tags": [{"key": "a", "value": "@"}]})),
        ("R35", Ec2, json!({"tags": [{"key": "a", "value": "x".repeat(257)}]}), "tags.0.value", json!({"tags": [{"key": "a", "value": "x".repeat(256)}]})),
        ("R36", Ec2, json!({"tags": [{"key": "AWS:x"}]}), "tags.0.key", json!({"tags": [{"key": "my-aws:x"}]})),
        ("R36", Ec2, json!({"tags": [{"key": "a"}, {"key": "a"}]}), "tags.1.key", json!({"tags": [{"key": "a"}, {"key": "b"}]})),
    ])
}

#[rustfmt::skip]
fn sizes() -> Vec<Case> {
    [
        rows(Refused, [
            ("R13", Fargate, json!({"cpu": "fast"}), "cpu", json!({"cpu": ".25 vCPU"})),
            ("R14", Ec2, json!({"cpu": "64"}), "cpu", json!({"cpu": "128"})),
            ("R14", Ec2, json!({"c.cpu": -1}), "c.cpu", json!({"c.cpu": 0})),
            ("R15", Fargate, json!({"cpu": "300"}), "cpu", json!({})),
            ("R16", Ec2, json!({"cpu": ""}), "cpu", json!({"cpu": null})),
            ("R17", Fargate, json!({"memory": "a lot"}), "memory", json!({"memory": "1 GB"})),
            ("R19", Fargate, json!({"memory": "4096"}), "memory", json!({"memory": "2048"})),
            ("R20", Fargate, json!({"cpu": "512"}), "memory", json!({"cpu": "512", "memory": "1024"})),
            ("R21", Fargate, json!({"cpu": "1024"}), "memory", json!({"cpu": "1024", "memory": "3072"})),
            ("R22", Fargate, json!({"cpu": "2048", "memory": "5000"}), "memory", json!({"cpu": "2048", "memory": "5 GB"})),
            ("R23", Fargate, json!({"cpu": "4096", "memory": "31744"}), "memory", json!({"cpu": "4096", "memory": "30720"})),
            ("R24", Fargate, json!({"cpu": "8192", "memory": "17 GB"}), "memory", json!({"cpu": "8192", "memory": "20 GB"})),
            ("R25", Fargate, json!({"cpu": "16384", "memory": "36 GB"}), "memory", json!({"cpu": "16384", "memory": "40 GB"})),
            ("R27", WindowsFargate, json!({"cpu": "512"}), "cpu", json!({})),
            ("R28", Fargate, json!({"cpu": null}), "cpu", json!({})),
            ("R28", Fargate, json!({"memory": null}), "memory", json!({})),
            ("R60", Fargate, json!({"c.cpu": 128, "d": {"name": "b", "image": "b", "cpu": 129}}), "cpu", json!({"c.cpu": 128, "d": {"name": "b", "image": "b", "cpu": 128}})),
            ("R60", Ec2, json!({"cpu": "256", "c.cpu": 257}), "c.cpu", json!({"cpu": "256", "c.cpu": 256})),
            ("R63", Ec2, json!({"c.memory": null}), "c.memory", json!({"c.memory": null, "memory": "512"})),
            ("R64", Fargate, json!({"c.memory": 513}), "c.memory", json!({"c.memory": 512})),
            ("R64", Ec2, json!({"memory": "256", "d": {"name": "b", "image": "b", "memory": 129}}), "memory", json!({"memory": "256", "d": {"name": "b", "image": "b", "memory": 128}})),
        ]),
        rows(Wrong, [
            ("R18", Windows, json!({"memory": "512"}), "memory", json!({})),
            ("R62", Ec2, json!({"c.cpu": 1}), "c.cpu", json!({"c.cpu": 2})),
            ("R62", Windows, json!({"c.cpu": 0}), "c.cpu", json!({"c.cpu": 1})),
        ]),
    ].concat()
}

#[rustfmt::skip]
fn places() -> Vec<Case> {
    let memory_of = |kind: &str| json!([{"namespace": kind, "value": "1"}]);
    let constraint = json!({"type": "memberOf", "expression": "attribute:ecs.os-type == linux"});
    [
        rows(Refused, [
            ("R5", Ec2, json!({"networkMode": "vpc"}), "networkMode", json!({"networkMode": "bridge"})),
            ("R6", Fargate, json!({"networkMode": null}), "networkMode", json!({})),
            ("R6", Fargate, json!({"networkMode": "bridge"}), "networkMode", json!({})),
            ("R7", Windows, json!({"networkMode": "bridge"}), "networkMode", json!({"networkMode": "awsvpc"})),
            ("R291", Ec2, json!({"requiresCompatibilities": ["EXTERNAL"], "networkMode": "awsvpc"}), "networkMode", json!({"requiresCompatibilities": ["EXTERNAL"], "networkMode": "host"})),
            ("R292", Managed, json!({"networkMode": "bridge"}), "networkMode", json!({"networkMode": "host"})),
            ("R31", Ec2, json!({"placementConstraints": [{"type": "distinctInstance"}]}), "placementConstraints.0.type", json!({"placementConstraints": [constraint]})),
            ("R31", Ec2, json!({"placementConstraints": many(11, |_| constraint.clone())}), "placementConstraints", json!({"placementConstraints": many(10, |_| constraint.clone())})),
            ("R31", Ec2, json!({"placementConstraints": [{"type": "memberOf"}]}), "placementConstraints.0.expression", json!({"placementConstraints": [constraint]})),
            ("R200", Ec2, json!({"placementConstraints": [{"type": "memberOf", "expression": "ecs.os-type == linux"}]}), "placementConstraints.0.expression", json!({"placementConstraints": [constraint]})),
            ("R200", Ec2, json!({"placementConstraints": [{"type": "memberOf", "expression": format!("attribute:a == {}", "x".repeat(2_000))}]}), "placementConstraints.0.expression", json!({"placementConstraints": [{"type": "memberOf", "expression": format!("attribute:a == {}", "x".repeat(1_985))}]})),
            ("R32", Fargate, json!({"placementConstraints": [constraint]}), "placementConstraints", json!({})),
            ("R37", Ec2, json!({"pidMode": "none"}), "pidMode", json!({"pidMode": "host"})),
            ("R38", Fargate, json!({"pidMode": "host"}), "pidMode", json!({"pidMode": "task"})),
            ("R39", Windows, json!({"pidMode": "task"}), "pidMode", json!({})),
            ("R40", Ec2, json!({"ipcMode": "bridge"}), "ipcMode", json!({"ipcMode": "none"})),
            ("R41", Fargate, json!({"ipcMode": "task"}), "ipcMode", json!({})),
            ("R41", Windows, json!({"ipcMode": "task"}), "ipcMode", json!({})),
            ("R42", Ec2, json!({"ipcMode": "host", "c.systemControls": memory_of("kernel.shmmax")}), "c.systemControls.0.namespace", json!({"ipcMode": "task", "c.systemControls": memory_of("kernel.shmmax")})),
            ("R43", Fargate, json!({"ephemeralStorage.sizeInGiB": 20}), "ephemeralStorage.sizeInGiB", json!({"ephemeralStorage.sizeInGiB": 21})),
            ("R44", Ec2, json!({"requiresCompatibilities": ["EC2"], "ephemeralStorage.sizeInGiB": 50}), "ephemeralStorage.sizeInGiB", json!({"ephemeralStorage.sizeInGiB": 50})),
            ("R45", Ec2, json!({"runtimePlatform.cpuArchitecture": "ARM"}), "runtimePlatform.cpuArchitecture", json!({"runtimePlatform.cpuArchitecture": "ARM64"})),
            ("R45", Windows, json!({"runtimePlatform.cpuArchitecture": "ARM64"}), "runtimePlatform.cpuArchitecture", json!({"runtimePlatform.cpuArchitecture": "X86_64"})),
            ("R46", Ec2, json!({"runtimePlatform.operatingSystemFamily": "WINDOWS_SERVER_3000"}), "runtimePlatform.operatingSystemFamily", json!({"runtimePlatform.operatingSystemFamily": "LINUX"})),
        ]),
        rows(Advice, [
            ("R9", Ec2, json!({"networkMode": "host", "c.user": "0:0"}), "c.user", json!({"networkMode": "host", "c.user": "1000"})),
            ("R10", Ec2, json!({"networkMode": "host", "c.portMappings": [{"containerPort": 80}]}), "c.portMappings", json!({"c.portMappings": [{"containerPort": 80}]})),
        ]),
        rows(Wrong, [
            ("R292", Managed, json!({"networkMode": null}), "networkMode", json!({})),
            ("R54", WindowsFargate, json!({"c.credentialSpecs": ["credentialspec:arn:aws:s3:::a/b"]}), "c.credentialSpecs", json!({})),
            ("R54", WindowsFargate, json!({"volumes": [{"name": "a", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]}), "volumes.0.efsVolumeConfiguration", json!({"volumes": [{"name": "a"}]})),
        ]),
    ].concat()
}

#[rustfmt::skip]
fn others() -> Vec<Case> {
    let property = |name: &str| json!({"name": name, "value": "1"});
    let all: Vec<_> = ["IgnoredUID", "AppPorts", "ProxyIngressPort", "ProxyEgressPort", "EgressIgnoredIPs"].map(property).into();
    let proxy = |name: &str, properties: &[serde_json::Value]| json!({"proxyConfiguration": {"type": "APPMESH", "containerName": name, "properties": properties}});
    let trusted = |more: serde_json::Value| json!({"trustedExecutionConfiguration": more});
    rows(Refused, [
        ("R29", Ec2, json!({"taskRoleArn": "arn:aws:s3:::bucket"}), "taskRoleArn", json!({"taskRoleArn": "arn:aws:iam::123456789012:role/x"})),
        ("R30", Ec2, json!({"executionRoleArn": "arn:aws:iam::123456789012:user/x"}), "executionRoleArn", json!({"executionRoleArn": "ecsTaskExecutionRole"})),
        ("R47", Ec2, proxy("envoy", &all), "proxyConfiguration.containerName", proxy("app", &all)),
        ("R48", Ec2, proxy("app", &all[1..]), "proxyConfiguration.properties", proxy("app", &all)),
        ("R49", Ec2, json!({"inferenceAccelerators": [{"deviceName": "a", "deviceType": "b"}]}), "inferenceAccelerators", json!({})),
        ("R51", Ec2, trusted(json!({"isolationMode": "SHARED"})), "trustedExecutionConfiguration", json!({})),
        ("R52", Managed, trusted(json!({"isolationMode": "OPEN"})), "trustedExecutionConfiguration.isolationMode", trusted(json!({"isolationMode": "SHARED"}))),
        ("R53", Managed, trusted(json!({"isolationMode": "CONFIDENTIAL_SANDBOX"})), "trustedExecutionConfiguration.attestationPolicy", trusted(json!({"isolationMode": "CONFIDENTIAL_SANDBOX", "attestationPolicy": "e30="}))),
    ])
}
