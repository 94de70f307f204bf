//! What the audit page asks for.
#![expect(
    missing_docs,
    reason = "each argument of a server function becomes a public member of a struct that no one reads"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::model::AuditEntry;
#[cfg(feature = "ssr")]
use crate::backend::Backend;
use crate::error::AppError;
use crate::listing::{ListQuery, Listing};
use crate::reading::Fresh;
#[cfg(feature = "ssr")]
use crate::team::model::Role;

/// One page of the log, newest first.
#[server(input = Json)]
pub async fn list_entries(query: ListQuery) -> Result<Fresh<Listing<AuditEntry>>, AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    let value = backend.read().audit.entries(&query).await?;
    // No picture of ECS is shown; the mark is of no use.
    Ok(Fresh { value, mark: String::new(), health: backend.read().readings.health() })
}

/// The emails that the filter offers: those of the present members.
#[server]
pub async fn list_who() -> Result<Vec<String>, AppError> {
    let backend = Backend::for_role(Role::Administrator)?;
    let members = backend.read().team.members().await?;
    Ok(members.into_iter().map(|member| member.email).collect())
}
