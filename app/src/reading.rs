//! What the console last read of ECS: one picture for everybody, replaced whole by the poller.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::clusters::model::Cluster;
use crate::names::{ClusterName, FamilyName, ServiceName, TaskId};
use crate::services::model::Service;
use crate::task_definitions::model::Family;
use crate::tasks::model::Task;
use crate::timestamp::Timestamp;
use crate::weather::model::Weather;

/// What no picture holds, and may have to be read first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Soon<T> {
    /// It is known.
    Here(T),
    /// It is being read: ask again.
    Reading,
}

/// One picture of everything that the pages show.
///
/// Parts are shared between pictures, so that keeping some old ones costs little.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// By name.
    pub clusters: Vec<Arc<Cluster>>,
    /// By cluster, then name.
    pub services: Vec<Arc<Service>>,
    /// By cluster, then id.
    pub tasks: Vec<Arc<Task>>,
    /// By name.
    pub families: Vec<Arc<Family>>,
}

impl Reading {
    /// The cluster of that name.
    pub fn cluster(&self, name: &ClusterName) -> Option<&Arc<Cluster>> {
        let at = self.clusters.binary_search_by(|c| c.name.cmp(name)).ok()?;
        self.clusters.get(at)
    }

    /// The service of that name in that cluster.
    pub fn service(&self, cluster: &ClusterName, name: &ServiceName) -> Option<&Arc<Service>> {
        let at =
            self.services.binary_search_by(|s| (&s.cluster, &s.name).cmp(&(cluster, name))).ok()?;
        self.services.get(at)
    }

    /// The task of that id in that cluster.
    pub fn task(&self, cluster: &ClusterName, id: &TaskId) -> Option<&Arc<Task>> {
        let at = self.tasks.binary_search_by(|t| (&t.cluster, &t.id).cmp(&(cluster, id))).ok()?;
        self.tasks.get(at)
    }

    /// The family of that name.
    pub fn family(&self, name: &FamilyName) -> Option<&Arc<Family>> {
        let at = self.families.binary_search_by(|f| f.name.cmp(name)).ok()?;
        self.families.get(at)
    }

    /// The services of a cluster.
    pub fn services_of(&self, cluster: &ClusterName) -> impl Iterator<Item = &Arc<Service>> {
        let start = self.services.partition_point(|s| &s.cluster < cluster);
        let cluster = cluster.clone();
        self.services.iter().skip(start).take_while(move |s| s.cluster == cluster)
    }

    /// The tasks of a cluster, stopped ones included.
    pub fn tasks_of(&self, cluster: &ClusterName) -> impl Iterator<Item = &Arc<Task>> {
        let start = self.tasks.partition_point(|t| &t.cluster < cluster);
        let cluster = cluster.clone();
        self.tasks.iter().skip(start).take_while(move |t| t.cluster == cluster)
    }

    /// Brings every part into the order that the look-ups rely on.
    pub fn sort(&mut self) {
        self.clusters.sort_by(|a, b| a.name.cmp(&b.name));
        self.services.sort_by(|a, b| (&a.cluster, &a.name).cmp(&(&b.cluster, &b.name)));
        self.tasks.sort_by(|a, b| (&a.cluster, &a.id).cmp(&(&b.cluster, &b.id)));
        self.families.sort_by(|a, b| a.name.cmp(&b.name));
    }
}

/// How fresh the picture is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// When ECS was last read to the end; absent before the first time.
    pub read_at: Option<Timestamp>,
    /// What keeps the console from reading ECS now.
    pub outage: Option<Outage>,
    /// What goes wrong on purpose.
    #[serde(default, skip_serializing_if = "Weather::is_fair")]
    pub weather: Weather,
}

/// A time in which ECS can't be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// When a reading first failed.
    pub since: Timestamp,
    /// When it is tried again.
    pub retry_at: Timestamp,
    /// Why the last reading failed, in words for a member.
    pub trouble: Trouble,
}

/// Why ECS can't be read, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// What happened.
    pub said: String,
    /// What to do next.
    pub next: String,
}

/// A value of the present picture, with the mark from which a stream can go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fresh<T> {
    /// The value.
    pub value: T,
    /// Names the picture: `epoch-number`.
    pub mark: String,
    /// How fresh it is.
    pub health: Health,
}

impl<T> Fresh<T> {
    /// The same mark on another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Fresh<U> {
        Fresh { value: f(self.value), mark: self.mark, health: self.health }
    }
}
