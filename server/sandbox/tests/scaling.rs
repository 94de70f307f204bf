//! Application Auto Scaling moves services, by policies, by alarms of CloudWatch
//! and by the clock.

mod support;

use berth_sandbox::{ManualClock, Seed};
use http::Request;
use serde_json::{Value, json};
use support::{BEGIN_MS, Story, list, text};

fn send(story: &Story, target: &str, body: &Value) -> (u16, Value) {
    let request = Request::builder().header("x-amz-target", target).body(()).expect("a request");
    let response = story.sandbox.respond(&request.into_parts().0, body.to_string().as_bytes());
    let document = serde_json::from_slice(response.body()).expect("JSON");
    (response.status().as_u16(), document)
}

/// A request of CloudWatch, as a form; its XML.
fn watch(story: &Story, form: &str) -> String {
    let authorization = "AWS4-HMAC-SHA256 Credential=any/20260921/eu-central-1/monitoring/aws4_request, SignedHeaders=host, Signature=0";
    let request = Request::builder()
        .method("POST")
        .header("authorization", authorization)
        .body(())
        .expect("a request");
    let response = story.sandbox.respond(&request.into_parts().0, form.as_bytes());
    let status = response.status();
    let text = String::from_utf8(response.into_body()).expect("text");
    assert_eq!(status, 200, "{text}");
    text
}

/// A service of so many tasks with bounds from 1 to 10.
fn scaled(desired: u32) -> Story {
    let story = Story::new();
    story.family("web", "shop/web:1");
    story.service("web", desired, json!({}));
    let bounds = json!({"MinCapacity": 1, "MaxCapacity": 10});
    assert_eq!(scale(&story, "RegisterScalableTarget", &bounds).0, 200);
    story
}

/// The ARN of a step scaling policy.
fn steps(story: &Story, name: &str, kind: &str, steps: &Value) -> String {
    let policy = json!({
        "PolicyName": name, "PolicyType": "StepScaling",
        "StepScalingPolicyConfiguration": {
            "AdjustmentType": kind, "StepAdjustments": steps, "Cooldown": 120,
        },
    });
    let (status, answer) = scale(story, "PutScalingPolicy", &policy);
    assert_eq!(status, 200, "{answer}");
    text(&answer["PolicyARN"])
}

fn alarm(story: &Story, name: &str, than: &str, threshold: f64, action: &str) {
    watch(
        story,
        &format!(
            "Action=PutMetricAlarm&Version=2010-08-01&AlarmName={name}&Namespace=AWS%2FECS&MetricName=CPUUtilization&Statistic=Average&Period=60&EvaluationPeriods=2&Threshold={threshold}&ComparisonOperator={than}&Dimensions.member.1.Name=ClusterName&Dimensions.member.1.Value=shop&Dimensions.member.2.Name=ServiceName&Dimensions.member.2.Value=web&AlarmActions.member.1={action}"
        ),
    );
}

fn desired(story: &Story) -> Value {
    story.describe("web")["desiredCount"].clone()
}

#[test]
fn an_alarm_moves_the_count_by_the_step_that_fits() {
    let story = scaled(2);
    let out = steps(
        &story,
        "out",
        "ChangeInCapacity",
        &json!([
            {"MetricIntervalLowerBound": 0.0, "MetricIntervalUpperBound": 5.0, "ScalingAdjustment": 1},
            {"MetricIntervalLowerBound": 5.0, "ScalingAdjustment": 3},
        ]),
    );
    story.pass(240);
    // The load is shared: two tasks have 30 percent at least.
    alarm(&story, "busy", "GreaterThanThreshold", 20.0, &out);
    story.pass(5);
    assert_eq!(desired(&story), 5, "far beyond the threshold");
    let shown = watch(&story, "Action=DescribeAlarms&Version=2010-08-01&AlarmNames.member.1=busy");
    assert!(shown.contains("<StateValue>ALARM</StateValue>"), "{shown}");
    assert!(shown.contains("Threshold Crossed: 2 datapoints"), "{shown}");
    story.pass(100);
    assert_eq!(desired(&story), 5, "the cooldown holds it back");
    let (_, answer) = scale(&story, "DescribeScalingActivities", &json!({}));
    let newest = &answer["ScalingActivities"][0];
    assert_eq!(newest["Cause"], "monitor alarm busy in state ALARM triggered policy out");
    assert_eq!(newest["Description"], "Setting desired count to 5.");
    let (_, answer) = scale(&story, "DescribeScalingPolicies", &json!({}));
    let policy = &answer["ScalingPolicies"][0];
    assert_eq!(policy["PolicyType"], "StepScaling");
    assert_eq!(policy["StepScalingPolicyConfiguration"]["Cooldown"], 120);
    watch(&story, "Action=DeleteAlarms&Version=2010-08-01&AlarmNames.member.1=busy");
    // In the other direction, by percent; an alarm may also be set by hand.
    let down = json!([{"MetricIntervalUpperBound": 0.0, "ScalingAdjustment": -40}]);
    let back = steps(&story, "in", "PercentChangeInCapacity", &down);
    alarm(&story, "idle", "LessThanThreshold", 1.0, &back);
    story.pass(240);
    assert_eq!(desired(&story), 5, "it is not idle");
    watch(
        &story,
        "Action=SetAlarmState&Version=2010-08-01&AlarmName=idle&StateValue=ALARM&StateReason=try",
    );
    assert_eq!(desired(&story), 3);
}

#[test]
fn an_alarm_without_data_says_so() {
    let story = scaled(0);
    alarm(
        &story,
        "busy",
        "GreaterThanThreshold",
        20.0,
        "arn:aws:sns:eu-central-1:000000000000:ops",
    );
    story.pass(90);
    let shown =
        watch(&story, "Action=DescribeAlarms&Version=2010-08-01&StateValue=INSUFFICIENT_DATA");
    assert!(shown.contains("<AlarmName>busy</AlarmName>"), "{shown}");
}

#[test]
fn an_alarm_of_a_deployment_ends_it() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    let alarms = json!({"alarms": {"alarmNames": ["busy"], "enable": true, "rollback": true}});
    story.service("web", 2, alarms);
    story.pass(240);
    assert_eq!(story.describe("web")["deployments"][0]["rolloutState"], "COMPLETED");
    alarm(&story, "busy", "LessThanThreshold", 0.0, "none");
    story.pass(2);
    story.family("web", "shop/web:2");
    story.ask(
        "UpdateService",
        json!({"cluster": "shop", "service": "web", "taskDefinition": "web"}),
    );
    story.pass(10);
    watch(
        &story,
        "Action=SetAlarmState&Version=2010-08-01&AlarmName=busy&StateValue=ALARM&StateReason=try",
    );
    story.pass(240);
    assert!(text(&story.describe("web")["taskDefinition"]).ends_with("web:1"));
    assert!(story.events("web").iter().any(|event| event.contains("alarm detected")));
}

#[test]
fn the_clock_moves_the_bounds() {
    let story = scaled(1);
    let (status, answer) = scale(
        &story,
        "PutScheduledAction",
        &json!({
            "ScheduledActionName": "morning", "Schedule": "rate(1 hour)",
            "ScalableTargetAction": {"MinCapacity": 4, "MaxCapacity": 6},
        }),
    );
    assert_eq!(status, 200, "{answer}");
    story.pass(3_590);
    assert_eq!(desired(&story), 1);
    story.pass(20);
    assert_eq!(desired(&story), 4);
    let (_, answer) = scale(&story, "DescribeScalableTargets", &json!({}));
    assert_eq!(answer["ScalableTargets"][0]["MaxCapacity"], 6);
    let (_, answer) = scale(&story, "DescribeScalingActivities", &json!({}));
    let causes: Vec<String> =
        list(&answer["ScalingActivities"]).iter().map(|one| text(&one["Cause"])).collect();
    assert!(causes.contains(&"scheduled action name morning was triggered".to_owned()));
    assert!(causes.contains(&"minimum capacity was set to 4".to_owned()));
    // Put again with a time that comes once.
    let once = json!({"ScheduledActionName": "morning", "Schedule": "at(2099-01-01T00:00:00)"});
    assert_eq!(scale(&story, "PutScheduledAction", &once).0, 200);
    story.ask("UpdateService", json!({"cluster": "shop", "service": "web", "desiredCount": 1}));
    story.pass(7_200);
    assert_eq!(desired(&story), 1, "the older schedule is void");
    let (_, answer) = scale(&story, "DescribeScheduledActions", &json!({}));
    let action = &answer["ScheduledActions"][0];
    assert_eq!(action["Schedule"], "at(2099-01-01T00:00:00)");
    assert_eq!(action["ScalableTargetAction"], json!({"MinCapacity": 4, "MaxCapacity": 6}));
    let named = json!({"ScheduledActionName": "morning"});
    assert_eq!(scale(&story, "DeleteScheduledAction", &named).0, 200);
    let (_, answer) = scale(&story, "DeleteScheduledAction", &named);
    assert_eq!(answer["__type"], "ObjectNotFoundException");
}

#[test]
fn a_deleted_service_is_scaled_no_more() {
    let story = scaled(1);
    let out = steps(&story, "out", "ChangeInCapacity", &json!([{"ScalingAdjustment": 1}]));
    alarm(&story, "busy", "LessThanThreshold", 0.0, &out);
    story.ask("DeleteService", json!({"cluster": "shop", "service": "web", "force": true}));
    watch(
        &story,
        "Action=SetAlarmState&Version=2010-08-01&AlarmName=busy&StateValue=ALARM&StateReason=try",
    );
    assert_eq!(desired(&story), 0, "it is draining");
    story.pass(120);
    let (_, answer) = scale(&story, "DescribeScalableTargets", &json!({}));
    assert_eq!(answer["ScalableTargets"], json!([]), "its target went with it");
}

#[test]
fn no_bound_is_above_what_a_service_may_have() {
    let story = scaled(1);
    let bounds = json!({"MinCapacity": 2_000_000_000, "MaxCapacity": 2_000_000_000});
    assert_eq!(scale(&story, "RegisterScalableTarget", &bounds).0, 200);
    scale(&story, "PutScalingPolicy", &tracking(50.0));
    story.pass(61);
    assert_eq!(desired(&story), 5_000);
}

#[test]
fn steps_and_schedules_that_make_no_sense_are_refused() {
    let story = scaled(1);
    let step = |configuration: Value| json!({"PolicyName": "x", "PolicyType": "StepScaling", "StepScalingPolicyConfiguration": configuration});
    let gap = json!([
        {"MetricIntervalLowerBound": 0.0, "MetricIntervalUpperBound": 5.0, "ScalingAdjustment": 1},
        {"MetricIntervalLowerBound": 6.0, "ScalingAdjustment": 1},
    ]);
    let action = json!({"MinCapacity": 1});
    for (operation, more) in [
        ("PutScalingPolicy", step(json!({}))),
        ("PutScalingPolicy", step(json!({"AdjustmentType": "ChangeInCapacity"}))),
        (
            "PutScalingPolicy",
            step(json!({"AdjustmentType": "ChangeInCapacity", "StepAdjustments": gap})),
        ),
        (
            "PutScalingPolicy",
            step(
                json!({"AdjustmentType": "ExactCapacity", "StepAdjustments": [{"ScalingAdjustment": -1}]}),
            ),
        ),
        ("PutScheduledAction", json!({"ScheduledActionName": "x", "ScalableTargetAction": action})),
        (
            "PutScheduledAction",
            json!({"ScheduledActionName": "x", "Schedule": "rate(1 week)", "ScalableTargetAction": action}),
        ),
        ("PutScheduledAction", json!({"ScheduledActionName": "x", "Schedule": "rate(1 day)"})),
        (
            "PutScheduledAction",
            json!({"ScheduledActionName": "x", "Schedule": "rate(1 day)", "Timezone": "Europe/Berlin", "ScalableTargetAction": action}),
        ),
    ] {
        let (status, answer) = scale(&story, operation, &more);
        assert_eq!((status, &answer["__type"]), (400, &json!("ValidationException")), "{more}");
    }
}

const SCALING: &str = "AnyScaleFrontendService";

/// A request about the service `web`.
fn scale(story: &Story, operation: &str, more: &Value) -> (u16, Value) {
    let mut body = json!({
        "ServiceNamespace": "ecs", "ResourceId": "service/shop/web",
        "ScalableDimension": "ecs:service:DesiredCount",
    });
    for (name, value) in more.as_object().expect("members") {
        body[name] = value.clone();
    }
    send(story, &format!("{SCALING}.{operation}"), &body)
}

fn tracking(goal: f64) -> Value {
    json!({
        "PolicyName": "cpu", "PolicyType": "TargetTrackingScaling",
        "TargetTrackingScalingPolicyConfiguration": {
            "TargetValue": goal, "ScaleInCooldown": 60,
            "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
        },
    })
}

#[test]
fn a_policy_moves_the_count_within_its_bounds() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    story.service("web", 2, json!({}));
    story.pass(300);
    let (status, answer) = scale(&story, "PutScalingPolicy", &tracking(10.0));
    assert_eq!((status, &answer["__type"]), (400, &json!("ObjectNotFoundException")));
    let bounds = json!({"MinCapacity": 2, "MaxCapacity": 5});
    assert_eq!(scale(&story, "RegisterScalableTarget", &bounds).0, 200);
    assert_eq!(scale(&story, "PutScalingPolicy", &tracking(10.0)).0, 200);
    story.pass(600);
    assert_eq!(story.describe("web")["desiredCount"], 5, "far above the target");
    assert_eq!(story.describe("web")["runningCount"], 5);
    let (_, answer) = scale(&story, "DescribeScalingActivities", &json!({}));
    let newest = &answer["ScalingActivities"][0];
    assert_eq!(newest["Description"], "Setting desired count to 5.");
    assert!(text(&newest["Cause"]).ends_with("in state ALARM triggered policy cpu"), "{newest}");
    // The same policy with a target that is far above the load.
    assert_eq!(scale(&story, "PutScalingPolicy", &tracking(100.0)).0, 200);
    story.pass(3_600);
    assert_eq!(story.describe("web")["desiredCount"], 2, "no fewer than the minimum");
    assert_eq!(scale(&story, "DeleteScalingPolicy", &json!({"PolicyName": "cpu"})).0, 200);
    story.ask("UpdateService", json!({"cluster": "shop", "service": "web", "desiredCount": 4}));
    story.pass(3_600);
    assert_eq!(story.describe("web")["desiredCount"], 4, "nobody moves it any more");
}

#[test]
fn a_count_outside_the_bounds_is_brought_back() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    story.service("web", 1, json!({}));
    scale(&story, "RegisterScalableTarget", &json!({"MinCapacity": 3, "MaxCapacity": 4}));
    scale(&story, "PutScalingPolicy", &tracking(100.0));
    story.pass(120);
    assert_eq!(story.describe("web")["desiredCount"], 3);
    let (_, answer) = scale(&story, "DescribeScalingActivities", &json!({}));
    assert_eq!(answer["ScalingActivities"][0]["Cause"], "minimum capacity was set to 3");
}

#[test]
fn scaling_survives_a_crash_and_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = ManualClock::new(BEGIN_MS);
    let open = || Story::on(clock.clone(), Seed::Empty, Some(folder.path().join("world.json")));
    let story = open();
    story.ask("CreateCluster", json!({"clusterName": "shop", "capacityProviders": ["FARGATE"]}));
    story.family("web", "shop/web:1");
    story.service("web", 2, json!({}));
    scale(&story, "RegisterScalableTarget", &json!({"MinCapacity": 2, "MaxCapacity": 5}));
    scale(&story, "PutScalingPolicy", &tracking(10.0));
    let shown = scale(&story, "DescribeScalingPolicies", &json!({}));
    drop(story);
    let story = open();
    assert_eq!(scale(&story, "DescribeScalingPolicies", &json!({})), shown);
    story.pass(900);
    assert_eq!(story.describe("web")["desiredCount"], 5);
}

#[test]
fn what_cannot_be_scaled_is_refused() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    story.service("web", 1, json!({}));
    for (operation, more) in [
        ("RegisterScalableTarget", json!({"MinCapacity": 1})),
        ("RegisterScalableTarget", json!({"MinCapacity": 3, "MaxCapacity": 2})),
        ("RegisterScalableTarget", json!({"MinCapacity": -1, "MaxCapacity": 2})),
        (
            "RegisterScalableTarget",
            json!({"MinCapacity": 1, "MaxCapacity": 2, "ResourceId": "service/shop/none"}),
        ),
        (
            "RegisterScalableTarget",
            json!({"MinCapacity": 1, "MaxCapacity": 2, "ResourceId": "web"}),
        ),
        (
            "RegisterScalableTarget",
            json!({"MinCapacity": 1, "MaxCapacity": 2, "ServiceNamespace": "dynamodb"}),
        ),
        ("DescribeScalableTargets", json!({"ServiceNamespace": null})),
    ] {
        let (status, answer) = scale(&story, operation, &more);
        assert_eq!(
            (status, &answer["__type"]),
            (400, &json!("ValidationException")),
            "{operation} {more}"
        );
    }
    assert_eq!(
        scale(&story, "RegisterScalableTarget", &json!({"MinCapacity": 1, "MaxCapacity": 2})).0,
        200
    );
    for goal in [0.0, -1.0] {
        let (_, answer) = scale(&story, "PutScalingPolicy", &tracking(goal));
        assert_eq!(answer["__type"], "ValidationException");
    }
    let (_, answer) = scale(&story, "DescribeScalingPolicies", &json!({}));
    assert_eq!(answer["ScalingPolicies"], json!([]));
}
