//! What the task pages ask for, and the changes they make.
#![expect(
    missing_docs,
    reason = "each argument of a server function becomes a public member of a struct that no one reads"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::draft::StopDraft;
use super::model::{Task, TaskFilters, TaskRow};
use super::run_draft::RunDraft;
#[cfg(feature = "ssr")]
use super::run_draft::RunRequest;
use super::run_model::RunOutcome;
#[cfg(feature = "ssr")]
use super::started_by::started_by;
#[cfg(feature = "ssr")]
use crate::backend::{Backend, Change, Launched, NewTasks};
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::launch::api::choices_and_needs;
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
    Ok(super::view::filters(&*backend.picture()?))
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

/// Runs tasks. The same token runs them once.
#[server(input = Json)]
pub async fn run_tasks(token: RequestToken, draft: RunDraft) -> Result<RunOutcome, AppError> {
    let backend = Backend::for_role(Role::Operator)?;
    let (choices, needs) = choices_and_needs(&backend, &draft.launch).await?;
    let request = draft.check(&choices, needs.as_ref())?;
    let (cluster, revision) = (request.launch.cluster.clone(), request.launch.revision.clone());
    let group = request.group.clone().unwrap_or_else(|| format!("family:{}", revision.family));
    let change = Change::TaskRun { cluster: cluster.clone(), revision, count: request.count };
    let who = backend.member().map(|member| started_by(&member.name)).unwrap_or_default();
    let asked = request.count;
    let new = new_tasks(request, who, token.clone());
    backend
        .change(change, &token, move |doors| async move {
            let launched = doors.ecs.run_tasks(new).await?;
            if launched.tasks.is_empty() {
                // The reasons come once: for the same token asked again ECS finds no tasks, and
                // gives none.
                let mut said = launched.failures.join(" ");
                if said.is_empty() {
                    said.push_str("ECS started no task.");
                }
                return Err(AppError::refused(
                    said,
                    "No task was started. Look at the cluster's capacity and at where the tasks shall run.",
                ));
            }
            let Launched { tasks, failures } = launched;
            Ok(RunOutcome { cluster, asked, group, tasks, failures })
        })
        .await
}

#[cfg(feature = "ssr")]
/// The request in the gateway's words.
fn new_tasks(request: RunRequest, started_by: String, token: RequestToken) -> NewTasks {
    NewTasks {
        launch: request.launch,
        count: request.count,
        group: request.group,
        started_by,
        tags: request.tags,
        client_token: token,
    }
}
