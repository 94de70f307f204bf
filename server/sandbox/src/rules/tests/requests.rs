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
fn deployment_rules() {
    let advanced =
        json!({"alternateTargetGroupArn": "b", "productionListenerRule": "r", "roleArn": "x"});
    let balanced = |name: &str, value: Value| {
        let mut advanced = advanced.clone();
        advanced[name] = value;
        json!([{"targetGroupArn": "a", "advancedConfiguration": advanced}])
    };
    let hook = |hook: Value| json!({"lifecycleHooks": [hook]});
    let checked = |configuration: &Value, balancers: Value, scheduling: &str| {
        let mut body = json!({"serviceName": "web", "deploymentConfiguration": configuration,
            "loadBalancers": balancers, "schedulingStrategy": scheduling});
        if scheduling == "REPLICA" {
            body["desiredCount"] = json!(1);
        }
        service::check_create(Ask(&body))
    };
    for (rule, configuration, words) in [
        ("R239", json!({"alarms": {"enable": true, "rollback": true}}), "alarmNames"),
        ("R239", json!({"alarms": {"alarmNames": [], "enable": true}}), "alarms.rollback"),
        ("R240", json!({"strategy": "RED_BLACK"}), "strategy"),
        ("R241", json!({"strategy": "BLUE_GREEN"}), "bakeTimeInMinutes"),
        ("R241", json!({"bakeTimeInMinutes": 1_441}), "between 0 and 1440"),
        ("R242", json!({"strategy": "CANARY", "linearConfiguration": {}}), "LINEAR"),
        ("R242", json!({"strategy": "LINEAR", "linearConfiguration": {"stepPercent": 2.9}}), "3.0"),
        (
            "R242",
            json!({"strategy": "LINEAR", "linearConfiguration": {"stepPercent": 3.05}}),
            "0.1",
        ),
        (
            "R243",
            json!({"strategy": "LINEAR", "linearConfiguration": {"stepBakeTimeInMinutes": -1}}),
            "1440",
        ),
        ("R244", json!({"strategy": "LINEAR", "canaryConfiguration": {}}), "CANARY"),
        (
            "R244",
            json!({"strategy": "CANARY", "canaryConfiguration": {"canaryPercent": 100.1}}),
            "100.0",
        ),
        (
            "R245",
            json!({"strategy": "CANARY", "canaryConfiguration": {"canaryBakeTimeInMinutes": 1_441}}),
            "1440",
        ),
        (
            "R246",
            hook(json!({"targetType": "SQS", "lifecycleStages": ["PRE_SCALE_UP"]})),
            "targetType",
        ),
        ("R247", hook(json!({"lifecycleStages": ["PRE_SCALE_UP"]})), "hookTargetArn must"),
        (
            "R247",
            hook(
                json!({"targetType": "PAUSE", "hookTargetArn": "a", "lifecycleStages": ["PRE_SCALE_UP"]}),
            ),
            "not applicable",
        ),
        ("R247", hook(json!({"targetType": "PAUSE"})), "lifecycleStages must"),
        (
            "R247",
            hook(json!({"targetType": "PAUSE", "lifecycleStages": ["BAKE_TIME"]})),
            "lifecycleStages",
        ),
        (
            "R248",
            hook(json!({"targetType": "PAUSE", "lifecycleStages": ["TEST_TRAFFIC_SHIFT"]})),
            "cannot be configured",
        ),
        (
            "R249",
            hook(
                json!({"targetType": "PAUSE", "lifecycleStages": ["PRE_SCALE_UP"], "timeoutConfiguration": {"timeoutInMinutes": 0}}),
            ),
            "20160",
        ),
        (
            "R249",
            hook(
                json!({"targetType": "PAUSE", "lifecycleStages": ["PRE_SCALE_UP"], "timeoutConfiguration": {"action": "STOP"}}),
            ),
            "action",
        ),
        (
            "R250",
            json!({"strategy": "LINEAR", "earlySuccessCriteria": {"enable": false}}),
            "ROLLING",
        ),
        (
            "R250",
            json!({"earlySuccessCriteria": {"enable": true, "healthyPercent": 100}}),
            "must be specified",
        ),
        (
            "R251",
            json!({"earlySuccessCriteria": {"enable": true, "healthyPercent": 50, "sourceServiceRevisionCleanup": "BLOCKING"}}),
            "minimumHealthyPercent",
        ),
    ] {
        let refusal = checked(&configuration, json!([]), "REPLICA").expect_err(rule);
        assert!(refusal.message.contains(words), "{rule}: {}", refusal.message);
    }
    let fine = json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 5, "lifecycleHooks": [
        {"targetType": "PAUSE", "lifecycleStages": ["PRE_PRODUCTION_TRAFFIC_SHIFT"]},
        {"hookTargetArn": "a", "lifecycleStages": ["PRODUCTION_TRAFFIC_SHIFT"]},
    ]});
    assert_eq!(checked(&fine, json!([]), "REPLICA"), Ok(()));
    assert_eq!(checked(&fine, balanced("roleArn", json!("x")), "REPLICA"), Ok(()));
    for (name, value) in [
        ("roleArn", json!(null)),
        ("productionListenerRule", json!("")),
        ("alternateTargetGroupArn", json!(null)),
        ("alternateTargetGroupArn", json!("a")),
    ] {
        assert!(checked(&fine, balanced(name, value), "REPLICA").is_err(), "R217: {name}");
    }
    assert!(checked(&fine, json!([]), "DAEMON").is_err());
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
