//! The changing half of ECS.

use async_trait::async_trait;
use aws_sdk_ecs::error::BuildError;
use aws_sdk_ecs::types::{
    self, ClusterSetting, ClusterSettingName, DeploymentCircuitBreaker, DeploymentConfiguration,
    LaunchType, SchedulingStrategy,
};
use berth_app::backend::{EcsChanges, Launched, NewCluster, NewService, NewTasks, ServiceUpdate};
use berth_app::clusters::draft::NAME_TAKEN;
use berth_app::clusters::model::{StrategyItem, Tag};
use berth_app::error::{AppError, FieldErrors};
use berth_app::launch::model::{Compute, Network};
use berth_app::names::{ClusterName, Revision, ServiceName, TaskId};
use berth_app::task_definitions::model::DeletedRevisions;

use super::Gateway;
use super::asks::describe_clusters;
use super::budget::{Bucket, Turn};
use super::errors::Failure;

#[async_trait]
impl EcsChanges for Gateway {
    async fn create_cluster(&self, new: NewCluster) -> Result<(), AppError> {
        self.refuse_taken_name(&new.name).await?;
        let client = &self.0.client;
        let insights = ClusterSetting::builder()
            .name(ClusterSettingName::ContainerInsights)
            .value(&new.container_insights)
            .build();
        let asked = client
            .create_cluster()
            .cluster_name(new.name)
            .set_capacity_providers(some(new.capacity_providers))
            .set_default_capacity_provider_strategy(some(strategy(&new.default_strategy)?))
            .set_settings((!new.container_insights.is_empty()).then(|| vec![insights]))
            .set_tags(some(tags(&new.tags)));
        asked.send().await.map_err(|error| Failure::of("CreateCluster", &error).change())?;
        Ok(())
    }

    async fn delete_cluster(&self, name: ClusterName) -> Result<(), AppError> {
        let client = &self.0.client;
        let asked = client.delete_cluster().cluster(name.as_str());
        asked.send().await.map_err(|error| Failure::of("DeleteCluster", &error).change())?;
        Ok(())
    }

    async fn register_task_definition(
        &self,
        document: serde_json::Value,
    ) -> Result<Revision, AppError> {
        self.register(document).await
    }

    async fn deregister_task_definition(&self, revision: Revision) -> Result<(), AppError> {
        let client = self.turn(Bucket::TaskDefinitionChanges, Turn::InLine).await;
        let asked = client.deregister_task_definition().task_definition(revision.to_string());
        let answer = asked.send().await;
        // Also after a failure: it may have been made.
        self.forget(&revision);
        answer.map_err(|error| Failure::of("DeregisterTaskDefinition", &error).change())?;
        Ok(())
    }

    async fn delete_task_definitions(
        &self,
        revisions: Vec<Revision>,
    ) -> Result<DeletedRevisions, AppError> {
        self.delete_revisions(revisions).await
    }

    async fn run_tasks(&self, new: NewTasks) -> Result<Launched, AppError> {
        self.launch(new).await
    }

    async fn stop_task(
        &self,
        cluster: ClusterName,
        task: TaskId,
        reason: String,
    ) -> Result<(), AppError> {
        let client = &self.0.client;
        let asked = client
            .stop_task()
            .cluster(cluster.as_str())
            .task(task.as_str())
            .set_reason((!reason.is_empty()).then_some(reason));
        asked.send().await.map_err(|error| Failure::of("StopTask", &error).change())?;
        Ok(())
    }

    async fn create_service(&self, new: NewService) -> Result<(), AppError> {
        let client = &self.0.client;
        let (launch_type, strategy) = compute(&new.launch.compute)?;
        let scheduling =
            if new.daemon { SchedulingStrategy::Daemon } else { SchedulingStrategy::Replica };
        let asked = client
            .create_service()
            .cluster(new.launch.cluster.as_str())
            .service_name(new.name.as_str())
            .task_definition(new.launch.revision.to_string())
            .scheduling_strategy(scheduling)
            // A daemon service has one task on each instance and takes no count.
            .set_desired_count((!new.daemon).then(|| whole(new.desired)))
            .set_launch_type(launch_type)
            .set_capacity_provider_strategy(strategy)
            .set_network_configuration(network(new.launch.network.as_ref())?)
            .set_deployment_configuration(rolling(&new))
            .enable_execute_command(new.execute_command)
            // Costs then show by cluster and service; nothing else is put on the tasks.
            .enable_ecs_managed_tags(true)
            .set_tags(some(tags(&new.tags)))
            .client_token(new.client_token.as_str());
        asked.send().await.map_err(|error| Failure::of("CreateService", &error).change())?;
        Ok(())
    }

    async fn update_service(&self, update: ServiceUpdate) -> Result<(), AppError> {
        let client = &self.0.client;
        let asked = client
            .update_service()
            .cluster(update.cluster.as_str())
            .service(update.name.as_str())
            .set_desired_count(update.desired.map(whole))
            .set_task_definition(update.revision.map(|revision| revision.to_string()))
            .set_force_new_deployment(update.force_new_deployment.then_some(true));
        asked.send().await.map_err(|error| Failure::of("UpdateService", &error).change())?;
        Ok(())
    }

    async fn delete_service(
        &self,
        cluster: ClusterName,
        name: ServiceName,
        force: bool,
    ) -> Result<(), AppError> {
        let client = &self.0.client;
        let asked = client
            .delete_service()
            .cluster(cluster.as_str())
            .service(name.as_str())
            .set_force(force.then_some(true));
        asked.send().await.map_err(|error| Failure::of("DeleteService", &error).change())?;
        Ok(())
    }
}

impl Gateway {
    /// CreateCluster answers for a cluster that is there as if it had made it, with other settings
    /// than those asked for. So ECS is asked first; an inactive cluster gives its name back.
    async fn refuse_taken_name(&self, name: &str) -> Result<(), AppError> {
        let asked = describe_clusters(self.clone(), Turn::Ahead, vec![name.to_owned()]).await;
        let asked = asked.or_else(Failure::nothing_without_cluster);
        let (found, _) = asked.map_err(Failure::before_change)?;
        if found.iter().all(|cluster| cluster.status() == Some("INACTIVE")) {
            Ok(())
        } else {
            Err(AppError::Invalid(FieldErrors::one("name", NAME_TAKEN)))
        }
    }
}

/// The launch type or the strategy; neither leaves it to the cluster.
pub(super) fn compute(
    from: &Compute,
) -> Result<(Option<LaunchType>, Option<Vec<types::CapacityProviderStrategyItem>>), AppError> {
    Ok(match from {
        Compute::ClusterDefault => (None, None),
        Compute::LaunchType(name) => (Some(LaunchType::from(name.as_str())), None),
        Compute::Strategy(items) => (None, Some(strategy(items)?)),
    })
}

/// Subnets and security groups.
pub(super) fn network(
    from: Option<&Network>,
) -> Result<Option<types::NetworkConfiguration>, AppError> {
    let Some(from) = from else {
        return Ok(None);
    };
    let public = if from.public_ip {
        types::AssignPublicIp::Enabled
    } else {
        types::AssignPublicIp::Disabled
    };
    let vpc = types::AwsVpcConfiguration::builder()
        .set_subnets(Some(from.subnets.clone()))
        .set_security_groups(some(from.security_groups.clone()))
        .assign_public_ip(public)
        .build()
        .map_err(not_made)?;
    Ok(Some(types::NetworkConfiguration::builder().awsvpc_configuration(vpc).build()))
}

/// Tags.
pub(super) fn tags(from: &[Tag]) -> Vec<types::Tag> {
    let tag = |tag: &Tag| types::Tag::builder().key(&tag.key).value(&tag.value).build();
    from.iter().map(tag).collect()
}

/// An empty list says something else than none: it clears. Nothing here clears.
pub(super) fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

/// A count for the API; what is out of its range ECS refuses, too.
pub(super) fn whole(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn strategy(from: &[StrategyItem]) -> Result<Vec<types::CapacityProviderStrategyItem>, AppError> {
    let item = |item: &StrategyItem| {
        types::CapacityProviderStrategyItem::builder()
            .capacity_provider(&item.provider)
            .weight(whole(item.weight))
            .base(whole(item.base))
            .build()
    };
    from.iter().map(item).collect::<Result<_, _>>().map_err(not_made)
}

/// How a new service rolls; absent where nothing was chosen, so that ECS's own defaults hold.
fn rolling(new: &NewService) -> Option<DeploymentConfiguration> {
    let breaker = new.circuit_breaker.map(|breaker| {
        DeploymentCircuitBreaker::builder()
            .enable(breaker.enabled)
            .rollback(breaker.rollback)
            .build()
    });
    let chosen =
        breaker.is_some() || new.minimum_healthy_percent.is_some() || new.maximum_percent.is_some();
    chosen.then(|| {
        DeploymentConfiguration::builder()
            .set_deployment_circuit_breaker(breaker)
            .set_minimum_healthy_percent(new.minimum_healthy_percent.map(whole))
            .set_maximum_percent(new.maximum_percent.map(whole))
            .build()
    })
}

/// The SDK misses a member that is always set here.
fn not_made(error: BuildError) -> AppError {
    tracing::error!(%error, "a request could not be made");
    AppError::Internal("ecs:request".into())
}
