//! Rules of containers and their limits.

use serde_json::{Value, json};

use super::{ec2, fargate, table};

#[test]
fn rules_of_containers() {
    let digest = "a".repeat(64);
    table(
        ec2,
        &[
            (
                "R3",
                &[(
                    "containerDefinitions",
                    json!(
                        (0..11)
                            .map(|n| json!({"name": format!("c{n}"), "image": "a", "memory": 8}))
                            .collect::<Vec<_>>()
                    ),
                )],
                "containerDefinitions",
                "11",
            ),
            (
                "R56",
                &[("containerDefinitions.0.name", json!(""))],
                "containerDefinitions.0.name",
                "name",
            ),
            (
                "R56",
                &[("containerDefinitions.1", json!({"name": "app", "image": "a", "memory": 8}))],
                "containerDefinitions.1.name",
                "Another",
            ),
            (
                "R57",
                &[("containerDefinitions.0.image", Value::Null)],
                "containerDefinitions.0.image",
                "image",
            ),
            (
                "R58",
                &[("containerDefinitions.0.image", json!("my image"))],
                "containerDefinitions.0.image",
                "a space",
            ),
            (
                "R58",
                &[("containerDefinitions.0.image", json!("x".repeat(256)))],
                "containerDefinitions.0.image",
                "255",
            ),
            (
                "R59",
                &[("containerDefinitions.0.image", json!("a@sha256:abc"))],
                "containerDefinitions.0.image",
                "64",
            ),
            (
                "R59",
                &[("containerDefinitions.0.image", json!(format!("a@sha256:{digest}")))],
                "",
                "",
            ),
            (
                "R65",
                &[("containerDefinitions.0.memoryReservation", json!(256))],
                "containerDefinitions.0.memoryReservation",
                "limit",
            ),
            ("R65", &[("containerDefinitions.0.memoryReservation", json!(128))], "", ""),
            (
                "R66",
                &[("containerDefinitions.0.memory", json!(3))],
                "containerDefinitions.0.memory",
                "4 MiB",
            ),
            (
                "R67",
                &[("containerDefinitions.0.essential", json!(false))],
                "containerDefinitions.0.essential",
                "essential",
            ),
            (
                "R71",
                &[("containerDefinitions.0.versionConsistency", json!("on"))],
                "containerDefinitions.0.versionConsistency",
                "enabled",
            ),
            (
                "type",
                &[("containerDefinitions.0.memory", json!("128"))],
                "containerDefinitions.0.memory",
                "whole number",
            ),
            (
                "type",
                &[("containerDefinitions.0.essential", json!("true"))],
                "containerDefinitions.0.essential",
                "true or false",
            ),
            (
                "type",
                &[("containerDefinitions.0", json!("app"))],
                "containerDefinitions.0",
                "object",
            ),
        ],
    );
    table(
        fargate,
        &[
            (
                "R55",
                &[("containerDefinitions.0.links", json!(["db"]))],
                "containerDefinitions.0.links",
                "Fargate",
            ),
            (
                "R68",
                &[("containerDefinitions.0.startTimeout", json!(121))],
                "containerDefinitions.0.startTimeout",
                "120",
            ),
            (
                "R70",
                &[("containerDefinitions.0.stopTimeout", json!(121))],
                "containerDefinitions.0.stopTimeout",
                "120",
            ),
            (
                "R72",
                &[("containerDefinitions.0.hostname", json!("web"))],
                "containerDefinitions.0.hostname",
                "awsvpc",
            ),
            (
                "R75",
                &[("containerDefinitions.0.privileged", json!(true))],
                "containerDefinitions.0.privileged",
                "privileged",
            ),
        ],
    );
}

#[test]
fn rules_of_limits() {
    table(
        fargate,
        &[
            (
                "R139",
                &[(
                    "containerDefinitions.0.linuxParameters",
                    json!({"capabilities": {"add": ["NET_ADMIN"]}}),
                )],
                "containerDefinitions.0.linuxParameters.capabilities.add.0",
                "SYS_PTRACE",
            ),
            (
                "R141",
                &[(
                    "containerDefinitions.0.linuxParameters",
                    json!({"devices": [{"hostPath": "/dev/x"}]}),
                )],
                "containerDefinitions.0.linuxParameters.devices",
                "Fargate",
            ),
            (
                "R152",
                &[(
                    "containerDefinitions.0.ulimits",
                    json!([{"name": "nproc", "softLimit": 1, "hardLimit": 1}]),
                )],
                "containerDefinitions.0.ulimits.0.name",
                "nofile",
            ),
            (
                "R159",
                &[(
                    "containerDefinitions.0.resourceRequirements",
                    json!([{"type": "GPU", "value": "1"}]),
                )],
                "containerDefinitions.0.resourceRequirements.0.type",
                "GPUs",
            ),
        ],
    );
    table(
        ec2,
        &[
            (
                "R145",
                &[("containerDefinitions.0.linuxParameters", json!({"swappiness": 101}))],
                "containerDefinitions.0.linuxParameters.swappiness",
                "100",
            ),
            (
                "R146",
                &[(
                    "containerDefinitions.0.linuxParameters",
                    json!({"tmpfs": [{"containerPath": "run", "size": 1}]}),
                )],
                "containerDefinitions.0.linuxParameters.tmpfs.0.containerPath",
                "absolute",
            ),
            (
                "R150",
                &[(
                    "containerDefinitions.0.ulimits",
                    json!([{"name": "files", "softLimit": 1, "hardLimit": 1}]),
                )],
                "containerDefinitions.0.ulimits.0.name",
                "nofile",
            ),
            (
                "R151",
                &[(
                    "containerDefinitions.0.ulimits",
                    json!([{"name": "nofile", "softLimit": 2, "hardLimit": 1}]),
                )],
                "containerDefinitions.0.ulimits.0.softLimit",
                "hard limit",
            ),
            (
                "R154",
                &[(
                    "containerDefinitions.0.systemControls",
                    json!([{"namespace": "vm.swappiness", "value": "1"}]),
                )],
                "containerDefinitions.0.systemControls.0.namespace",
                "net.*",
            ),
        ],
    );
}
