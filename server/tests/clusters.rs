//! What people do with clusters.

mod support;

use berth_app::audit::api::ListEntries;
use berth_app::audit::model::Outcome;
use berth_app::clusters::api::{
    CreateCluster, DeleteCluster, ListClusters, ReadCluster, ReadClusterEvents,
};
use berth_app::clusters::draft::{ClusterDraft, NAME_TAKEN};
use berth_app::clusters::strategy::StrategyLine;
use berth_app::error::AppError;
use berth_app::listing::ListQuery;
use berth_app::team::model::Role;
use berth_sandbox::Weather;
use support::{TestConsole, token};

fn draft(name: &str) -> ClusterDraft {
    ClusterDraft {
        name: name.into(),
        fargate: true,
        fargate_spot: true,
        strategy: vec![StrategyLine {
            provider: "FARGATE".into(),
            base: "1".into(),
            weight: "1".into(),
        }],
        insights: "enhanced".into(),
        tags: vec![("team".into(), "shop".into()), (String::new(), String::new())],
        ..ClusterDraft::default()
    }
}

fn create(name: &str) -> CreateCluster {
    CreateCluster { token: token(), draft: draft(name) }
}

fn delete(name: &str) -> DeleteCluster {
    DeleteCluster { token: token(), name: name.parse().expect("a name") }
}

#[tokio::test]
async fn an_operator_creates_a_cluster_and_deletes_it() {
    let console = TestConsole::empty().await;
    let mut operator = console.member(Role::Operator).await;

    let name = operator.call(&create("production")).await.unwrap();
    assert_eq!(name.as_str(), "production");
    let list = ListClusters { query: ListQuery::default() };
    let listed = operator.call(&list).await.unwrap().value;
    assert_eq!(listed.rows[0].key, "production");
    assert_eq!(listed.rows[0].providers, ["FARGATE", "FARGATE_SPOT"]);

    let detail = operator.call(&ReadCluster { name: name.clone() }).await.unwrap().value;
    assert_eq!(detail.insights, "enhanced");
    assert_eq!(detail.strategy[0].base, 1);
    assert_eq!(detail.tags[0].key, "team");
    assert!(detail.remains.is_empty());
    let page = operator.get("/clusters/production").await;
    assert!(page.text.contains("Every task goes to FARGATE."), "{}", page.text);

    operator.call(&delete("production")).await.unwrap();
    let gone = operator.call(&ReadCluster { name }).await;
    assert!(match gone {
        Ok(fresh) => fresh.value.status == "INACTIVE",
        Err(error) => matches!(error, AppError::NotFound(_)),
    });
}

#[tokio::test]
async fn the_server_checks_every_field_again() {
    let console = TestConsole::empty().await;
    let mut operator = console.member(Role::Operator).await;
    let mut wrong = draft("a b");
    wrong.providers = vec!["aws-mine".into()];
    wrong.strategy[0].weight = "1001".into();
    wrong.insights = "loud".into();
    wrong.tags[0].0 = "aws:team".into();
    let refused = operator.call(&CreateCluster { token: token(), draft: wrong }).await.unwrap_err();
    let errors = refused.field_errors();
    for at in ["name", "providers.0", "strategy.0.weight", "insights", "tags.0.key"] {
        assert!(errors.at(at).is_some(), "{at}: {errors:?}");
    }
    assert_eq!(errors.len(), 5, "{errors:?}");
}

#[tokio::test]
async fn ecs_keeps_a_cluster_that_is_in_use() {
    let console = TestConsole::demo().await;
    let mut operator = console.member(Role::Operator).await;
    let name: berth_app::names::ClusterName = "production".parse().unwrap();
    let detail = operator.call(&ReadCluster { name: name.clone() }).await.unwrap().value;
    assert!(!detail.remains.services.is_empty() && detail.remains.tasks > 0);
    let refused = operator.call(&delete("production")).await.unwrap_err();
    let AppError::Refused { said, next } = refused else { panic!("{refused:?}") };
    assert!(said.contains("cannot be deleted"), "{said}");
    assert!(!next.is_empty());

    let feed = operator.call(&ReadClusterEvents { name }).await.unwrap().value;
    assert!(feed.rows.len() > 1 && feed.rows.len() <= 100);
    assert!(feed.rows.is_sorted_by(|a, b| a.at >= b.at), "newest first");
}

#[tokio::test]
async fn only_operators_change_clusters() {
    let console = TestConsole::empty().await;
    let mut viewer = console.member(Role::Viewer).await;
    for refused in [
        viewer.call(&create("production")).await.map(|_| ()),
        viewer.call(&delete("production")).await,
    ] {
        assert!(matches!(refused, Err(AppError::NotAllowed(_))), "{refused:?}");
    }
    let page = viewer.get("/clusters/new").await;
    assert!(page.text.contains("This needs the role operator; yours is viewer."));
    let refused = console.visitor().call(&create("production")).await;
    assert_eq!(refused, Err(AppError::SignInRequired));
    let list = ListClusters { query: ListQuery::default() };
    assert_eq!(viewer.call(&list).await.unwrap().value.meta.total, 0);
}

#[tokio::test]
async fn a_name_that_is_taken_is_told_at_its_field_and_changes_nothing() {
    let console = TestConsole::empty().await;
    let mut administrator = console.member(Role::Administrator).await;
    let first = create("production");
    administrator.call(&first).await.unwrap();

    let mut other = create("production");
    other.draft.insights = "disabled".into();
    let refused = administrator.call(&other).await.unwrap_err();
    assert_eq!(refused.field_errors().at("name"), Some(NAME_TAKEN), "{refused:?}");
    let entries =
        ListEntries { query: ListQuery::default().with_filter("what", "cluster.created") };
    let entries = administrator.call(&entries).await.unwrap().value.rows;
    let outcomes: Vec<_> = entries.iter().map(|entry| &entry.outcome).collect();
    assert_eq!(outcomes, [&Outcome::Failed(NAME_TAKEN.into()), &Outcome::Done(String::new())]);
    let detail = ReadCluster { name: "production".parse().unwrap() };
    assert_eq!(administrator.call(&detail).await.unwrap().value.insights, "enhanced");

    // What was created answers as it did, and a deleted cluster gives its name back.
    assert_eq!(administrator.call(&first).await.unwrap().as_str(), "production");
    administrator.call(&delete("production")).await.unwrap();
    administrator.call(&other).await.unwrap();
    assert_eq!(administrator.call(&detail).await.unwrap().value.insights, "disabled");
}

#[tokio::test]
async fn nothing_is_created_while_nobody_can_say_whether_the_name_is_taken() {
    let console = TestConsole::empty().await;
    let mut operator = console.member(Role::Operator).await;
    let deny = Some("DescribeClusters".to_owned());
    console.sandbox().set_weather(Weather { deny, ..Weather::default() });
    let refused = operator.call(&create("production")).await.unwrap_err();
    let AppError::Refused { next, .. } = refused else { panic!("{refused:?}") };
    assert_eq!(next, "Grant ecs:DescribeClusters to the console's role.");
    let created = console.sandbox().calls().into_iter().any(|c| c.operation == "CreateCluster");
    assert!(!created, "it was sent all the same");
}

#[tokio::test]
async fn the_same_form_twice_creates_once() {
    let console = TestConsole::empty().await;
    let mut operator = console.member(Role::Operator).await;
    let form = create("production");
    let first = operator.call(&form).await.unwrap();
    let again = operator.call(&form).await.unwrap();
    assert_eq!(first, again);
    let list = ListClusters { query: ListQuery::default() };
    assert_eq!(operator.call(&list).await.unwrap().value.meta.total, 1);
}
