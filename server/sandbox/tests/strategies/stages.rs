//! Stages, steps of traffic, and ways back.

use super::*;

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
