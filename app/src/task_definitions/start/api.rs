//! What beginning a task definition asks the server for.
#![expect(
    missing_docs,
    reason = "each argument of a server function becomes a public member of a struct that no one reads"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::backend::Backend;
use crate::error::AppError;
use crate::task_definitions::convert::Started;
#[cfg(feature = "ssr")]
use crate::team::model::Role;

/// Reads what was pasted. Nothing of it is kept.
#[server(input = Json)]
pub async fn read_source(text: String) -> Result<Started, AppError> {
    Backend::for_role(Role::Operator)?;
    // Code that unfolds to much takes a second: nobody else should wait for it.
    let read = move || crate::task_definitions::convert::read(&text);
    let read = tokio::task::spawn_blocking(read).await;
    read.map_err(|_| AppError::Internal("read_source".to_owned()))?.map_err(|trouble| {
        AppError::Invalid(crate::error::FieldErrors::one("source", trouble.to_string()))
    })
}

/// The region, for what is filled in by it; empty when it is not known.
#[server(input = Json)]
pub async fn starting_region() -> Result<String, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    Ok(backend.read().ecs.account().region.unwrap_or_default())
}
