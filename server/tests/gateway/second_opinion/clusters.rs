//! Clusters, and who the console is.

use super::*;

stories! {
    a_cluster_comes_and_goes,
    the_account_is_known_soon,
}

async fn a_cluster_comes_and_goes(ground: &Ground) {
    let gateway = &ground.gateway;
    assert_eq!(gateway.clusters().await.unwrap(), []);
    let spot = StrategyItem { provider: "FARGATE_SPOT".into(), weight: 3, base: 1 };
    let new = NewCluster {
        name: "batch".into(),
        capacity_providers: vec!["FARGATE".into(), "FARGATE_SPOT".into()],
        default_strategy: vec![spot.clone()],
        container_insights: "enabled".into(),
        tags: vec![tag("team", "blue"), tag("empty", "")],
    };
    gateway.create_cluster(new.clone()).await.unwrap();
    let made = ground.cluster("batch").await;
    assert_eq!(made.status, "ACTIVE");
    assert!(made.arn.ends_with(":cluster/batch"), "{}", made.arn);
    assert_eq!(made.capacity_providers, new.capacity_providers);
    assert_eq!(made.default_strategy, [spot]);
    assert_eq!(made.container_insights, "enabled");
    assert_eq!(made.tags, new.tags);
    assert_eq!((made.running_tasks, made.pending_tasks, made.active_services), (0, 0, 0));
    assert_eq!(ground.touched(Touched::Cluster(cluster("batch"))).await, [Found::Cluster(made)]);

    let plain = NewCluster { name: "plain".into(), ..NewCluster::default() };
    gateway.create_cluster(plain).await.unwrap();
    let plain = ground.cluster("plain").await;
    assert_eq!((plain.container_insights.as_str(), plain.tags.len()), ("disabled", 0));

    let taken = AppError::Invalid(FieldErrors::one("name", NAME_TAKEN));
    assert_eq!(gateway.create_cluster(new.clone()).await, Err(taken));

    gateway.delete_cluster(cluster("batch")).await.unwrap();
    let left = gateway.clusters().await.unwrap();
    let active: Vec<&str> =
        left.iter().filter(|one| one.status == "ACTIVE").map(|one| one.name.as_str()).collect();
    assert_eq!(active, ["plain"]);
    match ground.touched(Touched::Cluster(cluster("batch"))).await.as_slice() {
        [Found::Cluster(gone)] => assert_eq!(gone.status, "INACTIVE"),
        other => panic!("{other:?}"),
    }
    // It gives its name back.
    gateway.create_cluster(new).await.unwrap();
    assert_eq!(ground.cluster("batch").await.status, "ACTIVE");
}

async fn the_account_is_known_soon(ground: &Ground) {
    let limit = Duration::from_secs(60);
    let known = crate::weather::until(|| ground.gateway.account().id.is_some());
    tokio::time::timeout(limit, known).await.unwrap();
    let account = ground.gateway.account();
    assert_eq!(account.id.map(|id| id.len()), Some(12));
    assert!(account.identity.unwrap().starts_with("arn:aws:sts::"));
}
