//! The table of rules: each row is a number, a change to a document that is
//! fine, and a part of the sentence it is refused with.

mod definitions;
mod requests;
mod services;
mod traffic;
mod volumes;

use serde_json::{Value, json};

use super::{fargate, task_definition};

fn fine() -> Value {
    json!({
        "family": "web",
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "512",
        "memory": "1024",
        "executionRoleArn": "arn:aws:iam::000000000000:role/x",
        "containerDefinitions": [
            {"name": "main", "image": "shop/web:1", "portMappings": [{"containerPort": 80}]},
            {"name": "side", "image": "shop/side:1", "essential": false},
        ],
    })
}

/// A row: rule, JSON pointer, new value (null removes), part of the sentence.
type Row = (&'static str, &'static str, Value, &'static str);

fn changed(mut document: Value, pointer: &str, value: &Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = document.pointer_mut(parent).expect("the parent");
    let map = parent.as_object_mut().expect("an object");
    map.insert(name.to_owned(), value.clone());
    if value.is_null() {
        map.shift_remove(name);
    }
    document
}

fn refused(rows: Vec<Row>) {
    refused_from(&fine(), rows);
}

fn refused_from(base: &Value, rows: Vec<Row>) {
    for (rule, pointer, value, words) in rows {
        let verdict = task_definition(&changed(base.clone(), pointer, &value));
        let refusal = verdict.expect_err(&format!("{rule}: {pointer} = {value}"));
        assert!(refusal.message.contains(words), "{rule}: {}", refusal.message);
    }
}

#[test]
fn a_fine_document_is_accepted() {
    assert_eq!(task_definition(&fine()), Ok(()));
}

#[test]
fn task_rules() {
    refused(vec![
        ("R1", "/family", json!(null), "Family cannot be null or empty"),
        ("R1", "/family", json!("a b"), "invalid characters"),
        ("R2", "/containerDefinitions", json!([]), "Container list cannot be empty"),
        (
            "R3",
            "/containerDefinitions",
            json!([{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}]),
            "Too many containers",
        ),
        ("R4", "/family2", json!("x".repeat(70_000)), "65536"),
        ("R5", "/networkMode", json!("vpc"), "'networkMode' failed to satisfy constraint"),
        ("R12", "/requiresCompatibilities", json!(["MARS"]), "requiresCompatibilities"),
        ("R16", "/cpu", json!(""), "Invalid 'cpu' setting for task."),
        ("R16", "/memory", json!("much"), "Invalid 'memory' setting for task."),
        ("R31", "/placementConstraints", json!([{"type": "sometimes"}]), "placementConstraints"),
        (
            "R33",
            "/tags",
            json!((0..51).map(|n| json!({"key": n.to_string()})).collect::<Vec<_>>()),
            "at most 50",
        ),
        ("R36", "/tags", json!([{"key": "AWS:x"}]), "aws: prefixed"),
        ("R37", "/pidMode", json!("mine"), "pidMode"),
        ("R40", "/ipcMode", json!("mine"), "ipcMode"),
        ("R43", "/ephemeralStorage", json!({"sizeInGiB": 20}), "between 21 and 200"),
        ("R45", "/runtimePlatform", json!({"cpuArchitecture": "Z80"}), "cpuArchitecture"),
        ("R49", "/inferenceAccelerators", json!([{}]), "Unsupported field 'inferenceAccelerators'"),
        ("R163", "/volumes", json!([{"name": "a b"}]), "Volume name"),
        ("R163", "/volumes", json!([{"name": "a"}, {"name": "a"}]), "Duplicate volume"),
        (
            "R164",
            "/volumes",
            json!([{"name": "a", "host": {}, "efsVolumeConfiguration": {}}]),
            "only one configuration",
        ),
    ]);
}

#[test]
fn container_rules() {
    let at = "/containerDefinitions/0";
    let rows: Vec<(&str, &str, Value, &str)> = vec![
        ("R56", "name", json!(null), "Container.name should not be null or empty"),
        ("R56", "name", json!("a b"), "Invalid container name"),
        ("R56", "name", json!("side"), "more than once"),
        ("R57", "image", json!(null), "Container.image should not be null or empty"),
        ("R58", "image", json!("a b"), "Container.image contains invalid characters"),
        ("R14", "cpu", json!(-1), "Invalid 'cpu' setting for container"),
        (
            "R64",
            "memory",
            json!(2048),
            "The 'memory' setting for container 'main' is greater than for the task.",
        ),
        ("R66", "memory", json!(3), "at least 4 MiB"),
        ("R85", "portMappings", json!([{"containerPort": 80, "hostPort": 81}]), "must match"),
        ("R92", "portMappings", json!([{"containerPort": 80, "name": "-A"}]), "port mapping name"),
        (
            "R93",
            "portMappings",
            json!([{"containerPort": 80, "appProtocol": "ftp"}]),
            "appProtocol",
        ),
        ("R104", "secrets", json!([{"name": "A"}]), "name and valueFrom"),
        ("R109", "logConfiguration", json!({"logDriver": "paper"}), "logDriver"),
        ("R112", "logConfiguration", json!({"logDriver": "awslogs"}), "awslogs-group"),
        (
            "R124",
            "dependsOn",
            json!([{"containerName": "side", "condition": "NOW"}]),
            "dependsOn.condition",
        ),
        (
            "R126",
            "dependsOn",
            json!([{"containerName": "side", "condition": "HEALTHY"}]),
            "no health check",
        ),
        (
            "R127",
            "dependsOn",
            json!([{"containerName": "none", "condition": "START"}]),
            "Cannot depend on container none because it does not exist",
        ),
        ("R127", "dependsOn", json!([{"containerName": "main", "condition": "START"}]), "circular"),
        ("R129", "healthCheck", json!({"command": ["curl"]}), "CMD"),
        ("R130", "healthCheck", json!({"command": ["CMD", "true"], "interval": 4}), "interval"),
        ("R131", "healthCheck", json!({"command": ["CMD", "true"], "timeout": 61}), "timeout"),
        ("R132", "healthCheck", json!({"command": ["CMD", "true"], "retries": 11}), "retries"),
        (
            "R133",
            "healthCheck",
            json!({"command": ["CMD", "true"], "startPeriod": 301}),
            "startPeriod",
        ),
        ("R167", "mountPoints", json!([{"sourceVolume": "x"}]), "Unknown volume 'x'"),
    ];
    for (rule, member, value, words) in rows {
        let verdict = task_definition(&changed(fine(), &format!("{at}/{member}"), &value));
        let refusal = verdict.expect_err(&format!("{rule}: {member} = {value}"));
        assert!(refusal.message.contains(words), "{rule}: {}", refusal.message);
    }
}

/// Rules that need more than one member to be wrong.
#[test]
fn rules_between_members() {
    let refusal = |document: &Value| task_definition(document).expect_err("a refusal").message;
    let mut all = fine();
    for at in [0, 1] {
        all["containerDefinitions"][at]["essential"] = json!(false);
    }
    assert!(refusal(&all).contains("at least one essential"), "R67");
    let mut secret = fine();
    secret["containerDefinitions"][0]["secrets"] = json!([{"name": "A", "valueFrom": "x"}]);
    assert_eq!(task_definition(&secret), Ok(()), "R107");
    secret["executionRoleArn"] = json!("");
    assert!(refusal(&secret).contains("'executionRoleArn'"), "R107");
    secret["containerDefinitions"][0]["environment"] = json!([{"name": "A", "value": "y"}]);
    assert!(refusal(&secret).contains("secret name must be unique"), "R108");
    let mut host = fine();
    host["requiresCompatibilities"] = json!(["EC2"]);
    host["memory"] = json!(null);
    assert!(
        refusal(&host)
            .contains("At least one of 'memory' or 'memoryReservation' must be specified."),
        "R63"
    );
    host["containerDefinitions"][0]["memory"] = json!(64);
    host["containerDefinitions"][0]["memoryReservation"] = json!(65);
    assert!(refusal(&host).contains("memoryReservation"), "R65");
    host["containerDefinitions"][0]["memory"] = json!(65);
    host["containerDefinitions"][1]["memory"] = json!(65);
    assert_eq!(task_definition(&host), Ok(()), "R65: equal is accepted");
    host["networkMode"] = json!("none");
    assert!(refusal(&host).contains("cannot specify port mappings"), "R8");
    let mut essential = fine();
    essential["containerDefinitions"][1]["dependsOn"] =
        json!([{"containerName": "main", "condition": "SUCCESS"}]);
    assert!(refusal(&essential).contains("essential container 'main'"), "R125");
}

#[test]
fn fargate_rules() {
    refused(vec![
        ("R6", "/networkMode", json!(null), "Fargate only supports network mode 'awsvpc'."),
        ("R28", "/cpu", json!(null), "Fargate requires that 'cpu' be defined at the task level."),
        (
            "R28",
            "/memory",
            json!(null),
            "Fargate requires that 'memory' be defined at the task level.",
        ),
        (
            "R26",
            "/memory",
            json!("512"),
            "No Fargate configuration exists for given values: 512 CPU, 512 memory",
        ),
        ("R15", "/cpu", json!("300"), "No Fargate configuration exists"),
        (
            "R32",
            "/placementConstraints",
            json!([{"type": "memberOf", "expression": "attribute:a exists"}]),
            "placement constraints",
        ),
        ("R38", "/pidMode", json!("host"), "do not support pidMode 'host'"),
        ("R60", "/containerDefinitions/0/cpu", json!(513), "'cpu' setting for container"),
        (
            "R75",
            "/containerDefinitions/0/privileged",
            json!(true),
            "Fargate requires that the 'privileged' setting be 'false'",
        ),
        (
            "R110",
            "/containerDefinitions/0/logConfiguration",
            json!({"logDriver": "syslog"}),
            "does not support log driver syslog",
        ),
        (
            "R113",
            "/containerDefinitions/0/logConfiguration",
            json!({"logDriver": "awslogs", "options": {"awslogs-group": "g", "awslogs-region": "r"}}),
            "awslogs-stream-prefix",
        ),
        (
            "R170",
            "/volumes",
            json!([{"name": "a", "host": {"sourcePath": "/x"}}]),
            "host.sourcePath",
        ),
        (
            "R172",
            "/volumes",
            json!([{"name": "a", "dockerVolumeConfiguration": {}}]),
            "Docker volumes",
        ),
    ]);
}

/// R19 to R25: the smallest, the largest and a wrong memory of every size.
#[test]
fn fargate_sizes() {
    let table = [
        (256, 512, 2048, 3072),
        (512, 1024, 4096, 512),
        (1024, 2048, 8192, 9216),
        (2048, 4096, 16_384, 3072),
        (4096, 8192, 30_720, 31_744),
        (8192, 16_384, 61_440, 17_408),
        (16_384, 32_768, 122_880, 36_864),
    ];
    for (cpu, smallest, largest, wrong) in table {
        assert!(fargate::size_exists(cpu, smallest), "{cpu}");
        assert!(fargate::size_exists(cpu, largest), "{cpu}");
        assert!(!fargate::size_exists(cpu, wrong), "{cpu}");
        assert!(!fargate::size_exists(cpu, largest * 2), "{cpu}");
    }
}
