//! What the review, the comparison and the steps after a registration ask of the server.
#![expect(
    missing_docs,
    reason = "each argument of a server function becomes a public member of a struct that no one reads"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[cfg(feature = "ssr")]
use super::asked;
use super::model::{Comparison, FamilyRevisions, Ground, OlderService, Since};
#[cfg(feature = "ssr")]
use crate::backend::{Backend, Change, ServiceUpdate};
use crate::error::AppError;
use crate::names::{ClusterName, FamilyName, RequestToken, Revision, ServiceName};
use crate::reading::Soon;
#[cfg(feature = "ssr")]
use crate::team::model::Role;

/// What a new revision is held against, with values: the one that the form began from, and the
/// newest of the family that it will belong to.
#[server(input = Json)]
pub async fn read_ground(
    from: Option<Revision>,
    family: Option<FamilyName>,
) -> Result<Ground, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    asked::ground(&backend, from, family).await
}

/// Two revisions, of one family or of two; a viewer gets them without values.
#[server(input = Json)]
pub async fn compare_revisions(
    left: Revision,
    right: Revision,
) -> Result<Soon<Comparison>, AppError> {
    let backend = Backend::for_role(Role::Viewer)?;
    asked::comparison(&backend, &left, &right).await
}

/// Every revision that can be compared, from the picture.
#[server]
pub async fn list_revisions() -> Result<Vec<FamilyRevisions>, AppError> {
    let backend = Backend::for_role(Role::Viewer)?;
    Ok(asked::revisions(&*backend.picture()?))
}

/// What a revision changed against the one before it; `None` for the first one.
#[server(input = Json)]
pub async fn read_since(revision: Revision) -> Result<Soon<Option<Since>>, AppError> {
    let backend = Backend::for_role(Role::Viewer)?;
    asked::since(&backend, &revision).await
}

/// The services that run other revisions of this one's family.
#[server(input = Json)]
pub async fn list_older_services(revision: Revision) -> Result<Vec<OlderService>, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    Ok(asked::older_services(&*backend.picture()?, &revision))
}

/// Starts a deployment of a revision to a service that runs another one of its family.
#[server(input = Json)]
pub async fn update_service_to(
    token: RequestToken,
    cluster: ClusterName,
    name: ServiceName,
    revision: Revision,
) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let allowed = asked::may_update(&*backend.picture()?, &cluster, &name, &revision);
    let change = Change::ServiceDeployed {
        cluster: cluster.clone(),
        service: name.clone(),
        revision: revision.clone(),
    };
    let update = ServiceUpdate {
        cluster,
        name,
        desired: None,
        revision: Some(revision),
        force_new_deployment: false,
    };
    backend
        .change(change, &token, |doors| async move {
            // Not before: the same request sent again finds the service updated, and that is success.
            allowed?;
            doors.ecs.update_service(update).await
        })
        .await
}
