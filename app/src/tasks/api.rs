//! What the task pages ask for, and the changes they make.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::draft::StopDraft;
use super::model::{Task, TaskFilters, TaskRow};
#[cfg(feature = "ssr")]
use crate::backend::{Backend, Change};
use crate::error::AppError;
use crate::listing::{ListQuery, Listing};
#[cfg(feature = "ssr")]
use crate::live::Topic;
use crate::names::{ClusterName, RequestToken, TaskId};
use crate::reading::Fresh;
#[cfg(feature = "ssr")]
use crate::team::model::Role;

/// One page of tasks.
#[server(input = Json)]
pub async fn list_tasks(query: ListQuery) -> Result<Fresh<Listing<TaskRow>>, AppError> {
    let backend = Backend::for_role(Role::Viewer)?;
    backend.fresh(&Topic::Tasks(query))
}

/// What the list's filters offer.
#[server]
pub async fn read_task_filters() -> Result<TaskFilters, AppError> {
    let backend = Backend::for_role(Role::Viewer)?;
    Ok(super::view::filters(&backend.read().readings.now().value))
}

/// One task.
#[server(input = Json)]
pub async fn read_task(cluster: ClusterName, id: TaskId) -> Result<Fresh<Task>, AppError> {
    let backend = Backend::for_role(Role::Viewer)?;
    backend.fresh(&Topic::Task { cluster, id })
}

/// Stops a task for the reason given.
#[server(input = Json)]
pub async fn stop_task(
    token: RequestToken,
    cluster: ClusterName,
    id: TaskId,
    draft: StopDraft,
) -> Result<(), AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let reason = draft.check()?;
    let change =
        Change::TaskStopped { cluster: cluster.clone(), task: id.clone(), reason: reason.clone() };
    backend
        .change(
            change,
            &token,
            |doors| async move { doors.ecs.stop_task(cluster, id, reason).await },
        )
        .await
}
