//! Rules of ports, variables, secrets and volumes.

use serde_json::{Value, json};

use super::{ec2, fargate, table};

#[test]
fn rules_of_ports() {
    const P: &str = "containerDefinitions.0.portMappings";
    const P0: &str = "containerDefinitions.0.portMappings.0";
    let at = |member: &str| format!("{P0}.{member}");
    let (container, host, name, range) =
        (at("containerPort"), at("hostPort"), at("name"), at("containerPortRange"));
    table(
        fargate,
        &[
            (
                "R85",
                &[(P, json!([{"containerPort": 80, "hostPort": 8080}]))],
                &host,
                "leave it out",
            ),
            ("R85", &[(P, json!([{"containerPort": 80, "hostPort": 80}]))], "", ""),
            (
                "R91",
                &[(P, json!([{"containerPort": 80}, {"containerPort": 80, "protocol": "udp"}]))],
                "containerDefinitions.0.portMappings.1.containerPort",
                "already",
            ),
            (
                "R90",
                &[(P, json!([{"containerPort": 80, "protocol": "TCP"}]))],
                &at("protocol"),
                "small",
            ),
            ("R92", &[(P, json!([{"containerPort": 80, "name": "Web"}]))], &name, "small"),
            ("R92", &[(P, json!([{"containerPort": 80, "name": "-web"}]))], &name, "hyphen"),
            ("R92", &[(P, json!([{"containerPort": 80, "name": "x".repeat(65)}]))], &name, "64"),
            (
                "R92",
                &[(
                    P,
                    json!([{"containerPort": 80, "name": "a"}, {"containerPort": 81, "name": "a"}]),
                )],
                "containerDefinitions.0.portMappings.1.name",
                "Another",
            ),
            (
                "R93",
                &[(P, json!([{"containerPort": 80, "appProtocol": "https"}]))],
                &at("appProtocol"),
                "grpc",
            ),
            (
                "R96",
                &[(P, json!([{"containerPort": 80, "containerPortRange": "80-90"}]))],
                &range,
                "leave",
            ),
            ("R98", &[(P, json!([{"containerPortRange": "90-80"}]))], &range, "8000-8010"),
            (
                "R99",
                &[(P, json!([{"containerPortRange": "80-90"}, {"containerPort": 85}]))],
                "containerDefinitions.0.portMappings.1.containerPort",
                "already",
            ),
            ("port", &[(P, json!([{"hostPort": 80}]))], &container, "65535"),
            ("port", &[(P, json!([{"containerPort": 70_000}]))], &container, "65535"),
        ],
    );
    table(
        ec2,
        &[
            (
                "R8",
                &[("networkMode", json!("none")), (P, json!([{"containerPort": 80}]))],
                P,
                "none",
            ),
            ("R86", &[(P, json!([{"containerPort": 80, "hostPort": 0}]))], "", ""),
            ("R87", &[(P, json!([{"containerPort": 80, "hostPort": 50_000}]))], &host, "32768"),
            ("R88", &[(P, json!([{"containerPort": 80, "hostPort": 2375}]))], &host, "itself"),
            (
                "R95",
                &[("networkMode", json!("host")), (P, json!([{"containerPortRange": "80-90"}]))],
                &range,
                "bridge",
            ),
        ],
    );
}

#[test]
fn rules_of_environment_and_secrets() {
    const E: &str = "containerDefinitions.0.environment";
    const S: &str = "containerDefinitions.0.secrets";
    const F: &str = "containerDefinitions.0.secrets.0.valueFrom";
    let role = ("executionRoleArn", json!("arn:aws:iam::123456789012:role/x"));
    let from = |from: &str| (S, json!([{"name": "A", "valueFrom": from}]));
    table(
        ec2,
        &[
            (
                "name",
                &[(E, json!([{"name": "", "value": "x"}]))],
                "containerDefinitions.0.environment.0.name",
                "name",
            ),
            (
                "R101",
                &[(
                    "containerDefinitions.0.environmentFiles",
                    json!([{"value": "arn:aws:s3:::a/b.txt", "type": "s3"}]),
                )],
                "containerDefinitions.0.environmentFiles.0.value",
                ".env",
            ),
            (
                "R104",
                &[role.clone(), (S, json!([{"name": "", "valueFrom": "x"}]))],
                "containerDefinitions.0.secrets.0.name",
                "name",
            ),
            ("R104", &[role.clone(), from("")], F, "kept"),
            ("R105", &[role.clone(), from("/app/key")], "", ""),
            (
                "R105",
                &[role.clone(), from("arn:aws:ssm:eu-west-1:123456789012:parameter/app/key")],
                "",
                "",
            ),
            ("R105", &[role.clone(), from("arn:aws:s3:::bucket")], F, "neither"),
            (
                "R106",
                &[
                    role.clone(),
                    from("arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-AbCdEf:key::"),
                ],
                "",
                "",
            ),
            (
                "R106",
                &[
                    role.clone(),
                    from("arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-AbCdEf:key"),
                ],
                F,
                "three colons",
            ),
            ("R107", &[from("/app/key")], "executionRoleArn", "execution role"),
            (
                "R108",
                &[role.clone(), (E, json!([{"name": "A", "value": ""}])), from("/k")],
                "containerDefinitions.0.secrets.0.name",
                "Another",
            ),
        ],
    );
}

#[test]
fn rules_of_volumes() {
    const M: &str = "containerDefinitions.0.mountPoints";
    let mount = (M, json!([{"sourceVolume": "data", "containerPath": "/data"}]));
    let efs = |more: Value| ("volumes", json!([{"name": "data", "efsVolumeConfiguration": more}]));
    let at = |member: &str| format!("volumes.0.efsVolumeConfiguration.{member}");
    table(
        fargate,
        &[
            ("R163", &[("volumes", json!([{"name": "a b"}]))], "volumes.0.name", "a space"),
            (
                "R163",
                &[("volumes", json!([{"name": "a"}, {"name": "a"}]))],
                "volumes.1.name",
                "Another",
            ),
            (
                "R164",
                &[(
                    "volumes",
                    json!([{"name": "a", "host": {"sourcePath": "/x"}, "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]),
                )],
                "volumes.0.efsVolumeConfiguration",
                "one kind",
            ),
            (
                "R165",
                &[("volumes", json!([{"name": "a", "configuredAtLaunch": true}]))],
                "volumes.0.name",
                "mounted",
            ),
            (
                "R165",
                &[
                    mount.clone(),
                    ("volumes", json!([{"name": "data", "configuredAtLaunch": true}])),
                ],
                "",
                "",
            ),
            ("R166", &[mount.clone(), ("volumes", json!([{"name": "data"}]))], "", ""),
            (
                "R167",
                &[mount],
                "containerDefinitions.0.mountPoints.0.sourceVolume",
                "no volume data",
            ),
            (
                "R169",
                &[("containerDefinitions.0.volumesFrom", json!([{"sourceContainer": "app"}]))],
                "containerDefinitions.0.volumesFrom.0.sourceContainer",
                "another",
            ),
            (
                "R170",
                &[("volumes", json!([{"name": "a", "host": {"sourcePath": "/x"}}]))],
                "volumes.0.host.sourcePath",
                "Fargate",
            ),
            (
                "R172",
                &[(
                    "volumes",
                    json!([{"name": "a", "dockerVolumeConfiguration": {"scope": "task"}}]),
                )],
                "volumes.0.dockerVolumeConfiguration",
                "Docker",
            ),
            ("R175", &[efs(json!({"rootDirectory": "/"}))], &at("fileSystemId"), "fs-"),
            (
                "R176",
                &[efs(
                    json!({"fileSystemId": "fs-1", "rootDirectory": "/x", "transitEncryption": "ENABLED", "authorizationConfig": {"accessPointId": "fsap-1"}}),
                )],
                &at("rootDirectory"),
                "access point",
            ),
            (
                "R178",
                &[efs(json!({"fileSystemId": "fs-1", "authorizationConfig": {"iam": "ENABLED"}}))],
                &at("transitEncryption"),
                "encryption",
            ),
        ],
    );
}
