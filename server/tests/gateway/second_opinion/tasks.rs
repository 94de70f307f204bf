//! Tasks of one's own.

use super::*;

stories! {
    tasks_run_and_are_stopped,
    a_strategy_or_the_default_decides_where_tasks_run,
}

async fn tasks_run_and_are_stopped(ground: &Ground) {
    let gateway = &ground.gateway;
    ground.open_shop().await;
    assert_eq!(ground.sweep(&[]).await, TaskSweep::default());
    let launched = gateway.run_tasks(ground.tasks(12)).await.unwrap();
    assert_eq!((launched.tasks.len(), launched.failures.len()), (12, 0));
    ground.pass();
    let sweep = ground.sweep(&[]).await;
    let mut ids = launched.tasks.clone();
    ids.sort();
    let found: Vec<TaskId> = sweep.described.iter().map(|one| one.id.clone()).collect();
    assert_eq!(found, ids);
    for one in &sweep.described {
        assert!(one.arn.ends_with(&format!(":task/shop/{}", one.id)), "{}", one.arn);
        assert_eq!((one.last_status.as_str(), one.desired_status.as_str()), ("RUNNING", "RUNNING"));
        assert_eq!(one.task_definition, revision("web:1"));
        assert_eq!(one.launch_type.as_deref(), Some("FARGATE"));
        assert_eq!((one.group.as_str(), one.capacity_provider.as_deref()), ("family:web", None));
        assert_eq!(one.started_by.as_deref(), Some("ada-example-com"));
        assert!(one.private_ip.is_some());
        assert_eq!(one.containers.len(), 1);
        assert_eq!(one.containers[0].name, "app");
        assert_eq!(one.containers[0].image, "shop/web:1.0");
        assert_eq!(one.containers[0].memory.as_deref(), Some("512"));
    }

    let (first, rest) = ids.split_first().unwrap();
    gateway.stop_task(cluster("shop"), first.clone(), "Not needed".into()).await.unwrap();
    let stopped = |found: &[Found]| match found {
        [Found::Task(one)] => one.clone(),
        other => panic!("{other:?}"),
    };
    let touched = Touched::Tasks(cluster("shop"), vec![first.clone()]);
    assert_eq!(stopped(&ground.touched(touched.clone()).await).desired_status, "STOPPED");
    ground.pass();
    let end: Task = stopped(&ground.touched(touched).await);
    assert_eq!((end.last_status.as_str(), end.desired_status.as_str()), ("STOPPED", "STOPPED"));
    assert_eq!(end.stopped_reason.as_deref(), Some("Not needed"));

    // Stopped tasks stand in the second list, and are not described again.
    let sweep = ground.sweep(std::slice::from_ref(first)).await;
    assert_eq!(sweep.still_listed, std::slice::from_ref(first));
    let found: Vec<TaskId> = sweep.described.iter().map(|one| one.id.clone()).collect();
    assert_eq!(found, rest);
}

async fn a_strategy_or_the_default_decides_where_tasks_run(ground: &Ground) {
    let gateway = &ground.gateway;
    ground.open_shop().await;
    let spot = vec![StrategyItem { provider: "FARGATE_SPOT".into(), weight: 1, base: 0 }];
    let spotty = NewCluster {
        name: "spotty".into(),
        capacity_providers: vec!["FARGATE".into(), "FARGATE_SPOT".into()],
        default_strategy: spot.clone(),
        ..NewCluster::default()
    };
    gateway.create_cluster(spotty).await.unwrap();
    for (place, compute) in [("shop", Compute::Strategy(spot)), ("spotty", Compute::ClusterDefault)]
    {
        let mut new = ground.tasks(1);
        new.launch.cluster = cluster(place);
        new.launch.compute = compute;
        new.group = Some("night".into());
        new.client_token = RequestToken::from_bits(place.len() as u128);
        let launched = gateway.run_tasks(new).await.unwrap();
        let sweep = gateway.tasks(&cluster(place), &HashSet::new()).await.unwrap();
        let [one] = sweep.described.try_into().unwrap();
        assert_eq!([one.id], *launched.tasks);
        assert_eq!(one.capacity_provider.as_deref(), Some("FARGATE_SPOT"));
        assert_eq!(one.group, "night");
    }
}
