//! What the service pages ask of the server.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::model::ServiceRow;
#[cfg(feature = "ssr")]
use crate::backend::Backend;
use crate::error::AppError;
use crate::listing::{ListQuery, Listing};
#[cfg(feature = "ssr")]
use crate::live::Topic;
use crate::names::ClusterName;
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
    let picture = backend.read().readings.now().value;
    Ok(picture.clusters.iter().map(|c| c.name.clone()).collect())
}
