//! Stories of services: start, kill and replace, roll, fail, roll back, scale, delete.

mod support;

use serde_json::{Value, json};
use support::{Story, list, number, text};

fn started(image: &str, count: u32) -> Story {
    let story = Story::new();
    story.family("web", image);
    story.service("web", count, json!({}));
    story.pass(180);
    story
}

#[test]
fn a_service_starts_and_becomes_steady() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    let service = story.service("web", 3, json!({}));
    assert_eq!(service["deployments"][0]["rolloutState"], "IN_PROGRESS");
    assert_eq!(service["runningCount"], 0);
    story.pass(10);
    assert_eq!(story.describe("web")["pendingCount"], 3);
    story.pass(170);
    let service = story.describe("web");
    assert_eq!(service["runningCount"], 3);
    assert_eq!(service["deployments"][0]["rolloutState"], "COMPLETED");
    let events = story.events("web");
    assert_eq!(events[0], "has reached a steady state.");
    assert!(events[1].ends_with("deployment completed."), "{events:?}");
    assert!(events[2].starts_with("has started 3 tasks: (task "), "{events:?}");
    let answer = story.ask("ListServiceDeployments", json!({"cluster": "shop", "service": "web"}));
    assert_eq!(answer["serviceDeployments"][0]["status"], "SUCCESSFUL");
}

#[test]
fn a_killed_task_is_replaced() {
    let story = started("shop/web:1", 2);
    let before = story.tasks_of("web");
    story.ask("StopTask", json!({"cluster": "shop", "task": before[0]}));
    story.pass(120);
    let after = story.tasks_of("web");
    assert_eq!(after.len(), 2);
    assert!(!after.contains(&before[0]) && after.contains(&before[1]));
    assert_eq!(story.describe("web")["runningCount"], 2);
    assert_eq!(story.events("web")[0], "has reached a steady state.");
}

#[test]
fn a_roll_keeps_within_its_limits() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    story.service("web", 4, json!({"minimumHealthyPercent": 50, "maximumPercent": 125}));
    story.pass(300);
    let old = story.tasks_of("web");
    story.family("web", "shop/web:2");
    story.ask(
        "UpdateService",
        json!({"cluster": "shop", "service": "web", "taskDefinition": "web"}),
    );
    for _ in 0..600 {
        story.pass(1);
        let service = story.describe("web");
        let running = number(&service["runningCount"]);
        assert!((2..=5).contains(&running), "{running}");
        let sum: i64 =
            list(&service["deployments"]).iter().map(|item| number(&item["runningCount"])).sum();
        assert_eq!(sum, running);
    }
    let service = story.describe("web");
    assert_eq!(list(&service["deployments"]).len(), 1);
    assert_eq!(service["deployments"][0]["rolloutState"], "COMPLETED");
    assert!(text(&service["taskDefinition"]).ends_with("web:2"));
    assert!(story.tasks_of("web").iter().all(|arn| !old.contains(arn)));
    let reason = text(&story.task(&old[0])["stoppedReason"]);
    assert!(reason.starts_with("Scaling activity initiated by (deployment ecs-svc/"), "{reason}");
}

#[test]
fn the_circuit_breaker_rolls_back() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    story.service(
        "web",
        2,
        json!({"deploymentCircuitBreaker": {"enable": true, "rollback": true}}),
    );
    story.pass(180);
    let before = story.describe("web")["deployments"][0].clone();
    let good = text(&before["id"]);
    story.family("web", "shop/web:2-image-not-found");
    story.ask(
        "UpdateService",
        json!({"cluster": "shop", "service": "web", "taskDefinition": "web"}),
    );
    let bad = text(&story.describe("web")["deployments"][0]["id"]);
    while story.describe("web")["deployments"][0]["id"] == bad.as_str() {
        story.pass(1);
    }
    // The old deployment is PRIMARY again in the moment in which the new one is FAILED.
    let deployments = story.describe("web")["deployments"].clone();
    assert_eq!(deployments[0]["id"], good.as_str());
    assert_eq!(deployments[0]["status"], "PRIMARY");
    assert_eq!(
        deployments[0]["rolloutStateReason"],
        format!("ECS deployment circuit breaker: rolling back to deploymentId {good}.")
    );
    assert!(deployments[0]["createdAt"].as_f64() > before["createdAt"].as_f64());
    assert_eq!(deployments[0]["createdAt"], deployments[0]["updatedAt"]);
    assert_eq!(deployments[0]["failedTasks"], 0);
    assert_eq!(deployments[1]["id"], bad.as_str());
    assert_eq!(deployments[1]["status"], "ACTIVE");
    assert_eq!(deployments[1]["rolloutState"], "FAILED");
    assert_eq!(
        deployments[1]["rolloutStateReason"],
        "ECS deployment circuit breaker: tasks failed to start."
    );
    story.pass(600);
    let service = story.describe("web");
    assert_eq!(list(&service["deployments"]).len(), 1);
    assert_eq!(service["deployments"][0]["id"], good.as_str());
    assert_eq!(service["deployments"][0]["rolloutState"], "COMPLETED");
    assert!(text(&service["taskDefinition"]).ends_with("web:1"));
    assert_eq!(service["runningCount"], 2);
    let events = story.events("web");
    let back = events.iter().position(|e| *e == format!("rolling back to deployment {good}."));
    let failed = format!("(deployment {bad}) deployment failed: tasks failed to start.");
    assert_eq!(back.and_then(|at| events.get(at + 1)), Some(&failed), "{events:?}");
    let answer = story.ask("ListServiceDeployments", json!({"cluster": "shop", "service": "web"}));
    let newest = &answer["serviceDeployments"][0];
    assert_eq!(newest["status"], "ROLLBACK_SUCCESSFUL");
    let arn = &newest["serviceDeploymentArn"];
    let answer = story
        .ask("DescribeServiceDeployments", json!({"serviceDeploymentArns": [arn, "arn:none"]}));
    assert_eq!(answer["serviceDeployments"][0]["deploymentCircuitBreaker"]["failureCount"], 3);
    assert_eq!(answer["failures"][0]["reason"], "MISSING");
    let revision = &answer["serviceDeployments"][0]["targetServiceRevision"]["arn"];
    let answer = story.ask("DescribeServiceRevisions", json!({"serviceRevisionArns": [revision]}));
    assert_eq!(
        answer["serviceRevisions"][0]["containerImages"][0]["image"],
        "shop/web:2-image-not-found"
    );
}

#[test]
fn without_a_breaker_failures_back_off() {
    let story = started("shop/web:1", 1);
    story.family("web", "shop/web:2-crash-1-after-2s");
    story.ask(
        "UpdateService",
        json!({"cluster": "shop", "service": "web", "taskDefinition": "web"}),
    );
    story.pass(3_600);
    let service = story.describe("web");
    let failed = number(&service["deployments"][0]["failedTasks"]);
    // A minute each would be sixty.
    assert!((5..=15).contains(&failed), "{failed}");
    assert_eq!(service["deployments"][0]["rolloutState"], "IN_PROGRESS");
    assert_eq!(service["deployments"][1]["runningCount"], 1);
    let told = "is unable to consistently start tasks successfully.";
    assert!(story.events("web").iter().any(|event| event.starts_with(told)));
}

#[test]
fn one_healthy_task_ends_the_count_of_failures() {
    let story = Story::new();
    story.family("web", "shop/web:1-crash-1-after-60s");
    story.service("web", 1, json!({}));
    let mut failed = Vec::new();
    for _ in 0..300 {
        story.pass(1);
        let count = number(&story.describe("web")["deployments"][0]["failedTasks"]);
        if failed.last() != Some(&count) {
            failed.push(count);
        }
    }
    assert!(failed.starts_with(&[0, 1, 0, 1]), "{failed:?}");
}

#[test]
fn a_deployment_can_be_stopped() {
    let story = started("shop/web:1", 2);
    let good = text(&story.describe("web")["deployments"][0]["id"]);
    story.ask(
        "UpdateService",
        json!({"cluster": "shop", "service": "web", "forceNewDeployment": true}),
    );
    story.pass(10);
    let arn = story.describe("web")["currentServiceDeployment"].clone();
    story.ask("StopServiceDeployment", json!({"serviceDeploymentArn": arn}));
    story.pass(180);
    let service = story.describe("web");
    assert_eq!(service["deployments"][0]["id"], good.as_str());
    assert_eq!(list(&service["deployments"]).len(), 1);
    let (code, _) = story.refused("StopServiceDeployment", json!({"serviceDeploymentArn": arn}));
    assert_eq!(code, "ConflictException");
}

#[test]
fn unhealthy_tasks_are_replaced() {
    let story = Story::new();
    let mut document = support::fargate("web", "shop/web:unhealthy");
    document["containerDefinitions"][0]["healthCheck"] =
        json!({"command": ["CMD", "true"], "interval": 5, "retries": 2});
    story.ask("RegisterTaskDefinition", document);
    story.service("web", 1, json!({}));
    story.pass(25);
    let first = story.tasks_of("web");
    story.pass(60);
    assert_eq!(story.task(&first[0])["stoppedReason"], "Task failed container health checks");
    assert_eq!(story.task(&first[0])["healthStatus"], "UNHEALTHY");
}

#[test]
fn scaling_starts_no_deployment() {
    let story = started("shop/web:1", 1);
    let before = story.describe("web")["deployments"][0]["id"].clone();
    for count in [4, 2, 0] {
        story.ask(
            "UpdateService",
            json!({"cluster": "shop", "service": "web", "desiredCount": count}),
        );
        story.pass(120);
        let service = story.describe("web");
        assert_eq!(service["runningCount"], count);
        assert_eq!(service["deployments"][0]["id"], before);
    }
}

#[test]
fn a_deleted_service_drains_and_is_remembered() {
    let story = started("shop/web:1", 2);
    let name = json!({"cluster": "shop", "service": "web"});
    let (code, sentence) = story.refused("DeleteService", name.clone());
    assert_eq!(code, "InvalidParameterException");
    assert_eq!(sentence, "The service cannot be stopped while it is scaled above 0.");
    let (code, _) = story.refused("DeleteCluster", json!({"cluster": "shop"}));
    assert_eq!(code, "ClusterContainsServicesException");
    let answer =
        story.ask("DeleteService", json!({"cluster": "shop", "service": "web", "force": true}));
    assert_eq!(answer["service"]["status"], "DRAINING");
    story.pass(60);
    assert_eq!(story.describe("web")["status"], "INACTIVE");
    let (code, _) = story.refused("UpdateService", name);
    assert_eq!(code, "ServiceNotActiveException");
    let answer = story.ask("DeleteCluster", json!({"cluster": "shop"}));
    assert_eq!(answer["cluster"]["status"], "INACTIVE");
    let (code, sentence) = story.refused("ListTasks", json!({"cluster": "shop"}));
    assert_eq!(
        (code.as_str(), sentence.as_str()),
        ("ClusterNotFoundException", "Cluster not found.")
    );
}

#[test]
fn creating_twice_needs_the_same_token() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    let mut body = json!({
        "cluster": "shop", "serviceName": "web", "taskDefinition": "web", "desiredCount": 1,
        "launchType": "FARGATE", "networkConfiguration": support::network(), "clientToken": "same",
    });
    story.ask("CreateService", body.clone());
    story.ask("CreateService", body.clone());
    body["clientToken"] = Value::Null;
    let (code, sentence) = story.refused("CreateService", body);
    assert_eq!(code, "InvalidParameterException");
    assert_eq!(sentence, "Creation of service was not idempotent.");
}

#[test]
fn load_balanced_tasks_register_and_drain() {
    let story = Story::new();
    story.load_balanced("arn:tg");
    story.pass(1);
    let mut seen = Vec::new();
    let arn = {
        story.pass(2);
        story.tasks_of("web")[0].clone()
    };
    for second in 0..200 {
        if second == 100 {
            story.ask(
                "UpdateService",
                json!({"cluster": "shop", "service": "web", "desiredCount": 0}),
            );
        }
        story.pass(1);
        let status = text(&story.task(&arn)["lastStatus"]);
        if seen.last() != Some(&status) {
            seen.push(status);
        }
    }
    let wanted = [
        "PROVISIONING",
        "PENDING",
        "ACTIVATING",
        "RUNNING",
        "DEACTIVATING",
        "STOPPING",
        "DEPROVISIONING",
        "STOPPED",
    ];
    assert_eq!(seen, wanted);
    let events = story.events("web");
    for part in [
        "registered 1 targets in (target-group arn:tg)",
        "deregistered 1 targets in (target-group arn:tg)",
        "has begun draining connections on 1 tasks.",
    ] {
        assert!(events.iter().any(|event| event == part), "{part}: {events:?}");
    }
}
