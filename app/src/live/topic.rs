//! What a page can watch.

use serde::{Deserialize, Serialize};

use crate::listing::ListQuery;
use crate::names::{ClusterName, FamilyName, ServiceName, TaskId};

/// Something that a page shows and wants kept fresh. A list's topic holds its whole question, so
/// that only the rows in sight travel.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the variants and their members say what they are")]
pub enum Topic {
    Clusters(ListQuery),
    Cluster(ClusterName),
    ClusterEvents(ClusterName),
    ClusterTasks(ClusterName),
    Services(ListQuery),
    Service { cluster: ClusterName, name: ServiceName },
    ServiceEvents { cluster: ClusterName, name: ServiceName },
    ServiceTasks { cluster: ClusterName, name: ServiceName },
    Tasks(ListQuery),
    Task { cluster: ClusterName, id: TaskId },
    Families(ListQuery),
    Family(FamilyName),
}

impl Topic {
    /// As sent to the server; the same topic always reads the same.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`Topic::text`] wrote.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

#[cfg(feature = "ssr")]
impl Topic {
    /// What the topic shows of a picture: one pure function for the first page, for the stream and
    /// for resuming it. `None` when there is no such thing in the picture.
    pub fn view(&self, reading: &crate::reading::Reading) -> Option<serde_json::Value> {
        use crate::{clusters, services, task_definitions, tasks};
        fn json<T: Serialize>(value: T) -> Option<serde_json::Value> {
            serde_json::to_value(value).ok()
        }
        match self {
            Self::Clusters(query) => json(clusters::view::list(reading, query)),
            Self::Cluster(name) => json(clusters::view::detail(reading, name)?),
            Self::ClusterEvents(name) => json(clusters::view::events(reading, name)?),
            Self::ClusterTasks(name) => json(services::view::tasks_of_cluster(reading, name)?),
            Self::Services(query) => json(services::view::list(reading, query)),
            Self::Service { cluster, name } => {
                json(services::view::detail(reading, cluster, name)?)
            }
            Self::ServiceEvents { cluster, name } => {
                json(services::view::events(reading, cluster, name)?)
            }
            Self::ServiceTasks { cluster, name } => {
                json(services::view::tasks_of_service(reading, cluster, name)?)
            }
            Self::Tasks(query) => json(tasks::view::list(reading, query)),
            Self::Task { cluster, id } => json(tasks::view::detail(reading, cluster, id)?),
            Self::Families(query) => json(task_definitions::view::list(reading, query)),
            Self::Family(name) => json(task_definitions::view::detail(reading, name)?),
        }
    }
}
