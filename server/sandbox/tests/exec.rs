//! Stories on ExecuteCommand.

mod support;

use serde_json::{Value, json};
use support::{Story, run, text};

/// A running task of the containers `main` and, if asked, `side`.
fn started(exec: bool, side: bool, wait: u64) -> (Story, String) {
    let story = Story::new();
    let mut document = support::fargate("web", "shop/web:1");
    document["taskRoleArn"] = json!("arn:aws:iam::000000000000:role/web");
    if side {
        let side =
            json!({"name": "side", "image": "shop/side:1-exit-0-after-2s", "essential": false});
        document["containerDefinitions"].as_array_mut().expect("a list").push(side);
    }
    story.ask("RegisterTaskDefinition", document);
    let mut body = run("web");
    body["enableExecuteCommand"] = json!(exec);
    let task = text(&story.ask("RunTask", body)["tasks"][0]["taskArn"]);
    story.pass(wait);
    (story, task)
}

fn command(task: &str) -> Value {
    json!({"cluster": "shop", "task": task, "command": "/bin/sh", "interactive": true})
}

#[test]
fn a_session_is_answered() {
    let (story, task) = started(true, false, 120);
    let answer = story.ask("ExecuteCommand", command(&task));
    assert_eq!(answer["taskArn"], json!(task));
    assert_eq!(answer["containerName"], "main");
    assert_eq!(answer["interactive"], true);
    let shown = story.task(&task);
    assert_eq!(answer["containerArn"], shown["containers"][0]["containerArn"]);
    let agent = &shown["containers"][0]["managedAgents"][0];
    assert_eq!(
        (&agent["name"], &agent["lastStatus"]),
        (&json!("ExecuteCommandAgent"), &json!("RUNNING"))
    );
    let id = text(&answer["session"]["sessionId"]);
    assert!(id.starts_with("ecs-execute-command-") && id.len() == 37, "{id}");
    let url = text(&answer["session"]["streamUrl"]);
    let host = "wss://ssmmessages.eu-central-1.amazonaws.com/v1/data-channel/";
    assert!(url.starts_with(&format!("{host}{id}?role=publish_subscribe")), "{url}");
    assert!(text(&answer["session"]["tokenValue"]).len() > 100);
    let again = story.ask("ExecuteCommand", command(&task));
    assert_ne!(again["session"], answer["session"]);
}

#[test]
fn a_task_that_is_not_ready_for_it_is_refused() {
    let (story, task) = started(false, false, 120);
    let (code, message) = story.refused("ExecuteCommand", command(&task));
    assert_eq!(code, "InvalidParameterException");
    assert!(
        message.starts_with("The execute command failed because execute command was not enabled"),
        "{message}"
    );
    assert!(story.task(&task)["containers"][0].get("managedAgents").is_none());
    // First the task is not there yet, then its agent is not connected for some seconds.
    let (story, task) = started(true, false, 0);
    let mut seen = vec![];
    for _ in 0..120 {
        let (status, answer) = story.send("ExecuteCommand", &command(&task));
        let code = if status == 200 { "fine".to_owned() } else { text(&answer["__type"]) };
        if seen.last() != Some(&code) {
            seen.push(code);
        }
        story.pass(1);
    }
    assert_eq!(seen, ["InvalidParameterException", "TargetNotConnectedException", "fine"]);
    story.ask("StopTask", json!({"cluster": "shop", "task": task}));
    let (code, _) = story.refused("ExecuteCommand", command(&task));
    assert_eq!(code, "InvalidParameterException");
}

#[test]
fn the_request_must_be_whole() {
    let (story, task) = started(true, true, 120);
    let (_, message) = story.refused("ExecuteCommand", command(&task));
    assert_eq!(message, "A container name must be specified for a task with several containers.");
    let with = |name: &str, value: Value| {
        let mut body = command(&task);
        body["container"] = json!("main");
        body[name] = value;
        body
    };
    assert_eq!(
        story.ask("ExecuteCommand", with("container", json!("main")))["containerName"],
        "main"
    );
    let (_, message) = story.refused("ExecuteCommand", with("container", json!("side")));
    assert!(message.starts_with("The execute command failed because"), "it has ended: {message}");
    let table = [
        ("container", json!("other"), "The container other was not found in the task."),
        ("interactive", json!(false), "Interactive is the only mode supported currently."),
        ("interactive", Value::Null, "Interactive is the only mode supported currently."),
        ("command", json!(""), "Command cannot be empty."),
        ("task", json!("0123"), "The referenced task was not found."),
    ];
    for (name, value, sentence) in table {
        let (code, message) = story.refused("ExecuteCommand", with(name, value));
        assert_eq!((code.as_str(), message.as_str()), ("InvalidParameterException", sentence));
    }
}
