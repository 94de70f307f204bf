//! One whole reading of ECS.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use berth_app::clusters::model::Cluster;
use berth_app::names::{ClusterName, TaskId};
use berth_app::reading::Reading;
use berth_app::services::last_deployment::rollback;
use berth_app::services::model::Service;
use berth_app::tasks::model::Task;
use futures::{StreamExt, TryStreamExt};

use crate::ecs::{ReadError, Source};

/// Clusters that are read at the same time: enough to hide the network, few enough for the quota.
const AT_ONCE: usize = 4;

/// What a sweep has read.
pub(super) struct Swept {
    pub(super) reading: Reading,
    pub(super) began: Began,
}

/// Counts what begins and ends, to tell what was before what. Clones share it.
#[derive(Clone, Default)]
pub(super) struct Order(Arc<AtomicU64>);

impl Order {
    pub(super) fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// When a sweep began with its parts; `None` where it has not been.
#[derive(Default)]
pub(super) struct Began {
    pub(super) clusters: Option<u64>,
    pub(super) families: Option<u64>,
    /// Services and tasks, by cluster.
    pub(super) parts: HashMap<ClusterName, u64>,
}

/// One cluster's share of a picture.
struct Part {
    cluster: ClusterName,
    began: u64,
    services: Vec<Arc<Service>>,
    tasks: Vec<Arc<Task>>,
}

/// Reads everything once; `before` is the picture until now, which knows the families still unless
/// they are read `with_families`.
pub(super) async fn sweep(
    source: Arc<dyn Source>,
    before: Arc<Reading>,
    with_families: bool,
    order: Order,
) -> Result<Swept, ReadError> {
    let mut began = Began { clusters: Some(order.next()), ..Began::default() };
    let clusters = source.clusters().await?;
    let parts: Vec<_> =
        clusters.iter().map(|cluster| part(&*source, &before, cluster, &order)).collect();
    let parts: Vec<Part> =
        futures::stream::iter(parts).buffer_unordered(AT_ONCE).try_collect().await?;
    let mut reading = Reading::default();
    if with_families {
        began.families = Some(order.next());
        reading.families = source.families().await?.into_iter().map(Arc::new).collect();
    } else {
        reading.families.clone_from(&before.families);
    }
    for part in parts {
        began.parts.insert(part.cluster, part.began);
        reading.services.extend(part.services);
        reading.tasks.extend(part.tasks);
    }
    reading.clusters = clusters.into_iter().map(Arc::new).collect();
    reading.sort();
    share(&before, &mut reading);
    Ok(Swept { reading, began })
}

async fn part(
    source: &dyn Source,
    before: &Reading,
    cluster: &Cluster,
    order: &Order,
) -> Result<Part, ReadError> {
    let began = order.next();
    let known: Vec<&Arc<Task>> = before.tasks_of(&cluster.name).collect();
    let final_ids: HashSet<TaskId> =
        known.iter().filter(|task| task.is_final()).map(|task| task.id.clone()).collect();
    let (services, sweep) = futures::try_join!(
        source.services(&cluster.name),
        source.tasks(&cluster.name, &final_ids)
    )?;
    let mut tasks: Vec<Arc<Task>> = sweep.described.into_iter().map(Arc::new).collect();
    let still: HashSet<&TaskId> = sweep.still_listed.iter().collect();
    tasks.extend(known.into_iter().filter(|task| still.contains(&task.id)).cloned());
    let services = services
        .into_iter()
        .map(|service| Arc::new(with_rollback(service, before, &tasks)))
        .collect();
    Ok(Part { cluster: cluster.name.clone(), began, services, tasks })
}

/// A service as it was just described, with what is known of its last rollback.
pub(super) fn with_rollback(
    mut service: Service,
    before: &Reading,
    tasks: &[Arc<Task>],
) -> Service {
    let known = before.service(&service.cluster, &service.name);
    let known = known.and_then(|known| known.rollback.as_ref());
    service.rollback = rollback(&service, known, tasks);
    service
}

/// Lets the new picture share what did not change with the last one, and keeps a task's newer
/// description when an older one arrives late.
fn share(old: &Reading, reading: &mut Reading) {
    for cluster in &mut reading.clusters {
        reuse(cluster, old.cluster(&cluster.name));
    }
    for service in &mut reading.services {
        reuse(service, old.service(&service.cluster, &service.name));
    }
    for family in &mut reading.families {
        reuse(family, old.family(&family.name));
    }
    for task in &mut reading.tasks {
        let known = old.task(&task.cluster, &task.id);
        match known {
            Some(known) if known.version > task.version => *task = known.clone(),
            known => reuse(task, known),
        }
    }
}

fn reuse<T: PartialEq>(new: &mut Arc<T>, old: Option<&Arc<T>>) {
    if let Some(old) = old
        && **old == **new
    {
        *new = old.clone();
    }
}
