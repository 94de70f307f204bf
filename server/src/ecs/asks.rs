//! The reading operations, one function each; every call is taken out of the budget first.

use aws_sdk_ecs::Client;
use aws_sdk_ecs::types::{self, ClusterField, DesiredStatus, ServiceField, TaskDefinitionStatus};
use berth_app::names::{ClusterName, FamilyName};

use super::Gateway;
use super::budget::{Bucket, Turn};
use super::errors::Failure;
use super::pages::{PAGE, to_the_end};

/// What a describing call answers: what was found, and why the rest was not.
pub(super) type Described<T> = (Vec<T>, Vec<types::Failure>);

impl Gateway {
    /// The client, when the call's turn has come.
    pub(super) async fn turn(&self, bucket: Bucket, turn: Turn) -> &Client {
        self.0.budget.take(bucket, turn).await;
        &self.0.client
    }
}

/// ARNs of all clusters.
pub(super) async fn list_clusters(gateway: &Gateway) -> Result<Vec<String>, Failure> {
    const OPERATION: &str = "ListClusters";
    to_the_end(OPERATION, |token| async {
        let client = gateway.turn(Bucket::Clusters, Turn::InLine).await;
        let asked = client.list_clusters().max_results(PAGE).set_next_token(token).send();
        let answer = asked.await.map_err(|error| Failure::of(OPERATION, &error))?;
        Ok((answer.cluster_arns.unwrap_or_default(), answer.next_token))
    })
    .await
}

/// At most 100 clusters.
pub(super) async fn describe_clusters(
    gateway: Gateway,
    turn: Turn,
    arns: Vec<String>,
) -> Result<Described<types::Cluster>, Failure> {
    let client = gateway.turn(Bucket::Clusters, turn).await;
    let asked = client
        .describe_clusters()
        .set_clusters(Some(arns))
        .include(ClusterField::Settings)
        .include(ClusterField::Tags)
        .send();
    let answer = asked.await.map_err(|error| Failure::of("DescribeClusters", &error))?;
    Ok((answer.clusters.unwrap_or_default(), answer.failures.unwrap_or_default()))
}

/// ARNs of all services of a cluster.
pub(super) async fn list_services(
    gateway: &Gateway,
    cluster: &ClusterName,
) -> Result<Vec<String>, Failure> {
    const OPERATION: &str = "ListServices";
    to_the_end(OPERATION, |token| async {
        let client = gateway.turn(Bucket::Services, Turn::InLine).await;
        let asked = client
            .list_services()
            .cluster(cluster.as_str())
            // Ten, unless asked for more.
            .max_results(PAGE)
            .set_next_token(token)
            .send();
        let answer = asked.await.map_err(|error| Failure::of(OPERATION, &error))?;
        Ok((answer.service_arns.unwrap_or_default(), answer.next_token))
    })
    .await
}

/// At most 10 services.
pub(super) async fn describe_services(
    gateway: Gateway,
    turn: Turn,
    cluster: ClusterName,
    arns: Vec<String>,
) -> Result<Described<types::Service>, Failure> {
    let client = gateway.turn(Bucket::Services, turn).await;
    let asked = client
        .describe_services()
        .cluster(cluster.as_str())
        .set_services(Some(arns))
        .include(ServiceField::Tags)
        .send();
    let answer = asked.await.map_err(|error| Failure::of("DescribeServices", &error))?;
    Ok((answer.services.unwrap_or_default(), answer.failures.unwrap_or_default()))
}

/// ARNs of a cluster's tasks. `desired` RUNNING holds everything on its way up, too; asking for PENDING finds nothing, ever.
pub(super) async fn list_tasks(
    gateway: &Gateway,
    cluster: &ClusterName,
    desired: DesiredStatus,
) -> Result<Vec<String>, Failure> {
    const OPERATION: &str = "ListTasks";
    to_the_end(OPERATION, |token| async {
        let client = gateway.turn(Bucket::Resources, Turn::InLine).await;
        let asked = client
            .list_tasks()
            .cluster(cluster.as_str())
            .desired_status(desired.clone())
            .max_results(PAGE)
            .set_next_token(token)
            .send();
        let answer = asked.await.map_err(|error| Failure::of(OPERATION, &error))?;
        Ok((answer.task_arns.unwrap_or_default(), answer.next_token))
    })
    .await
}

/// At most 100 tasks.
pub(super) async fn describe_tasks(
    gateway: Gateway,
    turn: Turn,
    cluster: ClusterName,
    arns: Vec<String>,
) -> Result<Described<types::Task>, Failure> {
    let client = gateway.turn(Bucket::Resources, turn).await;
    let asked = client.describe_tasks().cluster(cluster.as_str()).set_tasks(Some(arns)).send();
    let answer = asked.await.map_err(|error| Failure::of("DescribeTasks", &error))?;
    Ok((answer.tasks.unwrap_or_default(), answer.failures.unwrap_or_default()))
}

/// ARNs of all revisions of a status, of one family or of all.
pub(super) async fn list_task_definitions(
    gateway: &Gateway,
    turn: Turn,
    family: Option<&FamilyName>,
    status: TaskDefinitionStatus,
) -> Result<Vec<String>, Failure> {
    const OPERATION: &str = "ListTaskDefinitions";
    to_the_end(OPERATION, |token| async {
        let client = gateway.turn(Bucket::TaskDefinitions, turn).await;
        let asked = client
            .list_task_definitions()
            // Whole names only, whatever it is called.
            .set_family_prefix(family.map(ToString::to_string))
            .status(status.clone())
            .max_results(PAGE)
            .set_next_token(token)
            .send();
        let answer = asked.await.map_err(|error| Failure::of(OPERATION, &error))?;
        Ok((answer.task_definition_arns.unwrap_or_default(), answer.next_token))
    })
    .await
}
