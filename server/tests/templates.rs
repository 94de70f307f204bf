//! Templates as a team saves them, begins from them, changes and removes them.
#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, in its helpers too"
)]

mod support;

use axum::http::StatusCode;
use berth_app::audit::api::ListEntries;
use berth_app::error::AppError;
use berth_app::listing::ListQuery;
use berth_app::task_definitions::drafts::model::TEXT_BYTES;
use berth_app::task_definitions::team_templates::api::*;
use berth_app::task_definitions::team_templates::draft::{TemplateContent, TemplateWords};
use berth_app::task_definitions::team_templates::model::{TEMPLATES_MAX, TemplateRow};
use berth_app::team::api::AddMember;
use berth_app::team::draft::MemberDraft;
use berth_app::team::model::Role;
use support::{Client, ORIGIN, PASSWORD, TestConsole, token};

const TEXT: &str = r#"{"family": "proof", "containerDefinitions": [
    {"name": "app", "image": "harbour-shop:1", "environment": [{"name": "MODE", "value": "hunter2"}],
     "secrets": [{"name": "KEY", "valueFrom": "secret-place"}]},
    {"name": "router", "image": "router:1", "dependsOn": [{"containerName": "app", "condition": "START"}],
     "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}
  ], "volumes": [{"name": "data"}, {"name": "other"}]}"#;
const VALUE: &str = "containerDefinitions.0.environment.0.value";

fn words(name: &str) -> TemplateWords {
    TemplateWords { name: name.into(), about: "For shops".into() }
}

fn content(container: Option<usize>) -> TemplateContent {
    TemplateContent { text: TEXT.into(), container, keep_values: true }
}

fn form(name: &str, content: TemplateContent) -> SaveTemplate {
    SaveTemplate { token: token(), words: words(name), content }
}

async fn listed(client: &mut Client) -> Vec<TemplateRow> {
    client.call(&ListTemplates {}).await.unwrap()
}

/// Saves a template and says what the list has of it.
async fn save(client: &mut Client, name: &str, content: TemplateContent) -> TemplateRow {
    client.call(&form(name, content)).await.unwrap();
    listed(client).await.into_iter().find(|row| row.name == name).unwrap()
}

fn replace(row: &TemplateRow, text: &str) -> ReplaceTemplate {
    let content = TemplateContent { text: text.into(), ..content(None) };
    ReplaceTemplate { token: token(), id: row.id, version: row.version, content }
}

fn describe(row: &TemplateRow, name: &str) -> DescribeTemplate {
    DescribeTemplate { token: token(), id: row.id, version: row.version, words: words(name) }
}

fn remove(row: &TemplateRow) -> RemoveTemplate {
    RemoveTemplate { token: token(), id: row.id, version: row.version }
}

/// Another operator than the one of [`TestConsole::member`].
async fn colleague(console: &TestConsole) -> Client {
    let mut administrator = console.member(Role::Administrator).await;
    let draft =
        MemberDraft { name: "Bob".into(), email: "bob@x.test".into(), role: "operator".into() };
    let add = AddMember { token: token(), draft };
    let link = administrator.call(&add).await.unwrap().unwrap();
    let mut bob = console.visitor();
    let path = link.url.strip_prefix(ORIGIN).unwrap();
    let answer = bob.post(path, &[("password", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    bob
}

/// What the audit log holds of templates, oldest first: who, what, subject, detail and outcome.
async fn recorded(console: &TestConsole) -> Vec<String> {
    let mut administrator = console.member(Role::Administrator).await;
    let listing = administrator.call(&ListEntries { query: ListQuery::default() }).await.unwrap();
    let entries = listing.value.rows.into_iter().rev();
    let line = |entry: berth_app::audit::model::AuditEntry| {
        let who = entry.who.split('@').next().unwrap_or_default().to_owned();
        format!("{who} {} {} {} {:?}", entry.what, entry.subject, entry.detail, entry.outcome)
    };
    entries.filter(|entry| entry.what.starts_with("template.")).map(line).collect()
}

#[tokio::test]
async fn a_document_is_saved_and_forms_begin_from_it() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let row = save(&mut operator, "Shop", content(None)).await;
    assert_eq!((row.owner.as_str(), row.mine, row.sidecar), ("Operator", true, false));
    assert_eq!((row.containers.join(" "), row.about.as_str()), ("app router".into(), "For shops"));
    let template = operator.call(&OpenTemplate { id: row.id }).await.unwrap();
    assert_eq!(template.document.text_at("family"), "");
    assert_eq!(template.document.text_at(VALUE), "hunter2");

    let empty = TemplateContent { keep_values: false, ..content(None) };
    let row = save(&mut operator, "Bare", empty).await;
    let bare = operator.call(&OpenTemplate { id: row.id }).await.unwrap().document;
    assert_eq!(bare.text_at(VALUE), "");
    assert_eq!(bare.text_at("containerDefinitions.0.secrets.0.valueFrom"), "secret-place");

    let address = format!("/task-definitions/new?template={}&family=mine", row.id);
    let page = operator.get(&address).await.text;
    for said in
        ["harbour-shop:1", "Bare", "saved by Operator", "Variables without a value: MODE.", "mine"]
    {
        assert!(page.contains(said), "{said}");
    }
    for nowhere in ["999", "x"] {
        let page = operator.get(&format!("/task-definitions/new?template={nowhere}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    let list = operator.get("/task-definitions/templates").await.text;
    assert!(list.contains("Shop") && list.contains("app, router") && !list.contains("hunter2"));
}

#[tokio::test]
async fn one_container_is_saved_as_a_sidecar() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let row = save(&mut operator, "Router", content(Some(1))).await;
    assert_eq!((row.sidecar, row.containers.as_slice()), (true, &["router".to_owned()][..]));
    let sidecar = operator.call(&OpenTemplate { id: row.id }).await.unwrap().document;
    assert_eq!(sidecar.get("containerDefinitions.0.dependsOn"), None);
    assert_eq!(
        (sidecar.text_at("volumes.0.name"), sidecar.items("volumes").len()),
        ("data".into(), 1)
    );
    // It is nothing to begin from, and no whole document takes its place.
    let page = operator.get(&format!("/task-definitions/new?template={}", row.id)).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    let refused = operator.call(&replace(&row, TEXT)).await.unwrap_err();
    assert!(refused.field_errors().at("document").is_some(), "{refused:?}");
    let mut administrator = console.member(Role::Administrator).await;
    let default = SetDefaultTemplate { token: token(), id: Some(row.id) };
    assert!(matches!(administrator.call(&default).await, Err(AppError::NotFound(_))));
}

#[tokio::test]
async fn what_somebody_changed_meanwhile_is_not_overwritten() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let mut administrator = console.member(Role::Administrator).await;
    let known = save(&mut operator, "Shop", content(None)).await;
    administrator
        .call(&replace(&known, &TEXT.replace("harbour-shop:1", "theirs:1")))
        .await
        .unwrap();
    for refused in [
        operator.call(&replace(&known, TEXT)).await,
        operator.call(&describe(&known, "Mine")).await,
        operator.call(&remove(&known)).await,
    ] {
        let said = "Administrator has changed the template Shop meanwhile.".to_owned();
        assert_eq!(refused.unwrap_err(), AppError::Conflict(said));
    }
    let now = operator.call(&OpenTemplate { id: known.id }).await.unwrap();
    assert_eq!(now.document.text_at("containerDefinitions.0.image"), "theirs:1");
    assert_eq!(
        (now.row.owner.as_str(), now.row.changed_by.as_str()),
        ("Operator", "Administrator")
    );

    // Who knows what is there may replace it; the same form sent twice does so once.
    let mine = replace(&now.row, TEXT);
    for _ in 0..2 {
        operator.call(&mine).await.unwrap();
    }
    let row = listed(&mut operator).await.remove(0);
    assert_eq!(row.version, 3);
    operator.call(&describe(&row, "Store")).await.unwrap();
    let row = listed(&mut operator).await.remove(0);
    assert_eq!(row.name, "Store");
    for _ in 0..2 {
        operator.call(&remove(&row)).await.unwrap();
    }
    assert_eq!(listed(&mut operator).await, []);
    let log = recorded(&console).await;
    let conflict = r#"Failed("Administrator has changed the template Shop meanwhile.")"#;
    assert_eq!(
        log,
        [
            "operator template.saved Shop  Done(\"\")".to_owned(),
            "administrator template.replaced Shop  Done(\"\")".to_owned(),
            format!("operator template.replaced Shop  {conflict}"),
            format!("operator template.described Mine was Shop {conflict}"),
            format!("operator template.removed Shop  {conflict}"),
            "operator template.replaced Shop  Done(\"\")".to_owned(),
            "operator template.described Store was Shop Done(\"\")".to_owned(),
            "operator template.removed Store  Done(\"\")".to_owned(),
        ]
    );
}

#[tokio::test]
async fn only_who_saved_it_and_administrators_change_a_template() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let row = save(&mut operator, "Shop", content(None)).await;
    let mut bob = colleague(&console).await;
    assert!(!listed(&mut bob).await[0].mine);
    for refused in [
        bob.call(&replace(&row, TEXT)).await,
        bob.call(&describe(&row, "Mine")).await,
        bob.call(&remove(&row)).await,
    ] {
        let AppError::NotAllowed(said) = refused.unwrap_err() else { panic!("changed") };
        assert_eq!(
            said,
            "Only Operator, who saved it, and administrators can change this template."
        );
    }
    assert_eq!(listed(&mut bob).await[0].version, 1);
    bob.call(&OpenTemplate { id: row.id }).await.unwrap();
    console.member(Role::Administrator).await.call(&remove(&row)).await.unwrap();

    save(&mut operator, "Shop", content(None)).await;
    for mut client in [console.visitor(), console.member(Role::Viewer).await] {
        let refused = client.call(&ListTemplates {}).await.map(drop);
        assert!(matches!(refused, Err(AppError::SignInRequired | AppError::NotAllowed(_))));
        for address in ["/task-definitions/templates", "/task-definitions/new"] {
            let page = client.get(address).await.text;
            assert!(!page.contains("hunter2") && !page.contains("For shops"), "{address}");
        }
    }
}

#[tokio::test]
async fn new_forms_begin_from_the_default() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let mut administrator = console.member(Role::Administrator).await;
    let row = save(&mut operator, "Shop", content(None)).await;
    let said = "the team’s default template ";
    let begins = |page: &str| (page.contains(said), page.contains("harbour-shop:1"));
    assert_eq!(begins(&operator.get("/task-definitions/new").await.text), (false, false));
    administrator.call(&SetDefaultTemplate { token: token(), id: Some(row.id) }).await.unwrap();
    for (address, from_it) in [
        ("/task-definitions/new", true),
        ("/task-definitions/new?family=mine", true),
        ("/task-definitions/new?start=empty", false),
        ("/task-definitions/new?image=nginx", false),
        ("/task-definitions/new?from=storefront-web:1", false),
    ] {
        let page = operator.get(address).await.text;
        assert_eq!(begins(&page), (from_it, from_it), "{address}");
    }
    administrator.call(&SetDefaultTemplate { token: token(), id: None }).await.unwrap();
    assert_eq!(begins(&operator.get("/task-definitions/new").await.text), (false, false));
    let log = recorded(&console).await;
    assert!(log[1].starts_with("administrator template.default-set Shop"), "{log:?}");
    assert!(log[2].starts_with("administrator template.default-set none"), "{log:?}");
    assert!(log.iter().all(|line| !line.contains("hunter2")));
}

#[tokio::test]
async fn names_and_limits_are_said_at_their_fields() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let row = save(&mut operator, "Shop", content(None)).await;
    let other = save(&mut operator, "Other", content(None)).await;
    let huge = TemplateContent { text: "x".repeat(TEXT_BYTES + 1), ..content(None) };
    for (refused, at, words) in [
        (operator.call(&form("shop", content(None))).await, "name", "already"),
        (operator.call(&describe(&other, " SHOP ")).await, "name", "already"),
        (operator.call(&form(" ", content(None))).await, "name", "Give"),
        (operator.call(&form("New", huge)).await, "document", "A template holds at most 256 KiB"),
        (operator.call(&form("New", content(Some(7)))).await, "document", "container is gone"),
        (operator.call(&replace(&row, "{")).await, "document", "Line 1"),
    ] {
        let errors = refused.unwrap_err().field_errors();
        assert!(errors.at(at).is_some_and(|said| said.contains(words)), "{words}: {errors:?}");
    }
    for n in 2..TEMPLATES_MAX {
        operator.call(&form(&format!("t{n}"), content(None))).await.unwrap();
    }
    let refused = operator.call(&form("New", content(None))).await.unwrap_err();
    assert!(refused.to_string().contains("The team has 100 templates"), "{refused}");
    assert_eq!(listed(&mut operator).await.len(), TEMPLATES_MAX);
}

#[tokio::test]
async fn the_same_template_sent_twice_is_saved_once_and_costs_no_call_to_ecs() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let before = console.console.gateway.calls_by_operation();
    let form = form("Shop", content(None));
    for _ in 0..2 {
        operator.call(&form).await.unwrap();
    }
    assert_eq!(listed(&mut operator).await.len(), 1);
    assert_eq!(operator.get("/task-definitions/templates").await.status, StatusCode::OK);
    assert_eq!(console.console.gateway.calls_by_operation(), before);
}
