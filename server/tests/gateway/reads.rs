//! Lists to the end, the largest batches, and descriptions that lose nothing.

use std::collections::HashSet;

use berth_app::backend::{Ecs, EcsChanges};
use berth_app::error::AppError;
use berth_sandbox::Seed;
use berth_server::ecs::Source;
use serde_json::json;

use super::*;

#[tokio::test]
async fn lists_are_read_to_the_end_in_the_largest_batches() {
    let world = World::new(Seed::Large { services: 60, tasks: 1000 });
    let clusters = world.gateway.clusters().await.unwrap();
    let names: Vec<&str> = clusters.iter().map(|cluster| cluster.name.as_str()).collect();
    assert_eq!(names, ["fleet-0", "fleet-1", "fleet-2", "fleet-3"]);
    assert_eq!(clusters[0].active_services, 15);
    assert_eq!(clusters[0].capacity_providers, ["FARGATE", "FARGATE_SPOT"]);

    let services = world.gateway.services(&cluster("fleet-0")).await.unwrap();
    assert_eq!(services.len(), 15);
    assert!(services.is_sorted_by(|a, b| a.name < b.name));
    assert_eq!(world.asked("ListServices"), 1);
    assert_eq!(world.asked("DescribeServices"), 2);

    let sweep = world.gateway.tasks(&cluster("fleet-0"), &HashSet::new()).await.unwrap();
    let desired: u32 = services.iter().map(|service| service.desired).sum();
    assert!(desired > 200, "{desired}");
    assert_eq!(sweep.described.len(), desired as usize);
    assert!(sweep.still_listed.is_empty());
    assert!(sweep.described.is_sorted_by(|a, b| a.id < b.id));
    assert_eq!(world.asked("ListTasks"), 4, "three pages of running ones, one of stopped ones");
    assert_eq!(world.asked("DescribeTasks"), 3);
    // The identity is STS's business.
    let elsewhere = world.asked("GetCallerIdentity");
    assert_eq!(world.gateway.calls() + elsewhere, world.asked("total"));
    assert!(world.gateway.calls_by_operation().contains(&("DescribeTasks".to_owned(), 3)));
}

#[tokio::test]
async fn a_service_comes_whole() {
    let world = World::new(Seed::Demo);
    let services = world.gateway.services(&cluster("production")).await.unwrap();
    let web = services.iter().find(|service| service.name.as_str() == "storefront-web").unwrap();
    assert_eq!(web.status, "ACTIVE");
    assert_eq!(web.scheduling, "REPLICA");
    assert_eq!(web.desired, 4);
    assert_eq!(web.task_definition.as_ref().unwrap().family.as_str(), "storefront-web");
    assert!(web.created_at.is_some());
    assert!(!web.events.is_empty());
    assert!(web.events.is_sorted_by(|a, b| a.at >= b.at));
    assert!(!web.deployments.is_empty());
    assert!(web.deployments.is_sorted_by(|a, b| a.created_at >= b.created_at));
    assert!(!web.network.as_ref().unwrap().subnets.is_empty());
    assert!(web.load_balancers[0].target.contains("targetgroup"));
    assert!(services.iter().any(|service| !service.strategy.is_empty()));
    assert!(services.iter().any(|service| service.scheduling == "DAEMON"));
}

#[tokio::test]
async fn a_task_comes_whole_and_a_final_one_only_once() {
    let world = World::shop();
    let launched = world.gateway.run_tasks(tasks(2)).await.unwrap();
    world.pass(120);
    world
        .gateway
        .stop_task(cluster("shop"), launched.tasks[0].clone(), "Not needed".into())
        .await
        .unwrap();
    world.pass(120);
    let sweep = world.gateway.tasks(&cluster("shop"), &HashSet::new()).await.unwrap();
    assert_eq!(sweep.described.len(), 2);
    let ended = sweep.described.iter().find(|task| task.id == launched.tasks[0]).unwrap();
    assert!(ended.is_final());
    assert_eq!(ended.stop_code.as_deref(), Some("UserInitiated"));
    assert_eq!(ended.stopped_reason.as_deref(), Some("Not needed"));
    assert_eq!(ended.started_by.as_deref(), Some("ada-example-com"));
    assert!(ended.times.stopped_at > ended.times.created_at);
    let runs = sweep.described.iter().find(|task| task.id == launched.tasks[1]).unwrap();
    assert_eq!(runs.last_status, "RUNNING");
    assert_eq!(runs.group, "family:web");
    assert_eq!(runs.task_definition, revision("web:1"));
    assert_eq!(runs.launch_type.as_deref(), Some("FARGATE"));
    assert!(runs.private_ip.is_some());
    assert_eq!(runs.containers[0].name, "app");

    let known = HashSet::from([ended.id.clone()]);
    let again = world.gateway.tasks(&cluster("shop"), &known).await.unwrap();
    assert_eq!(again.still_listed, std::slice::from_ref(&ended.id));
    assert_eq!(again.described.len(), 1);

    // ECS forgets a stopped task after a while.
    world.pass(4 * 3600);
    let later = world.gateway.tasks(&cluster("shop"), &known).await.unwrap();
    assert!(later.still_listed.is_empty());
}

#[tokio::test]
async fn a_cluster_that_is_gone_has_nothing() {
    let world = World::shop();
    let gone = cluster("gone");
    assert_eq!(world.gateway.services(&gone).await.unwrap(), []);
    let sweep = world.gateway.tasks(&gone, &HashSet::new()).await.unwrap();
    assert!(sweep.described.is_empty() && sweep.still_listed.is_empty());
}

#[tokio::test]
async fn families_have_their_revisions_newest_first() {
    let world = World::shop();
    for _ in 0..120 {
        world.ask("RegisterTaskDefinition", document("web"));
    }
    world.ask("RegisterTaskDefinition", document("api"));
    for number in [1, 3] {
        let which = revision(&format!("web:{number}"));
        world.gateway.deregister_task_definition(which).await.unwrap();
    }
    let families = world.gateway.families().await.unwrap();
    let names: Vec<&str> = families.iter().map(|family| family.name.as_str()).collect();
    assert_eq!(names, ["api", "web"]);
    assert_eq!(families[1].inactive, [3, 1]);
    assert_eq!(families[1].active.len(), 119);
    assert_eq!(families[1].active[..2], [121, 120]);
}

#[tokio::test]
async fn a_document_comes_back_as_it_went() {
    let world = World::shop();
    let mut document = document("jobs");
    document["inventedMember"] = json!({"keeps": ["its", "order"], "and": 1.5});
    document["containerDefinitions"][0]["inventedToo"] = json!(true);
    let registered = world.gateway.register_task_definition(document.clone()).await.unwrap();
    assert_eq!(registered, revision("jobs:1"));

    let read = world.gateway.task_definition(&registered).await.unwrap();
    assert_eq!(read.status, "ACTIVE");
    assert!(read.arn.ends_with("task-definition/jobs:1"));
    assert!(read.registered_at.is_some() && read.registered_by.is_some());
    assert!(read.compatibilities.contains(&"FARGATE".to_owned()));
    assert_eq!(read.document["inventedMember"], document["inventedMember"]);
    assert_eq!(read.document["containerDefinitions"][0]["inventedToo"], json!(true));
    for name in ["taskDefinitionArn", "revision", "status", "registeredAt", "requiresAttributes"] {
        assert!(read.document.get(name).is_none(), "{name}");
    }

    // What was read can be registered as it is, and reads the same.
    let second = world.gateway.register_task_definition(read.document.clone()).await.unwrap();
    assert_eq!(second, revision("jobs:2"));
    let again = world.gateway.task_definition(&second).await.unwrap();
    assert_eq!(again.document, read.document);
}

#[tokio::test]
async fn tags_stand_beside_the_document() {
    let world = World::shop();
    let mut document = document("jobs");
    document["tags"] = json!([{"key": "team", "value": "blue"}]);
    let registered = world.gateway.register_task_definition(document).await.unwrap();
    let read = world.gateway.task_definition(&registered).await.unwrap();
    assert_eq!((read.tags[0].key.as_str(), read.tags[0].value.as_str()), ("team", "blue"));
    assert!(read.document.get("tags").is_none());
}

#[tokio::test]
async fn a_document_is_read_once() {
    let world = World::shop();
    let web = revision("web:1");
    let ask = || world.gateway.task_definition(&web);
    let (first, second) = tokio::join!(ask(), ask());
    assert_eq!((&first, &second), (&ask().await, &ask().await));
    assert_eq!(world.asked("DescribeTaskDefinition"), 1);
    world.gateway.deregister_task_definition(web.clone()).await.unwrap();
    assert_eq!(world.gateway.task_definition(&web).await.unwrap().status, "INACTIVE");
    assert_eq!(world.asked("DescribeTaskDefinition"), 2);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let world = World::shop();
    let missing = || Err(AppError::NotFound("There is no task definition web:2.".into()));
    let web = revision("web:2");
    let ask = || world.gateway.task_definition(&web);
    assert_eq!(tokio::join!(ask(), ask(), ask()), (missing(), missing(), missing()));
    assert_eq!(ask().await, missing());
    assert_eq!(world.asked("DescribeTaskDefinition"), 1);

    // Another tool registers it: the next reading of the families makes it be looked for again.
    world.ask("RegisterTaskDefinition", document("web"));
    assert_eq!(world.gateway.task_definition(&web).await, missing());
    world.gateway.families().await.unwrap();
    assert_eq!(world.gateway.task_definition(&web).await.unwrap().revision, web);

    // What the console registers itself is there at once.
    let next = revision("web:3");
    world.gateway.task_definition(&next).await.unwrap_err();
    assert_eq!(world.gateway.register_task_definition(document("web")).await, Ok(next.clone()));
    assert_eq!(world.gateway.task_definition(&next).await.unwrap().revision, next);
}
