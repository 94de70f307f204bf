//! Stories on container instances, in the demo's production cluster.

mod support;

use berth_sandbox::Seed;
use serde_json::{Value, json};
use support::{Story, list, number, text};

fn instances(story: &Story) -> Vec<Value> {
    let arns = story.ask("ListContainerInstances", json!({"cluster": "production"}));
    let body =
        json!({"cluster": "production", "containerInstances": arns["containerInstanceArns"]});
    list(&story.ask("DescribeContainerInstances", body)["containerInstances"]).to_vec()
}

fn free_memory(instance: &Value) -> i64 {
    let resources = list(&instance["remainingResources"]);
    let memory = resources.iter().find(|item| item["name"] == "MEMORY");
    number(&memory.expect("memory")["integerValue"])
}

fn register(story: &Story, family: &str, memory: i64) {
    story.ask("RegisterTaskDefinition", json!({
        "family": family,
        "containerDefinitions": [{"name": "main", "image": "shop/x:1", "memory": memory, "portMappings": [{"containerPort": 80}]}],
    }));
}

fn service(story: &Story, name: &str) -> Value {
    let body = json!({"cluster": "production", "services": [name]});
    story.ask("DescribeServices", body)["services"][0].clone()
}

#[test]
fn a_task_takes_and_returns_its_share() {
    let story = Story::with(Seed::Demo, None);
    register(&story, "big", 2_000);
    let target = instances(&story)[0].clone();
    let body = json!({"cluster": "production", "taskDefinition": "big", "containerInstances": [target["containerInstanceArn"]]});
    let task = story.ask("StartTask", body)["tasks"][0].clone();
    assert_eq!(free_memory(&instances(&story)[0]), free_memory(&target) - 2_000);
    story.pass(30);
    let ask = json!({"cluster": "production", "tasks": [task["taskArn"]]});
    let shown = story.ask("DescribeTasks", ask)["tasks"][0].clone();
    assert_eq!(shown["lastStatus"], "RUNNING");
    assert!(number(&shown["containers"][0]["networkBindings"][0]["hostPort"]) >= 32_768);
    story.ask("StopTask", json!({"cluster": "production", "task": task["taskArn"]}));
    story.pass(10);
    assert_eq!(free_memory(&instances(&story)[0]), free_memory(&target));
}

#[test]
fn a_wrong_name_changes_nothing() {
    let story = Story::with(Seed::Demo, None);
    let arn = instances(&story)[0]["containerInstanceArn"].clone();
    let both = json!([arn, "arn:aws:ecs:eu-central-1:000000000000:cluster/production"]);
    let before = instances(&story);
    register(&story, "small", 64);
    let body = json!({"cluster": "production", "containerInstances": both, "status": "DRAINING"});
    story.refused("UpdateContainerInstancesState", body);
    let body =
        json!({"cluster": "production", "containerInstances": both, "taskDefinition": "small"});
    story.refused("StartTask", body);
    assert_eq!(instances(&story), before);
}

#[test]
fn a_task_that_fits_nowhere_is_a_failure_and_an_event() {
    let story = Story::with(Seed::Demo, None);
    register(&story, "huge", 100_000);
    let body = json!({"cluster": "production", "taskDefinition": "huge", "launchType": "EC2"});
    let answer = story.ask("RunTask", body);
    assert_eq!(answer["failures"][0]["reason"], "RESOURCE:MEMORY");
    story.ask("CreateService", json!({
        "cluster": "production", "serviceName": "huge", "taskDefinition": "huge", "desiredCount": 1, "launchType": "EC2",
    }));
    story.pass(600);
    let events = service(&story, "huge")["events"].clone();
    assert_eq!(list(&events).len(), 1, "told once: {events}");
    let message = text(&events[0]["message"]);
    assert!(message.starts_with("(service huge) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance "), "{message}");
    assert!(message.contains("has insufficient memory available"), "{message}");
}

#[test]
fn a_draining_instance_is_emptied() {
    let story = Story::with(Seed::Demo, None);
    let arn = instances(&story)[1]["containerInstanceArn"].clone();
    let state = |status: &str| json!({"cluster": "production", "containerInstances": [arn], "status": status});
    let answer = story.ask("UpdateContainerInstancesState", state("DRAINING"));
    assert_eq!(answer["containerInstances"][0]["status"], "DRAINING");
    story.pass(300);
    let drained = instances(&story)[1].clone();
    assert_eq!(drained["runningTasksCount"], 0);
    assert_eq!(service(&story, "edge-proxy")["desiredCount"], 2);
    assert_eq!(service(&story, "session-cache")["runningCount"], 2);
    story.ask("UpdateContainerInstancesState", state("ACTIVE"));
    story.pass(120);
    assert_eq!(service(&story, "edge-proxy")["runningCount"], 3);
}

#[test]
fn a_daemon_rolls_on_every_instance() {
    let story = Story::with(Seed::Demo, None);
    let body =
        json!({"cluster": "production", "service": "edge-proxy", "forceNewDeployment": true});
    story.ask("UpdateService", body);
    story.pass(300);
    let shown = service(&story, "edge-proxy");
    assert_eq!(shown["runningCount"], 3);
    assert_eq!(shown["deployments"][0]["rolloutState"], "COMPLETED");
    let body = json!({"cluster": "production", "service": "edge-proxy", "desiredCount": 5});
    let (code, _) = story.refused("UpdateService", body);
    assert_eq!(code, "InvalidParameterException");
}
