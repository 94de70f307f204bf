//! Task definitions that were read once. A revision never changes, but for its status and tags.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use berth_app::names::Revision;
use berth_app::task_definitions::model::TaskDefinition;

/// Documents that are kept. The largest that ECS takes has 64 KiB, so this is 32 MiB at the worst.
const MOST: usize = 512;

/// The last [`MOST`] documents that were read, the oldest leaving first.
#[derive(Debug, Default)]
pub(super) struct Documents(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    by_revision: HashMap<Revision, Arc<TaskDefinition>>,
    order: VecDeque<Revision>,
}

impl Documents {
    pub(super) fn get(&self, revision: &Revision) -> Option<Arc<TaskDefinition>> {
        self.kept().by_revision.get(revision).cloned()
    }

    pub(super) fn keep(&self, definition: Arc<TaskDefinition>) {
        let mut kept = self.kept();
        let revision = definition.revision.clone();
        if kept.by_revision.insert(revision.clone(), definition).is_none() {
            kept.order.push_back(revision);
        }
        while kept.order.len() > MOST {
            if let Some(oldest) = kept.order.pop_front() {
                kept.by_revision.remove(&oldest);
            }
        }
    }

    pub(super) fn forget(&self, revision: &Revision) {
        let mut kept = self.kept();
        kept.by_revision.remove(revision);
        kept.order.retain(|other| other != revision);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition(number: usize) -> Arc<TaskDefinition> {
        Arc::new(TaskDefinition {
            revision: format!("web:{number}").parse().unwrap(),
            arn: String::new(),
            status: "ACTIVE".into(),
            registered_at: None,
            registered_by: None,
            compatibilities: Vec::new(),
            tags: Vec::new(),
            document: serde_json::Value::Null,
        })
    }

    #[test]
    fn the_oldest_leaves_first() {
        let documents = Documents::default();
        for number in 1..=MOST + 1 {
            documents.keep(definition(number));
            documents.keep(definition(number));
        }
        assert!(documents.get(&definition(1).revision).is_none());
        assert!(documents.get(&definition(2).revision).is_some());
        documents.forget(&definition(2).revision);
        assert!(documents.get(&definition(2).revision).is_none());
        assert_eq!(documents.kept().order.len(), MOST - 1);
    }
}
