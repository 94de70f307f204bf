//! Stories of rolling deployments: base and weight, early success, bake time,
//! the grace period, the circuit breaker's thresholds, and what each service
//! deployment is called on its way.

mod support;

use serde_json::{Value, json};
use support::{Story, list, network, number, text};

fn release(story: &Story, image: &str) {
    story.family("web", image);
    story.update(json!({"taskDefinition": "web"}));
}

/// The newest service deployment, whole.
fn newest(story: &Story) -> Value {
    let answer = story.ask("ListServiceDeployments", json!({"cluster": "shop", "service": "web"}));
    let arn = answer["serviceDeployments"][0]["serviceDeploymentArn"].clone();
    let answer = story.ask("DescribeServiceDeployments", json!({"serviceDeploymentArns": [arn]}));
    answer["serviceDeployments"][0].clone()
}

fn status(story: &Story) -> String {
    text(&newest(story)["status"])
}

/// Every status that the newest service deployment has within some seconds.
fn statuses(story: &Story, seconds: u64) -> Vec<String> {
    let mut seen = vec![status(story)];
    for _ in 0..seconds {
        story.pass(1);
        let now = status(story);
        if seen.last() != Some(&now) {
            seen.push(now);
        }
    }
    seen
}

fn providers(story: &Story) -> (usize, usize) {
    let tasks: Vec<Value> = story.tasks_of("web").iter().map(|arn| story.task(arn)).collect();
    let on = |name: &str| tasks.iter().filter(|task| task["capacityProviderName"] == name).count();
    (on("FARGATE"), on("FARGATE_SPOT"))
}

#[test]
fn base_and_weight_hold_after_a_roll() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    story.ask(
        "CreateService",
        json!({
            "cluster": "shop", "serviceName": "web", "taskDefinition": "web", "desiredCount": 5,
            "networkConfiguration": network(),
            "capacityProviderStrategy": [
                {"capacityProvider": "FARGATE", "base": 2, "weight": 0},
                {"capacityProvider": "FARGATE_SPOT", "weight": 1},
            ],
        }),
    );
    story.pass(180);
    assert_eq!(providers(&story), (2, 3));
    release(&story, "shop/web:2");
    story.pass(300);
    assert_eq!(list(&story.describe("web")["deployments"]).len(), 1);
    assert_eq!(providers(&story), (2, 3));
}

#[test]
fn a_service_deployment_walks_through_its_states() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    story.service("web", 1, json!({}));
    assert!(newest(&story)["startedAt"].is_null());
    assert_eq!(statuses(&story, 120), ["PENDING", "IN_PROGRESS", "SUCCESSFUL"]);
    assert!(newest(&story)["startedAt"].is_number());
    release(&story, "shop/web:2");
    story.pass(10);
    let arn = newest(&story)["serviceDeploymentArn"].clone();
    story.ask("StopServiceDeployment", json!({"serviceDeploymentArn": arn}));
    let walk = ["ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS", "ROLLBACK_SUCCESSFUL"];
    assert_eq!(statuses(&story, 120), walk);
    release(&story, "shop/web:3");
    story.pass(10);
    let arn = newest(&story)["serviceDeploymentArn"].clone();
    let stop = json!({"serviceDeploymentArn": arn, "stopType": "ABORT"});
    story.ask("StopServiceDeployment", stop.clone());
    let (code, _) = story.refused("StopServiceDeployment", stop);
    assert_eq!(code, "ConflictException");
    assert_eq!(statuses(&story, 120), ["STOP_REQUESTED", "STOPPED"]);
    assert!(newest(&story)["stoppedAt"].is_number());
    // The older tasks go on; nothing more is started.
    let service = story.describe("web");
    assert_eq!(service["deployments"][0]["rolloutState"], "FAILED");
    assert_eq!(service["deployments"][1]["runningCount"], 1);
    story.update(json!({"forceNewDeployment": true}));
    assert_eq!(status(&story), "PENDING");
    story.update(json!({"forceNewDeployment": true}));
    let answer = story.ask("ListServiceDeployments", json!({"cluster": "shop", "service": "web"}));
    assert_eq!(answer["serviceDeployments"][1]["status"], "STOPPED");
}

#[test]
fn a_failure_without_a_rollback_stops() {
    let story = Story::new();
    story.family("web", "shop/web:1-image-not-found");
    let breaker = json!({"enable": true, "rollback": false,
        "thresholdConfiguration": {"type": "COUNT", "value": 2}});
    story.service("web", 1, json!({"deploymentCircuitBreaker": breaker}));
    assert_eq!(statuses(&story, 300), ["PENDING", "IN_PROGRESS", "STOPPED"]);
    let shown = newest(&story);
    let breaker = json!({"status": "TRIGGERED", "failureCount": 2, "threshold": 2});
    assert_eq!(shown["deploymentCircuitBreaker"], breaker);
    assert!(shown["stoppedAt"].is_number());
    assert_eq!(shown["targetServiceRevision"]["requestedTaskCount"], 1);
}

#[test]
fn a_rollback_can_fail_too() {
    let story = Story::new();
    story.family("web", "shop/web:1-image-not-found");
    let early = json!({"enable": true, "healthyPercent": 0,
        "sourceServiceRevisionCleanup": "DEFERRED"});
    story.service("web", 1, json!({"minimumHealthyPercent": 0, "earlySuccessCriteria": early}));
    story.pass(5);
    assert_eq!(status(&story), "SUCCESSFUL");
    story.family("web", "shop/web:2-image-not-found");
    let breaker = json!({"enable": true, "rollback": true});
    story.update(json!({"taskDefinition": "web", "deploymentConfiguration": {
            "deploymentCircuitBreaker": breaker, "earlySuccessCriteria": {"enable": false}}}));
    let walk = ["PENDING", "IN_PROGRESS", "ROLLBACK_IN_PROGRESS", "ROLLBACK_FAILED"];
    assert_eq!(statuses(&story, 900), walk);
}

#[test]
fn thresholds_follow_their_type_and_the_desired_count() {
    for (kind, value, desired, wanted) in [
        ("COUNT", 7, 2, 7),
        ("BOUNDED_PERCENT", 50, 2, 3),
        ("BOUNDED_PERCENT", 50, 9, 5),
        ("BOUNDED_PERCENT", 100, 300, 200),
        ("UNBOUNDED_PERCENT", 50, 2, 1),
        ("UNBOUNDED_PERCENT", 100, 300, 300),
    ] {
        let story = Story::new();
        story.family("web", "shop/web:1");
        let threshold = json!({"type": kind, "value": value});
        let breaker =
            json!({"enable": true, "rollback": false, "thresholdConfiguration": threshold});
        story.service("web", desired, json!({"deploymentCircuitBreaker": breaker}));
        let shown = newest(&story);
        assert_eq!(shown["deploymentCircuitBreaker"]["threshold"], wanted, "{kind} {value}");
        assert_eq!(shown["deploymentCircuitBreaker"]["status"], "MONITORING");
    }
}

#[test]
fn early_success_needs_a_share_of_the_tasks() {
    for (cleanup, old_left) in [("DEFERRED", true), ("BLOCKING", false)] {
        let story = Story::new();
        story.family("web", "shop/web:1");
        let early = json!({"enable": true, "healthyPercent": 50,
            "sourceServiceRevisionCleanup": cleanup});
        let configuration = json!({"minimumHealthyPercent": 50, "maximumPercent": 150,
            "earlySuccessCriteria": early});
        story.service("web", 4, configuration);
        story.pass(180);
        release(&story, "shop/web:2");
        while status(&story) != "SUCCESSFUL" {
            story.pass(1);
        }
        let service = story.describe("web");
        assert_eq!(service["deployments"][0]["rolloutState"], "COMPLETED");
        assert_eq!(list(&service["deployments"]).len() > 1, old_left, "{cleanup}");
        let rolled = number(&service["deployments"][0]["runningCount"]);
        assert!(rolled >= 2, "{rolled}");
        story.pass(300);
        let service = story.describe("web");
        assert_eq!(list(&service["deployments"]).len(), 1);
        assert_eq!(service["runningCount"], 4);
        assert_eq!(story.events("web")[0], "has reached a steady state.");
    }
}

#[test]
fn a_deployment_bakes_before_it_completes() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    story.service("web", 1, json!({"bakeTimeInMinutes": 5}));
    story.pass(240);
    assert_eq!(status(&story), "IN_PROGRESS");
    assert_eq!(story.describe("web")["runningCount"], 1);
    assert!(!story.events("web").iter().any(|event| event.contains("steady")));
    story.pass(180);
    assert_eq!(status(&story), "SUCCESSFUL");
    assert_eq!(story.events("web")[0], "has reached a steady state.");
}

#[test]
fn failing_checks_are_not_acted_upon_within_the_grace_period() {
    for (image, grace, stops) in [
        ("shop/web:unhealthy", 0, true),
        ("shop/web:unhealthy", 300, false),
        ("shop/web:slow-start-90s", 0, true),
        ("shop/web:slow-start-90s", 300, false),
    ] {
        let story = Story::new();
        let mut document = support::fargate("web", image);
        document["containerDefinitions"][0]["healthCheck"] =
            json!({"command": ["CMD", "true"], "interval": 5, "retries": 2});
        story.ask("RegisterTaskDefinition", document);
        story.ask(
            "CreateService",
            json!({
                "cluster": "shop", "serviceName": "web", "taskDefinition": "web",
                "desiredCount": 1, "launchType": "FARGATE", "networkConfiguration": network(),
                "healthCheckGracePeriodSeconds": grace,
            }),
        );
        story.pass(25);
        let first = story.tasks_of("web")[0].clone();
        story.pass(200);
        let task = story.task(&first);
        assert_eq!(task["desiredStatus"] == "STOPPED", stops, "{image} {grace}: {task}");
        if !stops {
            let late = if image.contains("slow") { "HEALTHY" } else { "UNHEALTHY" };
            assert_eq!(task["healthStatus"], late, "{image}");
            story.pass(300);
            let ends = story.task(&first)["desiredStatus"] == "STOPPED";
            assert_eq!(ends, late == "UNHEALTHY", "{image}");
        }
    }
}

#[test]
fn only_what_was_registered_is_deregistered() {
    let story = Story::new();
    let mut document = support::fargate("web", "shop/web:1-crash-1-after-9s");
    document["containerDefinitions"][0]["portMappings"] = json!([{"containerPort": 80}]);
    story.ask("RegisterTaskDefinition", document);
    story.ask("CreateService", json!({
        "cluster": "shop", "serviceName": "web", "taskDefinition": "web", "desiredCount": 1,
        "launchType": "FARGATE", "networkConfiguration": network(),
        "loadBalancers": [{"targetGroupArn": "arn:tg", "containerName": "main", "containerPort": 80}],
    }));
    let told = |word: &str| {
        let events = story.events("web");
        events.iter().filter(|event| event.starts_with(word)).count()
    };
    // Still PROVISIONING: it was never a target.
    story.pass(4);
    story.update(json!({"desiredCount": 0}));
    story.pass(60);
    assert_eq!(told("has stopped 1 running tasks"), 1);
    assert_eq!((told("registered"), told("deregistered"), told("has begun draining")), (0, 0, 0));
    // A task that crashes, and one that a person stops, were.
    story.update(json!({"desiredCount": 1}));
    while told("deregistered") == 0 {
        story.pass(1);
    }
    assert_eq!((told("registered"), told("has begun draining")), (1, 1));
    while told("registered") == 1 {
        story.pass(1);
    }
    let arn = story.tasks_of("web")[0].clone();
    story.ask("StopTask", json!({"cluster": "shop", "task": arn}));
    assert_eq!((told("deregistered"), told("has begun draining")), (2, 2));
}
