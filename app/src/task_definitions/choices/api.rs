//! What the pickers ask for.
#![expect(
    missing_docs,
    reason = "each argument of a server function becomes a public member of a struct that no one reads"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::model::{ChoiceKind, Choices};
#[cfg(feature = "ssr")]
use crate::backend::Backend;
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::team::model::Role;

/// What can be chosen. Everybody shares one answer for a minute; `again` asks for a newer one. Only
/// who may use the answer can cause a call to AWS.
#[server(input = Json)]
pub async fn read_choices(
    kind: ChoiceKind,
    search: String,
    again: bool,
) -> Result<Choices, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    if !kind.is_sound() {
        return Err(AppError::NotFound("There is nothing of that name to look in.".into()));
    }
    backend.read().neighbours.choices(&kind, search.trim(), again).await
}
