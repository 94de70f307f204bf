//! Task definitions that were read once. A revision never changes, but for its status and tags.
//! One that is not there may come, so that is remembered only until the families are read again.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use berth_app::error::AppError;
use berth_app::names::Revision;
use berth_app::task_definitions::model::TaskDefinition;
use futures::FutureExt;
use futures::future::{BoxFuture, Shared};

use super::task_definitions::missing;

/// The JSON of all documents that are kept, in bytes: thousands of them, for few have more than 4 KiB.
/// In memory they take some times as much.
const MOST: usize = 8 * 1024 * 1024;
/// Revisions that are remembered as missing.
const MOST_MISSING: usize = 512;
/// Revisions that are read or wait for it at the same time, for who asks politely: a quarter of a
/// minute's worth at the console's pace.
const MOST_READ: usize = 64;

/// A revision that was read or is being read, for all who wait for it.
pub(super) type Asked = Shared<BoxFuture<'static, Result<Arc<TaskDefinition>, AppError>>>;

/// Tells the readings of one revision apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Number(u64);

/// What a reading of a revision costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pays {
    /// A call of the budget, when its turn comes.
    InLine,
    /// A call of the budget, but somebody waits who needs it now.
    Ahead,
    /// Nothing more: the call was taken already.
    Paid,
}

/// The documents that were read last, at most [`MOST`] bytes, the oldest leaving first.
#[derive(Debug, Default)]
pub(super) struct Documents(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    by_revision: HashMap<Revision, Arc<TaskDefinition>>,
    /// With their bytes.
    order: VecDeque<(Revision, usize)>,
    bytes: usize,
    missing: HashSet<Revision>,
    asked: HashMap<Revision, (Number, Asked)>,
    begun: Number,
}

impl Documents {
    /// What is known of a revision, else the one reading of it, which `begin` begins.
    pub(super) fn ask(&self, revision: &Revision, begin: impl FnOnce(Number) -> Asked) -> Asked {
        match self.ask_within(revision, usize::MAX, begin) {
            Ok(asked) => asked,
            // There is always room for so many.
            Err(begin) => begin(Number::default()),
        }
    }

    /// The same, but `None` where a reading would be one too many.
    pub(super) fn ask_politely(
        &self,
        revision: &Revision,
        begin: impl FnOnce(Number) -> Asked,
    ) -> Option<Asked> {
        self.ask_within(revision, MOST_READ, begin).ok()
    }

    fn ask_within<F: FnOnce(Number) -> Asked>(
        &self,
        revision: &Revision,
        most: usize,
        begin: F,
    ) -> Result<Asked, F> {
        let mut kept = self.kept();
        if let Some(known) = kept.known(revision) {
            return Ok(std::future::ready(known).boxed().shared());
        }
        if let Some((_, asked)) = kept.asked.get(revision) {
            return Ok(asked.clone());
        }
        if kept.asked.len() >= most {
            return Err(begin);
        }
        kept.begun.0 += 1;
        let number = kept.begun;
        let asked = begin(number);
        kept.asked.insert(revision.clone(), (number, asked.clone()));
        Ok(asked)
    }

    /// Takes what a reading has found. Any trouble but a missing revision is forgotten: the next who
    /// asks begins anew. What was read before a change is not kept.
    pub(super) fn take(
        &self,
        revision: &Revision,
        number: Number,
        read: &Result<Arc<TaskDefinition>, AppError>,
    ) {
        let mut kept = self.kept();
        if kept.asked.get(revision).is_none_or(|(present, _)| *present != number) {
            return;
        }
        kept.asked.remove(revision);
        match read {
            Ok(definition) => kept.keep(definition.clone()),
            Err(AppError::NotFound(_)) => kept.remember_missing(revision),
            Err(_) => {}
        }
    }

    /// Forgets a revision, whose status or tags may have changed.
    pub(super) fn forget(&self, revision: &Revision) {
        let mut kept = self.kept();
        kept.missing.remove(revision);
        kept.asked.remove(revision);
        kept.drop_document(revision);
    }

    /// Forgets all that were missing.
    pub(super) fn forget_missing(&self) {
        self.kept().missing.clear();
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn known(&self, revision: &Revision) -> Option<Result<Arc<TaskDefinition>, AppError>> {
        let missing = || Err(AppError::NotFound(missing(revision)));
        let found = self.by_revision.get(revision).cloned().map(Ok);
        found.or_else(|| self.missing.contains(revision).then(missing))
    }

    fn keep(&mut self, definition: Arc<TaskDefinition>) {
        let revision = definition.revision.clone();
        self.drop_document(&revision);
        self.missing.remove(&revision);
        let bytes = definition.document.to_string().len();
        self.bytes += bytes;
        self.order.push_back((revision.clone(), bytes));
        self.by_revision.insert(revision, definition);
        while self.bytes > MOST {
            let Some((oldest, bytes)) = self.order.pop_front() else { return };
            self.bytes -= bytes;
            self.by_revision.remove(&oldest);
        }
    }

    fn drop_document(&mut self, revision: &Revision) {
        if self.by_revision.remove(revision).is_some() {
            let dropped = self.order.iter().find(|(other, _)| other == revision);
            self.bytes -= dropped.map_or(0, |(_, bytes)| *bytes);
            self.order.retain(|(other, _)| other != revision);
        }
    }

    fn remember_missing(&mut self, revision: &Revision) {
        if self.missing.len() >= MOST_MISSING {
            self.missing.clear();
        }
        self.missing.insert(revision.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document of that many bytes.
    fn definition(number: usize, bytes: usize) -> Arc<TaskDefinition> {
        Arc::new(TaskDefinition {
            revision: revision(number),
            arn: String::new(),
            status: "ACTIVE".into(),
            registered_at: None,
            registered_by: None,
            compatibilities: Vec::new(),
            tags: Vec::new(),
            document: serde_json::Value::String("x".repeat(bytes - 2)),
        })
    }

    fn revision(number: usize) -> Revision {
        format!("web:{number}").parse().unwrap()
    }

    fn never(_: Number) -> Asked {
        std::future::pending().boxed().shared()
    }

    fn unasked(_: Number) -> Asked {
        panic!("it is known, or being read already")
    }

    impl Documents {
        /// Reads a revision, with that end.
        fn read(&self, revision: &Revision, end: Result<Arc<TaskDefinition>, AppError>) {
            let mut number = Number::default();
            drop(self.ask(revision, |begun| {
                number = begun;
                never(begun)
            }));
            self.take(revision, number, &end);
        }

        /// Whether a revision is there, if that is known.
        fn knows(&self, number: usize) -> Option<bool> {
            self.kept().known(&revision(number)).map(|known| known.is_ok())
        }
    }

    fn gone() -> Result<Arc<TaskDefinition>, AppError> {
        Err(AppError::NotFound(String::new()))
    }

    #[test]
    fn the_oldest_leaves_first() {
        let documents = Documents::default();
        for number in 1..=5 {
            documents.read(&revision(number), Ok(definition(number, MOST / 4)));
        }
        let all: Vec<_> = (1..=5).map(|number| documents.knows(number)).collect();
        assert_eq!(all, [None, Some(true), Some(true), Some(true), Some(true)]);
        assert_eq!(documents.kept().bytes, MOST);
        documents.forget(&revision(2));
        assert_eq!(documents.knows(2), None);
        let kept = documents.kept();
        assert_eq!((kept.order.len(), kept.bytes), (3, MOST / 4 * 3));
    }

    #[test]
    fn what_is_missing_is_remembered_until_it_comes() {
        let documents = Documents::default();
        for number in 1..=3 {
            documents.read(&revision(number), gone());
        }
        documents.forget(&revision(2));
        assert_eq!(
            [1, 2, 3].map(|number| documents.knows(number)),
            [Some(false), None, Some(false)]
        );
        documents.forget_missing();
        documents.read(&revision(1), Ok(definition(1, 9)));
        assert_eq!([1, 3].map(|number| documents.knows(number)), [Some(true), None]);
        for number in 0..=MOST_MISSING {
            documents.read(&revision(number + 2), gone());
        }
        assert_eq!(documents.kept().missing.len(), 1);
    }

    #[test]
    fn one_reading_serves_all_and_the_polite_wait_for_room() {
        let documents = Documents::default();
        for number in 1..=MOST_READ {
            assert!(documents.ask_politely(&revision(number), never).is_some());
        }
        let one_too_many = revision(MOST_READ + 1);
        assert!(documents.ask_politely(&revision(1), unasked).is_some());
        assert!(documents.ask_politely(&one_too_many, unasked).is_none());
        drop(documents.ask(&one_too_many, never));
        assert_eq!(documents.kept().asked.len(), MOST_READ + 1);
    }

    #[test]
    fn only_what_was_read_since_the_last_change_is_kept() {
        let documents = Documents::default();
        let mut numbers = Vec::new();
        for _ in 0..2 {
            drop(documents.ask(&revision(1), |number| {
                numbers.push(number);
                never(number)
            }));
            if numbers.len() == 1 {
                documents.forget(&revision(1));
            }
        }
        documents.take(&revision(1), numbers[0], &Ok(definition(1, 9)));
        assert_eq!(documents.knows(1), None);
        documents.take(&revision(1), numbers[1], &Err(AppError::Unavailable(String::new())));
        assert_eq!((documents.knows(1), documents.kept().asked.len()), (None, 0));
        documents.read(&revision(1), Ok(definition(1, 9)));
        let known = documents.ask(&revision(1), unasked).now_or_never();
        assert_eq!(known.unwrap().unwrap().revision, revision(1));
    }
}
