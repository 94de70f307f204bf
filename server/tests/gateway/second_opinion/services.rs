//! Services.

use super::*;

stories! {
    a_service_comes_changes_and_goes,
    a_daemon_takes_no_count,
}

async fn a_service_comes_changes_and_goes(ground: &Ground) {
    let gateway = &ground.gateway;
    ground.open_shop().await;
    gateway.register_task_definition(fargate("web")).await.unwrap();
    let mut new = ground.service("web");
    new.tags = vec![tag("team", "blue")];
    gateway.create_service(new).await.unwrap();
    let made = ground.only_service().await;
    assert_eq!((made.cluster.as_str(), made.name.as_str()), ("shop", "web"));
    assert!(made.arn.ends_with(":service/shop/web"), "{}", made.arn);
    assert_eq!((made.status.as_str(), made.desired), ("ACTIVE", 2));
    assert_eq!(made.task_definition, Some(revision("web:1")));
    assert_eq!((made.launch_type.as_deref(), made.strategy.len()), (Some("FARGATE"), 0));
    assert_eq!(made.scheduling, "REPLICA");
    assert_eq!(made.network, Some(ground.network.clone()));
    assert_eq!(made.tags, [tag("team", "blue")]);
    let [first] = made.deployments.try_into().unwrap();
    assert_eq!((first.status.as_str(), first.desired), ("PRIMARY", 2));
    assert_eq!(first.task_definition, Some(revision("web:1")));
    assert_eq!((first.rollout.as_deref(), first.failed), (Some("IN_PROGRESS"), 0));
    assert!(first.id.starts_with("ecs-svc/"), "{}", first.id);
    assert!(first.created_at.is_some());

    gateway.update_service(ServiceUpdate { desired: Some(5), ..update("web") }).await.unwrap();
    let scaled = ground.only_service().await;
    assert_eq!((scaled.desired, scaled.task_definition), (5, Some(revision("web:1"))));
    let next = ServiceUpdate { revision: Some(revision("web:2")), ..update("web") };
    gateway.update_service(next).await.unwrap();
    let deployed = ground.only_service().await;
    assert_eq!((deployed.desired, deployed.task_definition), (5, Some(revision("web:2"))));
    let before = deployed.deployments[0].id.clone();
    let again = ServiceUpdate { force_new_deployment: true, ..update("web") };
    gateway.update_service(again).await.unwrap();
    let forced = ground.only_service().await;
    assert_ne!(forced.deployments[0].id, before);
    assert_eq!(forced.deployments[0].status, "PRIMARY");

    let name: ServiceName = "web".parse().unwrap();
    let touched = Touched::Service(cluster("shop"), name.clone());
    assert_eq!(ground.touched(touched.clone()).await, [Found::Service(forced)]);
    let (said, next) = refused(gateway.delete_service(cluster("shop"), name.clone(), false).await);
    assert_eq!(said, "The service cannot be stopped while it is scaled above 0.");
    assert_eq!(next, "Correct what the sentence names and send it again.");
    gateway.delete_service(cluster("shop"), name, true).await.unwrap();
    ground.pass();
    let left = gateway.services(&cluster("shop")).await.unwrap();
    assert!(left.iter().all(|one| one.status == "INACTIVE"), "{left:?}");
    match ground.touched(touched).await.as_slice() {
        [Found::Service(gone)] => assert_eq!(gone.status, "INACTIVE"),
        other => panic!("{other:?}"),
    }
}

async fn a_daemon_takes_no_count(ground: &Ground) {
    let gateway = &ground.gateway;
    ground.open_shop().await;
    let agent = json!({
        "family": "agent",
        "containerDefinitions": [{"name": "app", "image": "shop/agent:1", "memory": 64}],
    });
    let registered = gateway.register_task_definition(agent).await.unwrap();
    let mut new = ground.service("agent");
    new.launch.compute = Compute::LaunchType("EC2".into());
    new.launch.network = None;
    new.launch.revision = registered;
    new.daemon = true;
    gateway.create_service(new).await.unwrap();
    let made = ground.only_service().await;
    assert_eq!((made.scheduling.as_str(), made.desired), ("DAEMON", 0));
    assert_eq!((made.launch_type.as_deref(), made.network), (Some("EC2"), None));
}
