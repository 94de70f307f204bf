//! Members that are not in the API's description.

use serde_json::{Value, json};

use super::super::unknown_members;
use super::{ec2, fargate};
use crate::document::Document;

fn found(changes: &[(&str, Value)]) -> Vec<(String, Option<&'static str>)> {
    let mut document = fargate();
    for (path, value) in changes {
        document.set(path, value.clone());
    }
    unknown_members(&document).into_iter().map(|member| (member.path, member.meant)).collect()
}

#[test]
fn what_is_known_is_passed_over() {
    assert_eq!(unknown_members(&ec2()), []);
    assert_eq!(unknown_members(&Document::default()), []);
    // The author's own names, and values that are no object where one should be.
    let names = json!({"logDriver": "awslogs", "options": {"anything": "goes"}});
    assert_eq!(found(&[("containerDefinitions.0.logConfiguration", names)]), []);
    assert_eq!(found(&[("containerDefinitions.0.dockerLabels", json!({"Environment": "a"}))]), []);
    assert_eq!(found(&[("runtimePlatform", json!("linux"))]), []);
}

#[test]
fn the_unknown_is_named_at_any_depth_with_what_was_meant() {
    for (path, meant) in [
        ("newMember", None),
        ("Family2", None),
        ("excutionRoleArn", Some("executionRoleArn")),
        ("task_role_arn", Some("taskRoleArn")),
        ("TaskRoleArn", Some("taskRoleArn")),
        ("containerDefinitions.0.enviroment", Some("environment")),
        ("containerDefinitions.0.portMapping", Some("portMappings")),
        ("containerDefinitions.0.healthCheck.intervall", Some("interval")),
        ("containerDefinitions.0.healthCheck.retires", Some("retries")),
        ("containerDefinitions.0.uesr", Some("user")),
        ("containerDefinitions.0.used", Some("user")),
        ("containerDefinitions.0.usage", None),
        (
            "volumes.0.efsVolumeConfiguration.authorizationConfig.accesPointId",
            Some("accessPointId"),
        ),
    ] {
        assert_eq!(found(&[(path, json!("x"))]), [(path.to_owned(), meant)]);
    }
}

#[test]
fn what_is_there_already_was_not_meant() {
    let both = [
        ("containerDefinitions.0.environment", json!([])),
        ("containerDefinitions.0.enviroment", json!([])),
    ];
    assert_eq!(found(&both), [("containerDefinitions.0.enviroment".to_owned(), None)]);
    // Every document for Fargate has a memory.
    assert_eq!(found(&[("memry", json!("1"))]), [("memry".to_owned(), None)]);
}
