//! Ways to begin a task definition, and to take one elsewhere.

mod support;

use berth_app::error::AppError;
use berth_app::task_definitions::api::Register;
use berth_app::task_definitions::convert::{Fate, Kind};
use berth_app::task_definitions::start::api::*;
use berth_app::task_definitions::templates::{Beginning, TEMPLATES};
use berth_app::team::model::Role;
use serde_json::json;
use support::{TestConsole, token};

const COMPOSE: &str = "services:\n  web:\n    build: .\n    ports: [\"8080:80\"]\n  db:\n    image: postgres:16\n    networks: [back]\n";

#[tokio::test]
async fn what_people_paste_is_read_for_operators_only() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let source = |text: &str| ReadSource { text: text.to_owned() };

    let started = operator.call(&source(COMPOSE)).await.unwrap();
    assert_eq!(started.kind, Kind::Compose);
    let shop = &started.documents[0];
    assert_eq!(shop.document.items("containerDefinitions").len(), 2);
    let noted = |fate| shop.left_out.iter().any(|note| note.fate == fate);
    assert!(noted(Fate::Open) && noted(Fate::LeftOut) && noted(Fate::Changed));

    let refused = operator.call(&source("apiVersion: v1\nkind: Pod\n")).await.unwrap_err();
    let AppError::Invalid(errors) = refused else { panic!("{refused:?}") };
    assert!(errors.at("source").is_some_and(|said| said.contains("Kubernetes manifest")));

    let mut viewer = console.member(Role::Viewer).await;
    for refused in [
        viewer.call(&source(COMPOSE)).await.map(|_| ()).unwrap_err(),
        viewer.call(&StartingRegion {}).await.map(|_| ()).unwrap_err(),
    ] {
        assert!(matches!(refused, AppError::NotAllowed(_)), "{refused:?}");
    }
}

/// The sandbox refuses what ECS refuses: each template must be taken once it has what a person fills.
#[tokio::test]
async fn each_template_can_be_registered() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let region = operator.call(&StartingRegion {}).await.unwrap();
    for template in TEMPLATES {
        let beginning = Beginning {
            family: format!("from-{}", template.id),
            image: "nginx:1.27".to_owned(),
            region: region.clone(),
        };
        let mut document = template.begin(&beginning);
        document.set("executionRoleArn", json!("arn:aws:iam::123456789012:role/x"));
        let revision = operator
            .call(&Register { token: token(), document: document.value().to_string() })
            .await
            .unwrap_or_else(|error| panic!("{}: {error:?}", template.id));
        assert_eq!(revision.to_string(), format!("from-{}:1", template.id));
    }
}

#[tokio::test]
async fn the_ways_to_begin_and_to_export_are_in_the_pages() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let form = operator.get("/task-definitions/new").await;
    for words in ["Template…", "Paste or drop…", "Existing revision…", "Export…", "Add a sidecar"]
    {
        assert!(form.text.contains(words), "{words}");
    }
    let mut viewer = console.member(Role::Viewer).await;
    let page = viewer.get("/task-definitions/storefront-web/1").await;
    assert!(page.text.contains("Export…"));
}
