//! Rules of containers, their logs, health, order and limits.

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
fn rules_of_logs() {
    const L: &str = "containerDefinitions.0.logConfiguration";
    const O: &str = "containerDefinitions.0.logConfiguration.options";
    let option = |name: &str| format!("{O}.{name}");
    let role = ("executionRoleArn", json!("arn:aws:iam::123456789012:role/x"));
    let awslogs =
        json!({"logDriver": "awslogs", "options": {"awslogs-group": "g", "awslogs-region": "r"}});
    table(
        fargate,
        &[
            (
                "R109",
                &[(L, json!({"options": {"a": "b"}}))],
                "containerDefinitions.0.logConfiguration.logDriver",
                "Choose",
            ),
            (
                "R110",
                &[(L, json!({"logDriver": "syslog"}))],
                "containerDefinitions.0.logConfiguration.logDriver",
                "Fargate",
            ),
            ("R112", &[(L, json!({"logDriver": "awslogs"}))], &option("awslogs-group"), "group"),
            ("R112", &[(L, json!({"logDriver": "awslogs"}))], &option("awslogs-region"), "region"),
            ("R113", &[(L, awslogs.clone())], &option("awslogs-stream-prefix"), "prefix"),
            ("R114", &[(L, awslogs.clone())], "executionRoleArn", "execution role"),
            (
                "R113",
                &[
                    role.clone(),
                    (L, awslogs.clone()),
                    (&option("awslogs-stream-prefix"), json!("app")),
                ],
                "",
                "",
            ),
            (
                "R119",
                &[(L, json!({"logDriver": "splunk"}))],
                &option("splunk-token"),
                "splunk-token",
            ),
            (
                "R120",
                &[(L, json!({"logDriver": "awsfirelens"}))],
                "containerDefinitions.0.logConfiguration.logDriver",
                "firelensConfiguration",
            ),
            (
                "R121",
                &[("containerDefinitions.0.firelensConfiguration", json!({"type": "vector"}))],
                "containerDefinitions.0.firelensConfiguration.type",
                "fluentbit",
            ),
        ],
    );
    table(
        ec2,
        &[
            (
                "R109",
                &[(L, json!({"logDriver": "loki"}))],
                "containerDefinitions.0.logConfiguration.logDriver",
                "One of",
            ),
            ("R113", &[(L, awslogs.clone())], "", ""),
            (
                "R116",
                &[
                    (L, awslogs),
                    (&option("awslogs-datetime-format"), json!("%Y")),
                    (&option("awslogs-multiline-pattern"), json!("x")),
                ],
                &option("awslogs-multiline-pattern"),
                "together",
            ),
            (
                "R117",
                &[(L, json!({"logDriver": "json-file", "options": {"mode": "fast"}}))],
                &option("mode"),
                "blocking",
            ),
        ],
    );
}

#[test]
fn rules_of_health_and_order() {
    const H: &str = "containerDefinitions.0.healthCheck";
    const D: &str = "containerDefinitions.0.dependsOn";
    let at = |member: &str| format!("{H}.{member}");
    let good = json!({"command": ["CMD-SHELL", "true"]});
    let second = |extra: Value| {
        let mut two = json!({"name": "db", "image": "a", "memory": 8});
        if let (Some(two), Value::Object(extra)) = (two.as_object_mut(), extra) {
            two.extend(extra);
        }
        ("containerDefinitions.1", two)
    };
    let on = |condition: &str| (D, json!([{"containerName": "db", "condition": condition}]));
    table(
        ec2,
        &[
            (
                "R124",
                &[(D, json!([{"condition": "START"}]))],
                "containerDefinitions.0.dependsOn.0.containerName",
                "Choose",
            ),
            (
                "R124",
                &[second(json!({})), on("READY")],
                "containerDefinitions.0.dependsOn.0.condition",
                "HEALTHY",
            ),
            (
                "R125",
                &[second(json!({})), on("SUCCESS")],
                "containerDefinitions.0.dependsOn.0.condition",
                "essential",
            ),
            ("R125", &[second(json!({"essential": false})), on("SUCCESS")], "", ""),
            (
                "R126",
                &[second(json!({})), on("HEALTHY")],
                "containerDefinitions.0.dependsOn.0.condition",
                "health check",
            ),
            ("R126", &[second(json!({"healthCheck": good})), on("HEALTHY")], "", ""),
            (
                "R127",
                &[on("START")],
                "containerDefinitions.0.dependsOn.0.containerName",
                "no container",
            ),
            (
                "R127",
                &[
                    second(json!({"dependsOn": [{"containerName": "app", "condition": "START"}]})),
                    on("START"),
                ],
                D,
                "circle",
            ),
            ("R129", &[(H, json!({"interval": 5}))], &at("command"), "CMD-SHELL"),
            ("R129", &[(H, json!({"command": ["curl", "x"]}))], &at("command.0"), "first word"),
            ("R129", &[(H, json!({"command": ["CMD"]}))], &at("command"), "Add"),
            (
                "R130",
                &[(H, good.clone()), (&at("interval"), json!(4))],
                &at("interval"),
                "5 and 300",
            ),
            ("R131", &[(H, good.clone()), (&at("timeout"), json!(61))], &at("timeout"), "2 and 60"),
            ("R132", &[(H, good.clone()), (&at("retries"), json!(0))], &at("retries"), "1 and 10"),
            (
                "R133",
                &[(H, good.clone()), (&at("startPeriod"), json!(301))],
                &at("startPeriod"),
                "0 and 300",
            ),
            (
                "R135",
                &[("containerDefinitions.0.restartPolicy", json!({"restartAttemptPeriod": 60}))],
                "containerDefinitions.0.restartPolicy.enabled",
                "true",
            ),
            (
                "R136",
                &[(
                    "containerDefinitions.0.restartPolicy",
                    json!({"enabled": true, "restartAttemptPeriod": 59}),
                )],
                "containerDefinitions.0.restartPolicy.restartAttemptPeriod",
                "60",
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
