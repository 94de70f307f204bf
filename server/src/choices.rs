//! What forms choose from, kept for everybody: however many pickers are open, a list is asked for
//! once a minute, and only while somebody looks at it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use berth_app::backend::Neighbours;
use berth_app::error::AppError;
use berth_app::task_definitions::model::{ChoiceKind, Choices};
use berth_app::timestamp::Timestamp;

use crate::clock::Clock;
use crate::ecs::{Gateway, Unlisted};

/// How long a list is good for everybody, in milliseconds.
const GOOD_FOR_MS: i64 = 60_000;
/// How long it is good for somebody who wants it newer, in milliseconds: whoever presses the button
/// again and again causes no flood.
const GOOD_ENOUGH_MS: i64 = 3_000;
/// Lists kept at most; the repositories and searches of a large account are many.
const MOST: usize = 256;
/// The longest search that is passed on, in characters.
const LONGEST_SEARCH: usize = 100;

/// One list that was asked for; empty until the first answer. The lock is held while it is asked
/// for, so that all others wait for the same answer.
type Kept = Arc<tokio::sync::Mutex<Option<Choices>>>;

/// The lists that were asked for lately. Clones share them.
#[derive(Clone)]
pub struct ChoiceBook {
    gateway: Gateway,
    clock: Arc<dyn Clock>,
    kept: Arc<Mutex<BTreeMap<(ChoiceKind, String), Kept>>>,
}

impl ChoiceBook {
    /// An empty one.
    pub fn new(gateway: Gateway, clock: Arc<dyn Clock>) -> Self {
        Self { gateway, clock, kept: Arc::default() }
    }

    fn place(&self, kind: &ChoiceKind, search: &str) -> Kept {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            let is_good = |list: &Kept| {
                let Ok(list) = list.try_lock() else { return true };
                list.as_ref().is_some_and(|list| self.age_ms(list.as_of) < GOOD_FOR_MS)
            };
            kept.retain(|_, list| is_good(list));
        }
        if kept.len() >= MOST {
            kept.retain(|_, list| Arc::strong_count(list) > 1);
        }
        kept.entry((kind.clone(), search.to_owned())).or_default().clone()
    }

    /// A list, new enough. The asking goes on when whoever wants it has left: what was paid for
    /// serves the next.
    async fn listed(&self, kind: &ChoiceKind, search: &str, again: bool) -> Choices {
        let (book, kind, search) = (self.clone(), kind.clone(), search.to_owned());
        let listed = tokio::spawn(async move { book.ask(&kind, &search, again).await });
        listed.await.unwrap_or_else(|_| Choices {
            trouble: Some("The list could not be read: the console's log says why.".into()),
            as_of: self.clock.now(),
            ..Choices::default()
        })
    }

    async fn ask(&self, kind: &ChoiceKind, search: &str, again: bool) -> Choices {
        let place = self.place(kind, search);
        let mut kept = place.lock().await;
        let good_for = if again { GOOD_ENOUGH_MS } else { GOOD_FOR_MS };
        if let Some(list) = kept.as_ref().filter(|list| self.age_ms(list.as_of) < good_for) {
            return list.clone();
        }
        let asked = self.gateway.choices(kind, search).await;
        let as_of = self.clock.now();
        let list = match asked {
            Ok(listed) => {
                Choices { items: listed.items, more: listed.more, as_of, ..Choices::default() }
            }
            // What was known before is better than nothing, but no right says it may be seen.
            Err(Unlisted::Right(right)) => {
                Choices { missing_right: Some(right), as_of, ..Choices::default() }
            }
            Err(Unlisted::Trouble(said)) => {
                let before = kept.take().unwrap_or_default();
                Choices { trouble: Some(said), missing_right: None, as_of, ..before }
            }
        };
        *kept = Some(list.clone());
        list
    }

    fn age_ms(&self, then: Timestamp) -> i64 {
        self.clock.now().ms_since(then)
    }
}

#[async_trait]
impl Neighbours for ChoiceBook {
    async fn choices(
        &self,
        kind: &ChoiceKind,
        search: &str,
        again: bool,
    ) -> Result<Choices, AppError> {
        let whole = self.listed(kind, "", again).await;
        // Only a list that is too long is worth a call for each search.
        if !whole.more || search.is_empty() || !kind.can_be_searched() {
            return Ok(whole);
        }
        let search: String = search.chars().take(LONGEST_SEARCH).collect();
        Ok(self.listed(kind, &search, again).await)
    }
}
