//! Through the real client of AWS: the wire format is theirs, not ours.

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_ecs::config::{BehaviorVersion, Credentials, Region, retry::RetryConfig};
use aws_sdk_ecs::types::{LaunchType, NetworkMode};
use aws_sdk_ecs::{Client, Config};
use berth_sandbox::{ManualClock, Sandbox, Seed, Weather};

fn client(sandbox: &Sandbox) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
        .retry_config(RetryConfig::disabled())
        .http_client(sandbox.http_client())
        .build();
    Client::from_conf(config)
}

#[tokio::test]
async fn the_sdk_reads_the_demo() {
    let clock = ManualClock::new(1_790_000_000_000);
    let opened = Sandbox::builder().clock(Arc::new(clock.clone())).seed(Seed::Demo).open();
    let sandbox = opened.expect("the sandbox opens");
    let client = client(&sandbox);
    let clusters = client.list_clusters().send().await.expect("clusters");
    assert_eq!(clusters.cluster_arns().len(), 3);
    let services = client
        .describe_services()
        .cluster("production")
        .services("storefront-web")
        .send()
        .await
        .expect("services");
    let storefront = &services.services()[0];
    assert_eq!(storefront.deployments().len(), 2);
    assert_eq!(storefront.desired_count(), 4);
    let created = storefront.created_at().expect("a time").secs();
    assert!(created < 1_790_000_000 - 30 * 86_400);
    let shown = client.describe_task_definition().task_definition("storefront-web").send().await;
    let shown = shown.expect("a task definition");
    let definition = shown.task_definition().expect("a task definition");
    assert_eq!(definition.network_mode(), Some(&NetworkMode::Awsvpc));
    assert_eq!(definition.container_definitions().len(), 2);
    clock.advance(Duration::from_secs(60));
    let tasks = client.list_tasks().cluster("production").send().await.expect("tasks");
    let described = client
        .describe_tasks()
        .cluster("production")
        .set_tasks(Some(tasks.task_arns().to_vec()))
        .send()
        .await
        .expect("tasks");
    assert_eq!(described.tasks().len(), tasks.task_arns().len());
    let launched =
        |kind: &LaunchType| described.tasks().iter().any(|task| task.launch_type() == Some(kind));
    assert!(launched(&LaunchType::Fargate) && launched(&LaunchType::Ec2));
}

#[tokio::test]
async fn the_sdk_knows_the_refusals() {
    let sandbox = Sandbox::builder().open().expect("the sandbox opens");
    let client = client(&sandbox);
    let refused = client.list_tasks().cluster("none").send().await.expect_err("no cluster");
    let refused = refused.into_service_error();
    assert!(refused.is_cluster_not_found_exception(), "{refused:?}");
    assert_eq!(refused.meta().message(), Some("Cluster not found."));
    let weather = Weather { outage: true, ..Weather::default() };
    sandbox.set_weather(weather);
    let refused = client.list_clusters().send().await.expect_err("an outage");
    assert!(matches!(refused, aws_sdk_ecs::error::SdkError::DispatchFailure(_)), "{refused:?}");
}
