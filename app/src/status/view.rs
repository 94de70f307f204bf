//! [ssr] What the status pages show: pure functions.

use super::model::{Choice, PageRow, StatusPage};
use super::public::{Overall, PublicService, PublicStatus, ServiceState};
use crate::listing::{Column, ListQuery, Listing, listing};
use crate::reading::{Health, Reading};
use crate::services::model::{Deployment, Service};
use crate::timestamp::Timestamp;

/// The columns that the list is sorted by.
fn columns() -> [Column<StatusPage>; 4] {
    [
        Column { name: "title", order: |a, b| a.title.to_lowercase().cmp(&b.title.to_lowercase()) },
        Column { name: "published", order: |a, b| a.published.cmp(&b.published) },
        Column { name: "services", order: |a, b| a.services.len().cmp(&b.services.len()) },
        Column { name: "changed", order: |a, b| a.updated_at.cmp(&b.updated_at) },
    ]
}

/// The list of status pages; the free text also finds the services on them.
pub fn list(pages: &[StatusPage], query: &ListQuery) -> Listing<PageRow> {
    let matches = |page: &StatusPage, query: &ListQuery| {
        let mut texts = vec![page.title.as_str()];
        for one in &page.services {
            texts.extend([one.public_name.as_str(), one.service.as_str(), one.cluster.as_str()]);
        }
        query.finds(&texts)
    };
    listing(pages.iter(), query, matches, &columns(), |page| PageRow {
        key: page.id.to_string(),
        id: page.id,
        title: page.title.clone(),
        slug: page.slug.clone(),
        published: page.published,
        services: page.services.len(),
        updated_at: page.updated_at,
    })
}

/// The services that a page may show, by cluster, then name.
pub fn choices(reading: &Reading) -> Vec<Choice> {
    let choice = |one: &Service| Choice { cluster: one.cluster.clone(), service: one.name.clone() };
    reading.services.iter().filter(|one| one.status != "INACTIVE").map(|one| choice(one)).collect()
}

/// What the public sees of a page at `now`. Everything that is not said here is dropped here.
pub fn public_view(
    page: &StatusPage,
    reading: &Reading,
    health: &Health,
    now: Timestamp,
) -> PublicStatus {
    let services: Vec<PublicService> = page
        .services
        .iter()
        .map(|listed| {
            let service = reading.service(&listed.cluster, &listed.service);
            PublicService {
                name: listed.public_name.clone(),
                state: service.map_or(ServiceState::Unknown, |service| state(service)),
                deployed_at: service.and_then(|service| primary(service)?.created_at),
            }
        })
        .collect();
    PublicStatus {
        title: page.title.clone(),
        overall: Overall::of(&services),
        services,
        checked_at: health.read_at,
    }
    .aged(now)
}

/// The deployment that shall win.
fn primary(service: &Service) -> Option<&Deployment> {
    service.deployments.iter().find(|one| one.status == "PRIMARY")
}

fn state(service: &Service) -> ServiceState {
    let deployments = &service.deployments;
    // ECS counts failures in a row and starts anew with the first task that comes up.
    let failing = deployments.iter().any(|one| {
        let rolls = one.rollout.as_deref() == Some("IN_PROGRESS");
        one.rollout.as_deref() == Some("FAILED") || (rolls && one.failed > 0)
    });
    let rolling = deployments.len() > 1
        || deployments.iter().any(|one| one.rollout.as_deref() == Some("IN_PROGRESS"));
    match (service.running, service.desired) {
        _ if service.status == "INACTIVE" => ServiceState::Unknown,
        (_, 0) => ServiceState::Paused,
        (0, _) => ServiceState::Down,
        _ if failing => ServiceState::Degraded,
        _ if rolling => ServiceState::Deploying,
        (running, desired) if running < desired => ServiceState::Degraded,
        _ => ServiceState::Operational,
    }
}

#[cfg(test)]
mod tests;
