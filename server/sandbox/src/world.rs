//! The simulated world: everything that exists, and the passing of time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::arn::Place;
use crate::capacity_providers::CapacityProvider;
use crate::clusters::Cluster;
use crate::ids::Ids;
use crate::instances::Instance;
use crate::neighbours::cloudwatch::alarms;
use crate::neighbours::scaling;
use crate::queue::{Effect, Queue};
use crate::seed::actors::Actor;
use crate::services::model::Service;
use crate::task_definitions::TaskDefinition;
use crate::tasks::model::Task;
use crate::tasks::run::Remembered;
use crate::{account_settings, capacity_providers, instances, scheduler, seed, services, tasks};

/// Everything that exists. Ordered maps throughout: an unordered one would
/// leak its order into answers and make two equal worlds differ.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct World {
    pub(crate) place: Place,
    /// Milliseconds since the epoch; never goes back.
    pub(crate) now: i64,
    pub(crate) ids: Ids,
    pub(crate) queue: Queue,
    /// By name.
    pub(crate) clusters: BTreeMap<String, Cluster>,
    /// By family, revisions in ascending order.
    pub(crate) task_definitions: BTreeMap<String, Vec<TaskDefinition>>,
    /// By id, stopped ones for an hour.
    pub(crate) tasks: BTreeMap<String, Task>,
    /// By `cluster/name`.
    pub(crate) services: BTreeMap<String, Service>,
    /// By id.
    pub(crate) instances: BTreeMap<String, Instance>,
    /// Auto Scaling group providers by name; Fargate's two are not stored.
    pub(crate) capacity_providers: BTreeMap<String, CapacityProvider>,
    pub(crate) account_settings: account_settings::Settings,
    /// RunTask's client tokens.
    pub(crate) run_tokens: BTreeMap<String, Remembered>,
    /// What Application Auto Scaling knows.
    pub(crate) scaling: scaling::Targets,
    /// What CloudWatch watches.
    pub(crate) alarms: alarms::Alarms,
    /// The demo's scripted actors.
    pub(crate) actors: Vec<Actor>,
}

impl World {
    pub(crate) fn new(region: &str, now: i64) -> Self {
        Self {
            place: Place::new(region),
            now,
            ids: Ids::new(0x0bef_0bef),
            queue: Queue::default(),
            clusters: BTreeMap::new(),
            task_definitions: BTreeMap::new(),
            tasks: BTreeMap::new(),
            services: BTreeMap::new(),
            instances: BTreeMap::new(),
            capacity_providers: BTreeMap::new(),
            account_settings: BTreeMap::new(),
            run_tokens: BTreeMap::new(),
            scaling: scaling::Targets::new(),
            alarms: alarms::Alarms::new(),
            actors: Vec::new(),
        }
    }

    /// Lets everything happen that is due until `to`, each thing at its own
    /// time, so that two advances end where one would have.
    pub(crate) fn advance(&mut self, to: i64) {
        while let Some((due, effect)) = self.queue.take_due(to) {
            self.now = self.now.max(due);
            self.happen(effect);
        }
        self.now = self.now.max(to);
    }

    fn happen(&mut self, effect: Effect) {
        match effect {
            Effect::Task { id, epoch, step } => tasks::lifecycle::step(self, &id, epoch, step),
            Effect::Service { key } => scheduler::wake(self, &key),
            Effect::Steady { key, created_at } => {
                services::events::repeat_steady(self, &key, created_at)
            }
            Effect::ForgetService { key, created_at } => {
                services::delete::forget(self, &key, created_at);
            }
            Effect::Unprotect { task } => tasks::protection::expire(self, &task),
            Effect::Agent { instance } => instances::agent::step(self, &instance),
            Effect::Provider { name, made_at } => {
                capacity_providers::operations::done(self, &name, made_at);
            }
            Effect::Scale { resource } => scaling::look(self, &resource),
            Effect::Scheduled { resource, name } => scaling::run_scheduled(self, &resource, &name),
            Effect::Alarm { name } => alarms::look(self, &name),
            Effect::Actor { index } => seed::actors::act(self, index),
        }
    }

    /// Plans an effect `ms` from now.
    pub(crate) fn plan(&mut self, ms: i64, effect: Effect) {
        self.queue.plan(self.now + ms, effect);
    }
}
