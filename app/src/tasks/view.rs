//! [ssr] What the task pages show of a picture: pure functions.

use super::model::Task;
use crate::listing::{Column, ListQuery, Listing, listing};
use crate::names::{ClusterName, TaskId};
use crate::reading::Reading;

/// One page of tasks.
pub fn list(reading: &Reading, query: &ListQuery) -> Listing<Task> {
    let columns: [Column<Task>; 0] = [];
    let items = reading.tasks.iter().map(AsRef::as_ref);
    listing(items, query, |task, query| query.finds(&[task.id.as_str()]), &columns, Clone::clone)
}

/// One task.
pub fn detail(reading: &Reading, cluster: &ClusterName, id: &TaskId) -> Option<Task> {
    reading.task(cluster, id).map(|task| Task::clone(task))
}
