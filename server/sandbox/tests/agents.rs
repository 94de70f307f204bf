//! Stories on instances that an agent registers: their attributes, their agent,
//! instances outside EC2, and leaving the cluster.

mod support;

use berth_sandbox::Seed;
use serde_json::{Value, json};
use support::{Story, list, text};

fn resources() -> Value {
    json!([
        {"name": "CPU", "type": "INTEGER", "integerValue": 2048},
        {"name": "MEMORY", "type": "INTEGER", "integerValue": 4096},
    ])
}

/// Registers an instance in the cluster `shop` and answers it.
fn register(story: &Story, more: Value) -> Value {
    let mut body = json!({"cluster": "shop", "totalResources": resources(), "versionInfo": {"agentVersion": "1.99.0"}});
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    story.ask("RegisterContainerInstance", body)["containerInstance"].clone()
}

fn external() -> Value {
    json!({"attributes": [{"name": "ecs.capability.external"}, {"name": "site", "value": "cellar"}]})
}

fn shop() -> Story {
    let story = Story::with(Seed::Empty, None);
    story.ask("CreateCluster", json!({"clusterName": "shop"}));
    for (family, kind) in [("web", "EC2"), ("far", "EXTERNAL")] {
        let container = json!({"name": "main", "image": "shop/x:1", "memory": 512});
        let body = json!({"family": family, "requiresCompatibilities": [kind], "containerDefinitions": [container]});
        story.ask("RegisterTaskDefinition", body);
    }
    story
}

fn instance(story: &Story, arn: &Value) -> Value {
    let body = json!({"cluster": "shop", "containerInstances": [arn]});
    story.ask("DescribeContainerInstances", body)["containerInstances"][0].clone()
}

fn attributes(story: &Story, name: &str) -> Vec<Value> {
    let body =
        json!({"cluster": "shop", "targetType": "container-instance", "attributeName": name});
    list(&story.ask("ListAttributes", body)["attributes"]).to_vec()
}

#[test]
fn attributes_are_put_listed_and_deleted() {
    let story = shop();
    let arn = register(&story, json!({}))["containerInstanceArn"].clone();
    let put = json!({"cluster": "shop", "attributes": [{"name": "stack", "value": "blue", "targetId": arn}, {"name": "bare", "targetId": arn}]});
    let answer = story.ask("PutAttributes", put.clone());
    assert_eq!(answer["attributes"], put["attributes"]);
    assert_eq!(
        attributes(&story, "stack"),
        [json!({"name": "stack", "value": "blue", "targetId": arn})]
    );
    let short = text(&arn).rsplit('/').next().expect("an id").to_owned();
    let put = json!({"cluster": "shop", "attributes": [{"name": "stack", "value": "green", "targetId": short, "targetType": "container-instance"}]});
    story.ask("PutAttributes", put);
    assert_eq!(attributes(&story, "stack")[0]["value"], "green");
    assert_eq!(attributes(&story, "ecs.os-type")[0]["value"], "linux");
    let gone = json!({"cluster": "shop", "attributes": [{"name": "stack", "targetId": arn}, {"name": "never", "targetId": arn}]});
    let answer = story.ask("DeleteAttributes", gone);
    assert_eq!(answer["attributes"], json!([{"name": "stack", "value": "green", "targetId": arn}]));
    assert!(attributes(&story, "stack").is_empty());
    assert_eq!(attributes(&story, "bare").len(), 1);
    let shown = instance(&story, &arn);
    assert!(list(&shown["attributes"]).contains(&json!({"name": "bare"})));
}

#[test]
fn attributes_have_limits_and_a_refused_call_changes_nothing() {
    let story = shop();
    let arn = register(&story, json!({}))["containerInstanceArn"].clone();
    let item = |number: i64| json!({"name": format!("a{number}"), "value": "x", "targetId": arn});
    let body = |from: i64, to: i64| json!({"cluster": "shop", "attributes": (from..to).map(item).collect::<Vec<_>>()});
    let (code, _) = story.refused("PutAttributes", body(0, 11));
    assert_eq!(code, "InvalidParameterException");
    story.ask("PutAttributes", body(0, 9));
    let (code, _) = story.refused("PutAttributes", body(8, 11));
    assert_eq!(code, "AttributeLimitExceededException");
    assert!(attributes(&story, "a9").is_empty());
    story.ask("PutAttributes", body(8, 10));
    let one = |item: Value| json!({"cluster": "shop", "attributes": [item]});
    let nowhere = json!({"name": "a", "targetId": "0123", "targetType": "container-instance"});
    for operation in ["PutAttributes", "DeleteAttributes"] {
        let (code, _) = story.refused(operation, one(nowhere.clone()));
        assert_eq!(code, "TargetNotFoundException");
    }
    for item in [
        json!({"name": "a", "targetId": "0123"}),
        json!({"name": "a b", "targetId": arn}),
        json!({"name": "a", "value": " x", "targetId": arn}),
        json!({"name": "a", "value": "x"}),
        json!({"name": "ecs.os-type", "value": "windows", "targetId": arn}),
        json!({"name": "a", "targetId": arn, "targetType": "task"}),
    ] {
        let (code, message) = story.refused("PutAttributes", one(item));
        assert_eq!(code, "InvalidParameterException", "{message}");
    }
    let body =
        json!({"cluster": "shop", "targetType": "container-instance", "attributeValue": "x"});
    story.refused("ListAttributes", body);
}

#[test]
fn an_agent_is_updated_in_steps() {
    let story = shop();
    let old = register(&story, json!({"versionInfo": {"agentVersion": "1.98.0"}}));
    let arn = old["containerInstanceArn"].clone();
    assert!(old.get("agentUpdateStatus").is_none());
    let body = |arn: &Value| json!({"cluster": "shop", "containerInstance": arn});
    let answer = story.ask("UpdateContainerAgent", body(&arn));
    assert_eq!(answer["containerInstance"]["agentUpdateStatus"], "PENDING");
    let (code, _) = story.refused("UpdateContainerAgent", body(&arn));
    assert_eq!(code, "UpdateInProgressException");
    let mut seen = vec!["PENDING".to_owned()];
    for _ in 0..30 {
        story.pass(1);
        let status = text(&instance(&story, &arn)["agentUpdateStatus"]);
        if seen.last() != Some(&status) {
            seen.push(status);
        }
    }
    assert_eq!(seen, ["PENDING", "STAGING", "STAGED", "UPDATING", "UPDATED"]);
    assert_eq!(instance(&story, &arn)["versionInfo"]["agentVersion"], "1.99.0");
    let (code, _) = story.refused("UpdateContainerAgent", body(&arn));
    assert_eq!(code, "NoUpdateAvailableException");
    let unknown = register(&story, json!({"versionInfo": null}))["containerInstanceArn"].clone();
    let (code, _) = story.refused("UpdateContainerAgent", body(&unknown));
    assert_eq!(code, "MissingVersionException");
}

#[test]
fn external_tasks_go_to_external_instances_only() {
    let story = shop();
    let body = |family: &str, kind: &str| json!({"cluster": "shop", "taskDefinition": family, "launchType": kind});
    let far = register(&story, external());
    assert!(text(&far["ec2InstanceId"]).starts_with("mi-"));
    let answer = story.ask("RunTask", body("web", "EC2"));
    assert_eq!(list(&answer["tasks"]).len(), 0, "no instance of EC2 is there");
    let near = register(&story, json!({}));
    let answer = story.ask("RunTask", body("web", "EC2"));
    assert_eq!(answer["tasks"][0]["containerInstanceArn"], near["containerInstanceArn"]);
    let answer = story.ask("RunTask", body("far", "EXTERNAL"));
    assert_eq!(answer["tasks"][0]["containerInstanceArn"], far["containerInstanceArn"]);
    assert_eq!(answer["tasks"][0]["launchType"], "EXTERNAL");
    let (_, message) = story.refused("RunTask", body("web", "EXTERNAL"));
    assert_eq!(message, "Task definition does not support launch_type EXTERNAL.");
    let service = json!({"cluster": "shop", "serviceName": "far", "taskDefinition": "far", "desiredCount": 2, "launchType": "EXTERNAL"});
    story.ask("CreateService", service);
    story.pass(60);
    let shown = story.describe("far");
    assert_eq!((&shown["launchType"], &shown["runningCount"]), (&json!("EXTERNAL"), &json!(2)));
    let ask = json!({"cluster": "shop", "launchType": "EXTERNAL"});
    assert_eq!(list(&story.ask("ListTasks", ask)["taskArns"]).len(), 3);
    assert_eq!(attributes(&story, "site")[0]["targetId"], far["containerInstanceArn"]);
}

#[test]
fn an_instance_leaves_and_its_services_go_elsewhere() {
    let story = shop();
    let one = register(&story, json!({}))["containerInstanceArn"].clone();
    let run = json!({"cluster": "shop", "taskDefinition": "web", "launchType": "EC2"});
    let alone = story.ask("RunTask", run)["tasks"][0]["taskArn"].clone();
    let service = json!({"cluster": "shop", "serviceName": "web", "taskDefinition": "web", "desiredCount": 2, "launchType": "EC2"});
    story.ask("CreateService", service);
    story.pass(90);
    let before = story.tasks_of("web");
    assert_eq!(before.len(), 2);
    let other = register(&story, json!({}))["containerInstanceArn"].clone();
    let body = |force: bool| json!({"cluster": "shop", "containerInstance": one, "force": force});
    let (code, message) = story.refused("DeregisterContainerInstance", body(false));
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("InvalidParameterException", "Found running tasks on the instance.")
    );
    let answer = story.ask("DeregisterContainerInstance", body(true));
    assert_eq!(answer["containerInstance"]["status"], "INACTIVE");
    assert_eq!(answer["containerInstance"]["runningTasksCount"], 0);
    assert_eq!(story.task(alone.as_str().expect("an ARN"))["lastStatus"], "STOPPED");
    story.pass(90);
    let after = story.tasks_of("web");
    assert_eq!(after.len(), 2);
    for task in &after {
        assert!(!before.contains(task));
        assert_eq!(story.task(task)["containerInstanceArn"], other);
        assert_eq!(story.task(task)["lastStatus"], "RUNNING");
    }
    let ask = json!({"cluster": "shop", "containerInstances": [one]});
    let answer = story.ask("DescribeContainerInstances", ask);
    assert_eq!(answer["failures"][0]["reason"], "MISSING");
    let (code, _) = story.refused("DeregisterContainerInstance", body(true));
    assert_eq!(code, "InvalidParameterException");
    // The stopped tasks are forgotten like any others.
    story.pass(3_700);
    let ask = json!({"cluster": "shop", "desiredStatus": "STOPPED"});
    assert!(list(&story.ask("ListTasks", ask)["taskArns"]).is_empty());
}

#[test]
fn an_empty_instance_leaves_without_force() {
    let story = shop();
    let arn = register(&story, json!({}))["containerInstanceArn"].clone();
    let body = json!({"cluster": "shop", "containerInstance": arn});
    story.ask("DeregisterContainerInstance", body);
    story.ask("DeleteCluster", json!({"cluster": "shop"}));
}
