//! Rules of the task, its size and its tags.

use serde_json::{Value, json};

use super::super::{FARGATE_CPUS, cpu_units, fargate_memories, memory_mib};
use super::{ec2, fargate, table};

#[test]
fn rules_of_the_task() {
    table(
        fargate,
        &[
            ("R1", &[("family", json!("a b"))], "family", "a space"),
            ("R1", &[("family", json!(" web"))], "family", "spaces around"),
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
