//! What people do with many revisions of a family.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, its helpers too")]

mod support;

use std::time::Duration;

use berth_app::error::AppError;
use berth_app::task_definitions::api::{Deregister, Register};
use berth_app::task_definitions::revisions::api::{DeleteRevisions, ReadAllRevisions};
use berth_app::team::model::Role;
use berth_sandbox::Weather;
use serde_json::json;
use support::{Client, TestConsole, token};

const USED: &str = "storefront-web";

async fn register(client: &mut Client, times: u32) {
    for number in 1..=times {
        let document = json!({
            "family": "many",
            "containerDefinitions": [{"name": "app", "image": format!("nginx:{number}"), "memory": 64}]
        });
        let form = Register { token: token(), document: document.to_string() };
        client.call(&form).await.unwrap();
    }
}

fn delete(family: &str, numbers: &[u32]) -> DeleteRevisions {
    let family = family.parse().unwrap();
    DeleteRevisions { token: token(), family, numbers: numbers.to_vec() }
}

#[tokio::test]
async fn inactive_revisions_are_deleted_and_the_others_say_why_not() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    register(&mut operator, 3).await;
    for number in [1, 2] {
        let revision = format!("many:{number}").parse().unwrap();
        operator.call(&Deregister { token: token(), revision }).await.unwrap();
    }
    let answer = operator.call(&delete("many", &[1, 2, 3])).await.unwrap();
    let deleted: Vec<u32> = answer.deleted.iter().map(|revision| revision.number).collect();
    assert_eq!(deleted, [1, 2]);
    assert_eq!(answer.refused[0].0.to_string(), "many:3");
    assert!(answer.refused[0].1.contains("ACTIVE"), "{answer:?}");

    let family = "many".parse().unwrap();
    let left = operator.call(&ReadAllRevisions { family }).await.unwrap();
    let left: Vec<(u32, bool)> = left.iter().map(|row| (row.number, row.active)).collect();
    assert_eq!(left, [(3, true)]);

    let mut administrator = console.member(Role::Administrator).await;
    let audit = administrator.get("/audit").await;
    assert!(audit.text.contains("Deleted revisions"));
    assert!(audit.text.contains("1, 2, many:3 kept"), "{}", audit.text);
}

#[tokio::test]
async fn what_is_in_use_is_not_deleted() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let rows = operator.call(&ReadAllRevisions { family: USED.parse().unwrap() }).await.unwrap();
    let used = rows.iter().find(|row| !row.used_by.is_none()).unwrap().number;
    let revision = format!("{USED}:{used}").parse().unwrap();
    operator.call(&Deregister { token: token(), revision }).await.unwrap();
    match operator.call(&delete(USED, &[used])).await.unwrap_err() {
        AppError::Conflict(said) => assert!(said.contains("in use by service"), "{said}"),
        other => panic!("{other:?}"),
    }
}

/// Asks the sandbox as somebody beside the console does.
fn ask(console: &TestConsole, operation: &str, body: &serde_json::Value) {
    let target = format!("AmazonEC2ContainerServiceV20141113.{operation}");
    let answer = console.sandbox().answer(&target, body.to_string().as_bytes());
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
}

#[tokio::test]
async fn what_a_task_set_runs_is_in_use() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    register(&mut operator, 1).await;
    ask(&console, "CreateCluster", &json!({"clusterName": "outside"}));
    ask(
        &console,
        "CreateService",
        &json!({
            "cluster": "outside", "serviceName": "steered", "desiredCount": 1,
            "deploymentController": {"type": "EXTERNAL"},
        }),
    );
    let set = json!({"cluster": "outside", "service": "steered", "taskDefinition": "many:1", "launchType": "EC2"});
    ask(&console, "CreateTaskSet", &set);
    console.advance(Duration::from_secs(60)).await;
    let revision = "many:1".parse().unwrap();
    operator.call(&Deregister { token: token(), revision }).await.unwrap();
    match operator.call(&delete("many", &[1])).await.unwrap_err() {
        AppError::Conflict(said) => assert!(said.contains("in use by service"), "{said}"),
        other => panic!("{other:?}"),
    }
    let page = operator.get("/clusters/outside/services/steered").await;
    assert!(page.text.contains("many:1"));
}

#[tokio::test]
async fn nothing_goes_for_good_while_nobody_knows_what_uses_it() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    register(&mut operator, 1).await;
    let revision = "many:1".parse().unwrap();
    operator.call(&Deregister { token: token(), revision }).await.unwrap();
    // What is used is no longer read, and deleting still works.
    let denied = Weather { deny: Some("ListTasks".into()), ..Weather::default() };
    console.sandbox().set_weather(denied);
    console.advance(Duration::from_secs(60)).await;
    match operator.call(&delete("many", &[1])).await.unwrap_err() {
        AppError::Unavailable(said) => assert!(said.contains("Nothing was deleted"), "{said}"),
        other => panic!("{other:?}"),
    }
    console.sandbox().set_weather(Weather::default());
    console.advance(Duration::from_secs(60)).await;
    assert_eq!(operator.call(&delete("many", &[1])).await.unwrap().deleted.len(), 1);
}

#[tokio::test]
async fn ten_at_most_and_never_by_a_viewer() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let eleven: Vec<u32> = (1..=11).collect();
    for numbers in [&[][..], &eleven] {
        let refused = operator.call(&delete("many", numbers)).await.unwrap_err();
        assert!(matches!(refused, AppError::Refused { .. }), "{refused:?}");
    }
    let mut viewer = console.member(Role::Viewer).await;
    let refused = viewer.call(&delete("many", &[1])).await.unwrap_err();
    assert!(matches!(refused, AppError::NotAllowed(_)), "{refused:?}");
    let page = viewer.get(&format!("/task-definitions/{USED}")).await;
    assert!(!page.text.contains("Choose all") && !page.text.contains("Delete…"));
    // To compare two is to read.
    assert!(page.text.contains(&format!("Choose {USED}:")) && page.text.contains(">Compare<"));
    let page = operator.get(&format!("/task-definitions/{USED}")).await;
    assert!(page.text.contains("Choose all"));
}

#[tokio::test]
async fn the_list_of_families_says_when_each_last_changed() {
    let console = TestConsole::demo().await;
    let mut viewer = console.member(Role::Viewer).await;
    let page = viewer.get("/task-definitions?sort=-changed").await;
    assert!(page.text.contains("Last change"));
    let cells = page.text.matches(r#"data-label="Last change""#).count();
    let dates = page.text.split(r#"data-label="Last change""#).skip(1);
    let known = dates.filter(|cell| cell.split("</td>").next().unwrap().contains("<time")).count();
    assert!(cells > 5, "{cells}");
    assert_eq!(known, cells);
}
