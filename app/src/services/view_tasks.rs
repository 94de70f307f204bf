//! [ssr] The tasks and events of one cluster or service, as lists of their own.

use std::cmp::Reverse;

use super::events::{EventRow, without_name};
use super::task_line::TaskLine;
use crate::listing::{ListMeta, Listing};
use crate::names::{ClusterName, ServiceName};
use crate::reading::Reading;
use crate::tasks::model::Task;

/// Lines that such a list shows; the list of tasks has them all.
pub const LINES: usize = 100;

/// The tasks of a cluster that have not ended, newest first.
pub fn tasks_of_cluster(reading: &Reading, cluster: &ClusterName) -> Option<Listing<TaskLine>> {
    reading.cluster(cluster)?;
    let tasks = reading.tasks_of(cluster).map(AsRef::as_ref);
    Some(lines(tasks.filter(|task| !task.is_final())))
}

/// The tasks of a service, newest first; after them those that ended, as long as ECS knows them,
/// which is about an hour.
pub fn tasks_of_service(
    reading: &Reading,
    cluster: &ClusterName,
    name: &ServiceName,
) -> Option<Listing<TaskLine>> {
    reading.service(cluster, name)?;
    let tasks = reading.tasks_of(cluster).map(AsRef::as_ref);
    Some(lines(tasks.filter(|task| task.service() == Some(name.as_str()))))
}

fn lines<'a>(tasks: impl Iterator<Item = &'a Task>) -> Listing<TaskLine> {
    let mut tasks: Vec<&Task> = tasks.collect();
    tasks.sort_by_key(|task| (task.is_final(), Reverse(began_or_ended(task))));
    let total = tasks.len();
    whole(tasks.into_iter().take(LINES).map(TaskLine::from).collect(), total)
}

fn began_or_ended(task: &Task) -> Option<crate::timestamp::Timestamp> {
    task.times.stopped_at.or(task.times.created_at)
}

/// The events of a service, newest first.
pub fn events(
    reading: &Reading,
    cluster: &ClusterName,
    name: &ServiceName,
) -> Option<Listing<EventRow>> {
    let service = reading.service(cluster, name)?;
    let row = |event: &super::model::ServiceEvent| EventRow {
        key: event.id.clone(),
        at: event.at,
        message: without_name(&event.message, name.as_str()),
    };
    let rows: Vec<_> = service.events.iter().map(row).collect();
    let total = rows.len();
    Some(whole(rows, total))
}

fn whole<T>(rows: Vec<T>, total: usize) -> Listing<T> {
    let meta = ListMeta { matched: rows.len(), total, page: 1, pages: 1, unknown_sort: false };
    Listing { rows, meta }
}
