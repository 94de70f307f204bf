//! What the service pages ask of the server, and the changes they make.
#![expect(
    missing_docs,
    reason = "each argument of a server function becomes a public member of a struct that no one reads"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::detail::ServiceDetail;
use super::draft::ServiceDraft;
#[cfg(feature = "ssr")]
use super::draft_changes::check_delete;
use super::draft_changes::{DeployDraft, ScaleDraft};
use super::events::EventRow;
use super::model::ServiceRow;
use super::task_line::TaskLine;
#[cfg(feature = "ssr")]
use crate::backend::{Backend, Change, ServiceUpdate};
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::launch::{self, api::choices_and_needs};
use crate::listing::{ListQuery, Listing};
#[cfg(feature = "ssr")]
use crate::live::Topic;
use crate::names::{ClusterName, RequestToken, Revision, ServiceName};
use crate::reading::Fresh;
#[cfg(feature = "ssr")]
use crate::team::model::Role;

/// One page of services.
#[server(input = Json)]
pub async fn list_services(query: ListQuery) -> Result<Fresh<Listing<ServiceRow>>, AppError> {
    Backend::for_role(Role::Viewer)?.fresh(&Topic::Services(query))
}

/// The clusters that a list of services can be narrowed to, by name.
#[server]
pub async fn cluster_names() -> Result<Vec<ClusterName>, AppError> {
    let backend = Backend::for_role(Role::Viewer)?;
    let picture = backend.picture()?;
    Ok(picture.clusters.iter().map(|c| c.name.clone()).collect())
}

/// One service.
#[server(input = Json)]
pub async fn read_service(
    cluster: ClusterName,
    name: ServiceName,
) -> Result<Fresh<ServiceDetail>, AppError> {
    Backend::for_role(Role::Viewer)?.fresh(&Topic::Service { cluster, name })
}

/// The events of a service, newest first.
#[server(input = Json)]
pub async fn read_service_events(
    cluster: ClusterName,
    name: ServiceName,
) -> Result<Fresh<Listing<EventRow>>, AppError> {
    Backend::for_role(Role::Viewer)?.fresh(&Topic::ServiceEvents { cluster, name })
}

/// The tasks of a service, those that ended lately too.
#[server(input = Json)]
pub async fn read_service_tasks(
    cluster: ClusterName,
    name: ServiceName,
) -> Result<Fresh<Listing<TaskLine>>, AppError> {
    Backend::for_role(Role::Viewer)?.fresh(&Topic::ServiceTasks { cluster, name })
}

/// The tasks of a cluster that have not ended.
#[server(input = Json)]
pub async fn read_cluster_tasks(
    cluster: ClusterName,
) -> Result<Fresh<Listing<TaskLine>>, AppError> {
    Backend::for_role(Role::Viewer)?.fresh(&Topic::ClusterTasks(cluster))
}

/// Creates a service and answers where it is.
#[server(input = Json)]
pub async fn create_service(
    token: RequestToken,
    draft: ServiceDraft,
) -> Result<(ClusterName, ServiceName), AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let (choices, needs) = choices_and_needs(&backend, &draft.launch).await?;
    let request = draft.check(&choices, needs.as_ref())?;
    let place = (request.launch.cluster.clone(), request.name.clone());
    let change = Change::ServiceCreated {
        cluster: request.launch.cluster.clone(),
        service: request.name.clone(),
        revision: request.launch.revision.clone(),
        desired: request.desired,
    };
    let new = inside::new_service(request, token.clone());
    backend
        .change(change, &token, |doors| async move {
            doors.ecs.create_service(new).await?;
            Ok(place)
        })
        .await
}

/// Sets how many tasks a service runs; nothing else of it is sent.
#[server(input = Json)]
pub async fn scale_service(
    token: RequestToken,
    cluster: ClusterName,
    name: ServiceName,
    draft: ScaleDraft,
) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let to = draft.check()?;
    let service = inside::changeable(&backend, &cluster, &name)?;
    if service.scheduling == "DAEMON" {
        return Err(AppError::Conflict(
            "A daemon runs one task on each instance; it can't be scaled.".to_owned(),
        ));
    }
    let change = Change::ServiceScaled {
        cluster: cluster.clone(),
        service: name.clone(),
        from: service.desired,
        to,
    };
    let update = ServiceUpdate { desired: Some(to), ..inside::nothing_of(cluster, name) };
    backend
        .change(change, &token, |doors| async move { doors.ecs.update_service(update).await })
        .await
}

/// Starts a deployment of another revision and answers which it is.
#[server(input = Json)]
pub async fn deploy_service(
    token: RequestToken,
    cluster: ClusterName,
    name: ServiceName,
    draft: DeployDraft,
) -> Result<Revision, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let choices = launch::view::choices(&*backend.picture()?);
    let service = inside::changeable(&backend, &cluster, &name)?;
    let revision = draft.check(&choices, service.task_definition.as_ref())?;
    let change = Change::ServiceDeployed {
        cluster: cluster.clone(),
        service: name.clone(),
        revision: revision.clone(),
    };
    let update =
        ServiceUpdate { revision: Some(revision.clone()), ..inside::nothing_of(cluster, name) };
    backend
        .change(change, &token, |doors| async move {
            doors.ecs.update_service(update).await?;
            Ok(revision)
        })
        .await
}

/// Replaces every task by a new one of the same revision.
#[server(input = Json)]
pub async fn restart_service(
    token: RequestToken,
    cluster: ClusterName,
    name: ServiceName,
) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    inside::changeable(&backend, &cluster, &name)?;
    let change = Change::ServiceRestarted { cluster: cluster.clone(), service: name.clone() };
    let update = ServiceUpdate { force_new_deployment: true, ..inside::nothing_of(cluster, name) };
    backend
        .change(change, &token, |doors| async move { doors.ecs.update_service(update).await })
        .await
}

/// Deletes a service; with `force` although it shall still run tasks, which then end with it.
#[server(input = Json)]
pub async fn delete_service(
    token: RequestToken,
    cluster: ClusterName,
    name: ServiceName,
    force: bool,
) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let found = inside::changeable(&backend, &cluster, &name);
    if let Ok(service) = &found {
        check_delete(service, force)?;
    }
    let change = Change::ServiceDeleted { cluster: cluster.clone(), service: name.clone() };
    backend
        .change(change, &token, move |doors| async move {
            // Not before: the same form sent again finds the service gone, and that is success.
            found?;
            doors.ecs.delete_service(cluster, name, force).await
        })
        .await
}

/// What is looked up before an answer or a change.
#[cfg(feature = "ssr")]
mod inside {
    use std::sync::Arc;

    use super::super::draft::ServiceRequest;
    use super::super::model::Service;
    use crate::backend::{Backend, NewService, ServiceUpdate};
    use crate::error::AppError;
    use crate::names::{ClusterName, RequestToken, ServiceName};

    /// The service, if it can be changed now.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is none, [`AppError::Conflict`] when it is being deleted.
    pub fn changeable(
        backend: &Backend,
        cluster: &ClusterName,
        name: &ServiceName,
    ) -> Result<Arc<Service>, AppError> {
        let picture = backend.picture()?;
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
            launch: request.launch,
            name: request.name,
            desired: request.desired,
            daemon: request.daemon,
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
}
