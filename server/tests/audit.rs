//! The audit log as an administrator reads it.

mod support;

use berth_app::audit::api::ListEntries;
use berth_app::audit::model::{AuditEntry, Outcome};
use berth_app::launch::draft::LaunchDraft;
use berth_app::listing::ListQuery;
use berth_app::services::api::DeployService;
use berth_app::services::draft_changes::DeployDraft;
use berth_app::task_definitions::api::{DocumentForEditing, Register};
use berth_app::tasks::api::RunTasks;
use berth_app::tasks::run_draft::RunDraft;
use berth_app::team::model::Role;
use support::{Client, TestConsole, token};

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

fn came_out(entry: &AuditEntry) -> &str {
    match &entry.outcome {
        Outcome::Done(came_out) => came_out,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_came_out_of_a_change_is_shown_and_found() {
    let console = TestConsole::demo().await;
    let mut administrator = console.member(Role::Administrator).await;
    let from = "storefront-web:1".parse().expect("a revision");
    let document = administrator.call(&DocumentForEditing { revision: from }).await.unwrap();
    let register = Register { token: token(), document: document.value().to_string() };
    let revision = administrator.call(&register).await.unwrap();
    let registered = entries(&mut administrator, "task-definition.registered").await;
    assert_eq!(came_out(&registered[0]), revision.to_string());

    let launch = LaunchDraft {
        cluster: "staging".into(),
        family: "storefront-web".into(),
        revision: "latest".into(),
        compute: "FARGATE".into(),
        subnets: vec!["subnet-0a1b2c3d".into()],
        ..LaunchDraft::default()
    };
    let draft = RunDraft { launch, count: "3".into(), ..RunDraft::default() };
    let run = administrator.call(&RunTasks { token: token(), draft }).await.unwrap();
    let [first, second, third] = &run.tasks[..] else { panic!("{run:?}") };
    // By any of its tasks, as it stands in the address of the task's page.
    let query = ListQuery::default().with_text(second.as_str());
    let found = administrator.call(&ListEntries { query }).await.unwrap().value.rows;
    assert_eq!(found.len(), 1);
    assert_eq!(came_out(&found[0]), format!("3 tasks: {first}, {second}, {third}"));
    let page = administrator.get(&format!("/audit?q={third}")).await;
    let words = format!("3 tasks: {}, {}, {}", first.short(), second.short(), third.short());
    assert!(page.text.contains(&words), "{words}: {}", page.text);

    // Which revision is deployed was said before; it is not said twice.
    let (cluster, name) = ("staging".parse().unwrap(), "storefront-web".parse().unwrap());
    let draft = DeployDraft { family: "storefront-web".into(), revision: "latest".into() };
    administrator.call(&DeployService { token: token(), cluster, name, draft }).await.unwrap();
    let deployed = entries(&mut administrator, "service.deployed").await;
    assert_eq!((deployed[0].detail.as_str(), came_out(&deployed[0])), (&*revision.to_string(), ""));
}
