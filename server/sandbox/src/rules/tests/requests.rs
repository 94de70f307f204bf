//! The table of rules about requests other than RegisterTaskDefinition.

use serde_json::{Value, json};

use crate::ask::Ask;
use crate::rules::{Check, cluster, run_task, service, strategy, tags};

#[test]
fn request_rules() {
    type Rule = fn(Ask<'_>) -> Check;
    let service = |more: Value| {
        let mut body = json!({"serviceName": "web", "desiredCount": 1});
        for (name, value) in more.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        body
    };
    let two = json!([{"capacityProvider": "a", "base": 1, "weight": 1}, {"capacityProvider": "b", "base": 1}]);
    let rows: Vec<(&str, Rule, Value, &str)> = vec![
        (
            "R184",
            service::check_create,
            service(json!({"serviceName": ""})),
            "Service name cannot be empty",
        ),
        (
            "R184",
            service::check_create,
            service(json!({"serviceName": "a b"})),
            "Invalid service name",
        ),
        (
            "R186",
            service::check_create,
            service(json!({"desiredCount": null})),
            "must have a desired count",
        ),
        (
            "R187",
            service::check_create,
            service(json!({"clientToken": "x".repeat(37)})),
            "36 ASCII",
        ),
        (
            "R188",
            service::check_create,
            service(
                json!({"launchType": "EC2", "capacityProviderStrategy": [{"capacityProvider": "a"}]}),
            ),
            "both a launch type",
        ),
        ("R193", service::check_create, service(json!({"capacityProviderStrategy": two})), "base"),
        (
            "R199",
            service::check_create,
            service(json!({"placementConstraints": [{"type": "x"}]})),
            "placementConstraints",
        ),
        (
            "R200",
            service::check_create,
            service(
                json!({"placementConstraints": [{"type": "distinctInstance", "expression": "x"}]}),
            ),
            "expression",
        ),
        (
            "R202",
            service::check_create,
            service(json!({"placementStrategy": [{"type": "binpack", "field": "disk"}]})),
            "cpu or memory",
        ),
        (
            "R204",
            service::check_create,
            service(json!({"schedulingStrategy": "DAEMON"})),
            "does not support a desired count",
        ),
        (
            "R218",
            service::check_create,
            service(json!({"serviceRegistries": [{}, {}]})),
            "serviceRegistries",
        ),
        (
            "R230",
            service::check_create,
            service(json!({"deploymentController": {"type": "CODE_DEPLOY"}})),
            "CODE_DEPLOY",
        ),
        (
            "R234",
            service::check_create,
            service(
                json!({"deploymentConfiguration": {"minimumHealthyPercent": 100, "maximumPercent": 100}}),
            ),
            "block deployments",
        ),
        (
            "R236",
            service::check_update,
            json!({"deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": true}}}),
            "rollback",
        ),
        (
            "R240",
            service::check_update,
            json!({"deploymentConfiguration": {"strategy": "CANARY"}}),
            "CANARY",
        ),
        ("R266", run_task::check, json!({"count": 11}), "greater than 10"),
        ("R266", run_task::check, json!({"count": 0}), "greater than 0"),
        ("R267", run_task::check, json!({"startedBy": "a b"}), "startedBy"),
        ("R268", run_task::check, json!({"clientToken": "x".repeat(65)}), "64"),
        ("R271", run_task::check, json!({"propagateTags": "SERVICE"}), "SERVICE"),
        ("R276", cluster::check, json!({"clusterName": "a b"}), "Invalid cluster name"),
        (
            "R277",
            cluster::check,
            json!({"settings": [{"name": "containerInsights", "value": "x"}]}),
            "cluster setting",
        ),
        (
            "R279",
            cluster::check,
            json!({"configuration": {"executeCommandConfiguration": {"logging": "OVERRIDE"}}}),
            "logConfiguration",
        ),
    ];
    for (rule, check, body, words) in rows {
        let refusal = check(Ask(&body)).expect_err(&format!("{rule}: {body}"));
        assert!(refusal.message.contains(words), "{rule}: {}", refusal.message);
    }
    assert_eq!(service::check_create(Ask(&service(json!({})))), Ok(()));
    assert_eq!(run_task::check(Ask(&json!({"count": 10}))), Ok(()));
}

#[test]
fn list_rules() {
    let many: Vec<Value> = (0..21).map(|_| json!({"capacityProvider": "a", "weight": 1})).collect();
    assert!(strategy::check(&many).is_err(), "R191");
    let heavy = [json!({"capacityProvider": "a", "weight": 1001})];
    assert!(strategy::check(&heavy).is_err(), "R192");
    let light = [json!({"capacityProvider": "a"}), json!({"capacityProvider": "b"})];
    assert!(strategy::check(&light).is_err(), "R192");
    for (rule, tag) in [
        ("R34", json!({"key": ""})),
        ("R34", json!({"key": "k".repeat(129)})),
        ("R35", json!({"key": "k", "value": "v".repeat(257)})),
        ("R34", json!({"key": "k", "value": "<"})),
    ] {
        assert!(tags::check(&[tag]).is_err(), "{rule}");
    }
    let twice = [json!({"key": "k"}), json!({"key": "k"})];
    assert!(tags::check(&twice).is_err(), "R36");
}
