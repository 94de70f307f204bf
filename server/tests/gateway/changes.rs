//! Every change, and what ECS says when it refuses one.

use std::collections::HashSet;

use berth_app::backend::{Account, Ecs, EcsChanges, NewCluster, ServiceUpdate};
use berth_app::clusters::model::{StrategyItem, Tag};
use berth_app::error::AppError;
use berth_app::services::model::{CircuitBreaker, Service};
use berth_server::ecs::Source;

use super::*;

/// The words and the advice of a refusal.
fn refused<T: std::fmt::Debug>(answer: Result<T, AppError>) -> (String, String) {
    match answer {
        Err(AppError::Refused { said, next }) => (said, next),
        other => panic!("{other:?}"),
    }
}

async fn only_service(world: &World) -> Service {
    let mut services = world.gateway.services(&cluster("shop")).await.unwrap();
    assert_eq!(services.len(), 1);
    services.remove(0)
}

fn update(name: &str) -> ServiceUpdate {
    ServiceUpdate {
        cluster: cluster("shop"),
        name: name.parse().unwrap(),
        desired: None,
        revision: None,
        force_new_deployment: false,
    }
}

#[tokio::test]
async fn a_cluster_comes_and_goes() {
    let world = World::new(Seed::Empty);
    let spot = StrategyItem { provider: "FARGATE_SPOT".into(), weight: 3, base: 1 };
    let team = Tag { key: "team".into(), value: "blue".into() };
    let new = NewCluster {
        name: "batch".into(),
        capacity_providers: vec!["FARGATE".into(), "FARGATE_SPOT".into()],
        default_strategy: vec![spot.clone()],
        container_insights: "enabled".into(),
        tags: vec![team.clone()],
    };
    world.gateway.create_cluster(new).await.unwrap();
    let clusters = world.gateway.clusters().await.unwrap();
    assert_eq!(clusters[0].name, cluster("batch"));
    assert_eq!(clusters[0].status, "ACTIVE");
    assert_eq!(clusters[0].default_strategy, [spot]);
    assert_eq!(clusters[0].container_insights, "enabled");
    assert_eq!(clusters[0].tags, [team]);

    world.gateway.delete_cluster(cluster("batch")).await.unwrap();
    assert_eq!(world.gateway.clusters().await.unwrap(), []);

    let plain = NewCluster { name: "plain".into(), ..NewCluster::default() };
    world.gateway.create_cluster(plain).await.unwrap();
    assert_eq!(world.gateway.clusters().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_service_comes_changes_and_goes() {
    let world = World::shop();
    world.ask("RegisterTaskDefinition", document("web"));
    let mut new = service("web");
    new.minimum_healthy_percent = Some(50);
    new.circuit_breaker = Some(CircuitBreaker { enabled: true, rollback: true });
    new.tags = vec![Tag { key: "team".into(), value: "blue".into() }];
    world.gateway.create_service(new.clone()).await.unwrap();
    // The same form again changes nothing.
    world.gateway.create_service(new).await.unwrap();
    let made = only_service(&world).await;
    assert_eq!((made.desired, made.minimum_healthy_percent), (2, Some(50)));
    assert_eq!(made.circuit_breaker, Some(CircuitBreaker { enabled: true, rollback: true }));
    assert_eq!(made.tags[0].key, "team");
    assert!(!made.network.unwrap().public_ip);

    world
        .gateway
        .update_service(ServiceUpdate { desired: Some(5), ..update("web") })
        .await
        .unwrap();
    let scaled = only_service(&world).await;
    assert_eq!(scaled.desired, 5);
    assert_eq!(scaled.task_definition, Some(revision("web:1")), "what is not sent stays");

    let next = ServiceUpdate { revision: Some(revision("web:2")), ..update("web") };
    world.gateway.update_service(next).await.unwrap();
    let deployed = only_service(&world).await;
    assert_eq!(deployed.task_definition, Some(revision("web:2")));
    assert_eq!(deployed.desired, 5);
    let deployments = deployed.deployments.len();

    let again = ServiceUpdate { force_new_deployment: true, ..update("web") };
    world.gateway.update_service(again).await.unwrap();
    assert!(only_service(&world).await.deployments.len() > deployments);

    let (_, next) =
        refused(world.gateway.delete_service(cluster("shop"), "web".parse().unwrap(), false).await);
    assert!(!next.is_empty());
    world.gateway.delete_service(cluster("shop"), "web".parse().unwrap(), true).await.unwrap();
    world.pass(600);
    assert_eq!(world.gateway.services(&cluster("shop")).await.unwrap(), []);
}

#[tokio::test]
async fn more_than_ten_tasks_go_in_several_calls_and_once() {
    let world = World::shop();
    let launched = world.gateway.run_tasks(tasks(23)).await.unwrap();
    assert_eq!(launched.tasks.len(), 23);
    assert_eq!(launched.failures, Vec::<String>::new());
    assert_eq!(world.asked("RunTask"), 3);
    let again = world.gateway.run_tasks(tasks(23)).await.unwrap();
    assert_eq!(again, launched, "the same form finds the same tasks");
    let sweep = world.gateway.tasks(&cluster("shop"), &HashSet::new()).await.unwrap();
    assert_eq!(sweep.described.len(), 23);

    // The same tokens for other tasks.
    let mut other = tasks(23);
    other.started_by = "grace".into();
    let answer = world.gateway.run_tasks(other).await;
    assert!(matches!(answer, Err(AppError::Conflict(_))), "{answer:?}");
}

#[tokio::test]
async fn tasks_without_room_are_named_with_the_reason() {
    let world = World::new(Seed::Demo);
    let giant = json!({
        "family": "giant",
        "containerDefinitions": [{"name": "app", "image": "shop/web:1.0", "memory": 900_000}],
    });
    let registered = world.gateway.register_task_definition(giant).await.unwrap();
    let mut new = tasks(2);
    new.launch.revision = registered;
    new.launch.compute = Compute::LaunchType("EC2".into());
    new.launch.network = None;
    for (name, wanted) in [
        ("production", "RESOURCE:MEMORY ("),
        ("batch", "No Container Instances were found in your cluster."),
    ] {
        new.launch.cluster = cluster(name);
        new.client_token = RequestToken::from_bits(name.len() as u128);
        let launched = world.gateway.run_tasks(new.clone()).await.unwrap();
        assert_eq!(launched.tasks, []);
        let first = launched.failures.first().cloned().unwrap_or_default();
        assert!(first.starts_with(wanted), "{name}: {:?}", launched.failures);
    }
}

#[tokio::test]
async fn a_strategy_or_the_default_decides_where_tasks_run() {
    let world = World::shop();
    let mut new = tasks(1);
    new.launch.compute = Compute::Strategy(vec![StrategyItem {
        provider: "FARGATE_SPOT".into(),
        weight: 1,
        base: 0,
    }]);
    new.group = Some("night".into());
    let launched = world.gateway.run_tasks(new).await.unwrap();
    let sweep = world.gateway.tasks(&cluster("shop"), &HashSet::new()).await.unwrap();
    assert_eq!(sweep.described[0].id, launched.tasks[0]);
    assert_eq!(sweep.described[0].capacity_provider.as_deref(), Some("FARGATE_SPOT"));
    assert_eq!(sweep.described[0].group, "night");
}

#[tokio::test]
async fn refusals_come_in_awss_words_with_a_next_step() {
    let world = World::shop();
    world.gateway.create_service(service("web")).await.unwrap();
    let (said, next) = refused(world.gateway.delete_cluster(cluster("shop")).await);
    assert!(said.contains("Services are active"), "{said}");
    assert_eq!(next, "Delete the cluster's services first.");

    let (said, next) = refused(world.gateway.delete_cluster(cluster("gone")).await);
    assert_eq!(said, "Cluster not found.");
    assert!(next.contains("list of clusters"));

    let (_, next) = refused(world.gateway.update_service(update("gone")).await);
    assert!(next.contains("list of services"), "{next}");

    let nobody = task("0123456789abcdef0123456789abcdef");
    let (said, _) =
        refused(world.gateway.stop_task(cluster("shop"), nobody, "Not needed".into()).await);
    assert!(said.contains("task was not found"), "{said}");

    let mut small = document("small");
    small["memory"] = json!("300");
    let (said, next) = refused(world.gateway.register_task_definition(small).await);
    assert!(said.contains("No Fargate configuration exists"), "{said}");
    assert!(next.contains("task definition"));
    let mut unreadable = document("unreadable");
    unreadable["containerDefinitions"][0]["dockerLabels"] = json!("team=web");
    let (said, next) = refused(world.gateway.register_task_definition(unreadable).await);
    assert_eq!(said, "STRING_VALUE cannot be converted to Map");
    assert!(next.contains("shape"), "{next}");
    let (_, next) = refused(world.gateway.register_task_definition(json!([1])).await);
    assert!(next.contains("task definition"));

    let (said, _) = refused(world.gateway.deregister_task_definition(revision("web:9")).await);
    assert!(!said.is_empty());

    let mut second = service("web");
    second.client_token = RequestToken::from_bits(3);
    let (_, next) = refused(world.gateway.create_service(second).await);
    assert!(next.contains("another name"), "{next}");
}

#[tokio::test(start_paused = true)]
async fn the_account_is_known_soon() {
    let world = World::shop();
    let before = world.gateway.account();
    let wanted =
        Account { sandbox: true, region: Some("eu-central-1".into()), ..Account::default() };
    assert_eq!(Account { id: None, identity: None, ..before }, wanted);
    super::weather::until(|| world.gateway.account().id.is_some()).await;
    let account = world.gateway.account();
    assert_eq!(account.id.map(|id| id.len()), Some(12));
    assert!(account.identity.unwrap().starts_with("arn:aws:sts::"));
}
