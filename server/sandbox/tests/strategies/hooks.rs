//! Hooks, pauses and alarms.

use super::*;

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
