//! [ssr] What the cluster pages show of a picture: pure functions.

use super::model::Cluster;
use crate::listing::{Column, ListQuery, Listing, listing};
use crate::names::ClusterName;
use crate::reading::Reading;

/// One page of clusters.
pub fn list(reading: &Reading, query: &ListQuery) -> Listing<Cluster> {
    let columns: [Column<Cluster>; 0] = [];
    let items = reading.clusters.iter().map(AsRef::as_ref);
    listing(
        items,
        query,
        |cluster, query| query.finds(&[cluster.name.as_str()]),
        &columns,
        Clone::clone,
    )
}

/// One cluster.
pub fn detail(reading: &Reading, name: &ClusterName) -> Option<Cluster> {
    reading.cluster(name).map(|cluster| Cluster::clone(cluster))
}
