//! What the frame asks for.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::reading::Health;
use crate::team::model::Role;

/// What the frame shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrameData {
    /// The member's name.
    pub name: String,
    /// The member's email.
    pub email: String,
    /// The member's role: what is not allowed is shown with its reason.
    pub role: Role,
    /// Whether it is the embedded sandbox.
    pub sandbox: bool,
    /// Account, region and identity, or the endpoint: short, for the top bar.
    pub place: String,
    /// Whether ECS can be read.
    pub health: Health,
}

/// The frame's data.
#[server]
pub async fn frame() -> Result<FrameData, AppError> {
    let backend = crate::backend::Backend::for_role(Role::Viewer)?;
    let member = backend.member().ok_or(AppError::SignInRequired)?;
    let account = backend.read().ecs.account();
    let place = if account.sandbox {
        String::new()
    } else {
        [account.endpoint, account.id, account.region, account.identity]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
    };
    Ok(FrameData {
        name: member.name.clone(),
        email: member.email.clone(),
        role: member.role,
        sandbox: account.sandbox,
        place,
        health: backend.read().readings.health(),
    })
}
