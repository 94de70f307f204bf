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
                deployed_at: service.and_then(|service| service.present_deployment()?.created_at),
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

/// What a visitor has of a service: all of it while as many tasks run as shall, whichever version
/// they are of. How a rollout fares is the team's concern, as long as it takes nothing away.
fn state(service: &Service) -> ServiceState {
    let Service { running, desired, deployments, .. } = service;
    let daemon = service.scheduling == "DAEMON";
    match service.status.as_str() {
        "INACTIVE" => return ServiceState::Unknown,
        "DRAINING" => return ServiceState::Paused,
        _ => {}
    }
    // A daemon is never set to none: the cluster has no instance for it.
    match (running, desired) {
        (_, 0) if !daemon => return ServiceState::Paused,
        (0, _) => return ServiceState::Down,
        _ => {}
    }
    let failing = deployments.iter().any(fails);
    // What runs of a deployment that fails comes and goes: alone it is nothing to rely on.
    let lasting = deployments.iter().any(|one| one.running > 0 && !fails(one));
    let new_version = service.present_deployment().is_some_and(Deployment::is_open)
        || service.replaced_deployments().next().is_some();
    let new_version = new_version && !failing && service.rollback.is_none();
    if failing && !lasting {
        ServiceState::Degraded
    } else if new_version && *running >= service.fewest_while_rolling() {
        ServiceState::Deploying
    } else if running >= desired {
        ServiceState::Operational
    } else {
        ServiceState::Degraded
    }
}

/// Whether a deployment has failed or is failing: ECS counts failures in a row and starts anew
/// with the first task that comes up.
fn fails(deployment: &Deployment) -> bool {
    deployment.rollout.as_deref() == Some("FAILED")
        || (deployment.is_open() && deployment.failed > 0)
}

#[cfg(test)]
mod tests;
