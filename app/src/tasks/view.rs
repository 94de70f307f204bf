//! [ssr] What the task pages show of a picture: pure functions.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::model::{Task, TaskFilters, TaskRow};
use crate::listing::{Column, ListQuery, Listing, listing};
use crate::names::{ClusterName, TaskId};
use crate::reading::Reading;

/// The longest reason a row shows, in characters; the whole of it stands on the task's page.
const SHORT_REASON: usize = 80;

const COLUMNS: [Column<Task>; 7] = [
    Column { name: "id", order: |a, b| a.id.cmp(&b.id) },
    Column { name: "cluster", order: |a, b| a.cluster.cmp(&b.cluster) },
    Column { name: "group", order: |a, b| a.group.cmp(&b.group) },
    Column { name: "revision", order: |a, b| a.task_definition.cmp(&b.task_definition) },
    Column { name: "status", order: |a, b| a.last_status.cmp(&b.last_status) },
    Column { name: "runs-on", order: |a, b| a.runs_on().cmp(b.runs_on()) },
    Column {
        // The oldest has the largest age.
        name: "age",
        order: |a, b| since(b).cmp(&since(a)),
    },
];

/// One page of tasks: live ones first, then by age, the newest first.
pub fn list(reading: &Reading, query: &ListQuery) -> Listing<TaskRow> {
    let mut tasks: Vec<&Task> = reading.tasks.iter().map(AsRef::as_ref).collect();
    tasks.sort_by_cached_key(|task| (task.is_final(), Reverse(since(task))));
    let mut listing = listing(tasks.iter().copied(), query, matches, &COLUMNS, row);
    listing.meta.ended =
        tasks.iter().filter(|task| task.is_final() && matches(task, query)).count();
    listing
}

/// One task.
pub fn detail(reading: &Reading, cluster: &ClusterName, id: &TaskId) -> Option<Task> {
    reading.task(cluster, id).map(|task| Task::clone(task))
}

/// What the filters offer.
pub fn filters(reading: &Reading) -> TaskFilters {
    let places: BTreeSet<&str> = reading.tasks.iter().map(|task| task.runs_on()).collect();
    TaskFilters {
        clusters: reading.clusters.iter().map(|cluster| cluster.name.to_string()).collect(),
        places: places.into_iter().filter(|place| !place.is_empty()).map(str::to_owned).collect(),
    }
}

fn since(task: &Task) -> Option<crate::timestamp::Timestamp> {
    task.times.started_at.or(task.times.created_at)
}

fn matches(task: &Task, query: &ListQuery) -> bool {
    let cluster = query.filter("cluster");
    let launch = query.filter("launch");
    (cluster.is_empty() || task.cluster.as_str() == cluster)
        && (launch.is_empty() || task.runs_on() == launch)
        && match query.filter("status") {
            "running" => task.last_status == "RUNNING" && !task.is_moving(),
            "moving" => task.is_moving(),
            "stopped" => task.is_final(),
            status => status.is_empty(),
        }
        && (query.q.is_empty() || finds(task, query))
}

fn finds(task: &Task, query: &ListQuery) -> bool {
    let revision = task.task_definition.to_string();
    let mut texts =
        vec![task.id.as_str(), task.group.as_str(), revision.as_str(), task.cluster.as_str()];
    texts.extend(
        [&task.private_ip, &task.stopped_reason, &task.started_by, &task.container_instance]
            .into_iter()
            .filter_map(Option::as_deref),
    );
    for container in &task.containers {
        texts.push(&container.image);
        texts.extend(container.reason.as_deref());
    }
    query.finds(&texts)
}

fn row(task: &Task) -> TaskRow {
    TaskRow {
        key: format!("{}/{}", task.cluster, task.id),
        cluster: task.cluster.clone(),
        id: task.id.clone(),
        group: task.group.clone(),
        revision: task.task_definition.clone(),
        last_status: task.last_status.clone(),
        desired_status: task.desired_status.clone(),
        health: task.health.clone(),
        runs_on: task.runs_on().to_owned(),
        since: since(task),
        has_started: task.times.started_at.is_some(),
        stop: short(task.stopped_reason.as_deref().unwrap_or_default()),
        bad_end: task.bad_end(),
        stopped_at: task.times.stopped_at,
    }
}

fn short(reason: &str) -> String {
    if reason.chars().count() <= SHORT_REASON {
        return reason.to_owned();
    }
    let cut: String = reason.chars().take(SHORT_REASON - 1).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::samples::task;
    use super::*;

    fn reading(tasks: Vec<Task>) -> Reading {
        let mut reading =
            Reading { tasks: tasks.into_iter().map(Arc::new).collect(), ..Reading::default() };
        reading.sort();
        reading
    }

    fn some() -> Reading {
        let mut spot = task("dd", "RUNNING", 2);
        spot.capacity_provider = Some("FARGATE_SPOT".into());
        spot.cluster = "batch".parse().unwrap();
        reading(vec![
            task("aa", "STOPPED", 9),
            task("bb", "RUNNING", 5),
            task("cc", "PENDING", 7),
            spot,
        ])
    }

    fn ids(pairs: &[(&str, &str)]) -> Vec<String> {
        let query = ListQuery::from_pairs(pairs.iter().copied(), &["cluster", "status", "launch"]);
        list(&some(), &query).rows.iter().map(|row| row.id.to_string()).collect()
    }

    #[test]
    fn filters_words_and_orders() {
        for (pairs, found) in [
            (&[][..], &["cc", "bb", "dd", "aa"][..]),
            (&[("status", "running")], &["bb", "dd"]),
            (&[("status", "moving")], &["cc"]),
            (&[("status", "stopped")], &["aa"]),
            (&[("status", "nonsense")], &[]),
            (&[("cluster", "batch")], &["dd"]),
            (&[("launch", "FARGATE")], &["cc", "bb", "aa"]),
            (&[("launch", "FARGATE_SPOT")], &["dd"]),
            (&[("q", "10.0.0.5")], &["bb"]),
            (&[("q", "WEB:1.4 batch")], &["dd"]),
            (&[("q", "essential")], &["aa"]),
            (&[("q", "web:3"), ("sort", "id")], &["aa", "bb", "cc", "dd"]),
            (&[("sort", "-age")], &["dd", "bb", "cc", "aa"]),
            (&[("sort", "age")], &["aa", "cc", "bb", "dd"]),
        ] {
            assert_eq!(ids(pairs), found, "{pairs:?}");
        }
    }

    #[test]
    fn only_one_page_travels() {
        let many = (0..5_000).map(|n| task(&format!("{n:032x}"), "RUNNING", n)).collect();
        let page = list(&reading(many), &ListQuery::default());
        assert_eq!((page.rows.len(), page.meta.matched), (100, 5_000));
        assert_eq!(page.rows[0].id.as_str(), format!("{:032x}", 4_999));
    }

    #[test]
    fn long_reasons_are_cut_on_characters() {
        assert_eq!(short("short"), "short");
        assert_eq!(short(&"é".repeat(100)).chars().count(), SHORT_REASON);
    }
}
