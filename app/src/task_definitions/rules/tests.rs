//! The rules as tables: a change to a good document, and what is said about it.

use serde_json::{Value, json};

use super::*;
use crate::task_definitions::import::import;

/// A document for Fargate that holds.
fn fargate() -> Document {
    Document::new(json!({
        "family": "web", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
        "cpu": "256", "memory": "512",
        "containerDefinitions": [{"name": "app", "image": "nginx:1.27", "essential": true}]
    }))
    .unwrap()
}

/// A document for EC2 that holds.
fn ec2() -> Document {
    Document::new(json!({
        "family": "web",
        "containerDefinitions": [{"name": "app", "image": "nginx:1.27", "memory": 128}]
    }))
    .unwrap()
}

/// Applies changes (null takes away) and expects a sentence at a path; "" expects no complaint.
fn table(base: fn() -> Document, rows: &[(&str, &[(&str, Value)], &str, &str)]) {
    for (rule, changes, path, part) in rows {
        let mut document = base();
        for (at, value) in *changes {
            if value.is_null() {
                document.remove(at);
            } else {
                document.set(at, value.clone());
            }
        }
        let errors = check(&document);
        if part.is_empty() {
            assert!(errors.is_empty(), "{rule}: {errors:?}");
        } else {
            let said = errors.at(path);
            assert!(said.is_some_and(|said| said.contains(part)), "{rule}: {errors:?}");
        }
    }
}

const C: &str = "containerDefinitions.0";

#[test]
fn good_documents_hold() {
    assert_eq!(check(&fargate()), FieldErrors::new());
    assert_eq!(check(&ec2()), FieldErrors::new());
    assert_eq!(check(&Document::default()).at("family"), Some("Give the family a name."));
}

#[test]
fn rules_of_the_task() {
    table(
        fargate,
        &[
            ("R1", &[("family", json!("a b"))], "family", "a space"),
            ("R1", &[("family", json!("x".repeat(256)))], "family", "255"),
            (
                "R2",
                &[("containerDefinitions", json!([]))],
                "containerDefinitions",
                "Add a container",
            ),
            (
                "R4",
                &[("containerDefinitions.0.dockerLabels", json!({"a": "x".repeat(70_000)}))],
                "family",
                "bytes",
            ),
            ("R5", &[("networkMode", json!("vpc"))], "networkMode", "One of"),
            ("R6", &[("networkMode", json!("bridge"))], "networkMode", "awsvpc"),
            ("R6", &[("networkMode", Value::Null)], "networkMode", "awsvpc"),
            (
                "R12",
                &[("requiresCompatibilities.1", json!("LAMBDA"))],
                "requiresCompatibilities",
                "EXTERNAL",
            ),
            (
                "R27",
                &[("runtimePlatform.operatingSystemFamily", json!("WINDOWS_SERVER_2022_CORE"))],
                "cpu",
                "1024",
            ),
            (
                "R32",
                &[("placementConstraints", json!([{"type": "memberOf"}]))],
                "placementConstraints",
                "Fargate",
            ),
            ("R38", &[("pidMode", json!("host"))], "pidMode", "task only"),
            ("R41", &[("ipcMode", json!("task"))], "ipcMode", "Fargate"),
            (
                "R43",
                &[("ephemeralStorage.sizeInGiB", json!(20))],
                "ephemeralStorage.sizeInGiB",
                "21",
            ),
            ("R43", &[("ephemeralStorage.sizeInGiB", json!(200))], "", ""),
            (
                "R45",
                &[("runtimePlatform.cpuArchitecture", json!("ARM"))],
                "runtimePlatform.cpuArchitecture",
                "ARM64",
            ),
            (
                "R46",
                &[("runtimePlatform.operatingSystemFamily", json!("MACOS"))],
                "runtimePlatform.operatingSystemFamily",
                "LINUX",
            ),
            (
                "R47",
                &[("proxyConfiguration.containerName", json!("envoy"))],
                "proxyConfiguration.containerName",
                "container",
            ),
            (
                "R49",
                &[("inferenceAccelerators", json!([{"deviceName": "a"}]))],
                "inferenceAccelerators",
                "no longer",
            ),
        ],
    );
    table(
        ec2,
        &[
            (
                "R7",
                &[
                    ("runtimePlatform.operatingSystemFamily", json!("WINDOWS_SERVER_2022_CORE")),
                    ("networkMode", json!("host")),
                ],
                "networkMode",
                "Windows",
            ),
            (
                "R44",
                &[
                    ("requiresCompatibilities", json!(["EC2"])),
                    ("ephemeralStorage.sizeInGiB", json!(50)),
                ],
                "ephemeralStorage.sizeInGiB",
                "Fargate",
            ),
            (
                "R45",
                &[(
                    "runtimePlatform",
                    json!({"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE", "cpuArchitecture": "ARM64"}),
                )],
                "runtimePlatform.cpuArchitecture",
                "Linux",
            ),
        ],
    );
}

#[test]
fn rules_of_tags() {
    let many: Vec<Value> = (0..51).map(|n| json!({"key": n.to_string(), "value": ""})).collect();
    table(
        ec2,
        &[
            ("R33", &[("tags", json!(many))], "tags", "50"),
            ("R34", &[("tags", json!([{"key": "", "value": "x"}]))], "tags.0.key", "key"),
            ("R34", &[("tags", json!([{"key": "x".repeat(129)}]))], "tags.0.key", "128"),
            ("R34", &[("tags", json!([{"key": "a!"}]))], "tags.0.key", "letters"),
            (
                "R35",
                &[("tags", json!([{"key": "a", "value": "x".repeat(257)}]))],
                "tags.0.value",
                "256",
            ),
            ("R36", &[("tags", json!([{"key": "AWS:x"}]))], "tags.0.key", "belong"),
            ("R36", &[("tags", json!([{"key": "a"}, {"key": "a"}]))], "tags.1.key", "already"),
            ("R34", &[("tags", json!([{"key": "größe 1/2", "value": ""}]))], "", ""),
        ],
    );
}

#[test]
fn rules_of_size() {
    table(
        fargate,
        &[
            ("R15", &[("cpu", json!("300"))], "cpu", "offers"),
            ("R16", &[("cpu", json!(""))], "cpu", "units"),
            ("R17", &[("memory", json!("a lot"))], "memory", "MiB"),
            ("R26", &[("cpu", json!("512"))], "memory", "512 CPU units"),
            ("R28", &[("cpu", Value::Null)], "cpu", "needs"),
            ("R28", &[("memory", Value::Null)], "memory", "needs"),
            ("R13", &[("cpu", json!("1 vCPU")), ("memory", json!("2 GB"))], "", ""),
            ("R60", &[("containerDefinitions.0.cpu", json!(257))], "cpu", "257"),
            (
                "R64",
                &[("containerDefinitions.0.memory", json!(513))],
                "containerDefinitions.0.memory",
                "512",
            ),
            (
                "R64",
                &[
                    ("containerDefinitions.1", json!({"name": "b", "image": "b", "memory": 300})),
                    ("containerDefinitions.0.memory", json!(300)),
                ],
                "memory",
                "600",
            ),
        ],
    );
    table(
        ec2,
        &[
            ("R14", &[("cpu", json!("64"))], "cpu", "128"),
            (
                "R63",
                &[("containerDefinitions.0.memory", Value::Null)],
                "containerDefinitions.0.memory",
                "memory limit",
            ),
            (
                "R63",
                &[("containerDefinitions.0.memory", Value::Null), ("memory", json!("512"))],
                "",
                "",
            ),
            (
                "R63",
                &[(
                    "containerDefinitions.0",
                    json!({"name": "a", "image": "a", "memoryReservation": 64}),
                )],
                "",
                "",
            ),
        ],
    );
}

#[test]
fn fargate_offers_these_pairs() {
    for (cpu, first, last, count) in [
        (256, 512, 2048, 3),
        (512, 1024, 4096, 4),
        (1024, 2048, 8192, 7),
        (2048, 4096, 16_384, 13),
        (4096, 8192, 30_720, 23),
        (8192, 16_384, 61_440, 12),
        (16_384, 32_768, 122_880, 12),
    ] {
        let offered = fargate_memories(cpu);
        assert_eq!(
            (offered.first(), offered.last(), offered.len()),
            (Some(&first), Some(&last), count),
            "{cpu}"
        );
        assert!(FARGATE_CPUS.contains(&cpu));
    }
    assert!(fargate_memories(300).is_empty());
}

#[test]
fn sizes_are_read_with_units() {
    for (text, units) in [
        ("1024", Some(1024)),
        ("1 vCPU", Some(1024)),
        (".25 vcpu", Some(256)),
        ("0.5vCPU", Some(512)),
        ("vCPU", None),
        ("1 GB", None),
        ("-1", None),
        ("", None),
    ] {
        assert_eq!(cpu_units(text), units, "{text}");
    }
    for (text, mib) in
        [("512", Some(512)), ("1GB", Some(1024)), (".5 gb", Some(512)), ("1e9 GB", None)]
    {
        assert_eq!(memory_mib(text), mib, "{text}");
    }
}

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
            ("type", &[("containerDefinitions.0", json!("app"))], C, "object"),
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

/// Real files, where a collection of them lies beside the checkout: those that ECS takes as they
/// are, without placeholders, must hold here too.
#[test]
fn collected_files_hold() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus");
    let Ok(index) = std::fs::read_to_string(format!("{folder}/taskdefs.jsonl")) else { return };
    for line in index.lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        if entry["kind"] != "input" {
            continue;
        }
        let file = entry["file"].as_str().unwrap();
        let text = std::fs::read_to_string(format!("{folder}/{file}")).unwrap();
        let errors = check(&import(&text).unwrap().document);
        assert!(errors.is_empty(), "{file}: {errors:?}");
    }
}
