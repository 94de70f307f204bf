//! Stories on task scale-in protection.

mod support;

use serde_json::{Value, json};
use support::{Story, list, number, text};

fn protect(story: &Story, tasks: &[String], minutes: i64) -> Value {
    story.ask(
        "UpdateTaskProtection",
        json!({"cluster": "shop", "tasks": tasks, "protectionEnabled": true, "expiresInMinutes": minutes}),
    )
}

fn protected(story: &Story, task: &str) -> Value {
    let answer = story.ask("GetTaskProtection", json!({"cluster": "shop", "tasks": [task]}));
    answer["protectedTasks"][0].clone()
}

/// The service `web` of three tasks that all run.
fn web() -> (Story, Vec<String>) {
    let story = Story::new();
    story.family("web", "shop/web:1");
    story.service("web", 3, json!({}));
    story.pass(120);
    let tasks = story.tasks_of("web");
    assert_eq!(tasks.len(), 3);
    (story, tasks)
}

fn scale(story: &Story, count: u32) {
    let body = json!({"cluster": "shop", "service": "web", "desiredCount": count});
    story.ask("UpdateService", body);
}

#[test]
fn a_scale_in_leaves_a_protected_task_until_its_time_is_over() {
    let (story, tasks) = web();
    // The oldest would go first.
    let answer = protect(&story, &tasks[..2], 10);
    let shown = &answer["protectedTasks"][0];
    assert_eq!(shown["protectionEnabled"], true);
    assert_eq!(shown["expirationDate"], 1_790_000_000.0 + 120.0 + 600.0);
    scale(&story, 1);
    story.pass(300);
    let mut left = story.tasks_of("web");
    left.sort();
    let mut kept = tasks[..2].to_vec();
    kept.sort();
    assert_eq!(left, kept, "the third one went, the protected ones stay");
    assert_eq!(story.describe("web")["desiredCount"], 1);
    story.pass(400);
    assert_eq!(story.tasks_of("web").len(), 1, "the time is over");
    let left = &story.tasks_of("web")[0];
    assert_eq!(protected(&story, left), json!({"taskArn": left, "protectionEnabled": false}));
}

#[test]
fn a_deployment_waits_for_protected_tasks() {
    let (story, tasks) = web();
    protect(&story, &tasks[..1], 60);
    let body = json!({"cluster": "shop", "service": "web", "forceNewDeployment": true});
    story.ask("UpdateService", body);
    story.pass(600);
    let shown = story.describe("web");
    assert_eq!(shown["runningCount"], 4, "three new ones and the protected one");
    assert_eq!(shown["deployments"][0]["rolloutState"], "IN_PROGRESS");
    assert!(story.tasks_of("web").contains(&tasks[0]));
    let body = json!({"cluster": "shop", "tasks": [tasks[0]], "protectionEnabled": false});
    let answer = story.ask("UpdateTaskProtection", body);
    assert_eq!(answer["protectedTasks"][0]["protectionEnabled"], false);
    story.pass(120);
    let shown = story.describe("web");
    assert_eq!(shown["runningCount"], 3);
    assert_eq!(shown["deployments"][0]["rolloutState"], "COMPLETED");
}

#[test]
fn a_protection_can_be_renewed_and_lasts_two_hours_by_itself() {
    let (story, tasks) = web();
    let task = &tasks[0];
    protect(&story, &tasks[..1], 1);
    story.pass(30);
    let body = json!({"cluster": "shop", "tasks": [task], "protectionEnabled": true});
    story.ask("UpdateTaskProtection", body);
    story.pass(60);
    assert_eq!(protected(&story, task)["protectionEnabled"], true, "the first end is void");
    story.pass(7_100);
    assert_eq!(protected(&story, task)["protectionEnabled"], true);
    story.pass(41);
    assert_eq!(protected(&story, task)["protectionEnabled"], false);
}

#[test]
fn whoever_stops_a_protected_task_by_name_stops_it() {
    let (story, tasks) = web();
    protect(&story, &tasks[..1], 60);
    story.ask("StopTask", json!({"cluster": "shop", "task": tasks[0]}));
    story.pass(120);
    assert!(!story.tasks_of("web").contains(&tasks[0]));
    assert_eq!(protected(&story, &tasks[0])["protectionEnabled"], false);
    let body = json!({"cluster": "shop", "service": "web", "force": true});
    protect(&story, &story.tasks_of("web")[..1], 60);
    story.ask("DeleteService", body);
    story.pass(120);
    assert_eq!(story.describe("web")["status"], "INACTIVE");
}

#[test]
fn failures_say_why() {
    let (story, tasks) = web();
    story.family("job", "shop/job:1");
    let alone = story.run("job");
    let unknown = format!("{}0", tasks[0]);
    let answer = protect(&story, &[alone.clone(), unknown.clone(), tasks[0].clone()], 5);
    assert_eq!(list(&answer["protectedTasks"]).len(), 1);
    let reasons: Vec<(String, String)> = list(&answer["failures"])
        .iter()
        .map(|failure| (text(&failure["arn"]), text(&failure["reason"])))
        .collect();
    let wanted = [(alone.clone(), "TASK_NOT_VALID".into()), (unknown, "MISSING".into())];
    assert_eq!(reasons, wanted);
    let answer = story.ask("GetTaskProtection", json!({"cluster": "shop", "tasks": [alone]}));
    assert_eq!(answer["failures"][0]["reason"], "TASK_NOT_VALID");
    // More protected tasks than the service wants.
    scale(&story, 1);
    let answer = protect(&story, &tasks[1..2], 5);
    assert_eq!(answer["failures"][0]["reason"], "DEPLOYMENT_BLOCKED");
    protect(&story, &tasks[..1], 5);
    story.ask("StopTask", json!({"cluster": "shop", "task": tasks[2]}));
    let answer = protect(&story, &tasks[2..], 5);
    assert_eq!(answer["failures"][0]["reason"], "TASK_NOT_VALID", "it is stopping");
}

#[test]
fn requests_have_limits() {
    let (story, tasks) = web();
    let many: Vec<String> = (0..11).map(|_| tasks[0].clone()).collect();
    let body = |tasks: &[String], minutes: i64| json!({"cluster": "shop", "tasks": tasks, "protectionEnabled": true, "expiresInMinutes": minutes});
    let table = [
        (body(&many, 5), "Tasks can have at most 10 items."),
        (body(&[], 5), "Tasks cannot be empty."),
        (body(&tasks, 0), "expiresInMinutes must be between 1 and 2880."),
        (body(&tasks, 2_881), "expiresInMinutes must be between 1 and 2880."),
        (json!({"cluster": "shop", "tasks": tasks}), "ProtectionEnabled cannot be empty."),
        (json!({"tasks": tasks, "protectionEnabled": true}), "Cluster cannot be empty."),
    ];
    for (body, sentence) in table {
        let (code, message) = story.refused("UpdateTaskProtection", body);
        assert_eq!((code.as_str(), message.as_str()), ("InvalidParameterException", sentence));
    }
    assert_eq!(number(&story.describe("web")["runningCount"]), 3);
}
