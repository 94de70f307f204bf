//! Rules of logs, health and order.

use serde_json::{Value, json};

use super::{ec2, fargate, table};

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
