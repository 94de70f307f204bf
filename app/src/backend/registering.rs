//! One registration of a family at a time. ECS has no token for it, so what is to be registered is
//! held against what was registered last; between the look and the call nobody may come.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::names::{FamilyName, Revision};

/// Families whose last registration is remembered. The picture knows the others soon enough.
const MOST: usize = 1_000;

/// Who registers now, and what was registered last. Clones share it.
#[derive(Clone, Default)]
pub struct Registering(Arc<std::sync::Mutex<HashMap<FamilyName, Turn>>>);

/// The newest revision of a family that was registered here.
type Turn = Arc<Mutex<Option<Revision>>>;

impl Registering {
    /// Waits until nobody else registers a revision of the family. What is held is the newest that
    /// was registered here; a picture may be older than it.
    pub async fn turn(&self, family: &FamilyName) -> OwnedMutexGuard<Option<Revision>> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if turns.len() >= MOST {
                turns.retain(|_, turn| Arc::strong_count(turn) > 1);
            }
            turns.entry(family.clone()).or_default().clone()
        };
        turn.lock_owned().await
    }
}
