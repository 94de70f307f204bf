//! What administrators do with members.
#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, in its helpers too"
)]

mod support;

use axum::http::{StatusCode, header};
use berth_app::error::AppError;
use berth_app::listing::ListQuery;
use berth_app::team::api::{AddMember, InviteAgain, ListMembers, SetDisabled, SetRole};
use berth_app::team::draft::MemberDraft;
use berth_app::team::model::{MemberRow, MemberState, Role};
use support::{Client, ORIGIN, PASSWORD, TestConsole, token};

const BOB: &str = "bob@example.test";

fn add(email: &str, role: &str) -> AddMember {
    let draft = MemberDraft { name: "Bob".into(), email: email.into(), role: role.into() };
    AddMember { token: token(), draft }
}

async fn bob(administrator: &mut Client) -> MemberRow {
    let query = ListQuery::default().with_text(BOB);
    let mut rows = administrator.call(&ListMembers { query }).await.unwrap().value.rows;
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

/// Follows a one-time link and sets the password.
async fn follow(console: &TestConsole, link: &str) -> Client {
    let path = link.strip_prefix(ORIGIN).unwrap();
    let mut client = console.visitor();
    let answer = client.post(path, &[("password", PASSWORD)]).await;
    assert_eq!(answer.headers[header::LOCATION], "/", "{}", answer.text);
    client
}

#[tokio::test]
async fn a_member_is_added_invited_and_comes_in() {
    let console = TestConsole::empty().await;
    let mut administrator = console.member(Role::Administrator).await;
    let form = add(BOB, "viewer");
    let link = administrator.call(&form).await.unwrap().unwrap();
    // Once made, once shown: the same form adds nobody and has no link to show again.
    assert_eq!(administrator.call(&form).await, Ok(None));
    let row = bob(&mut administrator).await;
    assert_eq!(row.state(), MemberState::Invited);

    let mut client = follow(&console, &link.url).await;
    assert_eq!(client.get("/services").await.status, StatusCode::OK);
    assert_eq!(bob(&mut administrator).await.state(), MemberState::Active);

    let again = InviteAgain { token: token(), id: row.member.id };
    let link = administrator.call(&again).await.unwrap().unwrap();
    let mut elsewhere = follow(&console, &link.url).await;
    assert_eq!(elsewhere.get("/services").await.status, StatusCode::OK);
    assert_eq!(client.get("/services").await.status, StatusCode::SEE_OTHER, "the old session");
}

#[tokio::test]
async fn a_role_or_an_end_holds_from_the_next_request_on() {
    let console = TestConsole::empty().await;
    let mut administrator = console.member(Role::Administrator).await;
    let link = administrator.call(&add(BOB, "viewer")).await.unwrap().unwrap();
    let mut client = follow(&console, &link.url).await;
    let id = bob(&mut administrator).await.member.id;
    let members = ListMembers { query: ListQuery::default() };
    assert!(matches!(client.call(&members).await, Err(AppError::NotAllowed(_))));

    let role = SetRole { token: token(), id, role: Role::Administrator };
    administrator.call(&role).await.unwrap();
    assert!(client.call(&members).await.is_ok());
    let disable = SetDisabled { token: token(), id, disabled: true };
    administrator.call(&disable).await.unwrap();
    assert_eq!(client.call(&members).await, Err(AppError::SignInRequired));
    administrator.call(&disable).await.unwrap();
    assert_eq!(bob(&mut administrator).await.state(), MemberState::Disabled);
}

#[tokio::test]
async fn the_last_administrator_and_a_taken_email_are_refused_with_the_reason() {
    let console = TestConsole::empty().await;
    let mut administrator = console.member(Role::Administrator).await;
    administrator.call(&add(BOB, "viewer")).await.unwrap();
    let taken = administrator.call(&add(BOB, "operator")).await.unwrap_err();
    assert!(taken.field_errors().at("email").is_some(), "{taken:?}");

    let query = ListQuery::default().with_filter("role", "administrator");
    let rows = administrator.call(&ListMembers { query }).await.unwrap().value.rows;
    let (id, role) = (rows[0].member.id, Role::Viewer);
    let refused = administrator.call(&SetRole { token: token(), id, role }).await.unwrap_err();
    assert!(refused.to_string().contains("last"), "{refused:?}");
    let disable = SetDisabled { token: token(), id, disabled: true };
    let refused = administrator.call(&disable).await.unwrap_err();
    assert!(matches!(refused, AppError::NotAllowed(_)), "{refused:?}");
}
