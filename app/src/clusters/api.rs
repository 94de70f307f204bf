//! What the cluster pages ask of the server.
#![expect(
    missing_docs,
    reason = "each argument of a server function becomes a public member of a struct that no one reads"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::detail::{ClusterDetail, FeedEvent};
use super::draft::ClusterDraft;
use super::model::ClusterRow;
#[cfg(feature = "ssr")]
use crate::backend::{Backend, Change, NewCluster};
use crate::error::AppError;
use crate::listing::{ListQuery, Listing};
#[cfg(feature = "ssr")]
use crate::live::Topic;
use crate::names::{ClusterName, RequestToken};
use crate::reading::Fresh;
#[cfg(feature = "ssr")]
use crate::team::model::Role;

/// One page of clusters.
#[server(input = Json)]
pub async fn list_clusters(query: ListQuery) -> Result<Fresh<Listing<ClusterRow>>, AppError> {
    Backend::for_role(Role::Viewer)?.fresh(&Topic::Clusters(query))
}

/// One cluster.
#[server(input = Json)]
pub async fn read_cluster(name: ClusterName) -> Result<Fresh<ClusterDetail>, AppError> {
    Backend::for_role(Role::Viewer)?.fresh(&Topic::Cluster(name))
}

/// The newest events of all services of a cluster.
#[server(input = Json)]
pub async fn read_cluster_events(name: ClusterName) -> Result<Fresh<Listing<FeedEvent>>, AppError> {
    Backend::for_role(Role::Viewer)?.fresh(&Topic::ClusterEvents(name))
}

/// Creates a cluster and answers its name.
#[server(input = Json)]
pub async fn create_cluster(
    token: RequestToken,
    draft: ClusterDraft,
) -> Result<ClusterName, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let request = draft.check()?;
    let name = request.name.clone();
    let new = NewCluster {
        name: request.name.to_string(),
        capacity_providers: request.providers,
        default_strategy: request.strategy,
        container_insights: request.insights,
        tags: request.tags,
    };
    let change = Change::ClusterCreated { cluster: name.clone() };
    backend
        .change(change, &token, |doors| async move {
            doors.ecs.create_cluster(new).await?;
            Ok(name)
        })
        .await
}

/// Deletes a cluster that nothing is left in.
#[server(input = Json)]
pub async fn delete_cluster(token: RequestToken, name: ClusterName) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let change = Change::ClusterDeleted { cluster: name.clone() };
    backend
        .change(change, &token, |doors| async move { doors.ecs.delete_cluster(name).await })
        .await
}
