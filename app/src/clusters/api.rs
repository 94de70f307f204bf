//! What the cluster pages ask of the server.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::model::ClusterRow;
#[cfg(feature = "ssr")]
use crate::backend::Backend;
use crate::error::AppError;
use crate::listing::{ListQuery, Listing};
#[cfg(feature = "ssr")]
use crate::live::Topic;
use crate::reading::Fresh;
#[cfg(feature = "ssr")]
use crate::team::model::Role;

/// One page of clusters.
#[server(input = Json)]
pub async fn list_clusters(query: ListQuery) -> Result<Fresh<Listing<ClusterRow>>, AppError> {
    Backend::for_role(Role::Viewer)?.fresh(&Topic::Clusters(query))
}
