//! Services, from the SDK's words to the console's.

use aws_sdk_ecs::types;
use berth_app::launch::model::Network;
use berth_app::names::{ClusterName, Revision};
use berth_app::services::model::{CircuitBreaker, Deployment, LoadBalancer, Service, ServiceEvent};

use super::clusters::{count, moment, parsed, strategy, tags};

/// A service; `None` when its name is none that ECS gives.
pub(super) fn service(cluster: &ClusterName, from: types::Service) -> Option<Service> {
    let rolling = from.deployment_configuration();
    let breaker = rolling.and_then(|rolling| rolling.deployment_circuit_breaker());
    Some(Service {
        cluster: cluster.clone(),
        name: parsed("service", from.service_name())?,
        desired: count(from.desired_count),
        running: count(from.running_count),
        pending: count(from.pending_count),
        task_definition: revision(from.task_definition()),
        launch_type: from.launch_type().map(|kind| kind.as_str().to_owned()),
        strategy: strategy(from.capacity_provider_strategy()),
        scheduling: from.scheduling_strategy().map_or("REPLICA", |kind| kind.as_str()).to_owned(),
        deployments: deployments(&from),
        events: events(from.events()),
        // The poller finds it: it knows the tasks and the reading before.
        rollback: None,
        network: network(from.network_configuration()),
        load_balancers: from.load_balancers().iter().map(load_balancer).collect(),
        minimum_healthy_percent: percent(rolling.and_then(|r| r.minimum_healthy_percent())),
        maximum_percent: percent(rolling.and_then(|r| r.maximum_percent())),
        circuit_breaker: breaker
            .map(|b| CircuitBreaker { enabled: b.enable(), rollback: b.rollback() }),
        execute_command: from.enable_execute_command,
        tags: tags(from.tags()),
        created_at: moment(from.created_at),
        arn: from.service_arn.unwrap_or_default(),
        status: from.status.unwrap_or_default(),
        platform_version: from.platform_version,
    })
}

/// The revision at the end of an ARN; absent for external deployment controllers.
fn revision(arn: Option<&str>) -> Option<Revision> {
    arn.and_then(|arn| arn.parse().ok())
}

fn percent(from: Option<i32>) -> Option<u32> {
    from.map(count)
}

/// Newest first, which ECS does not promise. External controllers and CodeDeploy have task sets in
/// their place.
fn deployments(from: &types::Service) -> Vec<Deployment> {
    let sets = from.task_sets().iter().map(task_set);
    let mut all: Vec<Deployment> = from.deployments().iter().map(deployment).chain(sets).collect();
    all.sort_by_key(|deployment| std::cmp::Reverse(deployment.created_at));
    all
}

fn deployment(from: &types::Deployment) -> Deployment {
    Deployment {
        id: from.id().unwrap_or_default().to_owned(),
        status: from.status().unwrap_or_default().to_owned(),
        task_definition: revision(from.task_definition()),
        desired: count(from.desired_count()),
        pending: count(from.pending_count()),
        running: count(from.running_count()),
        failed: count(from.failed_tasks()),
        rollout: from.rollout_state().map(|state| state.as_str().to_owned()),
        rollout_reason: from.rollout_state_reason().map(str::to_owned),
        created_at: moment(from.created_at),
        updated_at: moment(from.updated_at),
    }
}

fn task_set(from: &types::TaskSet) -> Deployment {
    Deployment {
        id: from.id().unwrap_or_default().to_owned(),
        status: from.status().unwrap_or_default().to_owned(),
        task_definition: revision(from.task_definition()),
        desired: count(from.computed_desired_count()),
        pending: count(from.pending_count()),
        running: count(from.running_count()),
        failed: 0,
        rollout: None,
        rollout_reason: None,
        created_at: moment(from.created_at),
        updated_at: moment(from.updated_at),
    }
}

/// Newest first. An event without a time can't be placed and is left out.
fn events(from: &[types::ServiceEvent]) -> Vec<ServiceEvent> {
    let event = |event: &types::ServiceEvent| {
        Some(ServiceEvent {
            id: event.id().unwrap_or_default().to_owned(),
            at: moment(event.created_at)?,
            message: event.message().unwrap_or_default().to_owned(),
        })
    };
    let mut all: Vec<ServiceEvent> = from.iter().filter_map(event).collect();
    all.sort_by_key(|event| std::cmp::Reverse(event.at));
    all
}

fn network(from: Option<&types::NetworkConfiguration>) -> Option<Network> {
    let vpc = from.and_then(|network| network.awsvpc_configuration())?;
    Some(Network {
        subnets: vpc.subnets().to_vec(),
        security_groups: vpc.security_groups().to_vec(),
        public_ip: vpc.assign_public_ip() == Some(&types::AssignPublicIp::Enabled),
    })
}

fn load_balancer(from: &types::LoadBalancer) -> LoadBalancer {
    let target = from.target_group_arn().or_else(|| from.load_balancer_name());
    LoadBalancer {
        target: target.unwrap_or_default().to_owned(),
        container: from.container_name().unwrap_or_default().to_owned(),
        port: from.container_port().map_or(0, count),
    }
}
