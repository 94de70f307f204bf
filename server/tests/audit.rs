//! The audit log as an administrator reads it.

mod support;

use berth_app::audit::api::ListEntries;
use berth_app::audit::model::AuditEntry;
use berth_app::listing::ListQuery;
use berth_app::team::model::Role;
use support::{Client, TestConsole};

async fn entries(administrator: &mut Client, what: &str) -> Vec<AuditEntry> {
    let query = ListQuery::default().with_filter("what", what);
    administrator.call(&ListEntries { query }).await.expect("entries").value.rows
}

#[tokio::test]
async fn sign_ins_and_sign_outs_stand_in_the_log() {
    let console = TestConsole::empty().await;
    let mut administrator = console.member(Role::Administrator).await;
    let mut viewer = console.member(Role::Viewer).await;
    viewer.post("/sign-out", &[]).await;

    let came = entries(&mut administrator, "access.signed-in").await;
    let who: Vec<_> = came.iter().map(|entry| entry.who.as_str()).collect();
    assert_eq!(who, ["viewer@example.test", "administrator@example.test"]);
    assert!(came.iter().all(|entry| !entry.request_id.is_empty()), "{came:?}");
    let went = entries(&mut administrator, "access.signed-out").await;
    assert_eq!(went.len(), 1);
    assert_eq!(went[0].who, "viewer@example.test");

    let page = administrator.get("/audit").await;
    for words in ["Signed in", "Signed out", "from 127.0.0.1"] {
        assert!(page.text.contains(words), "{words}");
    }
}
