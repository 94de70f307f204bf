//! [ssr] What the cluster pages show of a picture: pure functions.

use super::model::{Cluster, ClusterRow};
use crate::listing::{Column, ListQuery, Listing, listing};
use crate::names::ClusterName;
use crate::reading::Reading;

/// One page of clusters (filter: `status`).
pub fn list(reading: &Reading, query: &ListQuery) -> Listing<ClusterRow> {
    let items = reading.clusters.iter().map(AsRef::as_ref);
    listing(items, query, matches, &COLUMNS, |cluster| ClusterRow::from(cluster))
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

/// One cluster.
pub fn detail(reading: &Reading, name: &ClusterName) -> Option<Cluster> {
    reading.cluster(name).map(|cluster| Cluster::clone(cluster))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::samples::cluster;
    use super::*;

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
}
