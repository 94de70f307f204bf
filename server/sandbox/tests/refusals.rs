//! Stories of services and tasks that are refused by what else is in the world,
//! and of what is filled in for those that are not.

mod support;

use serde_json::{Value, json};
use support::{Story, fargate, list, network, text};

/// A family with a port that has a name and a volume that is configured at launch.
fn register(story: &Story, family: &str, port: &str) {
    let mut document = fargate(family, "shop/web:1");
    document["volumes"] = json!([{"name": "data", "configuredAtLaunch": true}]);
    document["containerDefinitions"][0]["mountPoints"] =
        json!([{"sourceVolume": "data", "containerPath": "/data"}]);
    document["containerDefinitions"][0]["portMappings"] =
        json!([{"containerPort": 80, "name": port, "appProtocol": "http"}]);
    story.ask("RegisterTaskDefinition", document);
}

fn shop() -> Story {
    let story = Story::new();
    let body = json!({"clusterName": "market", "capacityProviders": ["FARGATE"], "serviceConnectDefaults": {"namespace": "town"}});
    story.ask("CreateCluster", body);
    register(&story, "web", "http");
    story
}

fn service(cluster: &str, name: &str, more: Value) -> Value {
    let mut body = json!({
        "cluster": cluster, "serviceName": name, "taskDefinition": "web", "desiredCount": 1,
        "launchType": "FARGATE", "networkConfiguration": network(),
    });
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    body
}

fn connected(name: &str) -> Value {
    let service =
        json!({"portName": "http", "discoveryName": name, "clientAliases": [{"port": 80}]});
    json!({"serviceConnectConfiguration": {"enabled": true, "services": [service]}})
}

fn update(name: &str, more: Value) -> Value {
    let mut body = json!({"cluster": "market", "service": name});
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    body
}

#[test]
fn a_name_is_one_services_alone_in_its_namespace() {
    let story = shop();
    let (_, words) = story.refused("CreateService", service("shop", "web", connected("web")));
    assert_eq!(words, "Namespace is missing");
    story.ask("CreateService", service("market", "web", connected("web")));
    let (_, words) = story.refused("CreateService", service("market", "web-2", connected("web")));
    assert!(words.starts_with("SC service is already used by arn:"), "{words}");
    let mut elsewhere = connected("web");
    elsewhere["serviceConnectConfiguration"]["namespace"] = json!("town");
    story.refused("CreateService", service("shop", "web", elsewhere.clone()));
    elsewhere["serviceConnectConfiguration"]["namespace"] = json!("village");
    story.ask("CreateService", service("shop", "web", elsewhere));
    story.ask("CreateService", service("market", "web-2", connected("web-2")));
    story.refused("UpdateService", update("web-2", connected("web")));
    story.ask("UpdateService", update("web-2", connected("web-2")));
    // What is kept must fit another revision, too.
    register(&story, "web", "https");
    let (_, words) =
        story.refused("UpdateService", update("web", json!({"taskDefinition": "web"})));
    assert!(words.starts_with("portName(http)"), "{words}");
    let off = json!({"taskDefinition": "web", "serviceConnectConfiguration": {"enabled": false}});
    story.ask("UpdateService", update("web", off));
    story.ask("CreateService", service("market", "web-3", json!({"taskDefinition": "web:1"})));
}

#[test]
fn rebalancing_is_decided_when_a_service_is_made() {
    let story = shop();
    let slow = json!({"maximumPercent": 100, "minimumHealthyPercent": 50});
    let shown = |name: &str, more: Value| {
        let answer = story.ask("CreateService", service("market", name, more));
        text(&answer["service"]["availabilityZoneRebalancing"])
    };
    assert_eq!(shown("wide", json!({})), "ENABLED");
    assert_eq!(shown("slow", json!({"deploymentConfiguration": slow})), "DISABLED");
    let (_, words) =
        story.refused("UpdateService", update("wide", json!({"deploymentConfiguration": slow})));
    assert_eq!(words, "AvailabilityZoneRebalancing does not support maximumPercent <= 100");
    let on = json!({"availabilityZoneRebalancing": "ENABLED"});
    story.refused("UpdateService", update("slow", on));
    let faster = json!({"deploymentConfiguration": {"maximumPercent": 150}});
    let answer = story.ask("UpdateService", update("slow", faster));
    assert_eq!(answer["service"]["availabilityZoneRebalancing"], "DISABLED", "R210: it stays");
}

#[test]
fn what_is_not_said_has_its_default() {
    let story = shop();
    let balancers =
        json!([{"targetGroupArn": "arn", "containerName": "main", "containerPort": 80}]);
    let breaker = json!({"deploymentCircuitBreaker": {"enable": true, "rollback": true}});
    let more = json!({"loadBalancers": balancers, "deploymentConfiguration": breaker,
                      "gatewayConnectors": [{"portName": "http"}]});
    let made = story.ask("CreateService", service("market", "web", more))["service"].clone();
    assert_eq!(made["propagateTags"], "NONE", "R209");
    assert_eq!(made["healthCheckGracePeriodSeconds"], 0, "R213");
    let breaker = &made["deploymentConfiguration"]["deploymentCircuitBreaker"];
    assert_eq!(breaker["resetOnHealthyTask"], true, "R238");
    let revision = &made["currentServiceRevisions"][0]["arn"];
    let answer = story.ask("DescribeServiceRevisions", json!({"serviceRevisionArns": [revision]}));
    let connector = &answer["serviceRevisions"][0]["gatewayConnectors"][0];
    assert_eq!(connector["deregistrationDelay"]["timeoutSeconds"], 300, "R229");
}

#[test]
fn a_task_needs_a_definition_and_has_a_group() {
    let story = shop();
    let (_, words) = story.refused("RunTask", json!({"cluster": "market"}));
    assert_eq!(words, "TaskDefinition cannot be empty.", "R265");
    let start = json!({"cluster": "market", "containerInstances": ["a"]});
    let (_, words) = story.refused("StartTask", start);
    assert_eq!(words, "TaskDefinition cannot be empty.", "R265");
    assert_eq!(story.task(&story.run("web"))["group"], "family:web", "R273");
    for kind in ["MANAGED_INSTANCES", "FARGATE_SPOT"] {
        let mut body = support::run("web");
        body["launchType"] = json!(kind);
        story.refused("RunTask", body);
    }
    let answer = story.ask("ListTasks", json!({"cluster": "shop"}));
    assert_eq!(list(&answer["taskArns"]).len(), 1, "no other task has started");
}

#[test]
fn task_sets_on_instances_take_no_custom_percentages() {
    let story = Story::new();
    let container = json!({"name": "main", "image": "shop/web:1", "memory": 128});
    story.ask(
        "RegisterTaskDefinition",
        json!({"family": "web", "containerDefinitions": [container]}),
    );
    story.family("far", "shop/web:1");
    for (name, maximum) in [("custom", 150), ("plain", 200)] {
        story.ask("CreateService", json!({
            "cluster": "shop", "serviceName": name, "desiredCount": 0,
            "deploymentController": {"type": "EXTERNAL"}, "deploymentConfiguration": {"maximumPercent": maximum},
        }));
    }
    let set = |name: &str| json!({"cluster": "shop", "service": name, "taskDefinition": "web", "launchType": "EC2"});
    let (_, words) = story.refused("CreateTaskSet", set("custom"));
    assert!(words.contains("custom maximumPercent"), "R235: {words}");
    let far = json!({"cluster": "shop", "service": "custom", "taskDefinition": "far",
                     "launchType": "FARGATE", "networkConfiguration": network()});
    story.ask("CreateTaskSet", far);
    story.ask("CreateTaskSet", set("plain"));
    let body = json!({"cluster": "shop", "service": "plain", "deploymentConfiguration": {"minimumHealthyPercent": 50}});
    let (_, words) = story.refused("UpdateService", body);
    assert!(words.contains("custom minimumHealthyPercent"), "R235: {words}");
}

#[test]
fn a_volume_goes_with_its_task_unless_it_shall_stay() {
    let story = shop();
    let detail = |attachment: &Value, name: &str| {
        let details = list(&attachment["details"]).iter();
        details.filter(|item| item["name"] == name).map(|item| text(&item["value"])).next()
    };
    let volume = |more: Value| {
        let mut managed = json!({"roleArn": "arn:role", "sizeInGiB": 10});
        for (name, value) in more.as_object().expect("an object") {
            managed[name] = value.clone();
        }
        json!([{"name": "data", "managedEBSVolume": managed}])
    };
    let kept = json!({"terminationPolicy": {"deleteOnTermination": false}});
    for (more, word, end) in [(json!({}), "true", "DELETED"), (kept, "false", "DETACHED")] {
        let mut body = support::run("web");
        body["volumeConfigurations"] = volume(more);
        let arn = text(&story.ask("RunTask", body)["tasks"][0]["taskArn"]);
        let shown = || story.task(&arn)["attachments"][1].clone();
        assert_eq!(
            (&shown()["type"], &shown()["status"]),
            (&json!("AmazonElasticBlockStorage"), &json!("PRECREATED"))
        );
        assert_eq!(detail(&shown(), "deleteOnTermination").as_deref(), Some(word), "R264");
        story.pass(60);
        assert_eq!(shown()["status"], "ATTACHED");
        assert!(detail(&shown(), "volumeId").is_some_and(|id| id.starts_with("vol-")));
        story.ask("StopTask", json!({"cluster": "shop", "task": arn}));
        story.pass(120);
        assert_eq!(shown()["status"], end);
    }
    let more = json!({"volumeConfigurations": volume(json!({}))});
    story.ask("CreateService", service("shop", "web", more));
    story.pass(60);
    let task = story.task(&story.tasks_of("web")[0]);
    assert_eq!(detail(&task["attachments"][1], "volumeName").as_deref(), Some("data"));
}
