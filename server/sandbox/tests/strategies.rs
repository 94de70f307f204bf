//! Stories of blue/green, linear and canary deployments: their lifecycle
//! stages, traffic and target groups, hooks, alarms, and ways back.

mod support;

use serde_json::{Value, json};
use support::{Story, list, network, number, text};

const BLUE: &str = "arn:aws:elasticloadbalancing:eu-central-1:000000000000:targetgroup/blue/1";
const GREEN: &str = "arn:aws:elasticloadbalancing:eu-central-1:000000000000:targetgroup/green/2";

fn family(story: &Story, image: &str) {
    let mut document = support::fargate("web", image);
    document["containerDefinitions"][0]["portMappings"] = json!([{"containerPort": 80}]);
    story.ask("RegisterTaskDefinition", document);
}

fn balancers() -> Value {
    json!([{
        "targetGroupArn": BLUE, "containerName": "main", "containerPort": 80,
        "advancedConfiguration": {
            "alternateTargetGroupArn": GREEN, "productionListenerRule": "arn:rule/production",
            "testListenerRule": "arn:rule/test", "roleArn": "arn:aws:iam::000000000000:role/elb",
        },
    }])
}

/// A service of two tasks behind a load balancer, just created.
fn created(configuration: Value) -> Story {
    let story = Story::new();
    family(&story, "shop/web:1");
    story.ask(
        "CreateService",
        json!({
            "cluster": "shop", "serviceName": "web", "taskDefinition": "web", "desiredCount": 2,
            "launchType": "FARGATE", "networkConfiguration": network(),
            "loadBalancers": balancers(), "deploymentConfiguration": configuration,
        }),
    );
    story
}

/// The same with its first deployment done.
fn settled(configuration: Value) -> Story {
    let story = created(json!({}));
    story.pass(300);
    assert_eq!(newest(&story)["status"], "SUCCESSFUL");
    story.update(json!({"deploymentConfiguration": configuration}));
    story
}

fn release(story: &Story, image: &str) {
    family(story, image);
    story.update(json!({"taskDefinition": "web"}));
}

fn newest(story: &Story) -> Value {
    let answer = story.ask("ListServiceDeployments", json!({"cluster": "shop", "service": "web"}));
    let arn = answer["serviceDeployments"][0]["serviceDeploymentArn"].clone();
    let answer = story.ask("DescribeServiceDeployments", json!({"serviceDeploymentArns": [arn]}));
    answer["serviceDeployments"][0].clone()
}

fn until(story: &Story, member: &str, word: &str) -> Value {
    for _ in 0..5_000 {
        let shown = newest(story);
        if shown[member] == word {
            return shown;
        }
        story.pass(1);
    }
    panic!("never {word}: {}", newest(story));
}

/// Production and test weight of the target revision.
fn weights(shown: &Value) -> (f64, f64) {
    let weight = |name: &str| shown["targetServiceRevision"][name].as_f64().expect("a weight");
    (weight("requestedProductionTrafficWeight"), weight("requestedTestTrafficWeight"))
}

/// How many targets a group has that are healthy.
fn healthy(story: &Story, group: &str) -> usize {
    let arn = group.replace(':', "%3A").replace('/', "%2F");
    let body = format!("Action=DescribeTargetHealth&Version=2015-12-01&TargetGroupArn={arn}");
    let request = http::Request::builder().method("POST").uri("/").body(()).expect("a request");
    let (head, ()) = request.into_parts();
    let answer = story.sandbox.respond(&head, body.as_bytes()).into_body();
    String::from_utf8(answer).expect("a text").matches("<State>healthy</State>").count()
}

fn stop(story: &Story, kind: &str) {
    let arn = newest(story)["serviceDeploymentArn"].clone();
    let body = json!({"serviceDeploymentArn": arn, "stopType": kind});
    story.ask("StopServiceDeployment", body);
}

fn images(story: &Story) -> Vec<String> {
    let tasks = story.tasks_of("web");
    tasks.iter().map(|arn| text(&story.task(arn)["containers"][0]["image"])).collect()
}

#[test]
fn blue_green_walks_through_its_stages() {
    let story = settled(json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 5}));
    assert_eq!((healthy(&story, BLUE), healthy(&story, GREEN)), (2, 0));
    release(&story, "shop/web:2");
    assert!(newest(&story)["lifecycleStage"].is_null());
    let mut walk: Vec<(String, f64, f64)> = Vec::new();
    for _ in 0..900 {
        story.pass(1);
        let shown = newest(&story);
        if shown["lifecycleStage"].is_null() {
            continue;
        }
        let stage = text(&shown["lifecycleStage"]);
        let (production, test) = weights(&shown);
        if walk.last() != Some(&(stage.clone(), production, test)) {
            walk.push((stage.clone(), production, test));
        }
        let blue = &shown["sourceServiceRevisions"][0];
        assert_eq!(blue["requestedProductionTrafficWeight"], 100.0 - production);
        let cleans = stage == "CLEAN_UP";
        assert_eq!(number(&blue["requestedTaskCount"]), if cleans { 0 } else { 2 }, "{stage}");
        if shown["status"] == "SUCCESSFUL" {
            break;
        }
        assert_eq!(shown["status"], "IN_PROGRESS");
        if stage == "BAKE_TIME" {
            assert_eq!((healthy(&story, BLUE), healthy(&story, GREEN)), (2, 2));
            assert_eq!(story.describe("web")["runningCount"], 4);
        }
    }
    let wanted = [
        ("PRE_SCALE_UP", 0.0, 0.0),
        ("SCALE_UP", 0.0, 0.0),
        ("POST_SCALE_UP", 0.0, 0.0),
        ("TEST_TRAFFIC_SHIFT", 0.0, 100.0),
        ("POST_TEST_TRAFFIC_SHIFT", 0.0, 100.0),
        ("PRODUCTION_TRAFFIC_SHIFT", 0.0, 100.0),
        ("PRODUCTION_TRAFFIC_SHIFT", 100.0, 100.0),
        ("POST_PRODUCTION_TRAFFIC_SHIFT", 100.0, 100.0),
        ("BAKE_TIME", 100.0, 100.0),
        ("CLEAN_UP", 100.0, 0.0),
    ];
    let seen: Vec<(&str, f64, f64)> = walk.iter().map(|(a, b, c)| (a.as_str(), *b, *c)).collect();
    assert_eq!(seen, wanted);
    story.pass(30);
    assert_eq!((healthy(&story, BLUE), healthy(&story, GREEN)), (0, 2));
    assert_eq!(images(&story), ["shop/web:2"; 2]);
    let service = story.describe("web");
    assert_eq!(list(&service["deployments"]).len(), 1);
    assert_eq!(service["deployments"][0]["rolloutState"], "COMPLETED");
    assert_eq!(service["currentServiceRevisions"][0]["requestedProductionTrafficWeight"], 100.0);
    assert_eq!(story.events("web")[0], "has reached a steady state.");
    // The groups take turns.
    release(&story, "shop/web:3");
    story.pass(5);
    until(&story, "status", "SUCCESSFUL");
    assert_eq!((healthy(&story, BLUE), healthy(&story, GREEN)), (2, 0));
    let arn = newest(&story)["targetServiceRevision"]["arn"].clone();
    let answer = story.ask("DescribeServiceRevisions", json!({"serviceRevisionArns": [arn]}));
    let group = &answer["serviceRevisions"][0]["resolvedConfiguration"]["loadBalancers"][0];
    assert_eq!(group["targetGroupArn"], BLUE);
    assert_eq!(group["productionListenerRule"], "arn:rule/production");
}

#[test]
fn the_first_deployment_takes_all_traffic_at_once() {
    let story = created(json!({"strategy": "LINEAR"}));
    let mut seen = Vec::new();
    for _ in 0..300 {
        story.pass(1);
        let shown = newest(&story);
        if shown["lifecycleStage"].is_string() && !seen.contains(&weights(&shown).0) {
            seen.push(weights(&shown).0);
        }
    }
    assert_eq!(seen, [0.0, 100.0]);
    assert_eq!(newest(&story)["status"], "SUCCESSFUL");
    assert_eq!((healthy(&story, BLUE), healthy(&story, GREEN)), (2, 0));
    let shown = story.describe("web")["deploymentConfiguration"]["linearConfiguration"].clone();
    assert_eq!(shown, json!({"stepPercent": 10.0, "stepBakeTimeInMinutes": 6}));
}

#[test]
fn linear_and_canary_shift_step_by_step() {
    for (configuration, wanted) in [
        (
            json!({"strategy": "LINEAR",
                "linearConfiguration": {"stepPercent": 40.0, "stepBakeTimeInMinutes": 2}}),
            vec![(40.0, 130..=140), (80.0, 130..=140)],
        ),
        (
            json!({"strategy": "CANARY",
                "canaryConfiguration": {"canaryPercent": 0.5, "canaryBakeTimeInMinutes": 3}}),
            vec![(0.5, 190..=200)],
        ),
    ] {
        let story = settled(configuration);
        release(&story, "shop/web:2");
        story.pass(5);
        until(&story, "lifecycleStage", "PRODUCTION_TRAFFIC_SHIFT");
        let mut seen: Vec<(f64, u64)> = Vec::new();
        while newest(&story)["lifecycleStage"] == "PRODUCTION_TRAFFIC_SHIFT" {
            let share = weights(&newest(&story)).0;
            match seen.last_mut() {
                Some((last, seconds)) if *last == share => *seconds += 1,
                _ => seen.push((share, 1)),
            }
            story.pass(1);
        }
        assert_eq!(seen.len(), wanted.len() + 2, "{seen:?}");
        for ((share, seconds), (wanted, range)) in seen[1..].iter().zip(wanted) {
            assert_eq!(*share, wanted);
            assert!(range.contains(seconds), "{share}: {seconds} s");
        }
        assert_eq!(seen.last().map(|last| last.0), Some(100.0));
        until(&story, "status", "SUCCESSFUL");
    }
}

#[test]
fn a_stop_rolls_back_in_every_stage() {
    for stage in [
        "PRE_SCALE_UP",
        "SCALE_UP",
        "TEST_TRAFFIC_SHIFT",
        "PRODUCTION_TRAFFIC_SHIFT",
        "BAKE_TIME",
        "CLEAN_UP",
    ] {
        let story = settled(json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 5}));
        let old = story.describe("web")["deployments"][0]["id"].clone();
        release(&story, "shop/web:2");
        until(&story, "lifecycleStage", stage);
        story.pass(3);
        stop(&story, "ROLLBACK");
        assert_eq!(newest(&story)["status"], "ROLLBACK_REQUESTED", "{stage}");
        story.pass(2);
        let shown = newest(&story);
        assert_eq!(shown["status"], "ROLLBACK_IN_PROGRESS", "{stage}");
        let back = story.describe("web")["currentServiceRevisions"][0].clone();
        assert_eq!(shown["rollback"]["serviceRevisionArn"], back["arn"], "{stage}");
        if stage != "CLEAN_UP" {
            assert_eq!(back["requestedProductionTrafficWeight"], 100.0, "{stage}");
        }
        let done = until(&story, "status", "ROLLBACK_SUCCESSFUL");
        assert_eq!(weights(&done), (0.0, 0.0), "{stage}");
        story.pass(60);
        assert_eq!(images(&story), ["shop/web:1"; 2], "{stage}");
        assert_eq!((healthy(&story, BLUE), healthy(&story, GREEN)), (2, 0), "{stage}");
        let service = story.describe("web");
        assert_eq!(service["deployments"][0]["id"], old);
        assert_eq!(list(&service["deployments"]).len(), 1);
    }
}

#[test]
fn an_abort_leaves_both_and_the_next_deployment_reconciles() {
    let story =
        settled(json!({"strategy": "CANARY", "canaryConfiguration": {"canaryPercent": 20}}));
    release(&story, "shop/web:2");
    until(&story, "lifecycleStage", "PRODUCTION_TRAFFIC_SHIFT");
    story.pass(60);
    stop(&story, "ABORT");
    story.pass(60);
    let shown = newest(&story);
    assert_eq!(shown["status"], "STOPPED");
    assert_eq!(weights(&shown).0, 20.0);
    assert_eq!(story.describe("web")["runningCount"], 4);
    // Blue is kept up: a task of its own that is lost comes back.
    let mut tasks = story.tasks_of("web").into_iter();
    let blue = |arn: &String| text(&story.task(arn)["containers"][0]["image"]) == "shop/web:1";
    let lost = tasks.find(blue).expect("a task of blue");
    story.ask("StopTask", json!({"cluster": "shop", "task": lost}));
    story.pass(120);
    assert_eq!(story.describe("web")["runningCount"], 4);
    release(&story, "shop/web:3");
    let shown = until(&story, "lifecycleStage", "RECONCILE_SERVICE");
    assert_eq!(list(&shown["sourceServiceRevisions"]).len(), 2);
    until(&story, "lifecycleStage", "PRE_SCALE_UP");
    assert_eq!(images(&story), ["shop/web:1"; 2]);
    until(&story, "status", "SUCCESSFUL");
    assert_eq!(images(&story), ["shop/web:3"; 2]);
}

#[test]
fn a_green_that_cannot_start_never_has_traffic() {
    let breaker = json!({"enable": true, "rollback": true});
    let story = settled(json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 0,
        "deploymentCircuitBreaker": breaker}));
    release(&story, "shop/web:2-crash-1-after-5s");
    for _ in 0..900 {
        assert_eq!(healthy(&story, BLUE), 2);
        story.pass(1);
    }
    let shown = newest(&story);
    assert_eq!(shown["status"], "ROLLBACK_SUCCESSFUL");
    assert_eq!(shown["lifecycleStage"], "SCALE_UP");
    assert_eq!(shown["deploymentCircuitBreaker"]["status"], "TRIGGERED");
    assert_eq!(images(&story), ["shop/web:1"; 2]);
}

fn function(name: &str) -> String {
    format!("arn:aws:lambda:eu-central-1:000000000000:function:{name}")
}

fn hooked(hook: Value) -> Value {
    json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 0, "lifecycleHooks": [hook]})
}

#[test]
fn a_lambda_hook_that_fails_rolls_back() {
    for (name, stage) in [("smoke-fails", "POST_TEST_TRAFFIC_SHIFT"), ("smoke", "")] {
        let story = settled(hooked(json!({"hookTargetArn": function(name), "roleArn": "arn:role",
            "lifecycleStages": ["POST_TEST_TRAFFIC_SHIFT"]})));
        release(&story, "shop/web:2");
        if stage.is_empty() {
            until(&story, "status", "SUCCESSFUL");
            continue;
        }
        let shown = until(&story, "status", "ROLLBACK_IN_PROGRESS");
        assert_eq!(shown["lifecycleStage"], stage);
        let hook = &shown["lifecycleHookDetails"][0];
        assert_eq!(
            (&hook["status"], &hook["targetType"]),
            (&json!("FAILED"), &json!("AWS_LAMBDA"))
        );
        assert_eq!(hook["targetArn"], function(name));
        until(&story, "status", "ROLLBACK_SUCCESSFUL");
        let told = "deployment failed: hook execution failure(s) detected.";
        assert!(story.events("web").iter().any(|event| event.ends_with(told)));
        assert_eq!(images(&story), ["shop/web:1"; 2]);
    }
}

#[test]
fn a_hook_times_out() {
    for (hook, action, wanted) in [
        (json!({"hookTargetArn": function("gate-waits")}), "ROLLBACK", "ROLLBACK_SUCCESSFUL"),
        (json!({"hookTargetArn": function("gate-waits")}), "CONTINUE", "SUCCESSFUL"),
        (json!({"targetType": "PAUSE"}), "ROLLBACK", "ROLLBACK_SUCCESSFUL"),
        (json!({"targetType": "PAUSE"}), "CONTINUE", "SUCCESSFUL"),
    ] {
        let mut hook = hook;
        hook["lifecycleStages"] = json!(["PRE_SCALE_UP"]);
        hook["timeoutConfiguration"] = json!({"timeoutInMinutes": 10, "action": action});
        let story = settled(hooked(hook));
        release(&story, "shop/web:2");
        story.pass(590);
        let shown = newest(&story);
        assert_eq!(shown["lifecycleStage"], "PRE_SCALE_UP", "{action}");
        let detail = &shown["lifecycleHookDetails"][0];
        assert!(["IN_PROGRESS", "AWAITING_ACTION"].contains(&text(&detail["status"]).as_str()));
        assert_eq!(detail["timeoutAction"], action);
        story.pass(20);
        let shown = newest(&story);
        assert_eq!(shown["lifecycleStage"] == "PRE_SCALE_UP", action == "ROLLBACK");
        until(&story, "status", wanted);
    }
}

#[test]
fn a_pause_waits_for_an_answer() {
    let pause = json!({"targetType": "PAUSE", "lifecycleStages": ["PRE_PRODUCTION_TRAFFIC_SHIFT"]});
    for (action, wanted, image) in [
        (json!("CONTINUE"), "SUCCESSFUL", "shop/web:2"),
        (json!(null), "SUCCESSFUL", "shop/web:2"),
        (json!("ROLLBACK"), "ROLLBACK_SUCCESSFUL", "shop/web:1"),
    ] {
        let story = settled(hooked(pause.clone()));
        release(&story, "shop/web:2");
        until(&story, "lifecycleStage", "PRODUCTION_TRAFFIC_SHIFT");
        story.pass(7_200);
        let shown = newest(&story);
        assert_eq!(weights(&shown).0, 0.0);
        let hook = &shown["lifecycleHookDetails"][0];
        assert_eq!(
            (&hook["status"], &hook["targetType"]),
            (&json!("AWAITING_ACTION"), &json!("PAUSE"))
        );
        let arn = &shown["serviceDeploymentArn"];
        let mut body = json!({"serviceDeploymentArn": arn, "hookId": "ecs-pause-none"});
        let (code, sentence) = story.refused("ContinueServiceDeployment", body.clone());
        assert_eq!(code, "InvalidParameterException");
        assert!(sentence.contains("ecs-pause-none"), "{sentence}");
        body["hookId"] = hook["hookId"].clone();
        body["action"] = action.clone();
        let answer = story.ask("ContinueServiceDeployment", body.clone());
        assert_eq!(&answer["serviceDeploymentArn"], arn);
        let (code, _) = story.refused("ContinueServiceDeployment", body.clone());
        assert_eq!(code, "InvalidParameterException");
        until(&story, "status", wanted);
        assert_eq!(images(&story), [image; 2], "{action}");
        body["serviceDeploymentArn"] = json!(format!("{}x", text(arn)));
        let (code, _) = story.refused("ContinueServiceDeployment", body);
        assert_eq!(code, "ServiceDeploymentNotFoundException");
    }
}

#[test]
fn a_linear_deployment_pauses_before_every_step() {
    let story = settled(json!({"strategy": "LINEAR",
    "linearConfiguration": {"stepPercent": 50, "stepBakeTimeInMinutes": 1},
    "lifecycleHooks": [
        {"targetType": "PAUSE", "lifecycleStages": ["PRE_PRODUCTION_TRAFFIC_SHIFT"]},
    ]}));
    release(&story, "shop/web:2");
    let mut known = Vec::new();
    for share in [0.0, 50.0] {
        story.pass(400);
        let shown = newest(&story);
        assert_eq!(weights(&shown).0, share);
        let hook = shown["lifecycleHookDetails"][0]["hookId"].clone();
        assert!(!known.contains(&hook));
        let arn = shown["serviceDeploymentArn"].clone();
        let body = json!({"serviceDeploymentArn": arn, "hookId": hook});
        story.ask("ContinueServiceDeployment", body);
        known.push(hook);
    }
    until(&story, "status", "SUCCESSFUL");
}

#[test]
fn an_alarm_ends_a_deployment_of_any_strategy() {
    for (strategy, name, rollback, wanted) in [
        ("ROLLING", "errors-goes-off", true, "ROLLBACK_SUCCESSFUL"),
        ("ROLLING", "errors-goes-off", false, "STOPPED"),
        ("ROLLING", "errors", true, "SUCCESSFUL"),
        ("BLUE_GREEN", "errors-goes-off-after-120s", true, "ROLLBACK_SUCCESSFUL"),
        ("CANARY", "errors-goes-off-after-300s", true, "ROLLBACK_SUCCESSFUL"),
        ("BLUE_GREEN", "errors-goes-off-after-9999s", true, "SUCCESSFUL"),
    ] {
        let alarms = json!({"alarmNames": ["latency", name], "enable": true, "rollback": rollback});
        let story =
            settled(json!({"strategy": strategy, "bakeTimeInMinutes": 2, "alarms": alarms}));
        release(&story, "shop/web:2");
        story.pass(5);
        assert_eq!(newest(&story)["alarms"]["status"], "MONITORING");
        let shown = until(&story, "status", wanted);
        if wanted == "SUCCESSFUL" {
            assert_eq!(shown["alarms"]["status"], "MONITORING_COMPLETE");
            assert_eq!(shown["alarms"]["triggeredAlarmNames"], json!([]));
            continue;
        }
        assert_eq!(shown["alarms"]["status"], "TRIGGERED", "{strategy}");
        assert_eq!(shown["alarms"]["triggeredAlarmNames"], json!([name]));
        let told = "deployment failed: alarm detected.";
        assert!(story.events("web").iter().any(|event| event.ends_with(told)));
        if rollback {
            assert_eq!(images(&story), ["shop/web:1"; 2], "{strategy}");
        } else {
            assert_eq!(story.describe("web")["deployments"][0]["rolloutState"], "FAILED");
        }
    }
}

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
