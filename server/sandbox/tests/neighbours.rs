//! The services beside ECS move with its world.

mod support;

use http::Request;
use serde_json::{Value, json};
use support::{BEGIN_MS, Story, list, number, text};

fn send(story: &Story, target: &str, body: &Value) -> (u16, Value) {
    let request = Request::builder().header("x-amz-target", target).body(()).expect("a request");
    let response = story.sandbox.respond(&request.into_parts().0, body.to_string().as_bytes());
    let document = serde_json::from_slice(response.body()).expect("JSON");
    (response.status().as_u16(), document)
}

fn ask(story: &Story, target: &str, body: Value) -> Value {
    let (status, document) = send(story, target, &body);
    assert_eq!(status, 200, "{target}: {document}");
    document
}

/// The XML of a form.
fn form(story: &Story, form: &str) -> String {
    let request = Request::builder().method("POST").body(()).expect("a request");
    let response = story.sandbox.respond(&request.into_parts().0, form.as_bytes());
    String::from_utf8(response.into_body()).expect("text")
}

fn logging(family: &str, image: &str) -> Value {
    let mut document = support::fargate(family, image);
    document["executionRoleArn"] = json!("arn:aws:iam::000000000000:role/team/exec");
    document["containerDefinitions"][0]["logConfiguration"] = json!({"logDriver": "awslogs", "options": {
        "awslogs-group": "/jobs", "awslogs-region": "eu-central-1", "awslogs-stream-prefix": "ecs",
    }});
    document
}

/// A story with one task whose container writes to `/jobs`; its ARN and its stream.
fn job(image: &str) -> (Story, String, String) {
    let story = Story::new();
    story.ask("RegisterTaskDefinition", logging("job", image));
    let task = story.run("job");
    let id = task.rsplit('/').next().expect("an id").to_owned();
    (story, task, format!("ecs/main/{id}"))
}

fn lines(story: &Story, stream: &str) -> Vec<(i64, String)> {
    let body = json!({"logGroupName": "/jobs", "logStreamName": stream, "startFromHead": true});
    let (status, answer) = send(story, "Logs_20140328.GetLogEvents", &body);
    if status != 200 {
        assert_eq!(answer["__type"], "ResourceNotFoundException");
        return Vec::new();
    }
    let events = list(&answer["events"]).iter();
    events.map(|event| (number(&event["timestamp"]), text(&event["message"]))).collect()
}

#[test]
fn a_container_writes_from_its_start_to_its_end() {
    let (story, task, stream) = job("shop/job:1");
    assert_eq!(lines(&story, &stream), []);
    let mut seen: Vec<(i64, String)> = Vec::new();
    for second in 1..400 {
        story.pass(1);
        let now = BEGIN_MS + second * 1_000;
        let shown = lines(&story, &stream);
        assert!(shown.iter().all(|(at, _)| *at <= now), "no line is in the future");
        assert!(shown.is_sorted_by_key(|(at, _)| *at), "{shown:?}");
        assert_eq!(shown.get(..seen.len()), Some(&seen[..]), "what was written stays");
        seen = shown;
    }
    assert!(seen.len() > 10, "{seen:?}");
    assert_eq!(seen[0].1, "starting shop/job:1");
    story.ask("StopTask", json!({"cluster": "shop", "task": task}));
    story.pass(60);
    let shown = lines(&story, &stream);
    assert_eq!(
        shown.last().map(|(_, line)| line.as_str()),
        Some("received SIGTERM, shutting down")
    );
    story.pass(600);
    assert_eq!(lines(&story, &stream), shown, "nobody writes after the end");
}

#[test]
fn a_crash_has_the_last_word() {
    let (story, _, stream) = job("shop/job:crash-3-after-30s");
    story.pass(120);
    let shown = lines(&story, &stream);
    let last = shown.last().map(|(_, line)| line.as_str());
    assert_eq!(last, Some("ERROR fatal: giving up, exit code 3"));
}

#[test]
fn pages_of_a_filter_tell_everything_once() {
    let (story, _, _) = job("shop/job:1");
    story.run("job");
    story.pass(900);
    let filter = |limit: i64, token: Option<&str>, pattern: &str| {
        let mut body = json!({"logGroupName": "/jobs", "limit": limit, "filterPattern": pattern});
        if let Some(token) = token {
            body["nextToken"] = json!(token);
        }
        ask(&story, "Logs_20140328.FilterLogEvents", body)
    };
    for pattern in ["", "request", "?WARN ?queue"] {
        let whole = filter(10_000, None, pattern);
        assert!(whole["nextToken"].is_null());
        let (mut found, mut token) = (Vec::new(), None::<String>);
        loop {
            let page = filter(3, token.as_deref(), pattern);
            found.extend(list(&page["events"]).to_vec());
            match page["nextToken"].as_str() {
                Some(next) => token = Some(next.to_owned()),
                None => break,
            }
        }
        assert_eq!(found, list(&whole["events"]), "{pattern}");
    }
    for body in [
        json!({"logGroupName": "/jobs", "nextToken": "x"}),
        json!({"logGroupName": "/jobs", "limit": 0}),
        json!({"logGroupName": "/jobs", "filterPattern": "{ $.a = 1 }"}),
    ] {
        let (status, answer) = send(&story, "Logs_20140328.FilterLogEvents", &body);
        assert_eq!(
            (status, &answer["__type"]),
            (400, &json!("InvalidParameterException")),
            "{body}"
        );
    }
}

#[test]
fn more_tasks_have_less_to_do_each() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    story.service("web", 2, json!({}));
    story.pass(600);
    let cpu = |stat: &str| {
        let now = story.describe("web")["createdAt"].as_f64().map_or(0.0, |at| at + 3_600.0);
        let answer = ask(
            &story,
            "GraniteServiceVersion20100801.GetMetricData",
            json!({"StartTime": now - 7_200.0, "EndTime": now, "MetricDataQueries": [{"Id": "m", "MetricStat": {
                "Period": 60, "Stat": stat, "Metric": {"Namespace": "AWS/ECS", "MetricName": "CPUUtilization", "Dimensions": [
                    {"Name": "ClusterName", "Value": "shop"}, {"Name": "ServiceName", "Value": "web"},
                ]},
            }}]}),
        );
        let values = list(&answer["MetricDataResults"][0]["Values"]);
        values.first().and_then(Value::as_f64).expect("a value")
    };
    let before = cpu("Average");
    assert_eq!(cpu("SampleCount"), 2.0);
    story.ask("UpdateService", json!({"cluster": "shop", "service": "web", "desiredCount": 6}));
    story.pass(300);
    assert_eq!(cpu("SampleCount"), 6.0);
    assert!(cpu("Average") < before * 0.7, "{before} and then {}", cpu("Average"));
}

#[test]
fn odd_questions_about_metrics_are_refused() {
    let story = Story::new();
    let query = |period: i64| json!([{"Id": "m", "MetricStat": {"Period": period, "Stat": "Sum", "Metric": {}}}]);
    let expression = json!([{"Id": "m", "Expression": "a + b"}]);
    for (from, to, queries) in [
        (json!(2), json!(1), query(60)),
        (json!(null), json!(1), query(60)),
        (json!("yesterday"), json!(1), query(60)),
        (json!(0), json!(1), query(0)),
        (json!(0), json!(1), query(61)),
        (json!(0), json!(1), query(i64::MAX - 7)),
        (json!(0), json!(1), expression),
    ] {
        let body = json!({"StartTime": from, "EndTime": to, "MetricDataQueries": queries});
        let (status, answer) = send(&story, "GraniteServiceVersion20100801.GetMetricData", &body);
        assert_eq!((status, &answer["__type"]), (400, &json!("ValidationError")), "{body}");
    }
}

#[test]
fn a_targets_health_follows_its_task() {
    let story = Story::new();
    let group =
        "arn:aws:elasticloadbalancing:eu-central-1:000000000000:targetgroup/web/1234567890abcdef";
    story.load_balanced(group);
    let mut states = Vec::new();
    let mut look = || {
        let asked =
            format!("Action=DescribeTargetHealth&Version=2015-12-01&TargetGroupArn={group}");
        let xml = form(&story, &asked);
        let state = xml.split("<State>").nth(1).and_then(|rest| rest.split('<').next());
        let state = state.unwrap_or("none").to_owned();
        if states.last() != Some(&state) {
            states.push(state);
        }
        story.pass(1);
    };
    (0..120).for_each(|_| look());
    story.ask("UpdateService", json!({"cluster": "shop", "service": "web", "desiredCount": 0}));
    (0..60).for_each(|_| look());
    assert_eq!(states, ["none", "initial", "healthy", "draining", "none"]);
}

#[test]
fn what_ecs_names_is_there() {
    let (story, _, _) = job("shop/job:1");
    let roles = form(&story, "Action=ListRoles&Version=2010-05-08&PathPrefix=/team/");
    assert!(roles.contains("<Arn>arn:aws:iam::000000000000:role/team/exec</Arn>"), "{roles}");
    assert!(!roles.contains("ecsTaskExecutionRole"), "{roles}");
    let images = ask(
        &story,
        "AmazonEC2ContainerRegistry_V20150921.ListImages",
        json!({"repositoryName": "shop/job"}),
    );
    assert_eq!(images["imageIds"][0]["imageTag"], "1");
    let subnets = form(&story, "Action=DescribeSubnets&Version=2016-11-15&SubnetId.1=subnet-none");
    assert!(subnets.contains("<Code>InvalidSubnetID.NotFound</Code>"), "{subnets}");
    let filtered = "Action=DescribeSubnets&Version=2016-11-15&Filter.1.Name=availability-zone&Filter.1.Value.1=eu-central-1b";
    assert_eq!(form(&story, filtered).matches("<subnetId>").count(), 1);
    let (status, answer) = send(&story, "Logs_20140328.PutLogEvents", &json!({}));
    assert_eq!((status, &answer["__type"]), (400, &json!("UnknownOperationException")));
}

#[test]
fn looking_at_neighbours_changes_nothing() {
    let (story, task, _) = job("shop/job:1");
    let (twin, same, _) = job("shop/job:1");
    for _ in 0..10 {
        story.pass(30);
        twin.pass(30);
        ask(&story, "Logs_20140328.FilterLogEvents", json!({"logGroupName": "/jobs"}));
        form(&story, "Action=DescribeSecurityGroups&Version=2016-11-15");
    }
    assert_eq!(story.run("job"), twin.run("job"));
    assert_eq!(story.task(&task), twin.task(&same));
}
