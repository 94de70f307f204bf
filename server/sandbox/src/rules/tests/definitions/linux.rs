//! Rows of the rules about Linux.

use super::*;

#[test]
fn rules_about_linux() {
    let linux = |value: Value| value;
    refused_from(
        &on_instances(),
        vec![
            (
                "R140",
                "/containerDefinitions/0/linuxParameters",
                linux(json!({"capabilities": {"add": ["FLY"]}})),
                "capabilities.add",
            ),
            (
                "R141",
                "/containerDefinitions/0/linuxParameters",
                linux(json!({"devices": [{}]})),
                "hostPath",
            ),
            (
                "R142",
                "/containerDefinitions/0/linuxParameters",
                linux(json!({"devices": [{"hostPath": "/dev/x", "permissions": ["look"]}]})),
                "permissions",
            ),
            (
                "R144",
                "/containerDefinitions/0/linuxParameters",
                linux(json!({"maxSwap": -1})),
                "maxSwap",
            ),
            (
                "R145",
                "/containerDefinitions/0/linuxParameters",
                linux(json!({"swappiness": 101})),
                "between 0 and 100",
            ),
            (
                "R146",
                "/containerDefinitions/0/linuxParameters",
                linux(json!({"tmpfs": [{"containerPath": "tmp", "size": 1}]})),
                "absolute containerPath",
            ),
            (
                "R146",
                "/containerDefinitions/0/linuxParameters",
                linux(json!({"tmpfs": [{"containerPath": "/tmp"}]})),
                "a size in MiB",
            ),
            (
                "R150",
                "/containerDefinitions/0/ulimits",
                json!([{"name": "files", "softLimit": 1, "hardLimit": 1}]),
                "ulimits.name",
            ),
            (
                "R150",
                "/containerDefinitions/0/ulimits",
                json!([{"name": "nofile", "softLimit": 1}]),
                "needs a softLimit and a hardLimit",
            ),
            (
                "R151",
                "/containerDefinitions/0/ulimits",
                json!([{"name": "nofile", "softLimit": 2, "hardLimit": 1}]),
                "greater than its hard limit",
            ),
            (
                "R154",
                "/containerDefinitions/0/systemControls",
                json!([{"namespace": "vm.swappiness", "value": "1"}]),
                "'vm.swappiness' is not supported",
            ),
            (
                "R158",
                "/containerDefinitions/0/resourceRequirements",
                json!([{"type": "TPU", "value": "1"}]),
                "resourceRequirements.type",
            ),
            (
                "R159",
                "/containerDefinitions/0/resourceRequirements",
                json!([{"type": "GPU", "value": "some"}]),
                "a number or ALL",
            ),
            (
                "R161",
                "/containerDefinitions/0/resourceRequirements",
                json!([{"type": "GPU"}]),
                "either a value or a sharingStrategy",
            ),
            (
                "R162",
                "/containerDefinitions/0/resourceRequirements",
                json!([{"type": "GPU", "sharingStrategy": {}}]),
                "exactly one way of sharing",
            ),
        ],
    );
    let ipc = changed(on_instances(), "/ipcMode", &json!("host"));
    refused_from(
        &ipc,
        vec![(
            "R42",
            "/containerDefinitions/0/systemControls",
            json!([{"namespace": "kernel.msgmax", "value": "1"}]),
            "ipcMode=host",
        )],
    );
    refused(vec![
        ("R41", "/ipcMode", json!("task"), "do not support ipcMode"),
        (
            "R68",
            "/containerDefinitions/0/startTimeout",
            json!(121),
            "'startTimeout' be between 2 and 120",
        ),
        (
            "R70",
            "/containerDefinitions/0/stopTimeout",
            json!(121),
            "'stopTimeout' be between 0 and 120",
        ),
        (
            "R81",
            "/containerDefinitions/0/dockerSecurityOptions",
            json!(["no-new-privileges"]),
            "docker security options",
        ),
        (
            "R139",
            "/containerDefinitions/0/linuxParameters",
            json!({"capabilities": {"add": ["NET_ADMIN"]}}),
            "capability NET_ADMIN",
        ),
        (
            "R141",
            "/containerDefinitions/0/linuxParameters",
            json!({"devices": [{"hostPath": "/dev/x"}]}),
            "does not support devices",
        ),
        (
            "R143",
            "/containerDefinitions/0/linuxParameters",
            json!({"sharedMemorySize": 64}),
            "sharedMemorySize",
        ),
        ("R144", "/containerDefinitions/0/linuxParameters", json!({"maxSwap": 64}), "maxSwap"),
        (
            "R152",
            "/containerDefinitions/0/ulimits",
            json!([{"name": "nproc", "softLimit": 1, "hardLimit": 1}]),
            "ulimit nproc",
        ),
        (
            "R159",
            "/containerDefinitions/0/resourceRequirements",
            json!([{"type": "GPU", "value": "1"}]),
            "GPU requirements",
        ),
    ]);
    let fine_here = json!({"capabilities": {"add": ["SYS_PTRACE"], "drop": ["ALL"]}, "initProcessEnabled": true});
    let pointer = format!("{MAIN}/linuxParameters");
    assert_eq!(task_definition(&changed(fine(), &pointer, &fine_here)), Ok(()));
}
