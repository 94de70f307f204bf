//! Cases of Linux parameters, limits, kernel settings and devices.

use serde_json::{Value, json};

use super::Base::{Ec2, Fargate, Managed, Windows};
use super::{Case, rows};
use crate::finding::Severity::{Advice, Refused, Wrong};

pub(super) fn cases() -> Vec<Case> {
    [parameters(), memory(), limits(), resources()].concat()
}

fn linux(parameters: Value) -> Value {
    json!({"c.linuxParameters": parameters})
}

#[rustfmt::skip]
fn parameters() -> Vec<Case> {
    let right = |word: &str| linux(json!({"capabilities": {"add": [word]}}));
    let device = |may: &str| linux(json!({"devices": [{"hostPath": "/dev/x", "permissions": [may]}]}));
    rows(Refused, [
        ("R138", Windows, linux(json!({"initProcessEnabled": true})), "c.linuxParameters", json!({})),
        ("R139", Fargate, right("NET_ADMIN"), "c.linuxParameters.capabilities.add.0", right("SYS_PTRACE")),
        ("R140", Ec2, right("FLY"), "c.linuxParameters.capabilities.add.0", right("NET_ADMIN")),
        ("R141", Fargate, device("read"), "c.linuxParameters.devices", json!({})),
        ("R141", Ec2, linux(json!({"devices": [{"containerPath": "/dev/x"}]})), "c.linuxParameters.devices.0.hostPath", device("read")),
        ("R142", Ec2, device("look"), "c.linuxParameters.devices.0.permissions.0", device("mknod")),
    ])
}

#[rustfmt::skip]
fn memory() -> Vec<Case> {
    let tmpfs = |path: &str, size: i64, option: &str| linux(json!({"tmpfs": [{"containerPath": path, "size": size, "mountOptions": [option]}]}));
    [
        rows(Refused, [
            ("R143", Fargate, linux(json!({"sharedMemorySize": 64})), "c.linuxParameters.sharedMemorySize", json!({})),
            ("R144", Fargate, linux(json!({"maxSwap": 64})), "c.linuxParameters.maxSwap", json!({})),
            ("R144", Ec2, linux(json!({"maxSwap": -1})), "c.linuxParameters.maxSwap", linux(json!({"maxSwap": 0}))),
            ("R145", Fargate, linux(json!({"swappiness": 60})), "c.linuxParameters.swappiness", json!({})),
            ("R145", Ec2, linux(json!({"maxSwap": 1, "swappiness": 101})), "c.linuxParameters.swappiness", linux(json!({"maxSwap": 1, "swappiness": 100}))),
            ("R146", Ec2, tmpfs("run", 1, "ro"), "c.linuxParameters.tmpfs.0.containerPath", tmpfs("/run", 1, "ro")),
            ("R146", Ec2, tmpfs("/run", 0, "ro"), "c.linuxParameters.tmpfs.0.size", tmpfs("/run", 1, "ro")),
            ("R147", Ec2, tmpfs("/run", 1, "fast"), "c.linuxParameters.tmpfs.0.mountOptions.0", tmpfs("/run", 1, "noexec")),
        ]),
        rows(Wrong, [
            ("R144", Ec2, linux(json!({"swappiness": 60})), "c.linuxParameters.swappiness", linux(json!({"maxSwap": 1, "swappiness": 60}))),
        ]),
        rows(Advice, [
            ("R148", Fargate, tmpfs("/run", 1, "ro"), "c.linuxParameters.tmpfs", json!({})),
        ]),
    ].concat()
}

#[rustfmt::skip]
fn limits() -> Vec<Case> {
    let limit = |name: &str, soft: i64, hard: i64| json!({"c.ulimits": [{"name": name, "softLimit": soft, "hardLimit": hard}]});
    let control = |name: &str| json!({"c.systemControls": [{"namespace": name, "value": "1"}]});
    let in_mode = |mode: &str| json!({"networkMode": mode, "c.systemControls": [{"namespace": "net.core.somaxconn", "value": "1"}]});
    let both = |other: &str| {
        let set = |value: &str| json!([{"namespace": "net.core.somaxconn", "value": value}]);
        json!({"c.systemControls": set("1"), "d": {"name": "b", "image": "b", "systemControls": set(other)}})
    };
    [
        rows(Refused, [
            ("R150", Ec2, limit("files", 1, 1), "c.ulimits.0.name", limit("nofile", 1, 1)),
            ("R150", Ec2, json!({"c.ulimits": [{"name": "nofile", "softLimit": 1}]}), "c.ulimits.0.hardLimit", limit("nofile", 1, 1)),
            ("R151", Ec2, limit("nofile", 2, 1), "c.ulimits.0.softLimit", limit("nofile", 2, -1)),
            ("R152", Fargate, limit("nproc", 1, 1), "c.ulimits.0.name", limit("nofile", 1, 1)),
            ("R153", Windows, limit("nofile", 1, 1), "c.ulimits", json!({})),
            ("R154", Ec2, control("vm.swappiness"), "c.systemControls.0.namespace", control("kernel.shmmax")),
            ("R155", Windows, control("net.core.somaxconn"), "c.systemControls", json!({})),
            ("R156", Ec2, in_mode("host"), "c.systemControls.0.namespace", in_mode("bridge")),
        ]),
        rows(Wrong, [
            ("R157", Fargate, both("2"), "d.systemControls.0.value", both("1")),
        ]),
    ].concat()
}

#[rustfmt::skip]
fn resources() -> Vec<Case> {
    let one = |resource: Value| json!({"c.resourceRequirements": [resource]});
    let gpu = |value: &str| one(json!({"type": "GPU", "value": value}));
    let neuron = json!({"type": "NeuronDevice", "value": "ALL"});
    let share = |percent: i64| one(json!({"type": "GPU", "sharingStrategy": {"nvidiaMps": {"memory": 1024, "maxComputePercent": percent}}}));
    let external = |mut case: Value| { case["requiresCompatibilities"] = json!(["EXTERNAL"]); case };
    let two = |other: Value| json!({"c.resourceRequirements": [{"type": "GPU", "value": "1"}], "d": {"name": "b", "image": "b", "memory": 8, "resourceRequirements": [other]}});
    rows(Refused, [
        ("R158", Ec2, one(json!({"type": "TPU", "value": "1"})), "c.resourceRequirements.0.type", gpu("1")),
        ("R159", Fargate, gpu("1"), "c.resourceRequirements.0.type", json!({})),
        ("R159", Ec2, gpu("some"), "c.resourceRequirements.0.value", gpu("ALL")),
        ("R160", Ec2, one(neuron.clone()), "c.resourceRequirements.0.type", json!({})),
        ("R160", Managed, one(json!({"type": "NeuronDevice", "value": "1"})), "c.resourceRequirements.0.value", one(neuron.clone())),
        ("R160", Managed, json!({"c.resourceRequirements": [neuron], "d": {"name": "b", "image": "b", "memory": 8, "resourceRequirements": [neuron]}}), "d.resourceRequirements.0.type", one(neuron)),
        ("R161", Ec2, one(json!({"type": "GPU"})), "c.resourceRequirements.0.value", gpu("1")),
        ("R161", Ec2, external(share(50)), "c.resourceRequirements.0.sharingStrategy", share(50)),
        ("R161", Ec2, two(json!({"type": "GPU", "sharingStrategy": {"nvidiaMps": {"memory": 1}}})), "d.resourceRequirements.0.value", two(json!({"type": "GPU", "value": "1"}))),
        ("R162", Ec2, one(json!({"type": "GPU", "sharingStrategy": {}})), "c.resourceRequirements.0.sharingStrategy.nvidiaMps.memory", share(1)),
        ("R162", Ec2, share(101), "c.resourceRequirements.0.sharingStrategy.nvidiaMps.maxComputePercent", share(100)),
    ])
}
