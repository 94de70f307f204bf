//! [ssr] What the cluster pages show of a picture: pure functions.

use std::sync::Arc;

use super::detail::{ClusterDetail, FeedEvent, Remains};
use super::model::{Cluster, ClusterRow};
use crate::listing::{Column, ListMeta, ListQuery, Listing, listing};
use crate::names::ClusterName;
use crate::reading::Reading;
use crate::services::events::without_name;
use crate::services::model::{Service, ServiceEvent};
use crate::services::state::state;

/// Events that a cluster's feed shows.
pub const FEED_ROWS: usize = 100;

/// One page of clusters (filter: `status`).
pub fn list(reading: &Reading, query: &ListQuery) -> Listing<ClusterRow> {
    let items = reading.clusters.iter().map(AsRef::as_ref);
    listing(items, query, matches, &COLUMNS, |cluster| row(reading, cluster))
}

fn row(reading: &Reading, cluster: &Cluster) -> ClusterRow {
    let ails = |service: &&Arc<Service>| state(service).state.needs_a_look();
    let ailing = reading.services_of(&cluster.name).filter(ails).count();
    ClusterRow {
        key: cluster.name.to_string(),
        name: cluster.name.clone(),
        status: cluster.status.clone(),
        running: cluster.running_tasks,
        pending: cluster.pending_tasks,
        services: cluster.active_services,
        ailing: u32::try_from(ailing).unwrap_or(u32::MAX),
        instances: cluster.instances,
        providers: cluster.capacity_providers.clone(),
    }
}

fn matches(cluster: &Cluster, query: &ListQuery) -> bool {
    let status = query.filter("status");
    let mut texts = vec![cluster.name.as_str(), cluster.status.as_str()];
    texts.extend(cluster.capacity_providers.iter().map(String::as_str));
    (status.is_empty() || cluster.status == status) && query.finds(&texts)
}

const COLUMNS: [Column<Cluster>; 6] = [
    Column { name: "name", order: |a, b| a.name.cmp(&b.name) },
    Column { name: "status", order: |a, b| a.status.cmp(&b.status) },
    Column { name: "services", order: |a, b| a.active_services.cmp(&b.active_services) },
    Column { name: "running", order: |a, b| a.running_tasks.cmp(&b.running_tasks) },
    Column { name: "pending", order: |a, b| a.pending_tasks.cmp(&b.pending_tasks) },
    Column { name: "instances", order: |a, b| a.instances.cmp(&b.instances) },
];

/// One cluster, with what is left in it.
pub fn detail(reading: &Reading, name: &ClusterName) -> Option<ClusterDetail> {
    let cluster = reading.cluster(name)?;
    Some(ClusterDetail {
        name: cluster.name.clone(),
        arn: cluster.arn.clone(),
        status: cluster.status.clone(),
        running: cluster.running_tasks,
        pending: cluster.pending_tasks,
        providers: cluster.capacity_providers.clone(),
        strategy: cluster.default_strategy.clone(),
        insights: cluster.container_insights.clone(),
        tags: cluster.tags.clone(),
        remains: remains(reading, cluster),
    })
}

/// What keeps a cluster from being deleted.
fn remains(reading: &Reading, cluster: &Cluster) -> Remains {
    let services = reading.services_of(&cluster.name);
    let tasks = reading.tasks_of(&cluster.name);
    Remains {
        services: services
            .filter(|service| service.status != "INACTIVE")
            .map(|service| service.name.clone())
            .collect(),
        tasks: tasks.filter(|task| !task.is_final()).count(),
        instances: cluster.instances,
    }
}

/// The newest events of all services of a cluster, as one feed.
pub fn events(reading: &Reading, name: &ClusterName) -> Option<Listing<FeedEvent>> {
    reading.cluster(name)?;
    let of_service = |service: &Service| {
        let name = service.name.clone();
        let event = |event: &ServiceEvent| FeedEvent {
            key: format!("{name}/{}", event.id),
            service: name.clone(),
            at: event.at,
            message: without_name(&event.message, name.as_str()),
        };
        service.events.iter().map(event).collect::<Vec<_>>()
    };
    let mut feed: Vec<FeedEvent> =
        reading.services_of(name).flat_map(|service| of_service(service)).collect();
    feed.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.key.cmp(&b.key)));
    let total = feed.len();
    feed.truncate(FEED_ROWS);
    let meta = ListMeta { matched: feed.len(), total, page: 1, pages: 1, ..ListMeta::default() };
    Some(Listing { rows: feed, meta })
}

#[cfg(test)]
mod tests {
    use super::super::samples::cluster;
    use super::*;
    use crate::services::samples::service;
    use crate::timestamp::Timestamp;

    fn picture() -> Reading {
        let mut production = cluster("production");
        (production.running_tasks, production.instances) = (12, 2);
        let mut old = cluster("old");
        old.status = "INACTIVE".into();
        old.capacity_providers.clear();
        let mut reading = Reading {
            clusters: [production, old, cluster("batch")].map(Arc::new).to_vec(),
            ..Reading::default()
        };
        reading.sort();
        reading
    }

    #[test]
    fn lists_filter_and_sort() {
        for (pairs, names) in [
            (&[][..], &["batch", "old", "production"][..]),
            (&[("status", "INACTIVE")], &["old"]),
            (&[("q", "prod")], &["production"]),
            (&[("q", "spot")], &["batch", "production"]),
            (&[("q", "nothing")], &[]),
            (&[("sort", "-name")], &["production", "old", "batch"]),
            (&[("sort", "-running")], &["production", "batch", "old"]),
            (&[("sort", "-instances")], &["production", "batch", "old"]),
            (&[("sort", "-status")], &["old", "batch", "production"]),
        ] {
            let query = ListQuery::from_pairs(pairs.iter().copied(), &["status"]);
            let listing = list(&picture(), &query);
            let found: Vec<_> = listing.rows.iter().map(|row| row.key.as_str()).collect();
            assert_eq!(found, names, "{pairs:?}");
        }
    }

    fn event(id: &str, second: i64) -> ServiceEvent {
        ServiceEvent {
            id: id.into(),
            at: Timestamp::from_ms(second * 1_000),
            message: format!("(service web) did {id}."),
        }
    }

    fn with_services(change: impl FnOnce(&mut Service, &mut Service)) -> Reading {
        let mut reading = picture();
        let mut web = service("production", "web");
        let mut api = service("production", "api");
        change(&mut web, &mut api);
        reading.services = vec![Arc::new(web), Arc::new(api)];
        reading.sort();
        reading
    }

    #[test]
    fn events_of_all_services_make_one_feed() {
        let reading = with_services(|web, api| {
            web.events = vec![event("c", 30), event("a", 10)];
            api.events = vec![event("b", 20)];
        });
        let feed = events(&reading, &"production".parse().unwrap()).unwrap();
        let keys: Vec<_> = feed.rows.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(keys, ["web/c", "api/b", "web/a"]);
        assert_eq!(feed.rows[0].message, "Did c.");
        assert_eq!(events(&reading, &"nowhere".parse().unwrap()), None);

        let many = with_services(|web, api| {
            web.events = (0..100).rev().map(|n| event(&n.to_string(), n)).collect();
            api.events = web.events.clone();
        });
        let feed = events(&many, &"production".parse().unwrap()).unwrap();
        assert_eq!((feed.rows.len(), feed.meta.total), (100, 200));
        assert_eq!(feed.rows[99].at, Timestamp::from_ms(50_000));
    }

    #[test]
    fn a_cluster_counts_the_services_that_need_a_look() {
        let ailing = |reading: &Reading| {
            let listing = list(reading, &ListQuery::default());
            listing.rows.iter().map(|row| row.ailing).collect::<Vec<_>>()
        };
        assert_eq!(ailing(&with_services(|_, _| ())), [0, 0, 0]);
        let reading = with_services(|web, api| {
            (web.running, web.pending) = (0, 0);
            api.status = "DRAINING".into();
        });
        assert_eq!(ailing(&reading), [0, 0, 1]);
    }

    #[test]
    fn what_is_left_keeps_a_cluster() {
        let production = "production".parse().unwrap();
        let left = |reading: &Reading| detail(reading, &production).unwrap().remains;
        let reading = with_services(|web, api| {
            web.status = "DRAINING".into();
            api.status = "INACTIVE".into();
        });
        let names: Vec<_> = left(&reading).services.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["web"]);
        assert_eq!(left(&reading).instances, 2);
        assert!(!left(&reading).is_empty());
        let batch = detail(&picture(), &"batch".parse().unwrap()).unwrap();
        assert!(batch.remains.is_empty());
    }
}
