//! [ssr] What the server looks up before it answers or changes anything about services.

use std::sync::Arc;

use super::choices::{ClusterChoice, FamilyChoice, RevisionNeeds, ServiceChoices};
use super::draft::{Place, ServiceRequest};
use super::model::Service;
use crate::backend::{Backend, Compute, NewService, ServiceUpdate};
use crate::clusters::strategy::split_words;
use crate::error::AppError;
use crate::names::{ClusterName, RequestToken, Revision, ServiceName};
use crate::reading::Reading;

/// What the forms offer, of a picture.
pub fn choices(reading: &Reading) -> ServiceChoices {
    let active = reading.clusters.iter().filter(|cluster| cluster.status == "ACTIVE");
    let families = reading.families.iter().filter(|family| !family.active.is_empty());
    ServiceChoices {
        clusters: active
            .map(|cluster| ClusterChoice {
                name: cluster.name.clone(),
                providers: cluster.capacity_providers.clone(),
                default_words: split_words(&cluster.default_strategy),
            })
            .collect(),
        families: families
            .map(|family| FamilyChoice { name: family.name.clone(), active: family.active.clone() })
            .collect(),
    }
}

/// What a revision asks for; ECS takes a missing network mode as `bridge`.
///
/// # Errors
/// What ECS answers.
pub async fn needs(backend: &Backend, revision: &Revision) -> Result<RevisionNeeds, AppError> {
    let definition = backend.read().ecs.task_definition(revision).await?;
    let mode = definition.document.get("networkMode").and_then(|mode| mode.as_str());
    Ok(RevisionNeeds {
        revision: revision.clone(),
        network_mode: mode.unwrap_or("bridge").to_owned(),
        compatibilities: definition.compatibilities.clone(),
    })
}

/// The service, if it can be changed now.
///
/// # Errors
/// [`AppError::NotFound`] when there is none, [`AppError::Conflict`] when it is being deleted.
pub fn changeable(
    backend: &Backend,
    cluster: &ClusterName,
    name: &ServiceName,
) -> Result<Arc<Service>, AppError> {
    let picture = backend.read().readings.now().value;
    let service = picture.service(cluster, name).ok_or_else(|| {
        AppError::NotFound(format!("There is no service {name} in the cluster {cluster}."))
    })?;
    match service.change_refusal() {
        Some(reason) => Err(AppError::Conflict(reason)),
        None => Ok(Arc::clone(service)),
    }
}

/// The request in the gateway's words.
pub fn new_service(request: ServiceRequest, token: RequestToken) -> NewService {
    NewService {
        cluster: request.cluster,
        name: request.name,
        revision: request.revision,
        desired: request.desired,
        daemon: request.daemon,
        compute: match request.place {
            Place::ClusterDefault => Compute::ClusterDefault,
            Place::LaunchType(kind) => Compute::LaunchType(kind),
            Place::Strategy(items) => Compute::Strategy(items),
        },
        network: request.network,
        minimum_healthy_percent: request.minimum,
        maximum_percent: request.maximum,
        circuit_breaker: Some(request.circuit_breaker),
        execute_command: request.execute_command,
        tags: request.tags,
        client_token: token,
    }
}

/// An update of a service that changes nothing of it yet.
pub fn nothing_of(cluster: ClusterName, name: ServiceName) -> ServiceUpdate {
    ServiceUpdate { cluster, name, desired: None, revision: None, force_new_deployment: false }
}
