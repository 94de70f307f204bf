//! How often ECS was called: what a poller costs must be seen to be believed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_sdk_ecs::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_ecs::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_ecs::error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::Metadata;

/// Counts every request that is sent, by operation. Clones share the counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Calls(Arc<Mutex<BTreeMap<String, u64>>>);

impl Calls {
    /// All calls so far.
    pub(super) fn total(&self) -> u64 {
        self.counts().values().sum()
    }

    /// The calls so far, by operation.
    pub(super) fn by_operation(&self) -> Vec<(String, u64)> {
        self.counts().iter().map(|(name, count)| (name.clone(), *count)).collect()
    }

    fn counts(&self) -> MutexGuard<'_, BTreeMap<String, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Intercept for Calls {
    fn name(&self) -> &'static str {
        "Calls"
    }

    fn read_before_transmit(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let name = bag.load::<Metadata>().map_or("unknown", Metadata::name);
        let mut counts = self.counts();
        match counts.get_mut(name) {
            Some(count) => *count += 1,
            None => {
                counts.insert(name.to_owned(), 1);
            }
        }
        Ok(())
    }
}
