//! Task definitions that were read once. A revision never changes, but for its status and tags.
//! One that is not there may come, so that is remembered only until the families are read again.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use berth_app::names::Revision;
use berth_app::task_definitions::model::TaskDefinition;
use tokio::sync::Mutex as Turn;

/// Documents that are kept. The largest that ECS takes has 64 KiB, so this is 32 MiB at the worst.
const MOST: usize = 512;
/// Revisions that are remembered as missing.
const MOST_MISSING: usize = 512;

/// The last [`MOST`] documents that were read, the oldest leaving first.
#[derive(Debug, Default)]
pub(super) struct Documents(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    by_revision: HashMap<Revision, Arc<TaskDefinition>>,
    order: VecDeque<Revision>,
    missing: HashSet<Revision>,
    turns: HashMap<Revision, Weak<Turn<()>>>,
}

impl Documents {
    pub(super) fn get(&self, revision: &Revision) -> Option<Arc<TaskDefinition>> {
        self.kept().by_revision.get(revision).cloned()
    }

    pub(super) fn keep(&self, definition: Arc<TaskDefinition>) {
        let mut kept = self.kept();
        let revision = definition.revision.clone();
        kept.missing.remove(&revision);
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
        kept.missing.remove(revision);
        kept.order.retain(|other| other != revision);
    }

    /// The turn to look a revision up, which one has at a time: a page is made several times over
    /// before it is sent, and by many at once.
    pub(super) fn turn(&self, revision: &Revision) -> Arc<Turn<()>> {
        let mut kept = self.kept();
        kept.turns.retain(|_, turn| turn.strong_count() > 0);
        kept.turns.get(revision).and_then(Weak::upgrade).unwrap_or_else(|| {
            let turn = Arc::default();
            kept.turns.insert(revision.clone(), Arc::downgrade(&turn));
            turn
        })
    }

    /// Whether ECS has said that there is no such revision.
    pub(super) fn is_missing(&self, revision: &Revision) -> bool {
        self.kept().missing.contains(revision)
    }

    /// Remembers that there is no such revision.
    pub(super) fn remember_missing(&self, revision: &Revision) {
        let mut kept = self.kept();
        if kept.missing.len() >= MOST_MISSING {
            kept.missing.clear();
        }
        kept.missing.insert(revision.clone());
    }

    /// Forgets all that were missing.
    pub(super) fn forget_missing(&self) {
        self.kept().missing.clear();
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

    #[test]
    fn what_is_missing_is_remembered_until_it_comes() {
        let documents = Documents::default();
        let [one, two, three] = [1, 2, 3].map(definition);
        for definition in [&one, &two, &three] {
            documents.remember_missing(&definition.revision);
        }
        documents.keep(one.clone());
        documents.forget(&two.revision);
        let missing = [&one, &two, &three].map(|one| documents.is_missing(&one.revision));
        assert_eq!(missing, [false, false, true]);
        documents.forget_missing();
        assert!(!documents.is_missing(&three.revision));
        for number in 0..=MOST_MISSING {
            documents.remember_missing(&definition(number + 1).revision);
        }
        assert_eq!(documents.kept().missing.len(), 1);
    }
}
