//! [ssr] The tasks and events of one cluster or service, as lists of their own.

use std::cmp::Reverse;

use super::events::{EventRow, without_name};
use super::model::{Deployment, Service, ServiceEvent};
use super::task_line::{Side, TaskLine};
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
    Some(lines(tasks.filter(|task| !task.is_final()), TaskLine::from))
}

/// The tasks of a service, newest first; after them those that ended, as long as ECS knows them,
/// which is about an hour.
pub fn tasks_of_service(
    reading: &Reading,
    cluster: &ClusterName,
    name: &ServiceName,
) -> Option<Listing<TaskLine>> {
    let service = reading.service(cluster, name)?;
    let tasks = reading.tasks_of(cluster).map(AsRef::as_ref);
    let own = tasks.filter(|task| task.service() == Some(name.as_str()));
    Some(lines(own, |task| TaskLine { side: side(service, task), ..TaskLine::from(task) }))
}

/// Which of the service's deployments has started a task, while there are several.
fn side(service: &Service, task: &Task) -> Option<Side> {
    service.replaced_deployments().next()?;
    let started = |one: &Deployment| task.started_by.as_ref() == Some(&one.id);
    if service.present_deployment().is_some_and(started) {
        Some(Side::Present)
    } else {
        service.replaced_deployments().any(started).then_some(Side::Replaced)
    }
}

fn lines<'a>(
    tasks: impl Iterator<Item = &'a Task>,
    line: impl Fn(&'a Task) -> TaskLine,
) -> Listing<TaskLine> {
    let mut tasks: Vec<&Task> = tasks.collect();
    tasks.sort_by_key(|task| (task.is_final(), Reverse(began_or_ended(task))));
    let total = tasks.len();
    whole(tasks.into_iter().take(LINES).map(line).collect(), total)
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
    let row = |event: &ServiceEvent| EventRow {
        key: event.id.clone(),
        at: event.at,
        message: without_name(&event.message, name.as_str()),
    };
    let rows: Vec<_> = service.events.iter().map(row).collect();
    let total = rows.len();
    Some(whole(rows, total))
}

fn whole<T>(rows: Vec<T>, total: usize) -> Listing<T> {
    let meta = ListMeta { matched: rows.len(), total, page: 1, pages: 1, ..ListMeta::default() };
    Listing { rows, meta }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{deployment, service};
    use super::*;
    use crate::tasks::samples::task;

    #[test]
    fn a_rolling_service_tells_whose_its_tasks_are() {
        let calm = service("production", "web");
        let mut rolls = calm.clone();
        rolls.deployments.insert(0, deployment("web", 8, "PRIMARY", "IN_PROGRESS"));
        rolls.deployments[1].status = "ACTIVE".into();
        for (service, started_by, told) in [
            (&rolls, Some("ecs-svc/8"), Some(Side::Present)),
            (&rolls, Some("ecs-svc/7"), Some(Side::Replaced)),
            (&rolls, Some("ecs-svc/6"), None),
            (&rolls, None, None),
            (&calm, Some("ecs-svc/7"), None),
        ] {
            let mut task = task("a1", "RUNNING", 1);
            task.started_by = started_by.map(str::to_owned);
            assert_eq!(side(service, &task), told, "{started_by:?}");
        }
    }
}
