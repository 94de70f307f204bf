//! What changes while a deployment goes on: its strategy, its count, another deployment, a restart.

use super::*;

#[test]
fn a_service_changes_its_strategy_and_back() {
    let story = settled(json!({"strategy": "LINEAR", "linearConfiguration": {"stepPercent": 50},
        "bakeTimeInMinutes": 1}));
    // Only how it deploys has changed: nothing is deployed.
    let answer = story.ask("ListServiceDeployments", json!({"cluster": "shop", "service": "web"}));
    assert_eq!(list(&answer["serviceDeployments"]).len(), 1);
    let (code, sentence) = story.refused(
        "UpdateService",
        json!({
            "cluster": "shop", "service": "web", "loadBalancers": [
                {"targetGroupArn": BLUE, "containerName": "main", "containerPort": 80},
            ],
        }),
    );
    assert_eq!(code, "InvalidParameterException");
    assert!(sentence.contains("advancedConfiguration"), "{sentence}");
    story.update(json!({"deploymentConfiguration": {"strategy": "BLUE_GREEN"}}));
    let shown = story.describe("web")["deploymentConfiguration"].clone();
    assert_eq!(shown["strategy"], "BLUE_GREEN");
    assert!(shown["linearConfiguration"].is_null());
    release(&story, "shop/web:2");
    story.pass(5);
    until(&story, "status", "SUCCESSFUL");
    // A rolling deployment stays in the group that has the traffic.
    story.update(json!({"deploymentConfiguration": {"strategy": "ROLLING"}}));
    release(&story, "shop/web:3");
    story.pass(5);
    assert!(newest(&story)["lifecycleStage"].is_null());
    until(&story, "status", "SUCCESSFUL");
    assert_eq!((healthy(&story, BLUE), healthy(&story, GREEN)), (0, 2));
    assert_eq!(images(&story), ["shop/web:3"; 2]);
}

#[test]
fn a_newer_deployment_takes_over() {
    let story = settled(json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 30}));
    release(&story, "shop/web:2");
    until(&story, "lifecycleStage", "BAKE_TIME");
    release(&story, "shop/web:3");
    let shown = until(&story, "lifecycleStage", "RECONCILE_SERVICE");
    // Traffic is back on the last revision that completed.
    let shares: Vec<f64> = list(&shown["sourceServiceRevisions"])
        .iter()
        .map(|item| item["requestedProductionTrafficWeight"].as_f64().expect("a weight"))
        .collect();
    assert_eq!(shares, [0.0, 100.0]);
    until(&story, "status", "SUCCESSFUL");
    assert_eq!(images(&story), ["shop/web:3"; 2]);
    assert_eq!(list(&story.describe("web")["deployments"]).len(), 1);
}

#[test]
fn scaling_reaches_both_revisions_and_a_service_can_go() {
    let story = settled(json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 30}));
    release(&story, "shop/web:2");
    until(&story, "lifecycleStage", "BAKE_TIME");
    story.update(json!({"desiredCount": 3}));
    story.pass(120);
    assert_eq!(story.describe("web")["runningCount"], 6);
    story.update(json!({"desiredCount": 1}));
    story.pass(60);
    assert_eq!(story.describe("web")["runningCount"], 2);
    story.ask("DeleteService", json!({"cluster": "shop", "service": "web", "force": true}));
    story.pass(120);
    assert_eq!(story.describe("web")["status"], "INACTIVE");
    assert_eq!(newest(&story)["status"], "STOPPED");
}

#[test]
fn a_service_without_traffic_of_its_own_shows_no_weights() {
    let story = Story::new();
    family(&story, "shop/web:1");
    story.service("web", 1, json!({"strategy": "CANARY"}));
    story.pass(5);
    until(&story, "status", "SUCCESSFUL");
    release(&story, "shop/web:2");
    until(&story, "lifecycleStage", "BAKE_TIME");
    assert!(newest(&story)["targetServiceRevision"]["requestedProductionTrafficWeight"].is_null());
    until(&story, "status", "SUCCESSFUL");
    assert_eq!(images(&story), ["shop/web:2"]);
}

#[test]
fn a_pause_outlives_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("state.json");
    let clock = berth_sandbox::ManualClock::new(support::BEGIN_MS);
    let open = || Story::on(clock.clone(), berth_sandbox::Seed::Empty, Some(file.clone()));
    let story = open();
    story.ask("CreateCluster", json!({"clusterName": "shop"}));
    family(&story, "shop/web:1");
    story.service(
        "web",
        1,
        hooked(json!({"targetType": "PAUSE", "lifecycleStages": ["POST_SCALE_UP"]})),
    );
    let before = until(&story, "lifecycleStage", "POST_SCALE_UP");
    drop(story);
    let story = open();
    let after = newest(&story);
    assert_eq!(after, before);
    let hook = &after["lifecycleHookDetails"][0]["hookId"];
    let body = json!({"serviceDeploymentArn": after["serviceDeploymentArn"], "hookId": hook});
    let mut back = body.clone();
    back["action"] = json!("ROLLBACK");
    let (_, sentence) = story.refused("ContinueServiceDeployment", back);
    assert!(sentence.contains("no previous successful deployment"), "{sentence}");
    story.ask("ContinueServiceDeployment", body);
    until(&story, "status", "SUCCESSFUL");
}

#[test]
fn a_service_that_is_scaled_while_it_bakes_is_steady_only_when_it_is() {
    let story = settled(json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 1}));
    story.pass(120);
    release(&story, "shop/web:2");
    until(&story, "lifecycleStage", "CLEAN_UP");
    story.update(json!({"desiredCount": 6}));
    let steady = |story: &Story| {
        let events = story.events("web");
        events.iter().position(|event| event.contains("deployment completed.")).is_some_and(|at| {
            events[..at].iter().any(|event| event == "has reached a steady state.")
        })
    };
    until(&story, "status", "SUCCESSFUL");
    for _ in 0..120 {
        let shown = story.describe("web");
        if steady(&story) {
            assert_eq!(shown["runningCount"], 6, "{shown}");
            return;
        }
        story.pass(1);
    }
    panic!("never steady: {}", story.describe("web"));
}
