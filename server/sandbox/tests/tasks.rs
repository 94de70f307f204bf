//! Stories of single tasks.

mod support;

use serde_json::{Value, json};
use support::{MOMENTS, Story, list, network, run, text};

#[test]
fn a_task_lives_through_every_state_in_order() {
    let story = Story::new();
    story.family("job", "shop/job:1-exit-0-after-30s");
    let arn = story.run("job");
    let mut seen = vec![text(&story.task(&arn)["lastStatus"])];
    for _ in 0..120 {
        story.pass(1);
        let status = text(&story.task(&arn)["lastStatus"]);
        if seen.last() != Some(&status) {
            seen.push(status);
        }
    }
    let wanted = ["PROVISIONING", "PENDING", "RUNNING", "STOPPING", "DEPROVISIONING", "STOPPED"];
    assert_eq!(seen, wanted);
    let task = story.task(&arn);
    let times: Vec<f64> = MOMENTS.iter().map(|name| task[name].as_f64().expect("a time")).collect();
    assert!(times.is_sorted(), "{times:?}");
    assert!((times[5] - times[4] - 30.0).abs() < 0.001, "it ends after 30 s: {times:?}");
    assert_eq!(task["containers"][0]["exitCode"], 0);
    assert_eq!(task["stopCode"], "EssentialContainerExited");
    assert_eq!(task["stoppedReason"], "Essential container in task exited");
    assert_eq!(task["attachments"][0]["status"], "DELETED");
}

#[test]
fn endings_are_told_in_the_words_of_aws() {
    let table = [
        (
            "crash-3-after-5s",
            json!(3),
            "EssentialContainerExited",
            "Essential container in task exited",
            Value::Null,
        ),
        (
            "oom-after-5s",
            json!(137),
            "EssentialContainerExited",
            "Essential container in task exited",
            json!("OutOfMemoryError: Container killed due to memory usage"),
        ),
        (
            "image-not-found",
            Value::Null,
            "TaskFailedToStart",
            "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref shop/x:image-not-found: shop/x:image-not-found: not found",
            json!(
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref shop/x:image-not-found: shop/x:image-not-found: not found"
            ),
        ),
    ];
    for (tag, exit, code, reason, container_reason) in table {
        let story = Story::new();
        story.family("job", &format!("shop/x:{tag}"));
        let arn = story.run("job");
        story.pass(120);
        let task = story.task(&arn);
        assert_eq!(task["lastStatus"], "STOPPED", "{tag}");
        assert_eq!(task["containers"][0]["exitCode"], exit, "{tag}");
        assert_eq!(task["stopCode"], code, "{tag}");
        assert_eq!(task["stoppedReason"], reason, "{tag}");
        assert_eq!(task["containers"][0]["reason"], container_reason, "{tag}");
    }
}

#[test]
fn a_stubborn_container_is_killed_after_its_timeout() {
    let story = Story::new();
    story.family("job", "shop/job:ignores-sigterm");
    let arn = story.run("job");
    story.pass(60);
    let body = json!({"cluster": "shop", "task": arn, "reason": "enough"});
    let answer = story.ask("StopTask", body);
    assert_eq!(answer["task"]["desiredStatus"], "STOPPED");
    story.pass(29);
    assert_eq!(story.task(&arn)["lastStatus"], "STOPPING");
    story.pass(31);
    let task = story.task(&arn);
    assert_eq!(task["lastStatus"], "STOPPED");
    assert_eq!(task["containers"][0]["exitCode"], 137);
    assert_eq!(task["stopCode"], "UserInitiated");
    assert_eq!(task["stoppedReason"], "enough");
}

#[test]
fn the_variable_in_an_override_chooses_the_behaviour() {
    let story = Story::new();
    story.family("job", "shop/job:1");
    let mut body = run("job");
    body["overrides"] = json!({"containerOverrides": [
        {"name": "main", "environment": [{"name": "SANDBOX_BEHAVIOUR", "value": "crash-7-after-1s"}]},
    ]});
    let arn = text(&story.ask("RunTask", body)["tasks"][0]["taskArn"]);
    story.pass(90);
    assert_eq!(story.task(&arn)["containers"][0]["exitCode"], 7);
}

#[test]
fn a_stopped_task_is_seen_for_an_hour() {
    let story = Story::new();
    story.family("job", "shop/job:exit-0-after-1s");
    let arn = story.run("job");
    story.pass(3_600);
    assert_eq!(story.task(&arn)["lastStatus"], "STOPPED");
    story.pass(90);
    let answer = story.ask("DescribeTasks", json!({"cluster": "shop", "tasks": [arn]}));
    assert_eq!(answer["failures"][0]["reason"], "MISSING");
}

#[test]
fn a_client_token_starts_once() {
    let story = Story::new();
    story.family("job", "shop/job:1");
    let mut body = run("job");
    body["clientToken"] = json!("once");
    let first = story.ask("RunTask", body.clone());
    story.pass(5);
    let second = story.ask("RunTask", body.clone());
    assert_eq!(first["tasks"][0]["taskArn"], second["tasks"][0]["taskArn"]);
    body["count"] = json!(2);
    let (code, _) = story.refused("RunTask", body);
    assert_eq!(code, "ConflictException");
    let all = story.ask("ListTasks", json!({"cluster": "shop"}));
    assert_eq!(list(&all["taskArns"]).len(), 1);
}

#[test]
fn ids_that_ec2_never_gives_are_refused() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    for (subnet, group, words) in [
        ("subnet-12", "sg-0a1b2c3d", "subnet information for [subnet-12]: Invalid id"),
        ("subnet-0A1B2C3D", "sg-0a1b2c3d", "(ErrorCode: InvalidSubnetID.Malformed)"),
        ("subnet-0a1b2c3d4e5f60718", "sg-1", "information for [sg-1]: Invalid id: \"sg-1\""),
        (
            "subnet-0a1b2c3d",
            "group",
            "(expecting \"sg-...\") (ErrorCode: InvalidGroupId.Malformed)",
        ),
    ] {
        let mut body = run("web");
        body["networkConfiguration"]["awsvpcConfiguration"] =
            json!({"subnets": ["subnet-0a1b2c3d", subnet], "securityGroups": [group]});
        let (code, said) = story.refused("RunTask", body.clone());
        assert_eq!(code, "InvalidParameterException");
        assert!(said.contains(words), "{said}");
        body["serviceName"] = json!("web");
        body["desiredCount"] = json!(1);
        assert_eq!(story.refused("CreateService", body), (code, said));
    }
}

#[test]
fn lists_filter_as_the_api_says() {
    let story = Story::new();
    story.family("one", "shop/one:1");
    story.family("two", "shop/two:exit-0-after-1s");
    story.run("one");
    let mut body = run("two");
    body["startedBy"] = json!("me");
    story.ask("RunTask", body);
    story.pass(120);
    let count = |filter: Value| {
        let mut body = json!({"cluster": "shop"});
        for (name, value) in filter.as_object().expect("an object") {
            body[name] = value.clone();
        }
        list(&story.ask("ListTasks", body)["taskArns"]).len()
    };
    assert_eq!(count(json!({})), 1);
    assert_eq!(count(json!({"desiredStatus": "STOPPED"})), 1);
    assert_eq!(count(json!({"desiredStatus": "PENDING"})), 0);
    assert_eq!(count(json!({"family": "one"})), 1);
    assert_eq!(count(json!({"family": "two"})), 0);
    assert_eq!(count(json!({"startedBy": "me", "desiredStatus": "STOPPED"})), 1);
    assert_eq!(count(json!({"launchType": "EC2"})), 0);
}

#[test]
fn without_instances_nothing_is_placed() {
    let story = Story::new();
    let mut document = support::fargate("host", "shop/host:1");
    document["requiresCompatibilities"] = json!(["EC2"]);
    story.ask("RegisterTaskDefinition", document);
    let body = json!({"cluster": "shop", "taskDefinition": "host", "launchType": "EC2", "networkConfiguration": network()});
    let answer = story.ask("RunTask", body);
    assert_eq!(
        answer["failures"][0]["reason"],
        "No Container Instances were found in your cluster."
    );
    assert_eq!(list(&answer["tasks"]).len(), 0);
}
