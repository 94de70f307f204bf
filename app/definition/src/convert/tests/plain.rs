use serde_json::json;

use super::super::{Fate, Kind};
use super::{holds, noted, only, started};

#[test]
fn a_description_says_what_it_leaves_out() {
    let candidate = only(
        r#"{"taskDefinition": {"taskDefinitionArn": "arn", "family": "web", "revision": 3, "status": "ACTIVE",
            "networkMode": "", "pidMode": null, "containerDefinitions": [{"name": "app", "image": "a", "cpu": "10"}]},
            "tags": [{"key": "team", "value": "web"}]}"#,
    );
    holds(
        &candidate,
        &[
            ("family", json!("web")),
            ("networkMode", json!(null)),
            ("containerDefinitions.0.cpu", json!(10)),
            ("tags.0.key", json!("team")),
        ],
    );
    assert_eq!(noted(&candidate, Fate::LeftOut), ["taskDefinitionArn", "revision", "status"]);
    assert_eq!(candidate.title, "web");
}

#[test]
fn what_older_programs_print_with_capitals_is_put_right() {
    let candidate = only(
        r#"{"TaskDefinition": {"TaskDefinitionArn": "arn", "Family": "web", "Revision": 2, "Cpu": 256,
            "ContainerDefinitions": [{"Name": "app", "Image": "a", "Essential": "true",
              "Environment": [{"Name": "PATH_TO", "Value": "/x"}], "DockerLabels": {"Some.Label": 1},
              "LogConfiguration": {"LogDriver": "awslogs", "Options": {"awslogs-group": "/g", "Mode": "non-blocking"}},
              "PortMappings": [{"ContainerPort": "80"}]}]}}"#,
    );
    holds(
        &candidate,
        &[
            ("family", json!("web")),
            ("cpu", json!("256")),
            ("revision", json!(null)),
            (
                "containerDefinitions.0",
                json!({
                    "name": "app", "image": "a", "essential": true,
                    "environment": [{"name": "PATH_TO", "value": "/x"}],
                    "dockerLabels": {"Some.Label": "1"},
                    "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/g", "Mode": "non-blocking"}},
                    "portMappings": [{"containerPort": 80}]
                }),
            ),
        ],
    );
}

#[test]
fn containers_alone_make_a_task_definition() {
    for text in [r#"[{"name": "app", "image": "nginx"}]"#, r#"{"name": "app", "image": "nginx"}"#] {
        let started = started(text);
        assert_eq!(started.kind, Kind::Containers);
        holds(&started.documents[0], &[("containerDefinitions.0.image", json!("nginx"))]);
    }
}

#[test]
fn a_skeleton_keeps_what_was_filled_in() {
    let candidate = only(
        r#"{"family": "web", "taskRoleArn": "", "executionRoleArn": "", "networkMode": "awsvpc", "cpu": "",
            "placementConstraints": [{"type": "memberOf", "expression": ""}], "volumes": [{"name": "", "host": {"sourcePath": ""}}],
            "containerDefinitions": [{"name": "app", "image": "nginx", "cpu": 0, "links": [""], "environment": [{"name": "", "value": ""}], "essential": true}]}"#,
    );
    holds(
        &candidate,
        &[
            ("volumes", json!(null)),
            ("containerDefinitions", json!([{"name": "app", "image": "nginx", "essential": true}])),
        ],
    );
    let said = &candidate.left_out[0].said;
    assert_eq!(
        said,
        "Members of the skeleton that were not filled in: taskRoleArn, executionRoleArn, cpu, \
         placementConstraints.0.expression, volumes, containerDefinitions.0.cpu, \
         containerDefinitions.0.links, containerDefinitions.0.environment."
    );
}

#[test]
fn empty_values_are_kept_where_they_say_something() {
    let container = json!({
        "name": "app", "image": "a", "command": ["run", "--prefix", ""], "entryPoint": ["", "x"],
        "environment": [{"name": "EMPTY", "value": ""}],
        "restartPolicy": {"enabled": true, "ignoredExitCodes": [0]},
        "dockerLabels": {"name": "x"}, "linuxParameters": {"maxSwap": 0}
    });
    let mut document = json!({
        "family": "web", "taskRoleArn": "", "executionRoleArn": "", "placementConstraints": [],
        "tags": [{"key": "team", "value": ""}], "containerDefinitions": [container]
    });
    let candidate = only(&document.to_string());
    holds(
        &candidate,
        &[("containerDefinitions.0", container.clone()), ("tags", document["tags"].clone())],
    );
    assert!(noted(&candidate, Fate::LeftOut).is_empty(), "{:?}", candidate.left_out);
    // In a skeleton, only what was not filled in goes.
    document["family"] = json!("");
    let candidate = only(&document.to_string());
    let mut filled = container;
    filled.as_object_mut().unwrap().remove("linuxParameters");
    holds(&candidate, &[("containerDefinitions.0", filled), ("tags", document["tags"].clone())]);
    assert_eq!(
        candidate.left_out[0].said,
        "Members of the skeleton that were not filled in: family, taskRoleArn, executionRoleArn, \
         placementConstraints, containerDefinitions.0.linuxParameters."
    );
}

#[test]
fn places_to_fill_in_are_named_and_shells_are_left_alone() {
    let candidate = only(
        r#"{"family": "${FAMILY}", "containerDefinitions": [{"name": "app", "image": "<IMAGE>", "command": ["sh", "-c", "echo ${HOME}"],
            "environment": [{"name": "A", "value": "$$$REGION$$$"}, {"name": "B", "value": "<b>bold</b> 100%"}]}]}"#,
    );
    assert_eq!(
        noted(&candidate, Fate::Open),
        ["family", "containerDefinitions.0.image", "containerDefinitions.0.environment.0.value",]
    );
}

#[test]
fn yaml_is_json_in_other_letters() {
    let candidate = only(
        "family: web\ncpu: 256\ncontainerDefinitions:\n  - name: app\n    image: nginx\n    essential: true\n",
    );
    holds(&candidate, &[("cpu", json!("256")), ("containerDefinitions.0.essential", json!(true))]);
}

#[test]
fn a_member_that_is_there_twice_is_no_guess() {
    let said = super::refused(r#"{"family": "web", "cpu": "256", "cpu": "512"}"#);
    assert!(said.starts_with("Line 1, column ") && said.contains("cpu"), "{said}");
}
