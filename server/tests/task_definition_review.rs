//! What people see of a revision before and after they register it.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, its helpers too")]

mod support;

use axum::http::StatusCode;
use berth_app::error::AppError;
use berth_app::names::Revision;
use berth_app::reading::Soon;
use berth_app::task_definitions::api::{Deregister, DocumentForEditing, Register};
use berth_app::task_definitions::diff::{Kind, changes};
use berth_app::task_definitions::document::Document;
use berth_app::task_definitions::review::api::*;
use berth_app::team::model::Role;
use serde_json::{Value, json};
use support::{Client, TestConsole, token};

fn document() -> Value {
    json!({
        "family": "proof", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
        "cpu": "256", "memory": "512", "executionRoleArn": "arn:aws:iam::123456789012:role/x",
        "containerDefinitions": [{
            "name": "app", "image": "shop/app:1.4", "essential": true,
            "portMappings": [{"containerPort": 80}],
            "environment": [{"name": "PASSWORD", "value": "hunter2"}, {"name": "LEVEL", "value": "info"}],
            "secrets": [{"name": "KEY", "valueFrom": "arn:aws:ssm:eu-central-1:123456789012:parameter/secret-place"}]
        }],
        "tags": [{"key": "team", "value": "web"}]
    })
}

/// The next revision, with three changes.
fn next() -> Value {
    let mut next = document();
    next["memory"] = json!("1024");
    next["containerDefinitions"][0]["image"] = json!("shop/app:1.5");
    next["containerDefinitions"][0]["environment"][0]["value"] = json!("hunter3");
    next
}

fn register(document: &Value) -> Register {
    Register { token: token(), document: document.to_string() }
}

async fn registered(client: &mut Client, document: &Value) -> Revision {
    client.call(&register(document)).await.unwrap()
}

fn revision(text: &str) -> Revision {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_revision_that_changes_nothing_is_refused() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let first = registered(&mut operator, &document()).await;
    // The same, and the same in other words: what ECS describes, and a default written down.
    let described = operator.call(&DocumentForEditing { revision: first }).await.unwrap();
    let mut spelled = document();
    spelled["memory"] = json!("0.5 GB");
    spelled["containerDefinitions"][0]["portMappings"][0]["hostPort"] = json!(80);
    spelled["containerDefinitions"][0]["cpu"] = json!(0);
    for same in [&document(), described.value(), &spelled] {
        let refused = operator.call(&register(same)).await.unwrap_err();
        let AppError::Refused { said, next } = refused else { panic!("{refused:?}") };
        assert!(said.contains("It would equal proof:1"), "{said}");
        assert!(next.contains("proof:1"), "{next}");
    }
    // Tags are a change, too, and so is going back to an older revision.
    let mut tagged = document();
    tagged["tags"][0]["value"] = json!("shop");
    assert_eq!(registered(&mut operator, &tagged).await.number, 2);
    assert_eq!(registered(&mut operator, &document()).await.number, 3);
    // The same document under another name begins another family.
    let mut other = document();
    other["family"] = json!("proof-2");
    assert_eq!(registered(&mut operator, &other).await.to_string(), "proof-2:1");
}

#[tokio::test]
async fn the_same_form_sent_twice_is_no_repetition() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let form = register(&document());
    let first = operator.call(&form).await.unwrap();
    assert_eq!(operator.call(&form).await.unwrap(), first);
}

#[tokio::test]
async fn the_ground_of_a_review_names_what_is_newest_and_who_made_it() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let first = registered(&mut operator, &document()).await;
    let second = registered(&mut operator, &next()).await;
    let asked = ReadGround { from: Some(first.clone()), family: Some(first.family.clone()) };
    let ground = operator.call(&asked).await.unwrap();
    assert_eq!(ground.base.map(|base| base.revision), Some(first));
    let newest = ground.newest.unwrap();
    assert_eq!(newest.revision, second);
    assert_eq!(newest.registered_by.as_deref(), Some("operator@example.test"));
    assert_eq!(newest.document.text_at("tags.0.value"), "web");
    // A new family has nothing to be held against.
    let new = ReadGround { from: None, family: Some("brand-new".parse().unwrap()) };
    let ground = operator.call(&new).await.unwrap();
    assert!(ground.base.is_none() && ground.newest.is_none() && ground.used.is_empty());
    // One that is in use says by whom.
    let used = ReadGround { from: None, family: Some("checkout-api".parse().unwrap()) };
    let ground = operator.call(&used).await.unwrap();
    assert!(ground.used.iter().any(|(_, used_by)| !used_by.services.is_empty()), "{ground:?}");
}

#[tokio::test]
async fn two_revisions_are_compared_in_words_and_in_lines() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    registered(&mut operator, &document()).await;
    registered(&mut operator, &next()).await;
    let address = "/task-definitions/compare?left=proof:1&right=proof:2";
    let page = operator.get(address).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["The next revision.", "1024 MiB", "Image tag", "Variable PASSWORD", "hunter3"] {
        assert!(page.text.contains(words), "{words}");
    }
    let lines = operator.get(&format!("{address}&tab=json")).await;
    for words in ["shop/app:1.4", "shop/app:1.5", "2 lines gone", "hunter2"] {
        assert!(lines.text.contains(words) || words == "2 lines gone", "{words}");
    }
    // The page of the newer one sums it up.
    let page = operator.get("/task-definitions/proof/2").await;
    assert!(
        page.text.contains("memory 512 to 1024 MiB, image tag 1.4 to 1.5, one variable changed")
    );
    assert!(page.text.contains("/task-definitions/compare?left=proof%3A1&amp;right=proof%3A2"));
    // Also across families, and what is no revision says so.
    let across = operator.get("/task-definitions/compare?left=proof:1&right=checkout-api:1").await;
    assert!(across.text.contains("Revisions of two families."));
    let wrong = operator.get("/task-definitions/compare?left=proof&right=proof:2").await;
    assert!(wrong.text.contains("A revision is written family:number"));
    let missing = operator.get("/task-definitions/compare?left=proof:1&right=proof:9").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_viewer_compares_without_values() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    registered(&mut operator, &document()).await;
    registered(&mut operator, &next()).await;
    let mut viewer = console.member(Role::Viewer).await;
    for tab in ["", "&tab=json"] {
        let address = format!("/task-definitions/compare?left=proof:1&right=proof:2{tab}");
        let page = viewer.get(&address).await;
        assert!(page.text.contains("another value"), "{address}");
        for hidden in ["hunter", "secret-place"] {
            assert!(!page.text.contains(hidden), "{hidden} at {address}");
        }
    }
    let since = viewer.get("/task-definitions/proof/2").await;
    assert!(since.text.contains("one variable changed") && !since.text.contains("hunter"));
    // A value that stayed is not said to differ.
    let left = revision("proof:1");
    let same = CompareRevisions { left: left.clone(), right: left };
    match viewer.call(&same).await.unwrap() {
        Soon::Here(same) => assert!(same.changes.is_empty()),
        Soon::Reading => panic!("both are known"),
    }
    // Nor may a viewer's address become calls to ECS.
    let nowhere = CompareRevisions { left: revision("proof:1"), right: revision("proof:77") };
    assert!(matches!(viewer.call(&nowhere).await, Err(AppError::NotFound(_))));
}

#[tokio::test]
async fn services_go_on_to_a_new_revision_one_by_one() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let picture = operator.call(&ListRevisions {}).await.unwrap();
    let family = picture.iter().find(|row| row.family.as_str() == "checkout-api").unwrap();
    let newest = Revision { family: family.family.clone(), number: family.numbers[0] };
    let mut next = operator.call(&DocumentForEditing { revision: newest }).await.unwrap();
    next.set("tags.0", json!({"key": "proof", "value": "yes"}));
    let next = registered(&mut operator, next.value()).await;

    let page = operator.get(&format!("/task-definitions/checkout-api/{}", next.number)).await;
    assert!(page.text.contains("These services run another revision of this family."));
    assert!(page.text.contains("aws scheduler create-schedule"));
    let older = operator.call(&ListOlderServices { revision: next.clone() }).await.unwrap();
    let service = older.iter().find(|service| service.refusal.is_none()).unwrap();
    let update = UpdateServiceTo {
        token: token(),
        cluster: service.cluster.clone(),
        name: service.name.clone(),
        revision: next.clone(),
    };
    operator.call(&update).await.unwrap();
    // The same request again is the same deployment, another one has nothing to do.
    operator.call(&update).await.unwrap();
    let again = UpdateServiceTo { token: token(), ..update.clone() };
    let refused = operator.call(&again).await.unwrap_err();
    assert!(refused.to_string().contains("already"), "{refused}");
    let left = operator.call(&ListOlderServices { revision: next }).await.unwrap();
    assert!(!left.iter().any(|one| one.name == service.name && one.cluster == service.cluster));

    let mut administrator = console.member(Role::Administrator).await;
    let log = administrator.get("/audit?what=service.deployed").await;
    assert!(log.text.contains(&format!("{}/{}", service.cluster, service.name)));
    let mut viewer = console.member(Role::Viewer).await;
    let refused = viewer.call(&again).await.unwrap_err();
    assert!(matches!(refused, AppError::NotAllowed(_)), "{refused:?}");
}

#[tokio::test]
async fn a_revision_is_taken_to_another_family() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    registered(&mut operator, &document()).await;
    let form = operator.get("/task-definitions/new?from=proof:1&family=copy").await;
    assert!(form.text.contains("whole, and goes to the family copy."));
    assert!(form.text.contains(r#"value="copy""#));
}

/// Real files, where a collection of them lies beside the checkout: what ECS describes of a
/// registered one, with all its defaults, means the same as the file.
#[tokio::test]
async fn what_ecs_describes_means_the_same_as_what_was_registered() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus");
    let Ok(index) = std::fs::read_to_string(format!("{folder}/taskdefs.jsonl")) else { return };
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let mut seen = 0;
    for line in index.lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        if entry["kind"] != "input" {
            continue;
        }
        let file = entry["file"].as_str().unwrap();
        let text = std::fs::read_to_string(format!("{folder}/{file}")).unwrap();
        let mut document: Document =
            berth_app::task_definitions::import::import(&text).unwrap().document;
        document.set("family", json!(format!("collected-{seen}")));
        let revision = registered(&mut operator, document.value()).await;
        let described = operator.call(&DocumentForEditing { revision }).await.unwrap();
        let found = changes(&document, &described);
        let real: Vec<_> = found.real().collect();
        assert!(real.is_empty(), "{file}: {real:?}");
        assert!(found.iter().all(|change| matches!(change.kind, Kind::Same | Kind::Moved)));
        seen += 1;
    }
    assert!(seen > 0, "the collection holds nothing to register");
}

#[tokio::test]
async fn a_form_that_was_changed_after_its_answer_was_lost_is_another_change() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let lost = register(&document());
    let first = operator.call(&lost).await.unwrap();
    // The same token: the form never heard the answer.
    let again = Register { token: lost.token.clone(), document: next().to_string() };
    let second = operator.call(&again).await.unwrap();
    assert_eq!((first.number, second.number), (1, 2));
    let registered = operator.call(&DocumentForEditing { revision: second }).await.unwrap();
    assert_eq!(registered.text_at("memory"), "1024");
}

#[tokio::test]
async fn two_who_register_the_same_at_once_make_one_revision() {
    let console = TestConsole::demo().await;
    let mut ada = console.member(Role::Operator).await;
    let mut bob = console.member(Role::Administrator).await;
    let (one, other) = (register(&document()), register(&document()));
    let answers = tokio::join!(ada.call(&one), bob.call(&other));
    let (made, refused) = match answers {
        (Ok(made), Err(refused)) | (Err(refused), Ok(made)) => (made, refused),
        both => panic!("{both:?}"),
    };
    assert_eq!(made.to_string(), "proof:1");
    assert!(refused.to_string().contains("It would equal proof:1"), "{refused}");
    // What is no longer active is no reason to refuse.
    ada.call(&Deregister { token: token(), revision: made }).await.unwrap();
    assert_eq!(registered(&mut ada, &document()).await.number, 2);
}
