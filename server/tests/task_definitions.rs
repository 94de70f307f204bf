//! What people do with task definitions.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, its helpers too")]

mod support;

use axum::http::StatusCode;
use berth_app::error::AppError;
use berth_app::launch::api::ReadRevisionNeeds;
use berth_app::launch::draft::LaunchDraft;
use berth_app::names::Revision;
use berth_app::reading::Soon;
use berth_app::task_definitions::api::*;
use berth_app::task_definitions::import::import;
use berth_app::tasks::api::RunTasks;
use berth_app::tasks::run_draft::RunDraft;
use berth_app::team::model::Role;
use berth_sandbox::Weather;
use serde_json::{Value, json};
use support::{TestConsole, token};

const FAMILY: &str = "storefront-web";

fn document() -> Value {
    json!({
        "family": "proof", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
        "cpu": "256", "memory": "512", "executionRoleArn": "arn:aws:iam::123456789012:role/x",
        "containerDefinitions": [{
            "name": "app", "image": "nginx:1.27", "essential": true,
            "environment": [{"name": "PASSWORD", "value": "hunter2"}],
            "secrets": [{"name": "KEY", "valueFrom": "arn:aws:ssm:eu-central-1:123456789012:parameter/secret-place"}]
        }]
    })
}

/// What was read; the sandbox answers at once.
fn here<T>(answer: Result<Soon<T>, AppError>) -> T {
    match answer.unwrap() {
        Soon::Here(value) => value,
        Soon::Reading => panic!("it is still being read"),
    }
}

fn register(document: &Value) -> Register {
    Register { token: token(), document: document.to_string() }
}

#[tokio::test]
async fn a_document_is_registered_revised_and_deregistered() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;

    let first = operator.call(&register(&document())).await.unwrap();
    assert_eq!(first.to_string(), "proof:1");
    let begun = operator.call(&DocumentForEditing { revision: first.clone() }).await.unwrap();
    assert_eq!(begun.text_at("containerDefinitions.0.environment.0.value"), "hunter2");
    // What was described is what is registered next, whole; it changes something, else it would be refused.
    let mut next = begun.clone();
    next.set("tags.0", json!({"key": "team", "value": "web"}));
    let second = operator.call(&register(next.value())).await.unwrap();
    assert_eq!(second.to_string(), "proof:2");

    let page = operator.get("/task-definitions/proof/2").await;
    for words in ["nginx:1.27", "PASSWORD", "hunter2", "0.25 vCPU"] {
        assert!(page.text.contains(words), "{words}");
    }
    let form = operator.get("/task-definitions/new?from=proof:2").await;
    assert!(form.text.contains("New revision of proof"));

    operator.call(&Deregister { token: token(), revision: first.clone() }).await.unwrap();
    let after = here(operator.call(&ReadRevision { revision: first }).await);
    assert_eq!(after.definition.status, "INACTIVE");
    let family = operator.get("/task-definitions/proof").await;
    assert!(family.text.contains("Inactive"));
}

#[tokio::test]
async fn an_answer_of_describe_is_taken_as_it_is() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let mut inner = document();
    inner["taskDefinitionArn"] =
        json!("arn:aws:ecs:eu-central-1:123456789012:task-definition/proof:7");
    inner["revision"] = json!(7);
    inner["status"] = json!("ACTIVE");
    inner["ipcMode"] = json!("");
    let pasted = json!({"taskDefinition": inner, "tags": [{"key": "team", "value": "web"}]});
    let revision = operator.call(&register(&pasted)).await.unwrap();
    let known = here(operator.call(&ReadRevision { revision }).await).definition;
    assert_eq!(known.tags[0].key, "team");
}

#[tokio::test]
async fn the_server_runs_the_same_rules() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let mut wrong = document();
    wrong["family"] = json!("a b");
    wrong["memory"] = json!("513");
    wrong["containerDefinitions"][0]["image"] = json!("");
    wrong["containerDefinitions"][0]["portMappings"] = json!([{"containerPort": "80"}]);
    let errors = operator.call(&register(&wrong)).await.unwrap_err().field_errors();
    for at in [
        "family",
        "memory",
        "containerDefinitions.0.image",
        "containerDefinitions.0.portMappings.0.containerPort",
    ] {
        assert!(errors.at(at).is_some(), "{at}: {errors:?}");
    }
    let broken = Register { token: token(), document: "{ \"family\": ".into() };
    let errors = operator.call(&broken).await.unwrap_err().field_errors();
    assert!(errors.at("document").is_some_and(|said| said.contains("Line 1")));
}

#[tokio::test]
async fn a_member_of_the_wrong_type_is_named() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    for (member, value) in [
        ("dockerLabels", json!("team=web")),
        ("linuxParameters", json!([])),
        ("ulimits", json!({})),
        ("dnsServers", json!("10.0.0.2")),
    ] {
        let mut wrong = document();
        wrong["containerDefinitions"][0][member] = value;
        let errors = operator.call(&register(&wrong)).await.unwrap_err().field_errors();
        let at = format!("containerDefinitions.0.{member}");
        assert!(errors.at(&at).is_some_and(|said| said.contains("must be")), "{at}: {errors:?}");
    }
    let mut deep = document();
    deep["volumes"] = json!([{"name": "data", "efsVolumeConfiguration": {
        "fileSystemId": "fs-1", "transitEncryptionPort": "2049"
    }}]);
    deep["containerDefinitions"][0]["dockerLabels"] = json!({"team": 7});
    let errors = operator.call(&register(&deep)).await.unwrap_err().field_errors();
    for at in [
        "volumes.0.efsVolumeConfiguration.transitEncryptionPort",
        "containerDefinitions.0.dockerLabels.team",
    ] {
        assert!(errors.at(at).is_some(), "{at}: {errors:?}");
    }
}

#[tokio::test]
async fn a_registration_that_ecs_refuses_says_so_and_the_form_can_be_sent_again() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let form = register(&document());
    let deny = Some("RegisterTaskDefinition".to_owned());
    console.sandbox().set_weather(Weather { deny, ..Weather::default() });
    let refused = operator.call(&form).await.unwrap_err();
    let AppError::Refused { said, next } = refused else { panic!("{refused:?}") };
    assert!(said.contains("not authorized to perform: ecs:RegisterTaskDefinition"), "{said}");
    assert_eq!(next, "Grant ecs:RegisterTaskDefinition to the console's role.");
    console.sandbox().set_weather(Weather::default());
    assert_eq!(operator.call(&form).await.unwrap().to_string(), "proof:1");
}

#[tokio::test]
async fn what_ecs_refuses_is_said_with_the_next_step() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let gone: Revision = "nothing:1".parse().unwrap();
    let refused = operator.call(&Deregister { token: token(), revision: gone }).await.unwrap_err();
    assert!(matches!(refused, AppError::Refused { .. } | AppError::NotFound(_)), "{refused:?}");
    assert!(!refused.to_string().is_empty() && !refused.next_step().is_empty());
}

#[tokio::test]
async fn viewers_see_no_values_and_change_nothing() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let revision = operator.call(&register(&document())).await.unwrap();
    let mut viewer = console.member(Role::Viewer).await;
    for address in ["/task-definitions/proof/1", "/task-definitions/proof/1?tab=json"] {
        let page = viewer.get(address).await;
        assert!(page.text.contains("PASSWORD"), "{address}");
        for hidden in ["hunter2", "secret-place"] {
            assert!(!page.text.contains(hidden), "{hidden} at {address}");
        }
    }
    let mut visitor = console.visitor();
    for (client, lost) in [(&mut viewer, false), (&mut visitor, true)] {
        for refused in [
            client.call(&register(&document())).await.map(|_| ()),
            client.call(&DocumentForEditing { revision: revision.clone() }).await.map(|_| ()),
            client.call(&Deregister { token: token(), revision: revision.clone() }).await,
        ] {
            match refused {
                Err(AppError::SignInRequired) if lost => {}
                Err(AppError::NotAllowed(_)) if !lost => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn the_same_form_twice_registers_once() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let form = register(&document());
    let first = operator.call(&form).await.unwrap();
    assert_eq!(operator.call(&form).await.unwrap(), first);
    let mut other = document();
    other["memory"] = json!("1024");
    let next = operator.call(&register(&other)).await.unwrap();
    assert_eq!(next.number, first.number + 1);
    let list = operator.get(&format!("/task-definitions?q={FAMILY}")).await;
    assert!(list.text.contains(FAMILY));
}

/// Real files, where a collection of them lies beside the checkout: those without placeholders
/// register as they are pasted, and one of them runs.
#[tokio::test]
async fn collected_files_register_and_run() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus");
    let Ok(index) = std::fs::read_to_string(format!("{folder}/taskdefs.jsonl")) else { return };
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let mut runnable = None;
    for line in index.lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        if entry["kind"] != "input" {
            continue;
        }
        let file = entry["file"].as_str().unwrap();
        let document = std::fs::read_to_string(format!("{folder}/{file}")).unwrap();
        let networked = import(&document).unwrap().document.text_at("networkMode") == "awsvpc";
        let answer = operator.call(&Register { token: token(), document }).await;
        let revision = answer.unwrap_or_else(|error| panic!("{file}: {error:?}"));
        if networked {
            runnable = Some(revision);
        }
    }
    let revision = runnable.unwrap();
    let launch = LaunchDraft {
        cluster: "production".into(),
        family: revision.family.to_string(),
        revision: revision.number.to_string(),
        compute: "EC2".into(),
        subnets: vec!["subnet-0a1b2c3d".into()],
        ..LaunchDraft::default()
    };
    let draft = RunDraft { launch, count: "1".into(), ..RunDraft::default() };
    let outcome = operator.call(&RunTasks { token: token(), draft }).await.unwrap();
    assert_eq!(outcome.tasks.len(), 1);
}

#[tokio::test]
async fn an_address_that_leads_nowhere_costs_one_call_and_a_viewers_none() {
    let console = TestConsole::demo().await;
    let calls = || {
        let calls = console.console.gateway.calls_by_operation();
        calls.iter().find(|(name, _)| name == "DescribeTaskDefinition").map_or(0, |(_, n)| *n)
    };
    // The console has read when the newest revisions were registered.
    let before = calls();
    let asked = || calls() - before;
    let nowhere = "/task-definitions/storefront-web/9999";
    let mut viewer = console.member(Role::Viewer).await;
    assert_eq!(viewer.get(nowhere).await.status, StatusCode::NOT_FOUND);
    let revision = "storefront-web:9999".parse().unwrap();
    let needs = viewer.call(&ReadRevisionNeeds { revision }).await;
    assert!(matches!(needs, Err(AppError::NotAllowed(_))), "{needs:?}");
    assert_eq!(asked(), 0);

    let mut operator = console.member(Role::Operator).await;
    for _ in 0..3 {
        let page = operator.get(nowhere).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.text.contains("There is no task definition storefront-web:9999."));
    }
    assert_eq!(asked(), 1);
}
