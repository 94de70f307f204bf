//! What people do with tasks.

mod support;

use std::time::Duration;

use berth_app::error::AppError;
use berth_app::launch::draft::LaunchDraft;
use berth_app::listing::ListQuery;
use berth_app::names::{ClusterName, TaskId};
use berth_app::task_definitions::api::Register;
use berth_app::tasks::api::*;
use berth_app::tasks::draft::StopDraft;
use berth_app::tasks::model::Task;
use berth_app::tasks::run_draft::RunDraft;
use berth_app::team::model::Role;
use berth_sandbox::Weather;
use serde_json::json;
use support::{Client, TestConsole, token};

const FAMILY: &str = "storefront-web";

fn draft() -> RunDraft {
    let launch = LaunchDraft {
        cluster: "staging".into(),
        family: FAMILY.into(),
        revision: "latest".into(),
        compute: "FARGATE".into(),
        subnets: vec!["subnet-0a1b2c3d".into()],
        ..LaunchDraft::default()
    };
    RunDraft { launch, count: "1".into(), ..RunDraft::default() }
}

fn run(draft: RunDraft) -> RunTasks {
    RunTasks { token: token(), draft }
}

fn stop(id: &TaskId, reason: &str) -> StopTask {
    let draft = StopDraft { reason: reason.into() };
    StopTask { token: token(), cluster: staging(), id: id.clone(), draft }
}

fn staging() -> ClusterName {
    "staging".parse().expect("a name")
}

async fn task(client: &mut Client, id: &TaskId) -> Task {
    client.call(&ReadTask { cluster: staging(), id: id.clone() }).await.expect("a task").value
}

async fn settle(console: &TestConsole, client: &mut Client, id: &TaskId, status: &str) {
    for _ in 0..60 {
        if task(client, id).await.last_status == status {
            return;
        }
        console.advance(Duration::from_secs(5)).await;
    }
    panic!("{id} never was {status}: {:?}", task(client, id).await);
}

#[tokio::test]
async fn tasks_are_run_found_and_stopped() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;

    let mut many = draft();
    many.count = "12".into();
    many.group = "migration".into();
    let outcome = operator.call(&run(many)).await.unwrap();
    assert_eq!((outcome.tasks.len(), outcome.failures.len()), (12, 0));
    assert_eq!(outcome.group, "migration");

    let id = outcome.tasks[0].clone();
    settle(&console, &mut operator, &id, "RUNNING").await;
    let known = task(&mut operator, &id).await;
    assert_eq!(known.started_by.as_deref(), Some("berth/Operator"));

    let query = ListQuery::default().with_filter("cluster", "staging").with_text("migration");
    let found = operator.call(&ListTasks { query }).await.unwrap().value;
    assert_eq!(found.meta.matched, 12);

    operator.call(&stop(&id, " wrong database ")).await.unwrap();
    settle(&console, &mut operator, &id, "STOPPED").await;
    let stopped = task(&mut operator, &id).await;
    assert_eq!(stopped.stopped_reason.as_deref(), Some("wrong database"));

    let page = operator.get(&format!("/clusters/staging/tasks/{id}")).await;
    for words in ["wrong database", "asked ECS to stop", "Containers ended"] {
        assert!(page.text.contains(words), "{words}");
    }
    let list = operator.get("/tasks?status=stopped&q=migration").await;
    assert!(list.text.contains(id.short()));
}

#[tokio::test]
async fn the_server_checks_every_field_again() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let mut wrong = RunDraft {
        count: "101".into(),
        group: "service:web".into(),
        tags: vec![("aws:x".into(), String::new())],
        ..draft()
    };
    wrong.launch.cluster = "nowhere".into();
    wrong.launch.compute = "LAMBDA".into();
    wrong.launch.subnets = vec!["vpc-1".into()];
    wrong.launch.security_groups = vec!["group".into()];
    let errors = operator.call(&run(wrong)).await.unwrap_err().field_errors();
    let paths =
        ["cluster", "count", "compute", "subnets.0", "securityGroups.0", "group", "tags.0.key"];
    for at in paths {
        assert!(errors.at(at).is_some(), "{at}: {errors:?}");
    }
    for (family, revision, at) in [("", "latest", "family"), (FAMILY, "9999", "revision")] {
        let mut other = draft();
        (other.launch.family, other.launch.revision) = (family.into(), revision.into());
        let errors = operator.call(&run(other)).await;
        assert!(errors.unwrap_err().field_errors().at(at).is_some(), "{at}");
    }
    let mut no_network = draft();
    no_network.launch.subnets.clear();
    let errors = operator.call(&run(no_network)).await.unwrap_err().field_errors();
    assert!(errors.at("subnets").is_some());

    let some: TaskId = "0123456789abcdef".parse().unwrap();
    for reason in [" ".to_owned(), "x".repeat(256)] {
        let errors = operator.call(&stop(&some, &reason)).await.unwrap_err().field_errors();
        assert!(errors.at("reason").is_some());
    }
}

#[tokio::test]
async fn what_ecs_refuses_is_said() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let nobody: TaskId = "0123456789abcdef0123456789abcdef".parse().unwrap();
    let refused = operator.call(&stop(&nobody, "gone")).await.unwrap_err();
    assert!(!refused.to_string().is_empty() && !refused.next_step().is_empty());
    let page = operator.get(&format!("/clusters/staging/tasks/{nobody}")).await;
    assert_eq!(page.status.as_u16(), 404);
    assert!(page.text.contains("All tasks"));
}

#[tokio::test]
async fn a_run_that_ecs_refuses_says_so_and_the_form_can_be_sent_again() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let form = run(RunDraft { group: "refused".into(), ..draft() });
    let deny = Some("RunTask".to_owned());
    console.sandbox().set_weather(Weather { deny, ..Weather::default() });
    let refused = operator.call(&form).await.unwrap_err();
    let AppError::Refused { said, next } = refused else { panic!("{refused:?}") };
    assert!(said.contains("not authorized to perform: ecs:RunTask"), "{said}");
    assert_eq!(next, "Grant ecs:RunTask to the console's role.");
    console.sandbox().set_weather(Weather::default());
    let outcome = operator.call(&form).await.unwrap();
    assert_eq!((outcome.tasks.len(), outcome.failures.len()), (1, 0));
}

/// Tasks of so much memory on the instances of `production`, which have 7,764 MiB each.
async fn heavy(operator: &mut Client, memory: u32, count: &str) -> RunTasks {
    let document = json!({
        "family": "heavy", "requiresCompatibilities": ["EC2"], "networkMode": "bridge",
        "containerDefinitions": [
            {"name": "app", "image": "shop/heavy:1.0", "essential": true, "memory": memory}
        ]
    });
    let register = Register { token: token(), document: document.to_string() };
    let revision = operator.call(&register).await.expect("a revision").number.to_string();
    let launch = LaunchDraft {
        cluster: "production".into(),
        family: "heavy".into(),
        revision,
        compute: "EC2".into(),
        ..LaunchDraft::default()
    };
    run(RunDraft { launch, count: count.into(), ..draft() })
}

#[tokio::test]
async fn when_some_tasks_find_no_room_both_are_said() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let form = heavy(&mut operator, 3_000, "12").await;
    let outcome = operator.call(&form).await.unwrap();
    let started = outcome.tasks.len();
    assert!((1..12).contains(&started), "{outcome:?}");
    assert_eq!(outcome.started(), format!("{started} of 12 tasks started"));
    assert!(!outcome.failures.is_empty());
    for said in &outcome.failures {
        assert!(said.starts_with("RESOURCE:MEMORY ("), "{said}");
    }
    assert_eq!(operator.call(&form).await.unwrap(), outcome, "and once more the same");
}

#[tokio::test]
async fn when_no_task_finds_room_it_is_a_refusal() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let form = heavy(&mut operator, 900_000, "2").await;
    let refused = operator.call(&form).await.unwrap_err();
    assert!(refused.to_string().starts_with("RESOURCE:MEMORY ("), "{refused}");
    assert!(refused.next_step().contains("capacity"), "{}", refused.next_step());
    // ECS knows the token, finds no tasks and gives no reason any more: still no success.
    let again = operator.call(&form).await.unwrap_err();
    assert!(matches!(again, AppError::Refused { .. }), "{again:?}");
}

#[tokio::test]
async fn only_operators_run_and_stop() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let id = operator.call(&run(draft())).await.unwrap().tasks[0].clone();
    let mut viewer = console.member(Role::Viewer).await;
    let mut visitor = console.visitor();
    for (client, lost) in [(&mut viewer, false), (&mut visitor, true)] {
        for refused in
            [client.call(&run(draft())).await.map(|_| ()), client.call(&stop(&id, "no")).await]
        {
            match refused {
                Err(AppError::SignInRequired) if lost => {}
                Err(AppError::NotAllowed(_)) if !lost => {}
                other => panic!("{other:?}"),
            }
        }
    }
    let page = viewer.get(&format!("/clusters/staging/tasks/{id}")).await;
    assert!(page.text.contains("This needs the role operator; yours is viewer."));
}

#[tokio::test]
async fn the_same_form_twice_runs_once() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let mut once = draft();
    once.group = "only-once".into();
    let form = run(once);
    let first = operator.call(&form).await.unwrap();
    assert_eq!(operator.call(&form).await.unwrap(), first);
    let query = ListQuery::default().with_text("only-once");
    let found = operator.call(&ListTasks { query }).await.unwrap().value;
    assert_eq!(found.meta.matched, 1);
}
