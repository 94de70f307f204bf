//! [ssr] What the service pages show of a picture: pure functions.

use super::model::Service;
use crate::listing::{Column, ListQuery, Listing, listing};
use crate::names::{ClusterName, ServiceName};
use crate::reading::Reading;

/// One page of services.
pub fn list(reading: &Reading, query: &ListQuery) -> Listing<Service> {
    let columns: [Column<Service>; 0] = [];
    let items = reading.services.iter().map(AsRef::as_ref);
    listing(
        items,
        query,
        |service, query| query.finds(&[service.name.as_str()]),
        &columns,
        Clone::clone,
    )
}

/// One service.
pub fn detail(reading: &Reading, cluster: &ClusterName, name: &ServiceName) -> Option<Service> {
    reading.service(cluster, name).map(|service| Service::clone(service))
}
