//! [ssr] What the service pages show of a picture: pure functions.

use std::collections::HashMap;

use super::detail::ServiceDetail;
use super::events::{shortened, without_name};
use super::model::{Service, ServiceEvent, ServiceRow};
use super::state::state;
pub use super::view_tasks::{events, tasks_of_cluster, tasks_of_service};
use crate::listing::{Column, ListQuery, Listing, listing};
use crate::names::{ClusterName, ServiceName};
use crate::reading::Reading;
use crate::tasks::model::Task;

/// One page of services (filters: `cluster`, which is also what the total counts, and `state`). A
/// cluster that is not there only hides the services of all others.
pub fn list(reading: &Reading, query: &ListQuery) -> Listing<ServiceRow> {
    let tags = ImageTags::of(reading);
    let cluster = query.filter("cluster");
    let is_there = reading.clusters.iter().any(|known| known.name.as_str() == cluster);
    let counts = |service: &&Service| !is_there || service.cluster.as_str() == cluster;
    let items = reading.services.iter().map(AsRef::as_ref).filter(counts);
    listing(items, query, matches, &COLUMNS, |service| row(service, tags.of_service(service)))
}

fn matches(service: &Service, query: &ListQuery) -> bool {
    let (cluster, wanted) = (query.filter("cluster"), query.filter("state"));
    if !cluster.is_empty() && service.cluster.as_str() != cluster {
        return false;
    }
    if wanted.is_empty() && query.q.is_empty() {
        return true;
    }
    let stands = state(service).state;
    let revision = service.task_definition.as_ref().map(ToString::to_string);
    let texts = [
        service.name.as_str(),
        service.cluster.as_str(),
        stands.label(),
        revision.as_deref().unwrap_or_default(),
    ];
    (wanted.is_empty() || stands.as_str() == wanted) && query.finds(&texts)
}

const COLUMNS: [Column<Service>; 6] = [
    Column { name: "name", order: |a, b| a.name.cmp(&b.name) },
    Column { name: "cluster", order: |a, b| a.cluster.cmp(&b.cluster) },
    Column { name: "state", order: |a, b| state(a).state.cmp(&state(b).state) },
    Column { name: "running", order: |a, b| (a.running, a.desired).cmp(&(b.running, b.desired)) },
    Column { name: "revision", order: |a, b| a.task_definition.cmp(&b.task_definition) },
    // The age grows the other way than the moment: the youngest first.
    Column { name: "deployed", order: |a, b| deployed(b).cmp(&deployed(a)) },
];

fn deployed(service: &Service) -> Option<crate::timestamp::Timestamp> {
    service.present_deployment().and_then(|d| d.created_at)
}

fn row(service: &Service, image_tags: Vec<String>) -> ServiceRow {
    ServiceRow {
        key: format!("{}/{}", service.cluster, service.name),
        cluster: service.cluster.clone(),
        name: service.name.clone(),
        standing: state(service),
        desired: service.desired,
        running: service.running,
        pending: service.pending,
        revision: service.task_definition.clone(),
        image_tags,
        deployed_at: deployed(service),
        last_event: service.events.first().map(|event| ServiceEvent {
            message: shortened(&event.message, service.name.as_str()),
            ..event.clone()
        }),
    }
}

/// The tasks of the picture by service, to tell what images they run.
struct ImageTags<'a>(HashMap<(&'a str, &'a str), Vec<&'a Task>>);

impl<'a> ImageTags<'a> {
    fn of(reading: &'a Reading) -> Self {
        let mut tasks: HashMap<_, Vec<_>> = HashMap::new();
        for task in reading.tasks.iter().filter(|task| !task.is_final()) {
            if let Some(service) = task.service() {
                let key = (task.cluster.as_str(), service);
                tasks.entry(key).or_default().push(task.as_ref());
            }
        }
        Self(tasks)
    }

    fn of_service(&self, service: &Service) -> Vec<String> {
        let key = (service.cluster.as_str(), service.name.as_str());
        let tasks = self.0.get(&key).map(Vec::as_slice).unwrap_or_default();
        let mut tags: Vec<String> = Vec::new();
        for container in tasks.iter().flat_map(|task| &task.containers) {
            let tag = image_tag(&container.image);
            if !tags.iter().any(|known| known == tag) {
                tags.push(tag.to_owned());
            }
        }
        tags.sort();
        tags
    }
}

/// The tag of an image, the beginning of its digest, or `latest`, which is what none means.
fn image_tag(image: &str) -> &str {
    if let Some((_, digest)) = image.split_once('@') {
        return digest.get(..19).unwrap_or(digest);
    }
    let last = image.rsplit('/').next().unwrap_or(image);
    last.split_once(':').map_or("latest", |(_, tag)| tag)
}

/// Events that the overview shows; the list of events has them all.
const NEWEST: usize = 5;

/// One service.
pub fn detail(
    reading: &Reading,
    cluster: &ClusterName,
    name: &ServiceName,
) -> Option<ServiceDetail> {
    let known = reading.service(cluster, name)?;
    let mut service = Service::clone(known);
    service.events.truncate(NEWEST);
    for event in &mut service.events {
        event.message = without_name(&event.message, name.as_str());
    }
    let tasks = reading.tasks_of(cluster);
    let own = tasks.filter(|task| task.service() == Some(name.as_str()) && !task.is_final());
    Some(ServiceDetail {
        standing: state(known),
        image_tags: ImageTags::of(reading).of_service(known),
        task_count: own.count(),
        event_count: known.events.len(),
        service,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::samples::{deployment, service};
    use super::*;
    use crate::clusters::samples::cluster;

    fn picture() -> Reading {
        let mut failing = service("production", "api");
        failing.running = 0;
        failing.deployments = vec![deployment("api", 9, "PRIMARY", "COMPLETED")];
        let mut reading = Reading {
            clusters: [cluster("production"), cluster("staging")].map(Arc::new).to_vec(),
            services: [service("production", "web"), failing, service("staging", "web")]
                .map(Arc::new)
                .to_vec(),
            ..Reading::default()
        };
        reading.sort();
        reading
    }

    #[test]
    fn lists_filter_and_sort() {
        for (pairs, keys) in [
            (&[][..], &["production/api", "production/web", "staging/web"][..]),
            (&[("cluster", "staging")], &["staging/web"]),
            (&[("state", "failing")], &["production/api"]),
            (&[("q", "STEADY prod")], &["production/web"]),
            (&[("q", "api:7")], &["production/api"]),
            (&[("q", "nothing")], &[]),
            (&[("state", "nonsense")], &[]),
            (&[("cluster", "nowhere")], &[]),
            (&[("sort", "-name")], &["production/web", "staging/web", "production/api"]),
            (&[("sort", "-cluster")], &["staging/web", "production/api", "production/web"]),
            (&[("sort", "state")], &["production/api", "production/web", "staging/web"]),
            (&[("sort", "-running")], &["production/web", "staging/web", "production/api"]),
            (&[("sort", "deployed")], &["production/api", "production/web", "staging/web"]),
        ] {
            let query = ListQuery::from_pairs(pairs.iter().copied(), &["cluster", "state"]);
            let listing = list(&picture(), &query);
            let found: Vec<_> = listing.rows.iter().map(|row| row.key.as_str()).collect();
            assert_eq!(found, keys, "{pairs:?}");
            let total = if query.filter("cluster") == "staging" { 1 } else { 3 };
            assert_eq!(listing.meta.total, total);
        }
    }

    #[test]
    fn images_are_told_by_their_tags() {
        for (image, tag) in [
            ("nginx", "latest"),
            ("nginx:1.27", "1.27"),
            ("registry.example:5000/shop/web", "latest"),
            ("registry.example:5000/shop/web:v3", "v3"),
            ("web@sha256:0123456789abcdef0123", "sha256:0123456789ab"),
        ] {
            assert_eq!(image_tag(image), tag);
        }
    }
}
