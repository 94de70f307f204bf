//! [ssr] What the service pages show of a picture: pure functions.

use std::collections::{BTreeSet, HashMap};

use super::detail::ServiceDetail;
use super::events::{shortened, without_name};
use super::last_deployment::last_attempt;
use super::model::{Service, ServiceEvent, ServiceRow};
use super::state::state;
pub use super::view_tasks::{events, tasks_of_cluster, tasks_of_service};
use crate::list_address::NEEDS_A_LOOK;
use crate::listing::{Column, ListQuery, Listing, listing};
use crate::names::{ClusterName, ServiceName};
use crate::reading::Reading;
use crate::tasks::model::Task;

/// One page of services (filters: `cluster`, which is also what the total counts, and `state`). A
/// cluster that is not there only hides the services of all others.
pub fn list(reading: &Reading, query: &ListQuery) -> Listing<ServiceRow> {
    let images = Images::of(reading);
    let cluster = query.filter("cluster");
    let is_there = reading.clusters.iter().any(|known| known.name.as_str() == cluster);
    let counts = |service: &&Service| !is_there || service.cluster.as_str() == cluster;
    let items = || reading.services.iter().map(AsRef::as_ref).filter(counts);
    let row = |service: &Service| row(service, images.of_service(service));
    let mut listing = listing(items(), query, matches, &COLUMNS, row);
    let alarms = |service: &&Service| state(service).state.needs_a_look();
    listing.meta.alarming = items().filter(alarms).filter(|one| matches(one, query)).count();
    listing
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
    let is_wanted = wanted.is_empty()
        || stands.as_str() == wanted
        || (wanted == NEEDS_A_LOOK && stands.needs_a_look());
    is_wanted && query.finds(&texts)
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
    last_attempt(service).map(|attempt| attempt.at)
}

fn row(service: &Service, images: Vec<String>) -> ServiceRow {
    ServiceRow {
        key: format!("{}/{}", service.cluster, service.name),
        cluster: service.cluster.clone(),
        name: service.name.clone(),
        standing: state(service),
        desired: service.desired,
        running: service.running,
        pending: service.pending,
        revision: service.task_definition.clone(),
        images,
        last_attempt: last_attempt(service),
        last_event: service.events.first().map(|event| ServiceEvent {
            message: shortened(&event.message, service.name.as_str()),
            ..event.clone()
        }),
    }
}

/// The tasks of the picture by service, to tell what images they run.
struct Images<'a>(HashMap<(&'a str, &'a str), Vec<&'a Task>>);

impl<'a> Images<'a> {
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
        let containers = tasks.iter().flat_map(|task| &task.containers);
        let images: BTreeSet<String> = containers.map(|one| short_image(&one.image)).collect();
        images.into_iter().collect()
    }
}

/// An image without its registry and path: the name with its tag (`latest`, which is what none
/// means) or the beginning of its digest.
fn short_image(image: &str) -> String {
    let (named, digest) = image.split_once('@').unzip();
    let named = named.unwrap_or(image);
    let last = named.rsplit('/').next().unwrap_or(named);
    let (name, tag) = last.split_once(':').unwrap_or((last, "latest"));
    match digest {
        Some(digest) => format!("{name}@{}", digest.get(..19).unwrap_or(digest)),
        None => format!("{name}:{tag}"),
    }
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
        images: Images::of(reading).of_service(known),
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
            (&[("state", "needs-a-look")], &["production/api"]),
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
            let alarming = usize::from(keys.contains(&"production/api"));
            assert_eq!(listing.meta.alarming, alarming, "{pairs:?}");
        }
    }

    #[test]
    fn images_are_told_in_short() {
        for (image, short) in [
            ("nginx", "nginx:latest"),
            ("nginx:1.27", "nginx:1.27"),
            ("registry.example:5000/shop/web", "web:latest"),
            ("registry.example:5000/shop/web:v3", "web:v3"),
            ("shop/web@sha256:0123456789abcdef0123", "web@sha256:0123456789ab"),
            ("web:v3@sha256:0123456789abcdef0123", "web@sha256:0123456789ab"),
        ] {
            assert_eq!(short_image(image), short);
        }
    }
}
