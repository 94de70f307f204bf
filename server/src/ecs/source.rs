//! What the poller reads ECS through.

use std::collections::HashSet;

use async_trait::async_trait;
use berth_app::backend::Touched;
use berth_app::clusters::model::Cluster;
use berth_app::names::{ClusterName, TaskId};
use berth_app::reading::Trouble;
use berth_app::services::model::Service;
use berth_app::task_definitions::model::Family;
use berth_app::tasks::model::Task;

/// ECS as the poller sees it. Lists are followed to the end; what has vanished between a list and
/// its description is left out.
#[async_trait]
pub trait Source: Send + Sync {
    /// Every cluster, described (ecs:ListClusters, ecs:DescribeClusters).
    async fn clusters(&self) -> Result<Vec<Cluster>, ReadError>;
    /// Every service of a cluster (ecs:ListServices, ecs:DescribeServices by 10). Nothing for a
    /// cluster that is gone.
    async fn services(&self, cluster: &ClusterName) -> Result<Vec<Service>, ReadError>;
    /// Every task of a cluster, running and stopped (ecs:ListTasks, ecs:DescribeTasks by 100).
    /// Tasks in `known_final` never change again: they are not described, only reported as still
    /// listed. Nothing for a cluster that is gone.
    async fn tasks(
        &self,
        cluster: &ClusterName,
        known_final: &HashSet<TaskId>,
    ) -> Result<TaskSweep, ReadError>;
    /// Families with their ACTIVE and INACTIVE revisions (ecs:ListTaskDefinitions, both statuses).
    async fn families(&self) -> Result<Vec<Family>, ReadError>;
    /// What a change has just touched, and the cluster around it, by name (the describing operations,
    /// or ecs:ListTaskDefinitions for a family). It goes ahead of the other calls.
    async fn touched(&self, touched: &Touched) -> Result<Vec<Found>, ReadError>;
}

/// One thing that was asked for by name. What ECS does not find (yet) is left out.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the variants say what they are")]
pub enum Found {
    Cluster(Cluster),
    Service(Service),
    Task(Task),
    Family(Family),
}

impl Found {
    /// Whether it is of the kind that was asked for, not only the cluster around it.
    pub fn is(&self, touched: &Touched) -> bool {
        matches!(
            (self, touched),
            (Self::Cluster(_), Touched::Cluster(_))
                | (Self::Service(_), Touched::Service(..))
                | (Self::Task(_), Touched::Tasks(..))
                | (Self::Family(_), Touched::Family(_))
        )
    }
}

/// The tasks of one cluster.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskSweep {
    /// Described just now, by id.
    pub described: Vec<Task>,
    /// Known to be final, and still listed by ECS, by id.
    pub still_listed: Vec<TaskId>,
}

/// Why ECS could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", trouble.said)]
pub struct ReadError {
    /// What to do about it, for a program.
    pub kind: ReadErrorKind,
    /// What to do about it, for a person.
    pub trouble: Trouble,
}

/// What keeps ECS from being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadErrorKind {
    /// Too many calls: ask less often.
    Throttled,
    /// A permission is missing.
    Denied,
    /// There are no credentials, or they are not valid (any more).
    Credentials,
    /// ECS can't be reached, or does not answer in time.
    Unreachable,
    /// Anything else.
    Other,
}
