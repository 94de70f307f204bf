//! A look at what a change has touched: the page that follows the change shows it at once, however
//! long a sweep takes.

use std::cmp::Ordering;
use std::sync::Arc;
use std::time::Duration;

use berth_app::backend::Touched;
use berth_app::reading::Reading;
use berth_app::services::model::Service;
use berth_app::tasks::model::Task;
use tokio::time::interval;

use super::sweep::{Began, Order, with_rollback};
use crate::ecs::{Found, ReadError, Source};

/// What was seen, and when.
#[derive(Clone)]
pub(super) struct Look {
    found: Vec<Found>,
    ended: u64,
}

/// How often a look is tried, and the pause in between: AWS may know of a change a moment later.
const TRIES: u32 = 4;
const PAUSE: Duration = Duration::from_millis(500);

impl Look {
    /// Looks until what was touched is found, but not for long.
    pub(super) async fn at(
        source: Arc<dyn Source>,
        touched: Touched,
        order: Order,
    ) -> Result<Self, ReadError> {
        let (mut tries, mut left) = (interval(PAUSE), TRIES);
        loop {
            tries.tick().await;
            left -= 1;
            let found = source.touched(&touched).await?;
            if left == 0 || found.iter().any(|found| found.is(&touched)) {
                return Ok(Self { found, ended: order.next() });
            }
        }
    }

    /// Brings what was seen to a picture, but not where the picture is newer: where its sweep began
    /// after the look had ended.
    pub(super) fn onto(self, reading: &mut Reading, began: &Began) {
        let is_newer = |began: Option<&u64>| began.is_some_and(|began| *began >= self.ended);
        for found in self.found {
            match found {
                Found::Cluster(cluster) if !is_newer(began.clusters.as_ref()) => {
                    // As in ListClusters, one that was deleted is not there.
                    let gone = cluster.status == "INACTIVE";
                    let name = cluster.name.clone();
                    put(&mut reading.clusters, |c| c.name.cmp(&name), cluster, gone);
                }
                Found::Service(service) if !is_newer(began.parts.get(&service.cluster)) => {
                    let tasks: Vec<Arc<Task>> =
                        reading.tasks_of(&service.cluster).cloned().collect();
                    let service = with_rollback(service, reading, &tasks);
                    let gone = service.status == "INACTIVE";
                    let key = (service.cluster.clone(), service.name.clone());
                    let order = |s: &Service| (&s.cluster, &s.name).cmp(&(&key.0, &key.1));
                    put(&mut reading.services, order, service, gone);
                }
                Found::Task(task) if !is_newer(began.parts.get(&task.cluster)) => {
                    let known = reading.task(&task.cluster, &task.id);
                    if known.is_none_or(|known| known.version <= task.version) {
                        let key = (task.cluster.clone(), task.id.clone());
                        let order = |t: &Task| (&t.cluster, &t.id).cmp(&(&key.0, &key.1));
                        put(&mut reading.tasks, order, task, false);
                    }
                }
                Found::Family(family) if !is_newer(began.families.as_ref()) => {
                    let name = family.name.clone();
                    put(&mut reading.families, |f| f.name.cmp(&name), family, false);
                }
                _ => {}
            }
        }
    }
}

/// Puts one thing in its place of an ordered list, or takes it out.
fn put<T>(list: &mut Vec<Arc<T>>, order: impl Fn(&T) -> Ordering, new: T, gone: bool) {
    match (list.binary_search_by(|known| order(known)), gone) {
        (Ok(at), false) => list[at] = Arc::new(new),
        (Ok(at), true) => {
            list.remove(at);
        }
        (Err(at), false) => list.insert(at, Arc::new(new)),
        (Err(_), true) => {}
    }
}
