use serde_json::json;

use super::document;
use crate::together::*;

#[test]
fn ports_in_each_others_way_are_marked() {
    let with = |network: &str| {
        document(json!({"networkMode": network, "containerDefinitions": [
            {"name": "web", "portMappings": [
                {"containerPort": 80, "name": "http", "appProtocol": "http"},
                {"containerPort": 53, "protocol": "udp", "hostPort": 5353}
            ]},
            {"name": "api", "portMappings": [
                {"containerPort": 80}, {"containerPortRange": "8000-8010"}, {"containerPort": 8005},
                {"containerPort": 53, "hostPort": 5353, "protocol": "udp"},
                {"containerPort": "x", "name": "http"}
            ]}
        ]}))
    };
    for (network, outside, clashes) in [
        ("awsvpc", ["80", "53", "80", "8000-8010", "8005", "53", ""], [0, 0, 1, 0, 1, 1, 1]),
        (
            "bridge",
            ["a free one", "5353", "a free one", "a free one", "a free one", "5353", "a free one"],
            [0, 0, 0, 0, 1, 1, 1],
        ),
        ("none", ["not reachable"; 7], [0, 0, 1, 0, 1, 1, 1]),
    ] {
        let ports = ports(&with(network));
        let shown: Vec<_> = ports.iter().map(Port::outside_words).collect();
        assert_eq!(shown, outside, "{network}");
        let found: Vec<_> = ports.iter().map(|port| i32::from(port.clash.is_some())).collect();
        assert_eq!(found, clashes, "{network}: {ports:?}");
    }
    let ports = ports(&with("awsvpc"));
    assert_eq!(ports[2].clash.as_deref(), Some("web has this port too."));
    assert_eq!(ports[4].clash.as_deref(), Some("It is mapped twice."));
    assert_eq!(ports[6].clash.as_deref(), Some("web has a port of this name too."));
    assert_eq!(ports[3].path, "containerDefinitions.1.portMappings.1");
}

#[test]
fn mounts_stand_in_a_matrix() {
    let matrix = mounts(&document(json!({
        "volumes": [{"name": "data"}, {"name": "spare"}],
        "containerDefinitions": [
            {"name": "web", "mountPoints": [
                {"sourceVolume": "data", "containerPath": "/data", "readOnly": true},
                {"sourceVolume": "gone", "containerPath": "/x"},
                {"sourceVolume": "", "containerPath": ""}
            ]},
            {"name": "log", "volumesFrom": [{"sourceContainer": "web"}, {"sourceContainer": "nobody"}]}
        ]
    })));
    assert_eq!(matrix.containers, ["web", "log"]);
    let rows: Vec<_> = matrix
        .volumes
        .iter()
        .map(|v| (v.name.as_str(), v.missing, v.is_unused(), v.mounts[0].len(), v.mounts[1].len()))
        .collect();
    assert_eq!(
        rows,
        [("data", false, false, 1, 1), ("spare", false, true, 0, 0), ("gone", true, false, 1, 1)]
    );
    let taken = &matrix.volumes[0].mounts[1][0];
    assert!(taken.read_only);
    assert_eq!(taken.through.as_deref(), Some("web"));
}

#[test]
fn sums_say_what_is_left_or_over() {
    let with = |compatible: &str, cpu: i64, memory: i64, reserved: i64| {
        document(json!({"requiresCompatibilities": [compatible], "cpu": "1 vCPU", "memory": "2GB",
        "containerDefinitions": [
            {"name": "web", "cpu": cpu, "memory": memory, "memoryReservation": reserved},
            {"name": "log", "cpu": 256, "memory": 512}, {"cpu": 0}
        ]}))
    };
    let words = |document| sums(&document).iter().map(Sum::words).collect::<Vec<_>>();
    assert_eq!(
        words(with("FARGATE", 512, 1024, 512)),
        [
            "CPU: 768 of 1024 units, 256 left",
            "Memory kept free: 1024 of 2048 MiB, 1024 left",
            "Memory limits: 1536 of 2048 MiB, 512 left"
        ]
    );
    assert_eq!(
        words(with("FARGATE", 1024, 1536, 1536)),
        [
            "CPU: 1280 of 1024 units, 256 too many",
            "Memory kept free: 2048 of 2048 MiB, nothing left",
            "Memory limits: 2048 of 2048 MiB, nothing left"
        ]
    );
    let over = sums(&with("EC2", 1024, 2048, 100));
    assert!(over[0].is_over() && !over[0].must_fit && over[0].percent() == 100);
    assert!(over[2].words().ends_with("not all can reach their limit at once"));
    let free = document(json!({"containerDefinitions": [{"name": "a", "cpu": 10}, {"name": "b"}]}));
    assert_eq!(words(free), ["CPU: 10 units"]);
}
