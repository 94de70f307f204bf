//! What the poller reads: lists to the end, described in the largest batches that ECS takes.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::future::Future;

use async_trait::async_trait;
use aws_sdk_ecs::types::{DesiredStatus, TaskDefinitionStatus};
use berth_app::backend::Touched;
use berth_app::clusters::model::Cluster;
use berth_app::names::{ClusterName, FamilyName, Revision, TaskId};
use berth_app::services::model::Service;
use berth_app::task_definitions::model::Family;
use berth_app::tasks::model::Task;
use futures::stream::{self, StreamExt, TryStreamExt};

use super::Gateway;
use super::asks::{
    Described, describe_clusters, describe_services, describe_tasks, list_clusters, list_services,
    list_task_definitions, list_tasks,
};
use super::budget::Turn;
use super::clusters::{cluster, last_part, parsed};
use super::errors::Failure;
use super::registrations;
use super::services::service;
use super::source::{Found, ReadError, Source, TaskSweep};
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
        let arns = list_clusters(self).await.map_err(Failure::read)?;
        let found = in_batches("DescribeClusters", arns, CLUSTERS, |batch| {
            describe_clusters(self.clone(), Turn::InLine, batch)
        });
        let found = found.await.map_err(Failure::read)?;
        let mut clusters: Vec<Cluster> = found.into_iter().filter_map(cluster).collect();
        clusters.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(clusters)
    }

    async fn services(&self, cluster: &ClusterName) -> Result<Vec<Service>, ReadError> {
        let found = async {
            let arns = list_services(self, cluster).await?;
            in_batches("DescribeServices", arns, SERVICES, |batch| {
                describe_services(self.clone(), Turn::InLine, cluster.clone(), batch)
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
        let listed = tokio::try_join!(
            list_tasks(self, cluster, DesiredStatus::Running),
            list_tasks(self, cluster, DesiredStatus::Stopped),
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
            describe_tasks(self.clone(), Turn::InLine, cluster.clone(), batch)
        });
        let found = found.await.or_else(Failure::nothing_without_cluster).map_err(Failure::read)?;
        let found = found.into_iter().filter_map(|one| task(cluster, one));
        let mut described: Vec<Task> = found.collect();
        described.sort_by(|a, b| a.id.cmp(&b.id));
        let still_listed = known.iter().filter_map(|arn| parsed("task", Some(last_part(arn))));
        Ok(TaskSweep { described, still_listed: still_listed.collect() })
    }

    async fn families(&self) -> Result<Vec<Family>, ReadError> {
        // What was missing when it was looked up may be among them.
        self.0.documents.forget_missing();
        families(self, Turn::InLine, None).await.map_err(Failure::read)
    }

    async fn touched(&self, touched: &Touched) -> Result<Vec<Found>, ReadError> {
        let found = tokio::try_join!(around(self, touched), inside(self, touched));
        let (mut found, inside) = found.map_err(Failure::read)?;
        found.extend(inside);
        Ok(found)
    }
}

/// The cluster of what was touched.
async fn around(gateway: &Gateway, touched: &Touched) -> Result<Vec<Found>, Failure> {
    let name = match touched {
        Touched::Cluster(name) | Touched::Service(name, _) | Touched::Tasks(name, _) => name,
        Touched::Family(_) => return Ok(Vec::new()),
    };
    let asked = vec![name.to_string()];
    let (found, _) = describe_clusters(gateway.clone(), Turn::Ahead, asked).await?;
    Ok(found.into_iter().filter_map(cluster).map(Found::Cluster).collect())
}

/// What was touched, unless it is the cluster itself.
async fn inside(gateway: &Gateway, touched: &Touched) -> Result<Vec<Found>, Failure> {
    Ok(match touched {
        Touched::Cluster(_) => Vec::new(),
        Touched::Service(cluster, name) => {
            let asked = vec![name.to_string()];
            let (found, _) =
                describe_services(gateway.clone(), Turn::Ahead, cluster.clone(), asked).await?;
            found.into_iter().filter_map(|one| service(cluster, one)).map(Found::Service).collect()
        }
        Touched::Tasks(cluster, ids) => {
            // A run that fills more than one batch is seen by the next sweep.
            let asked = ids.iter().take(TASKS).map(ToString::to_string).collect();
            let (found, _) =
                describe_tasks(gateway.clone(), Turn::Ahead, cluster.clone(), asked).await?;
            found.into_iter().filter_map(|one| task(cluster, one)).map(Found::Task).collect()
        }
        Touched::Family(name) => {
            let found = families(gateway, Turn::Ahead, Some(name)).await?;
            found.into_iter().map(Found::Family).collect()
        }
    })
}

/// All families, or the one of that name.
async fn families(
    gateway: &Gateway,
    turn: Turn,
    name: Option<&FamilyName>,
) -> Result<Vec<Family>, Failure> {
    let (active, inactive) = tokio::try_join!(
        list_task_definitions(gateway, turn, name, TaskDefinitionStatus::Active),
        list_task_definitions(gateway, turn, name, TaskDefinitionStatus::Inactive),
    )?;
    let mut active = by_family(&active);
    let mut inactive = by_family(&inactive);
    let names: BTreeSet<FamilyName> = active.keys().chain(inactive.keys()).cloned().collect();
    let family = |name: FamilyName| Family {
        changed_at: None,
        active: active.remove(&name).unwrap_or_default(),
        inactive: inactive.remove(&name).unwrap_or_default(),
        name,
    };
    let mut families: Vec<Family> = names.into_iter().map(family).collect();
    registrations::date(gateway, &mut families).await;
    Ok(families)
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

#[cfg(test)]
mod tests {
    use aws_sdk_ecs::types;

    use super::*;

    fn failure(reason: &str) -> types::Failure {
        types::Failure::builder().arn("arn:aws:ecs:::task/shop/1").reason(reason).build()
    }

    async fn described(answers: Vec<Described<u32>>) -> Result<Vec<u32>, Failure> {
        let arns = answers.iter().map(|_| String::new()).collect();
        let mut answers = answers.into_iter();
        in_batches("DescribeTasks", arns, 1, |_| std::future::ready(Ok(answers.next().unwrap())))
            .await
    }

    #[tokio::test]
    async fn what_is_missing_is_left_out() {
        let answers = vec![(vec![1], vec![]), (vec![], vec![failure("MISSING")])];
        assert_eq!(described(answers).await, Ok(vec![1]));
        assert_eq!(described(vec![(vec![], vec![failure("MISSING")])]).await, Ok(vec![]));
    }

    #[tokio::test]
    async fn other_reasons_matter_when_there_is_nothing_else() {
        let answers = vec![(vec![1], vec![failure("ODD")])];
        assert_eq!(described(answers).await, Ok(vec![1]));
        let error = described(vec![(vec![], vec![failure("ODD")])]).await.unwrap_err().read();
        assert!(error.trouble.said.contains("ODD"), "{error:?}");
    }

    #[tokio::test]
    async fn no_batch_is_larger_than_ecs_takes() {
        let arns = vec![String::new(); 25];
        let sizes = in_batches("DescribeServices", arns, SERVICES, |batch| {
            std::future::ready(Ok((vec![batch.len()], vec![])))
        });
        assert_eq!(sizes.await, Ok(vec![10, 10, 5]));
    }
}
