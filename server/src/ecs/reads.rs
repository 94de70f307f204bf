//! What the poller reads: lists to the end, described in the largest batches that ECS takes.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::future::Future;

use async_trait::async_trait;
use aws_sdk_ecs::Client;
use aws_sdk_ecs::types::{self, ClusterField, DesiredStatus, ServiceField, TaskDefinitionStatus};
use berth_app::clusters::model::Cluster;
use berth_app::names::{ClusterName, FamilyName, Revision, TaskId};
use berth_app::services::model::Service;
use berth_app::task_definitions::model::Family;
use berth_app::tasks::model::Task;
use futures::stream::{self, StreamExt, TryStreamExt};

use super::Gateway;
use super::clusters::{cluster, last_part, parsed};
use super::errors::Failure;
use super::pages::{PAGE, to_the_end};
use super::services::service;
use super::source::{ReadError, Source, TaskSweep};
use super::tasks::task;

/// Describing calls in flight at once: far below every burst that ECS allows.
const AT_ONCE: usize = 4;
/// The most clusters in one DescribeClusters.
const CLUSTERS: usize = 100;
/// The most services in one DescribeServices.
const SERVICES: usize = 10;
/// The most tasks in one DescribeTasks.
const TASKS: usize = 100;

#[async_trait]
impl Source for Gateway {
    async fn clusters(&self) -> Result<Vec<Cluster>, ReadError> {
        let client = &self.0.client;
        let arns = list_clusters(client).await.map_err(Failure::read)?;
        let found = in_batches("DescribeClusters", arns, CLUSTERS, |batch| {
            describe_clusters(client.clone(), batch)
        });
        let found = found.await.map_err(Failure::read)?;
        let mut clusters: Vec<Cluster> = found.into_iter().filter_map(cluster).collect();
        clusters.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(clusters)
    }

    async fn services(&self, cluster: &ClusterName) -> Result<Vec<Service>, ReadError> {
        let client = &self.0.client;
        let found = async {
            let arns = list_services(client, cluster).await?;
            in_batches("DescribeServices", arns, SERVICES, |batch| {
                describe_services(client.clone(), cluster.clone(), batch)
            })
            .await
        };
        let found = found.await.or_else(Failure::nothing_without_cluster).map_err(Failure::read)?;
        let found = found.into_iter().filter_map(|one| service(cluster, one));
        let mut services: Vec<Service> = found.collect();
        services.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(services)
    }

    async fn tasks(
        &self,
        cluster: &ClusterName,
        known_final: &HashSet<TaskId>,
    ) -> Result<TaskSweep, ReadError> {
        let client = &self.0.client;
        let listed = tokio::try_join!(
            list_tasks(client, cluster, DesiredStatus::Running),
            list_tasks(client, cluster, DesiredStatus::Stopped),
        );
        let (running, stopped) = match listed {
            Ok(lists) => lists,
            Err(failure) => failure.nothing_without_cluster().map_err(Failure::read)?,
        };
        // A task that stops between the two lists stands in both.
        let listed: BTreeSet<String> = running.into_iter().chain(stopped).collect();
        let (known, new): (Vec<String>, Vec<String>) = listed.into_iter().partition(|arn| {
            last_part(arn).parse().is_ok_and(|id: TaskId| known_final.contains(&id))
        });
        let found = in_batches("DescribeTasks", new, TASKS, |batch| {
            describe_tasks(client.clone(), cluster.clone(), batch)
        });
        let found = found.await.or_else(Failure::nothing_without_cluster).map_err(Failure::read)?;
        let found = found.into_iter().filter_map(|one| task(cluster, one));
        let mut described: Vec<Task> = found.collect();
        described.sort_by(|a, b| a.id.cmp(&b.id));
        let still_listed = known.iter().filter_map(|arn| parsed("task", Some(last_part(arn))));
        Ok(TaskSweep { described, still_listed: still_listed.collect() })
    }

    async fn families(&self) -> Result<Vec<Family>, ReadError> {
        let client = &self.0.client;
        let (active, inactive) = tokio::try_join!(
            list_task_definitions(client, TaskDefinitionStatus::Active),
            list_task_definitions(client, TaskDefinitionStatus::Inactive),
        )
        .map_err(Failure::read)?;
        let mut active = by_family(&active);
        let mut inactive = by_family(&inactive);
        let names: BTreeSet<FamilyName> = active.keys().chain(inactive.keys()).cloned().collect();
        let family = |name: FamilyName| Family {
            active: active.remove(&name).unwrap_or_default(),
            inactive: inactive.remove(&name).unwrap_or_default(),
            name,
        };
        Ok(names.into_iter().map(family).collect())
    }

    fn calls(&self) -> u64 {
        self.0.calls.total()
    }
}

/// Revisions by family, newest first.
fn by_family(arns: &[String]) -> BTreeMap<FamilyName, Vec<u32>> {
    let mut families: BTreeMap<FamilyName, Vec<u32>> = BTreeMap::new();
    for arn in arns {
        if let Some(Revision { family, number }) = parsed("task definition", Some(arn)) {
            families.entry(family).or_default().push(number);
        }
    }
    for revisions in families.values_mut() {
        revisions.sort_unstable_by(|a, b| b.cmp(a));
    }
    families
}

/// What a describing call answers: what was found, and why the rest was not.
type Described<T> = (Vec<T>, Vec<types::Failure>);

/// Describes in batches, some at once. What is MISSING has gone since it was listed; other reasons
/// are logged, and are an error when nothing was described at all.
async fn in_batches<T, F, Asked>(
    operation: &'static str,
    arns: Vec<String>,
    size: usize,
    ask: F,
) -> Result<Vec<T>, Failure>
where
    F: FnMut(Vec<String>) -> Asked,
    Asked: Future<Output = Result<Described<T>, Failure>>,
{
    let batches: Vec<Vec<String>> = arns.chunks(size).map(<[String]>::to_vec).collect();
    let answers: Vec<Described<T>> =
        stream::iter(batches).map(ask).buffered(AT_ONCE).try_collect().await?;
    let mut all = Vec::with_capacity(arns.len());
    let mut complaint = None;
    for (found, failures) in answers {
        all.extend(found);
        for failure in failures {
            let reason = failure.reason.unwrap_or_default();
            if reason != "MISSING" {
                let arn = failure.arn.unwrap_or_default();
                tracing::warn!(operation, arn, reason, "ECS left something out");
                complaint.get_or_insert(reason);
            }
        }
    }
    match complaint {
        Some(reason) if all.is_empty() => Err(Failure::unreadable(operation, &reason)),
        _ => Ok(all),
    }
}

async fn list_clusters(client: &Client) -> Result<Vec<String>, Failure> {
    const OPERATION: &str = "ListClusters";
    to_the_end(OPERATION, |token| async {
        let asked = client.list_clusters().max_results(PAGE).set_next_token(token).send();
        let answer = asked.await.map_err(|error| Failure::of(OPERATION, &error))?;
        Ok((answer.cluster_arns.unwrap_or_default(), answer.next_token))
    })
    .await
}

async fn describe_clusters(
    client: Client,
    arns: Vec<String>,
) -> Result<Described<types::Cluster>, Failure> {
    let asked = client
        .describe_clusters()
        .set_clusters(Some(arns))
        .include(ClusterField::Settings)
        .include(ClusterField::Tags)
        .send();
    let answer = asked.await.map_err(|error| Failure::of("DescribeClusters", &error))?;
    Ok((answer.clusters.unwrap_or_default(), answer.failures.unwrap_or_default()))
}

async fn list_services(client: &Client, cluster: &ClusterName) -> Result<Vec<String>, Failure> {
    const OPERATION: &str = "ListServices";
    to_the_end(OPERATION, |token| async {
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

async fn describe_services(
    client: Client,
    cluster: ClusterName,
    arns: Vec<String>,
) -> Result<Described<types::Service>, Failure> {
    let asked = client
        .describe_services()
        .cluster(cluster.as_str())
        .set_services(Some(arns))
        .include(ServiceField::Tags)
        .send();
    let answer = asked.await.map_err(|error| Failure::of("DescribeServices", &error))?;
    Ok((answer.services.unwrap_or_default(), answer.failures.unwrap_or_default()))
}

/// `desired` RUNNING holds everything on its way up, too; asking for PENDING finds nothing, ever.
async fn list_tasks(
    client: &Client,
    cluster: &ClusterName,
    desired: DesiredStatus,
) -> Result<Vec<String>, Failure> {
    const OPERATION: &str = "ListTasks";
    to_the_end(OPERATION, |token| async {
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

async fn describe_tasks(
    client: Client,
    cluster: ClusterName,
    arns: Vec<String>,
) -> Result<Described<types::Task>, Failure> {
    let asked = client.describe_tasks().cluster(cluster.as_str()).set_tasks(Some(arns)).send();
    let answer = asked.await.map_err(|error| Failure::of("DescribeTasks", &error))?;
    Ok((answer.tasks.unwrap_or_default(), answer.failures.unwrap_or_default()))
}

async fn list_task_definitions(
    client: &Client,
    status: TaskDefinitionStatus,
) -> Result<Vec<String>, Failure> {
    const OPERATION: &str = "ListTaskDefinitions";
    to_the_end(OPERATION, |token| async {
        let asked = client
            .list_task_definitions()
            .status(status.clone())
            .max_results(PAGE)
            .set_next_token(token)
            .send();
        let answer = asked.await.map_err(|error| Failure::of(OPERATION, &error))?;
        Ok((answer.task_definition_arns.unwrap_or_default(), answer.next_token))
    })
    .await
}
