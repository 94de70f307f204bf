//! The sandbox: a world, its clock, its journal, and the door to all three.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use http::request::Parts;
use http::{HeaderValue, Response};
use serde_json::Value;

use crate::ask::Ask;
use crate::clock::{Clock, SystemClock};
use crate::http_client::Client;
use crate::ids::Ids;
use crate::journal::{Journal, Loaded, OpenError};
use crate::operations::Operation;
use crate::refusal::{Refusal, Reply};
use crate::seed::Seed;
use crate::weather::Weather;
use crate::weather::past::Past;
use crate::weather::quotas::Buckets;
use crate::wire;
use crate::wire::api::{self, Api};
use crate::world::World;

/// An answer on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body, in JSON.
    pub body: Vec<u8>,
}

/// How often an operation was called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallCount {
    /// The operation, such as "DescribeTasks"; "total" for the sum of all.
    pub operation: String,
    /// Calls since the sandbox was opened, refused ones included.
    pub count: u64,
}

/// Amazon ECS in memory. Clones share one world.
#[derive(Clone)]
pub struct Sandbox(Arc<Shared>);

struct Shared {
    clock: Arc<dyn Clock>,
    /// Added to the clock, so that a world saved under a faster clock does not
    /// stand still until the slower one has caught up.
    offset_ms: i64,
    state: Mutex<State>,
    weather: Mutex<Weather>,
    requests: AtomicU64,
}

struct State {
    world: World,
    journal: Option<Journal>,
    calls: BTreeMap<String, u64>,
    buckets: Buckets,
    past: Past,
}

/// How a sandbox is opened.
pub struct Builder {
    clock: Arc<dyn Clock>,
    seed: Seed,
    region: String,
    state_file: Option<PathBuf>,
}

impl Builder {
    /// The clock; the machine's own unless set.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// What a new world holds; nothing unless set. A world that is loaded from
    /// a state file is left as it is.
    #[must_use]
    pub fn seed(mut self, seed: Seed) -> Self {
        self.seed = seed;
        self
    }

    /// The region of a new world; "eu-central-1" unless set.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = region.into();
        self
    }

    /// Where the world is kept; nowhere unless set. Two more files appear
    /// beside it, with `.journal` and `.new` at the end of their names.
    #[must_use]
    pub fn state_file(mut self, path: Option<PathBuf>) -> Self {
        self.state_file = path;
        self
    }

    /// Loads or makes the world and brings it to the clock's time.
    ///
    /// # Errors
    /// When the state file or its journal cannot be read, written or understood.
    pub fn open(self) -> Result<Sandbox, OpenError> {
        let now = self.clock.now_ms();
        let (mut journal, loaded) = match &self.state_file {
            Some(path) => {
                let (journal, loaded) = Journal::open(path)?;
                (Some(journal), loaded)
            }
            None => (None, Loaded { world: None, entries: Vec::new() }),
        };
        let mut world = loaded.world.unwrap_or_else(|| self.seed.world(&self.region, now));
        for entry in loaded.entries {
            world.advance(entry.at);
            if let Some(operation) = api::journalled(&entry.operation) {
                // It was answered once; what it answers now nobody hears.
                let _ = run(&mut world, operation, &entry.body);
            }
        }
        let offset_ms = (world.now - now).max(0);
        if let Some(journal) = &mut journal {
            journal.fold(&world)?;
        }
        world.advance(now);
        Ok(Sandbox(Arc::new(Shared {
            clock: self.clock,
            offset_ms,
            state: Mutex::new(State {
                world,
                journal,
                calls: BTreeMap::new(),
                buckets: Buckets::default(),
                past: Past::default(),
            }),
            weather: Mutex::new(Weather::default()),
            requests: AtomicU64::new(0),
        })))
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sandbox")
    }
}

impl Sandbox {
    /// Begins a sandbox with an empty world, the machine's clock and no file.
    #[must_use]
    pub fn builder() -> Builder {
        Builder {
            clock: Arc::new(SystemClock::new()),
            seed: Seed::Empty,
            region: "eu-central-1".to_owned(),
            state_file: None,
        }
    }

    /// The sandbox as an HTTP client for the AWS SDK's configuration.
    #[must_use]
    pub fn http_client(&self) -> SharedHttpClient {
        SharedHttpClient::new(Client(self.clone()))
    }

    /// Bytes of the largest body that is read.
    pub const LARGEST_BODY: usize = wire::LARGEST_BODY;

    /// Answers one HTTP request of any AWS client: the service is recognised by
    /// the protocol or the signature's scope, the answer is in the same protocol.
    #[must_use]
    pub fn respond(&self, head: &Parts, body: &[u8]) -> Response<Vec<u8>> {
        wire::respond(self, head, body)
    }

    /// Answers one ECS request: the `X-Amz-Target` header and the JSON body.
    #[must_use]
    pub fn answer(&self, target: &str, body: &[u8]) -> Answer {
        let mut head = http::Request::new(()).into_parts().0;
        let target = HeaderValue::from_bytes(target.as_bytes());
        // What can be no header is the name of no operation either.
        let target = target.unwrap_or_else(|_| HeaderValue::from_static(""));
        head.headers.insert("x-amz-target", target);
        let response = self.respond(&head, body);
        Answer { status: response.status().as_u16(), body: response.into_body() }
    }

    /// Lets one operation of a service act on the world as it is now.
    pub(crate) fn reply(
        &self,
        service: &Api,
        name: &str,
        document: impl FnOnce() -> Result<Value, Refusal>,
    ) -> Reply {
        let known = service.operation(name);
        if known.is_none() && !service.not_built.contains(&name) {
            return Err(service.unknown(name));
        }
        let full_name = service.full_name(name);
        self.count(&full_name);
        let weather = self.weather();
        if let Some(refusal) = weather.refusal(service.name, name) {
            return Err(refusal);
        }
        let Some(operation) = known else {
            return Err(Refusal::new(
                "UnsupportedFeatureException",
                format!("The sandbox has not built the operation {name}."),
            ));
        };
        let now = self.0.clock.now_ms().saturating_add(self.0.offset_ms);
        let mut guard = self.state();
        let state = &mut *guard;
        if weather.quotas && service.name == "ecs" && !state.buckets.take(name, now) {
            return Err(Weather::throttled());
        }
        let document = document()?;
        state.world.advance(now);
        if !operation.changes {
            return match state.past.seen(now) {
                Some(past) => run(past, operation, &document),
                None => run(&mut state.world, operation, &document),
            };
        }
        let before = Past::before(&state.world, now, weather.lag_ms);
        let answer = run(&mut state.world, operation, &document)?;
        state.past.remember(before, now);
        state.keep(&full_name, &document)?;
        Ok(answer)
    }

    /// Calls since opening: one entry for each operation, by name, then "total".
    #[must_use]
    pub fn calls(&self) -> Vec<CallCount> {
        let state = self.state();
        let entry = |(operation, count): (&String, &u64)| CallCount {
            operation: operation.clone(),
            count: *count,
        };
        let mut calls: Vec<CallCount> = state.calls.iter().map(entry).collect();
        calls.push(CallCount { operation: "total".to_owned(), count: state.calls.values().sum() });
        calls
    }

    /// Changes what goes wrong, from the next request on.
    pub fn set_weather(&self, weather: Weather) {
        *self.0.weather.lock().unwrap_or_else(PoisonError::into_inner) = weather;
    }

    /// How late the weather wants an answer to be: whoever carries it, waits.
    #[must_use]
    pub fn latency(&self) -> Duration {
        Duration::from_millis(self.weather().latency_ms)
    }

    /// What goes wrong now.
    #[must_use]
    pub fn weather(&self) -> Weather {
        self.0.weather.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Request ids are not part of the world: reading must not change it.
    pub(crate) fn next_request_id(&self) -> String {
        Ids::new(self.0.requests.fetch_add(1, Ordering::Relaxed)).uuid()
    }

    fn count(&self, operation: &str) {
        *self.state().calls.entry(operation.to_owned()).or_insert(0) += 1;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A poisoned lock means another request panicked; its world is as good
        // as any, and refusing every later request would help nobody.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Puts an answered change on disk.
    fn keep(&mut self, operation: &str, body: &Value) -> Result<(), Refusal> {
        let Some(journal) = &mut self.journal else {
            return Ok(());
        };
        let full = |_| Refusal::server("The sandbox could not write its journal.");
        journal.write(self.world.now, operation, body).map_err(full)?;
        if journal.is_long() {
            // The journal alone is enough to recover; folding is tried again
            // after the next change.
            let _ = journal.fold(&self.world);
        }
        Ok(())
    }
}

/// Runs an operation. A refused one leaves no trace, not even in the generator
/// of ids: it is not in the journal and must not be missed at a replay.
fn run(world: &mut World, operation: &Operation, body: &Value) -> Reply {
    let ids = world.ids.clone();
    let reply = (operation.run)(world, Ask(body));
    if reply.is_err() {
        world.ids = ids;
    }
    reply
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::run;
    use crate::operations::Operation;
    use crate::refusal::Refusal;
    use crate::world::World;

    #[test]
    fn a_refused_call_leaves_the_ids_alone() {
        let greedy = Operation {
            name: "Greedy",
            changes: true,
            run: |world, _| {
                world.ids.hex32();
                Err(Refusal::no_cluster())
            },
        };
        let mut world = World::new("eu-central-1", 0);
        let mut same = World::new("eu-central-1", 0);
        assert!(run(&mut world, &greedy, &Value::Null).is_err());
        assert_eq!(world.ids.hex32(), same.ids.hex32());
    }
}
