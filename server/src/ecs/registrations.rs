//! When the newest revision of each family was registered. ECS tells it one revision at a time, so it
//! is asked with what is left of the budget only: in a large account the dates come little by little,
//! and nothing waits for them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use berth_app::names::Revision;
use berth_app::task_definitions::model::Family;
use berth_app::timestamp::Timestamp;

use super::Gateway;
use super::budget::Bucket;
use super::documents::Pays;

/// Dates that are known. A registration never changes, so they are kept.
#[derive(Debug, Default)]
pub(super) struct Registrations(Mutex<HashMap<Revision, Timestamp>>);

impl Registrations {
    fn of(&self, revision: &Revision) -> Option<Timestamp> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(revision).copied()
    }

    fn keep(&self, revision: Revision, at: Timestamp) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Only the newest of a family is ever asked for.
        known.retain(|other, _| other.family != revision.family);
        known.insert(revision, at);
    }
}

/// Fills in what is known, and asks for some of the rest. What can't be read stays unknown: the list
/// is whole without it.
pub(super) async fn date(gateway: &Gateway, families: &mut [Family]) {
    let mut asks = true;
    for family in families {
        let Some(number) = family.latest() else { continue };
        let revision = Revision { family: family.name.clone(), number };
        family.changed_at = gateway.0.registrations.of(&revision);
        if family.changed_at.is_some() || !asks {
            continue;
        }
        asks = gateway.0.budget.take_spare(Bucket::TaskDefinitions);
        if !asks {
            continue;
        }
        match gateway.read_task_definition(&revision, Pays::Paid).await {
            Ok(definition) => {
                family.changed_at = definition.registered_at;
                if let Some(at) = definition.registered_at {
                    gateway.0.registrations.keep(revision, at);
                }
            }
            Err(error) => {
                tracing::debug!(%revision, %error, "the date of a registration can't be read");
                asks = false;
            }
        }
    }
}
