//! Trouble on purpose that needs more than one call to show.

mod support;

use berth_sandbox::Weather;
use serde_json::json;
use support::{Story, list, text};

#[test]
fn who_asks_too_often_is_throttled_until_the_bucket_fills() {
    let story = Story::new();
    story.sandbox.set_weather(Weather { quotas: true, ..Weather::default() });
    let asked = |times: usize| {
        let clusters = json!({});
        (0..times).filter(|_| story.send("ListClusters", &clusters).0 == 200).count()
    };
    assert_eq!(asked(60), 50);
    let (code, sentence) = story.refused("DescribeClusters", json!({}));
    assert_eq!((code.as_str(), sentence.as_str()), ("ThrottlingException", "Rate exceeded"));
    story.ask("ListTasks", json!({"cluster": "shop"}));
    story.pass(1);
    assert_eq!(asked(30), 20);
    story.sandbox.set_weather(Weather::default());
    assert_eq!(asked(200), 200);
}

#[test]
fn a_throttled_change_is_not_made() {
    let story = Story::new();
    story.sandbox.set_weather(Weather { quotas: true, ..Weather::default() });
    let send = || story.send("RegisterTaskDefinition", &support::fargate("web", "shop/web:1")).0;
    assert_eq!((0..25).filter(|_| send() == 200).count(), 20);
    let revisions = story.ask("ListTaskDefinitions", json!({}));
    assert_eq!(list(&revisions["taskDefinitionArns"]).len(), 20);
}

#[test]
fn a_change_is_seen_later_but_stands_at_once() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    story.sandbox.set_weather(Weather { lag_ms: 3_000, ..Weather::default() });
    let task = story.run("web");
    let tasks = || story.ask("DescribeTasks", json!({"cluster": "shop", "tasks": [task]}));
    assert_eq!(tasks()["failures"][0]["reason"], "MISSING");
    // What changes acts on the world as it is.
    story.ask("StopTask", json!({"cluster": "shop", "task": task}));
    story.pass(2);
    assert_eq!(tasks()["failures"][0]["reason"], "MISSING");
    story.pass(1);
    assert_eq!(text(&tasks()["tasks"][0]["desiredStatus"]), "STOPPED");
}

#[test]
fn what_happens_by_itself_is_seen_in_time_and_a_refusal_hides_nothing() {
    let story = Story::new();
    story.family("web", "shop/web:1");
    let task = story.run("web");
    story.sandbox.set_weather(Weather { lag_ms: 60_000, ..Weather::default() });
    story.refused("StopTask", json!({"cluster": "shop", "task": "none"}));
    story.ask("CreateCluster", json!({"clusterName": "other"}));
    story.pass(59);
    assert_eq!(text(&story.task(&task)["lastStatus"]), "RUNNING");
    assert_eq!(list(&story.ask("ListClusters", json!({}))["clusterArns"]).len(), 1);
    story.pass(1);
    assert_eq!(list(&story.ask("ListClusters", json!({}))["clusterArns"]).len(), 2);
}
