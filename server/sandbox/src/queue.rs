//! What will happen and when: effects ordered by due time, then by the order
//! in which they were planned.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A step of a task's life.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Step {
    /// The network interface is attached.
    Attach,
    PullStart,
    PullDone,
    /// Its images or secrets cannot be had.
    CannotStart,
    /// The containers that wait for no other start.
    Start,
    Run,
    /// What happens to the container with this index; dropped when it has been
    /// restarted since.
    Container {
        at: usize,
        run: u32,
        turn: Turn,
    },
    /// The service may count the task as healthy.
    Ready,
    /// The load balancer's health checks have failed.
    TargetUnhealthy,
    /// The load balancer has let go of the task.
    Drained,
    /// Every container has stopped.
    ContainersStopped,
    /// The network interface is deleted.
    Gone,
    /// The stopped task is forgotten.
    Forget,
}

/// What happens to a container.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Turn {
    /// It ends by itself.
    Exit,
    /// Its first health check has passed.
    Healthy,
    /// Its health checks have failed.
    Unhealthy,
    /// Its start timeout is over: whoever still waits for it gives up.
    Late,
    /// It was told to stop, and has ended.
    Ended,
}

/// Something that happens to the world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Effect {
    /// A task's step; dropped when the task's epoch has moved on.
    Task { id: String, epoch: u32, step: Step },
    /// The scheduler looks at a service.
    Service { key: String },
    /// The service says again that it is steady.
    Steady { key: String, created_at: i64 },
    /// The deleted service is forgotten.
    ForgetService { key: String, created_at: i64 },
    /// A task's protection has ended.
    Unprotect { task: String },
    /// An instance's agent takes the next step of its update.
    Agent { instance: String },
    /// What was under way with a capacity provider is done.
    Provider { name: String, made_at: i64 },
    /// Auto scaling looks at a service.
    Scale { resource: String },
    /// The time of a scheduled action of auto scaling has come.
    Scheduled { resource: String, name: String },
    /// CloudWatch looks at an alarm.
    Alarm { name: String },
    /// A scripted actor of the demo takes its turn.
    Actor { index: usize },
}

/// The queue of effects.
#[derive(Debug, Clone, Default)]
pub(crate) struct Queue {
    planned: BTreeMap<(i64, u64), Effect>,
    next: u64,
}

impl Queue {
    /// Plans an effect for `due`, in milliseconds since the epoch.
    pub(crate) fn plan(&mut self, due: i64, effect: Effect) {
        self.planned.insert((due, self.next), effect);
        self.next += 1;
    }

    /// Takes the next effect that is due at `now` or before.
    pub(crate) fn take_due(&mut self, now: i64) -> Option<(i64, Effect)> {
        let entry = self.planned.first_entry()?;
        let (due, _) = *entry.key();
        (due <= now).then(|| (due, entry.remove()))
    }
}

impl Serialize for Queue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let planned: Vec<(i64, u64, &Effect)> =
            self.planned.iter().map(|((due, order), effect)| (*due, *order, effect)).collect();
        (self.next, planned).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Queue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (next, planned): (u64, Vec<(i64, u64, Effect)>) =
            Deserialize::deserialize(deserializer)?;
        Ok(Self {
            planned: planned
                .into_iter()
                .map(|(due, order, effect)| ((due, order), effect))
                .collect(),
            next,
        })
    }
}
