//! Each change in words.

use super::*;

#[test]
fn nothing_differs_from_itself() {
    assert!(changes(&document(base()), &document(base())).is_empty());
    assert!(changes(&Document::default(), &Document::default()).is_empty());
    // Whatever stands in it, and wherever it is of the wrong type.
    for odd in [
        json!({"containerDefinitions": "x"}),
        json!({"containerDefinitions": [1, null, {"name": 7}, {"name": 7}]}),
        json!({"volumes": {"a": []}, "unheardOf": [[1], {"b": null}]}),
    ] {
        let odd = document(odd);
        assert!(changes(&odd, &odd).is_empty());
        changes(&odd, &document(base()));
        changes(&document(base()), &odd);
    }
}

#[test]
fn each_change_is_said_in_words() {
    for (path, value, line) in [
        ("memory", json!("1024"), "Task|Memory|Changed|512 MiB|1024 MiB"),
        ("cpu", json!("512"), "Task|CPU|Changed|0.25 vCPU|0.5 vCPU"),
        ("taskRoleArn", Value::Null, "Task|Task role|Removed|arn:aws:iam::1:role/web|"),
        ("tags.0.value", json!("web"), "Task|Tag team|Changed|shop|web"),
        ("newMember", json!({"a": 1}), "Task|a|Added||1"),
        (
            "containerDefinitions.0.image",
            json!("shop/web:1.5"),
            "Container app|Image tag|Changed|1.4|1.5",
        ),
        (
            "containerDefinitions.0.image",
            json!("shop/web"),
            "Container app|Image tag|Changed|1.4|latest",
        ),
        (
            "containerDefinitions.0.image",
            json!("web:1.4"),
            "Container app|Image|Changed|shop/web:1.4|web:1.4",
        ),
        (
            "containerDefinitions.0.memory",
            json!(512),
            "Container app|Memory limit|Changed|256 MiB|512 MiB",
        ),
        (
            "containerDefinitions.0.command",
            json!(["serve", "a b"]),
            "Container app|Command|Changed|serve --port 80|serve “a b”",
        ),
        (
            "containerDefinitions.0.environment.0.value",
            json!("warn"),
            "Container app|Variable LEVEL|Changed|info|warn",
        ),
        (
            "containerDefinitions.0.environment.2",
            json!({"name": "A", "value": "1"}),
            "Container app|Variable A|Added||1",
        ),
        (
            "containerDefinitions.0.portMappings.0.appProtocol",
            json!("grpc"),
            "Container app|Port 80/tcp: application protocol|Changed|http|grpc",
        ),
        (
            "containerDefinitions.0.portMappings.0.containerPort",
            json!(81),
            "Container app|Port 81/tcp: container port|Changed|80|81",
        ),
        (
            "containerDefinitions.0.mountPoints.0.readOnly",
            json!(true),
            "Container app|Mount /data: read only|Added||on",
        ),
        (
            "containerDefinitions.0.dependsOn.0.condition",
            json!("HEALTHY"),
            "Container app|Dependency on log|Changed|START|HEALTHY",
        ),
        (
            "containerDefinitions.0.ulimits.0.softLimit",
            json!(2048),
            "Container app|Ulimit nofile: soft limit|Changed|1024|2048",
        ),
        (
            "containerDefinitions.0.dockerLabels.team",
            json!(""),
            "Container app|Docker label team|Changed|shop|“”",
        ),
        (
            "containerDefinitions.0.logConfiguration.options.mode",
            json!("non-blocking"),
            "Container app|Log option mode|Changed|blocking|non-blocking",
        ),
        (
            "containerDefinitions.0.healthCheck.interval",
            json!(10),
            "Container app|Health check: every|Added||10 s",
        ),
        ("containerDefinitions.1.essential", json!(true), "Container log|Essential|Changed|off|on"),
        ("containerDefinitions.1.name", json!("logs"), "Container logs|Name|Changed|log|logs"),
        (
            "containerDefinitions.2",
            json!({"name": "x", "image": "x:1"}),
            "Container x|Container x|Added||x:1",
        ),
        (
            "volumes.0.efsVolumeConfiguration.fileSystemId",
            json!("fs-2"),
            "Volume data|Amazon EFS: file system|Changed|fs-1|fs-2",
        ),
        ("volumes.1", json!({"name": "tmp"}), "Volume tmp|Volume tmp|Added||"),
    ] {
        let found = against(|document| match &value {
            Value::Null => document.remove(path),
            value => document.set(path, value.clone()),
        });
        let lines = said(&found);
        assert_eq!(lines.len(), 1, "{path}: {lines:?}");
        assert!(lines[0].starts_with(line), "{path}: {lines:?}");
        assert!(!found.is_nothing());
    }
}

#[test]
fn a_default_that_is_written_down_changes_nothing() {
    for (path, value) in [
        ("cpu", json!(".25 vCPU")),
        ("memory", json!("0.5 GB")),
        ("enableFaultInjection", json!(false)),
        ("placementConstraints", json!([])),
        ("runtimePlatform.cpuArchitecture", json!("X86_64")),
        ("containerDefinitions.0.cpu", json!(0)),
        ("containerDefinitions.0.systemControls", json!([])),
        ("containerDefinitions.0.readonlyRootFilesystem", json!(false)),
        ("containerDefinitions.0.versionConsistency", json!("enabled")),
        ("containerDefinitions.0.restartPolicy.enabled", json!(false)),
        ("containerDefinitions.0.portMappings.0.hostPort", json!(80)),
        ("containerDefinitions.0.portMappings.0.protocol", json!("tcp")),
        ("containerDefinitions.0.mountPoints.0.readOnly", json!(false)),
        ("volumes.0.efsVolumeConfiguration.rootDirectory", json!("/")),
        ("volumes.0.host", json!({})),
        ("volumes.0.configuredAtLaunch", json!(false)),
    ] {
        let found = against(|document| document.set(path, value.clone()));
        assert!(found.is_nothing(), "{path}: {:?}", said(&found));
        assert_eq!(found.iter().next().map(|c| c.kind), Some(Kind::Same), "{path}");
    }
    let found = against(|document| document.remove("containerDefinitions.0.essential"));
    assert!(found.is_nothing() && !found.is_empty());
}

#[test]
fn what_only_looks_like_a_default_is_a_change() {
    for (path, value) in [
        ("containerDefinitions.0.essential", json!(false)),
        ("containerDefinitions.0.portMappings.0.hostPort", json!(81)),
        ("containerDefinitions.0.stopTimeout", json!(30)),
        ("containerDefinitions.0.dockerLabels.empty", json!("")),
        ("containerDefinitions.0.linuxParameters.maxSwap", json!(0)),
        ("volumes.0.dockerVolumeConfiguration", json!({})),
        ("newMember", json!(false)),
    ] {
        let found = against(|document| document.set(path, value.clone()));
        assert!(!found.is_nothing(), "{path}");
    }
    // On a bridge a port of its own is another than the free one.
    let bridge = |port: Value| {
        document(json!({"containerDefinitions": [{"name": "a", "portMappings": [port]}]}))
    };
    let free = bridge(json!({"containerPort": 80}));
    assert!(!changes(&free, &bridge(json!({"containerPort": 80, "hostPort": 80}))).is_nothing());
    assert!(changes(&free, &bridge(json!({"containerPort": 80, "hostPort": 0}))).is_nothing());
}

#[test]
fn an_order_is_told_apart_from_a_change() {
    for path in
        ["containerDefinitions", "containerDefinitions.0.environment", "requiresCompatibilities"]
    {
        let found = against(|document| document.move_item(path, 0, 1));
        let kinds: Vec<_> = found.iter().map(|change| change.kind).collect();
        assert_eq!((kinds, found.is_nothing()), (vec![Kind::Moved], true), "{path}");
    }
    let found = against(|document| document.move_item("containerDefinitions.0.command", 0, 1));
    assert!(!found.is_nothing(), "the order of a command is what it says");
    let files = |names: [&str; 2]| {
        let files = names.map(|name| json!({"value": name, "type": "s3"}));
        document(json!({"containerDefinitions": [{"name": "a", "environmentFiles": files}]}))
    };
    assert!(!changes(&files(["x", "y"]), &files(["y", "x"])).is_nothing(), "the first file wins");
}

#[test]
fn the_words_of_a_command_are_compared() {
    let found = against(|document| {
        document.set(&format!("{APP}.command"), json!(["serve", "--port", "81"]))
    });
    let words: Vec<_> =
        found.iter().next().unwrap().words.iter().map(|p| (p.kind, p.text.as_str())).collect();
    assert_eq!(
        words,
        [
            (LineKind::Kept, "serve"),
            (LineKind::Kept, "--port"),
            (LineKind::Gone, "80"),
            (LineKind::Come, "81"),
        ]
    );
}

#[test]
fn items_are_known_by_how_often_their_name_stood_before() {
    let twice = |values: &[&str]| {
        let items: Vec<Value> = values.iter().map(|v| json!({"name": "A", "value": v})).collect();
        document(json!({"containerDefinitions": [{"name": "a", "environment": items}]}))
    };
    let found = changes(&twice(&["1", "2"]), &twice(&["1", "3", "4"]));
    let kinds: Vec<_> =
        found.iter().map(|c| (c.kind, c.before.as_str(), c.after.as_str())).collect();
    assert_eq!(kinds, [(Kind::Changed, "2", "3"), (Kind::Added, "", "4")]);
}

#[test]
fn what_breaks_others_is_marked() {
    use Weight::{Breaks, Check};
    let removed: fn(&mut Document, &str) = |document, path| document.remove(path);
    let lower: fn(&mut Document, &str) = |document, path| document.set(path, json!(128));
    let other: fn(&mut Document, &str) = |document, path| document.set(path, json!("other"));
    for (path, edit, weight) in [
        ("family", other, Some(Check)),
        ("networkMode", other, Some(Breaks)),
        ("requiresCompatibilities.0", removed, Some(Check)),
        ("runtimePlatform.cpuArchitecture", other, Some(Check)),
        ("taskRoleArn", removed, Some(Breaks)),
        ("memory", lower, Some(Check)),
        ("containerDefinitions.0.memory", lower, Some(Check)),
        ("containerDefinitions.1", removed, Some(Breaks)),
        ("containerDefinitions.0.name", other, Some(Breaks)),
        ("containerDefinitions.0.portMappings.0", removed, Some(Breaks)),
        ("containerDefinitions.0.portMappings.0.name", other, Some(Breaks)),
        ("containerDefinitions.0.portMappings.0.appProtocol", removed, Some(Breaks)),
        ("containerDefinitions.0.secrets.0", removed, Some(Breaks)),
        ("containerDefinitions.0.environment.0", removed, Some(Check)),
        ("volumes.0", removed, Some(Breaks)),
        ("volumes.0.efsVolumeConfiguration.fileSystemId", other, Some(Breaks)),
        ("containerDefinitions.0.image", other, None),
        ("tags.0", removed, None),
    ] {
        let found = against(|document| edit(document, path));
        let weights: Vec<_> = found.real().flat_map(|c| &c.effects).map(|e| e.weight).collect();
        assert_eq!(weights.first().copied(), weight, "{path}: {:?}", said(&found));
    }
    assert!(!against(|document| document.remove("tags.0")).needs_new_tasks());
    assert!(against(|document| lower(document, "memory")).needs_new_tasks());
}

#[test]
fn a_line_says_it_all() {
    type Edit = fn(&mut Document);
    let rows: [(Edit, &str); 9] = [
        (|_| {}, "nothing differs"),
        (|d| d.move_item("containerDefinitions", 0, 1), "only the order differs"),
        (|d| d.set("memory", json!("0.5GB")), "written otherwise, means the same"),
        (|d| d.set("memory", json!("1024")), "memory 512 to 1024 MiB"),
        (
            |d| {
                d.set("memory", json!("1024"));
                d.set("containerDefinitions.0.secrets.1", json!({"name": "DB", "valueFrom": "x"}));
                d.set("containerDefinitions.0.image", json!("shop/web:1.5"));
            },
            "memory 512 to 1024 MiB, image tag 1.4 to 1.5, one secret added",
        ),
        (
            |d| {
                d.set("containerDefinitions.0.portMappings.0.appProtocol", json!("grpc"));
                d.set("containerDefinitions.0.portMappings.0.hostPort", json!(81));
                d.set("containerDefinitions.1.cpu", json!(64));
            },
            "one port changed (app), CPU 64 units (log)",
        ),
        (|d| d.remove("containerDefinitions.1"), "container log removed"),
        (|d| d.set("containerDefinitions.0.command", json!(["x"])), "command changed"),
        (
            |d| {
                for (at, name) in ["a", "b", "c"].iter().enumerate() {
                    d.set(
                        &format!("containerDefinitions.0.environment.{}", at + 2),
                        json!({"name": name, "value": ""}),
                    );
                }
                d.set("containerDefinitions.0.environment.0.value", json!("warn"));
            },
            "three variables added and one changed",
        ),
    ];
    for (edit, said) in rows {
        assert_eq!(headline(&against(edit)), said);
    }
    let all = headline(&changes(&document(base()), &Document::default()));
    assert!(all.ends_with("more changes") && all.chars().count() < 200, "{all}");
}
