//! Drafts as operators write them, hand them over and share them.
#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, in its helpers too"
)]

mod support;

use std::time::Duration;

use axum::http::StatusCode;
use berth_app::audit::api::ListEntries;
use berth_app::error::AppError;
use berth_app::listing::ListQuery;
use berth_app::names::DraftId;
use berth_app::task_definitions::api::Register;
use berth_app::task_definitions::drafts::api::*;
use berth_app::task_definitions::drafts::model::{DRAFTS_EACH, Saved, TEXT_BYTES};
use berth_app::team::model::Role;
use support::{Client, TestConsole, token};

const TEXT: &str = r#"{"family": "proof", "containerDefinitions": [{"name": "app",
    "environment": [{"name": "PASSWORD", "value": "hunter2"}]}]}"#;

async fn make(client: &mut Client) -> DraftId {
    let form = CreateDraft { token: token(), from: None, text: TEXT.into() };
    client.call(&form).await.unwrap().id
}

async fn save(client: &mut Client, id: &DraftId, version: i64, text: &str) -> Saved {
    client.call(&SaveDraft { id: id.clone(), version, text: text.into() }).await.unwrap()
}

fn delete(id: &DraftId, version: i64) -> DeleteDraft {
    DeleteDraft { token: token(), id: id.clone(), version, registered: None }
}

fn open(id: &DraftId) -> OpenDraft {
    OpenDraft { id: id.clone() }
}

/// What the audit log holds of drafts, oldest first: who, what, subject and detail.
async fn recorded(console: &TestConsole) -> Vec<String> {
    let mut administrator = console.member(Role::Administrator).await;
    let listing = administrator.call(&ListEntries { query: ListQuery::default() }).await.unwrap();
    let entries = listing.value.rows.into_iter().rev();
    entries
        .filter(|entry| entry.what.starts_with("draft."))
        .map(|entry| format!("{} {} {} {}", entry.who, entry.what, entry.subject, entry.detail))
        .collect()
}

#[tokio::test]
async fn what_is_typed_is_kept_also_while_it_can_not_be_read() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let id = make(&mut operator).await;
    let broken = r#"{"family": "proof", "cpu": "#;
    let saved = save(&mut operator, &id, 1, broken).await;
    assert!(matches!(saved, Saved::Kept { version: 2, .. }));
    let draft = operator.call(&open(&id)).await.unwrap();
    assert_eq!((draft.text.as_str(), draft.readable.as_str()), (broken, TEXT));
    assert_eq!((draft.row.name().as_str(), draft.row.mine), ("proof", true));

    let rename = RenameDraft { id: id.clone(), title: " Bigger proof ".into() };
    operator.call(&rename).await.unwrap();
    let rows = operator.call(&ListDrafts {}).await.unwrap();
    assert_eq!((rows.len(), rows[0].name().as_str()), (1, "Bigger proof"));
    let refused = operator.call(&RenameDraft { id, title: "x".repeat(200) }).await.unwrap_err();
    assert!(refused.field_errors().at("title").is_some());
}

#[tokio::test]
async fn a_draft_is_handed_over_by_link_to_those_who_may_edit() {
    let console = TestConsole::demo().await;
    let mut owner = console.member(Role::Operator).await;
    let mut colleague = console.member(Role::Administrator).await;
    let id = make(&mut owner).await;
    assert_eq!(colleague.call(&ListDrafts {}).await.unwrap(), []);

    for mut client in [console.visitor(), console.member(Role::Viewer).await] {
        let signed_in = !client.cookies.is_empty();
        for refused in [
            client.call(&open(&id)).await.map(drop),
            client.call(&ListDrafts {}).await.map(drop),
            client.call(&LookAtDraft { id: id.clone(), version: 0 }).await.map(drop),
            client
                .call(&SaveDraft { id: id.clone(), version: 1, text: "{}".into() })
                .await
                .map(drop),
            client.call(&delete(&id, 1)).await,
        ] {
            match refused.unwrap_err() {
                AppError::SignInRequired => assert!(!signed_in),
                AppError::NotAllowed(_) => assert!(signed_in),
                other => panic!("{other:?}"),
            }
        }
        for address in
            [format!("/task-definitions/new?draft={id}"), "/task-definitions/drafts".into()]
        {
            let page = client.get(&address).await;
            assert!(!page.text.contains("hunter2"), "{address}");
            assert!(!page.text.contains("proof") || !signed_in, "{address}");
        }
    }

    for _ in 0..2 {
        let draft = colleague.call(&open(&id)).await.unwrap();
        assert_eq!((draft.text.as_str(), draft.row.mine), (TEXT, false));
    }
    assert_eq!(colleague.call(&ListDrafts {}).await.unwrap()[0].owner, "Operator");
    assert_eq!(
        recorded(&console).await,
        [
            "operator@example.test draft.created proof ",
            "administrator@example.test draft.handed-over proof from Operator",
        ]
    );
    let unknown = colleague.call(&open(&DraftId::from_bits(1))).await.unwrap_err();
    assert!(matches!(unknown, AppError::NotFound(_)));
}

#[tokio::test]
async fn two_in_one_draft_see_each_other_and_nobody_overwrites() {
    let console = TestConsole::demo().await;
    let mut ada = console.member(Role::Operator).await;
    let mut bob = console.member(Role::Administrator).await;
    let id = make(&mut ada).await;
    bob.call(&open(&id)).await.unwrap();
    let look = |version| LookAtDraft { id: id.clone(), version };
    let seen = ada.call(&look(1)).await.unwrap();
    assert_eq!(seen.others, ["Administrator"]);
    assert!(seen.newer.is_none());

    let theirs = TEXT.replace("proof", "theirs");
    assert!(matches!(save(&mut bob, &id, 1, &theirs).await, Saved::Kept { version: 2, .. }));
    let Saved::Faster(newer) = save(&mut ada, &id, 1, "{}").await else { panic!("overwritten") };
    assert_eq!((newer.version, newer.text.as_str()), (2, theirs.as_str()));
    assert_eq!(newer.by.as_deref(), Some("Administrator"));
    let newer = ada.call(&look(1)).await.unwrap().newer.unwrap();
    assert_eq!((newer.version, newer.text.as_str()), (2, theirs.as_str()));
    // Who changed it last, in another window, is told so.
    let Saved::Faster(own) = save(&mut bob, &id, 1, "{}").await else { panic!("overwritten") };
    assert_eq!(own.by, None);

    console.clock.advance(Duration::from_secs(16));
    assert_eq!(ada.call(&look(2)).await.unwrap().others, [""; 0]);
    assert_eq!(bob.call(&look(2)).await.unwrap().others, ["Operator"]);
}

#[tokio::test]
async fn a_draft_is_deleted_taken_back_and_gone_when_registered() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let id = make(&mut operator).await;
    let deleted = delete(&id, 1);
    operator.call(&deleted).await.unwrap();
    operator.call(&deleted).await.unwrap();
    assert!(matches!(operator.call(&open(&id)).await, Err(AppError::NotFound(_))));
    let lost = SaveDraft { id: id.clone(), version: 1, text: "{}".into() };
    assert!(matches!(operator.call(&lost).await.map(drop), Err(AppError::NotFound(_))));
    // Also sent again, with another token.
    for _ in 0..2 {
        operator.call(&RestoreDraft { token: token(), id: id.clone() }).await.unwrap();
    }
    assert_eq!(operator.call(&open(&id)).await.unwrap().text, TEXT);

    let document = r#"{"family": "proof", "containerDefinitions": [{"name": "app", "image": "a",
        "memory": 64}]}"#;
    let form = Register { token: token(), document: document.into() };
    let registered = operator.call(&form).await.unwrap();
    operator.call(&DeleteDraft { registered: Some(registered), ..delete(&id, 1) }).await.unwrap();
    assert_eq!(operator.call(&ListDrafts {}).await.unwrap(), []);
    let other = make(&mut operator).await;
    let untrue = Some("proof:999".parse().unwrap());
    operator.call(&DeleteDraft { registered: untrue, ..delete(&other, 1) }).await.unwrap();
    let said = recorded(&console).await;
    assert_eq!(
        said[said.len() - 3..],
        [
            "operator@example.test draft.deleted proof registered as proof:1",
            "operator@example.test draft.created proof ",
            "operator@example.test draft.deleted proof ",
        ]
    );
    assert!(said.iter().all(|line| !line.contains("hunter2")));
}

#[tokio::test]
async fn limits_are_said_and_nothing_is_deleted_for_them() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let huge = "x".repeat(TEXT_BYTES + 1);
    let form = CreateDraft { token: token(), from: None, text: huge.clone() };
    let refused = operator.call(&form).await.unwrap_err();
    assert!(refused.field_errors().at("text").unwrap().contains("256 KiB"));
    let id = make(&mut operator).await;
    let refused = operator.call(&SaveDraft { id, version: 1, text: huge }).await.map(drop);
    assert!(refused.unwrap_err().field_errors().at("text").is_some());
    for _ in 1..DRAFTS_EACH {
        make(&mut operator).await;
    }
    let form = CreateDraft { token: token(), from: None, text: TEXT.into() };
    let refused = operator.call(&form).await.unwrap_err();
    assert!(refused.to_string().contains("You have 50 drafts"), "{refused}");
    assert_eq!(operator.call(&ListDrafts {}).await.unwrap().len(), 50);
    // What was refused for want of room is made by the same token when there is some; the log has it
    // once.
    let first = operator.call(&ListDrafts {}).await.unwrap()[0].id.clone();
    operator.call(&delete(&first, 1)).await.unwrap();
    operator.call(&form).await.unwrap();
    // Nor is there room for one that is taken back.
    let back = RestoreDraft { token: token(), id: first };
    let refused = operator.call(&back).await.unwrap_err();
    assert!(refused.to_string().contains("Its owner has 50 drafts"), "{refused}");
    let nul = CreateDraft { token: token(), from: None, text: "a\0".into() };
    assert!(operator.call(&nul).await.unwrap_err().field_errors().at("text").is_some());
}

#[tokio::test]
async fn what_somebody_else_typed_is_not_deleted_unseen() {
    let console = TestConsole::demo().await;
    let mut ada = console.member(Role::Operator).await;
    let mut bob = console.member(Role::Administrator).await;
    let id = make(&mut ada).await;
    bob.call(&open(&id)).await.unwrap();
    save(&mut bob, &id, 1, TEXT).await;
    let refused = ada.call(&delete(&id, 1)).await.unwrap_err();
    assert!(
        matches!(&refused, AppError::Conflict(said) if said.contains("Administrator has changed"))
    );
    assert_eq!(ada.call(&open(&id)).await.unwrap().row.version, 2);
    // Who changed it knows what is in it.
    bob.call(&delete(&id, 1)).await.unwrap();
    assert!(matches!(ada.call(&open(&id)).await, Err(AppError::NotFound(_))));
}

#[tokio::test]
async fn only_who_has_opened_a_draft_is_in_it() {
    let console = TestConsole::demo().await;
    let mut ada = console.member(Role::Operator).await;
    let mut bob = console.member(Role::Administrator).await;
    let id = make(&mut ada).await;
    let deleted = make(&mut ada).await;
    ada.call(&delete(&deleted, 1)).await.unwrap();
    for refused in [
        bob.call(&LookAtDraft { id: id.clone(), version: 0 }).await.map(drop),
        bob.call(&SaveDraft { id: id.clone(), version: 0, text: "{}".into() }).await.map(drop),
        bob.call(&RenameDraft { id: id.clone(), title: "Mine".into() }).await,
        bob.call(&delete(&id, 1)).await,
        bob.call(&RestoreDraft { token: token(), id: deleted.clone() }).await,
    ] {
        assert!(matches!(refused, Err(AppError::NotFound(_))), "{refused:?}");
    }
    let draft = ada.call(&open(&id)).await.unwrap();
    assert_eq!((draft.text.as_str(), draft.row.title.as_str()), (TEXT, ""));
    bob.call(&open(&id)).await.unwrap();
    bob.call(&LookAtDraft { id, version: 0 }).await.unwrap();
}

#[tokio::test]
async fn the_same_draft_sent_twice_is_made_once() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let form = CreateDraft { token: token(), from: None, text: TEXT.into() };
    let first = operator.call(&form).await.unwrap();
    assert_eq!(operator.call(&form).await.unwrap(), first);
    assert_eq!(operator.call(&ListDrafts {}).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_page_that_only_looks_does_not_keep_the_session_open() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let id = make(&mut operator).await;
    let look = LookAtDraft { id, version: 1 };
    for _ in 0..40 {
        console.clock.advance(Duration::from_secs(12 * 3_600));
        if let Err(error) = operator.call(&look).await {
            assert_eq!(error, AppError::SignInRequired);
            return;
        }
    }
    panic!("the session never ended");
}

#[tokio::test]
async fn drafts_cost_no_call_to_ecs() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let before = console.console.gateway.calls_by_operation();
    let id = make(&mut operator).await;
    save(&mut operator, &id, 1, "{}").await;
    operator.call(&LookAtDraft { id: id.clone(), version: 1 }).await.unwrap();
    for address in [format!("/task-definitions/new?draft={id}"), "/task-definitions/drafts".into()]
    {
        assert_eq!(operator.get(&address).await.status, StatusCode::OK, "{address}");
    }
    assert_eq!(console.console.gateway.calls_by_operation(), before);
}
