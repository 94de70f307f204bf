//! What is asked of a thing that is not there any more.

use super::*;

stories! {
    a_cluster_that_is_gone_is_told,
    what_is_gone_from_a_cluster_is_told,
}

async fn a_cluster_that_is_gone_is_told(ground: &Ground) {
    let gateway = &ground.gateway;
    ground.open_shop().await;
    let gone = || cluster("gone");
    let web = || "web".parse().unwrap();
    let nobody = task("0123456789abcdef0123456789abcdef");
    let mut tasks = ground.tasks(1);
    tasks.launch.cluster = gone();
    let mut service = ground.service("web");
    service.launch.cluster = gone();
    let changes = [
        gateway.delete_cluster(gone()).await,
        gateway.run_tasks(tasks).await.map(|_| ()),
        gateway.stop_task(gone(), nobody.clone(), String::new()).await,
        gateway.create_service(service).await,
        gateway.update_service(ServiceUpdate { cluster: gone(), ..update("web") }).await,
        gateway.delete_service(gone(), web(), true).await,
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let (said, next) = refused(change);
        assert_eq!(said, "Cluster not found.", "change {number}");
        assert_eq!(
            next, "The cluster may have been deleted. Go back to the list of clusters.",
            "change {number}"
        );
    }

    // A list that is read beside a deletion is empty; what is asked for by name is not there.
    assert_eq!(gateway.services(&gone()).await, Ok(Vec::new()));
    assert_eq!(gateway.tasks(&gone(), &HashSet::new()).await, Ok(TaskSweep::default()));
    assert_eq!(gateway.touched(&Touched::Cluster(gone())).await, Ok(Vec::new()));
    for touched in [Touched::Service(gone(), web()), Touched::Tasks(gone(), vec![nobody])] {
        let error = gateway.touched(&touched).await.unwrap_err();
        assert_eq!(
            (error.kind, error.trouble.said.as_str()),
            (ReadErrorKind::Other, "Cluster not found.")
        );
    }
}

async fn what_is_gone_from_a_cluster_is_told(ground: &Ground) {
    let gateway = &ground.gateway;
    ground.open_shop().await;
    let name: ServiceName = "gone".parse().unwrap();
    for change in [
        gateway.update_service(ServiceUpdate { desired: Some(1), ..update("gone") }).await,
        gateway.delete_service(cluster("shop"), name.clone(), true).await,
    ] {
        let (said, next) = refused(change);
        assert_eq!(said, "Service not found.");
        assert_eq!(next, "The service may have been deleted. Go back to the list of services.");
    }
    assert_eq!(ground.touched(Touched::Service(cluster("shop"), name)).await, []);
    let nobody = task("0123456789abcdef0123456789abcdef");
    assert_eq!(ground.touched(Touched::Tasks(cluster("shop"), vec![nobody])).await, []);
    assert_eq!(ground.touched(Touched::Family("gone".parse().unwrap())).await, []);

    // A revision that is not there; ECS has other words for it in each operation, moto has one.
    let mut tasks = ground.tasks(1);
    tasks.launch.revision = revision("web:9");
    let mut service = ground.service("web");
    service.launch.revision = revision("web:9");
    for change in
        [gateway.run_tasks(tasks).await.map(|_| ()), gateway.create_service(service).await]
    {
        let (said, next) = refused(change);
        assert!(said.to_lowercase().contains("task"), "{said}");
        assert_eq!(next, "Correct what the sentence names and send it again.");
    }
    assert_eq!(ground.sweep(&[]).await, TaskSweep::default());
    assert_eq!(gateway.services(&cluster("shop")).await, Ok(Vec::new()));
}
