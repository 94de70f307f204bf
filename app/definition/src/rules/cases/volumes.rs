//! Cases of volumes and mounts.

use serde_json::{Value, json};

use super::Base::{Ec2, Fargate, Windows};
use super::{Case, rows};
use crate::finding::Severity::{Refused, Wrong};

pub(super) fn cases() -> Vec<Case> {
    [names(), mounts(), docker(), efs(), others()].concat()
}

fn volume(more: Value) -> Value {
    let mut volume = json!({"name": "data"});
    for (name, value) in more.as_object().into_iter().flatten() {
        volume[name] = value.clone();
    }
    json!({"volumes": [volume]})
}

#[rustfmt::skip]
fn names() -> Vec<Case> {
    let two = |other: &str| json!({"volumes": [{"name": "a"}, {"name": other}]});
    let launch = |mounted: &str| json!({"volumes": [{"name": "a", "configuredAtLaunch": true}, {"name": "b"}], "c.mountPoints": [{"sourceVolume": mounted, "containerPath": "/a"}]});
    let launches = |second: bool| json!({"volumes": [{"name": "a", "configuredAtLaunch": true}, {"name": "b", "configuredAtLaunch": second}], "c.mountPoints": [{"sourceVolume": "a", "containerPath": "/a"}]});
    rows(Refused, [
        ("R163", Ec2, json!({"volumes": [{"name": "a b"}]}), "volumes.0.name", json!({"volumes": [{"name": "a-b"}]})),
        ("R163", Ec2, two("a"), "volumes.1.name", two("b")),
        ("R164", Ec2, volume(json!({"host": {"sourcePath": "/x"}, "efsVolumeConfiguration": {"fileSystemId": "fs-1"}})), "volumes.0.efsVolumeConfiguration", volume(json!({"host": {"sourcePath": "/x"}}))),
        ("R165", Ec2, launch("b"), "volumes.0.name", launch("a")),
        ("R165", Ec2, launches(true), "volumes.1.name", launches(false)),
    ])
}

#[rustfmt::skip]
fn mounts() -> Vec<Case> {
    let mount = |source: &str, path: &str| json!({"volumes": [{"name": "data"}], "c.mountPoints": [{"sourceVolume": source, "containerPath": path}]});
    let twice = |path: &str| json!({"volumes": [{"name": "data"}], "c.mountPoints": [{"sourceVolume": "data", "containerPath": "/a"}, {"sourceVolume": "data", "containerPath": path}]});
    let from = |source: &str| json!({"c.volumesFrom": [{"sourceContainer": source}], "d": {"name": "db", "image": "a", "memory": 8}});
    let drives = |path: &str| json!({"volumes": [{"name": "data", "host": {"sourcePath": "C:\\data"}}], "c.mountPoints": [{"sourceVolume": "data", "containerPath": path}]});
    [
        rows(Refused, [
            ("mount", Ec2, mount("data", ""), "c.mountPoints.0.containerPath", mount("data", "/data")),
            ("mount", Ec2, twice("/a"), "c.mountPoints.1.containerPath", twice("/b")),
            ("R167", Ec2, mount("date", "/data"), "c.mountPoints.0.sourceVolume", mount("data", "/data")),
            ("R169", Ec2, from("app"), "c.volumesFrom.0.sourceContainer", from("db")),
            ("R169", Ec2, from("cache"), "c.volumesFrom.0.sourceContainer", from("db")),
            ("R170", Fargate, volume(json!({"host": {"sourcePath": "/x"}})), "volumes.0.host.sourcePath", volume(json!({}))),
        ]),
        rows(Wrong, [
            ("R171", Windows, drives("D:\\data"), "c.mountPoints.0.containerPath", drives("C:\\inside")),
        ]),
    ].concat()
}

#[rustfmt::skip]
fn docker() -> Vec<Case> {
    let docker = |more: Value| volume(json!({"dockerVolumeConfiguration": more}));
    rows(Refused, [
        ("R172", Fargate, docker(json!({"scope": "task"})), "volumes.0.dockerVolumeConfiguration", volume(json!({}))),
        ("R173", Windows, docker(json!({"driver": "rexray"})), "volumes.0.dockerVolumeConfiguration.driver", docker(json!({"driver": "local"}))),
        ("R174", Ec2, docker(json!({"scope": "task", "autoprovision": true})), "volumes.0.dockerVolumeConfiguration.autoprovision", docker(json!({"scope": "shared", "autoprovision": true}))),
        ("R174", Ec2, docker(json!({"scope": "all"})), "volumes.0.dockerVolumeConfiguration.scope", docker(json!({"scope": "task"}))),
    ])
}

#[rustfmt::skip]
fn efs() -> Vec<Case> {
    let efs = |more: Value| {
        let mut efs = json!({"fileSystemId": "fs-1"});
        for (name, value) in more.as_object().into_iter().flatten() {
            efs[name] = value.clone();
        }
        volume(json!({"efsVolumeConfiguration": efs}))
    };
    let point = |root: &str, encrypted: &str| efs(json!({"rootDirectory": root, "transitEncryption": encrypted, "authorizationConfig": {"accessPointId": "fsap-1"}}));
    let iam = |encrypted: &str| efs(json!({"transitEncryption": encrypted, "authorizationConfig": {"iam": "ENABLED"}}));
    let port = |encrypted: &str| efs(json!({"transitEncryption": encrypted, "transitEncryptionPort": 2049}));
    [
        rows(Refused, [
            ("R175", Fargate, efs(json!({"fileSystemId": ""})), "volumes.0.efsVolumeConfiguration.fileSystemId", efs(json!({}))),
            ("R176", Fargate, point("/x", "ENABLED"), "volumes.0.efsVolumeConfiguration.rootDirectory", point("/", "ENABLED")),
            ("R177", Fargate, point("/", "DISABLED"), "volumes.0.efsVolumeConfiguration.transitEncryption", point("/", "ENABLED")),
            ("R178", Fargate, iam("DISABLED"), "volumes.0.efsVolumeConfiguration.transitEncryption", iam("ENABLED")),
            ("R178", Fargate, efs(json!({"transitEncryption": "ON"})), "volumes.0.efsVolumeConfiguration.transitEncryption", efs(json!({"transitEncryption": "ENABLED"}))),
        ]),
        rows(Wrong, [
            ("R180", Fargate, port("DISABLED"), "volumes.0.efsVolumeConfiguration.transitEncryptionPort", port("ENABLED")),
        ]),
    ].concat()
}

#[rustfmt::skip]
fn others() -> Vec<Case> {
    let arn = "arn:aws:s3files:eu-west-1:123456789012:file-system/fs-1";
    let files = |arn: &str, role: &str, root: &str| {
        let mut case = volume(json!({"s3filesVolumeConfiguration": {"fileSystemArn": arn, "rootDirectory": root, "accessPointArn": "arn:aws:s3files:eu-west-1:123456789012:file-system/fs-1/access-point/a"}}));
        case["taskRoleArn"] = if role.is_empty() { Value::Null } else { role.into() };
        case
    };
    let fsx = |domain: &str| volume(json!({"fsxWindowsFileServerVolumeConfiguration": {"fileSystemId": "fs-1", "rootDirectory": "share", "authorizationConfig": {"credentialsParameter": "arn:aws:ssm:eu-west-1:123456789012:parameter/login", "domain": domain}}}));
    rows(Refused, [
        ("R181", Ec2, files("fs-1", "role", "/"), "volumes.0.s3filesVolumeConfiguration.fileSystemArn", files(arn, "role", "/")),
        ("R181", Ec2, files(arn, "", "/"), "taskRoleArn", files(arn, "role", "/")),
        ("R182", Ec2, files(arn, "role", "/x"), "volumes.0.s3filesVolumeConfiguration.rootDirectory", files(arn, "role", "/")),
        ("R183", Windows, fsx(""), "volumes.0.fsxWindowsFileServerVolumeConfiguration.authorizationConfig.domain", fsx("example.test")),
    ])
}
