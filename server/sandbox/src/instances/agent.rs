//! UpdateContainerAgent: the agent of an instance takes its new version in steps.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::operations::{found, view};
use crate::ask::Ask;
use crate::clusters;
use crate::queue::Effect;
use crate::refusal::{Refusal, Reply};
use crate::world::World;

/// The newest version there is.
pub(crate) const NEWEST: &str = "1.99.0";

/// How long each step of an update takes.
const STEP_MS: i64 = 5_000;

/// How an update stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Update {
    Pending,
    Staging,
    Staged,
    Updating,
    Updated,
}

impl Update {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Staging => "STAGING",
            Self::Staged => "STAGED",
            Self::Updating => "UPDATING",
            Self::Updated => "UPDATED",
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Pending => Self::Staging,
            Self::Staging => Self::Staged,
            Self::Staged => Self::Updating,
            Self::Updating | Self::Updated => Self::Updated,
        }
    }
}

/// Whether a version comes before the newest, part by part; what is no version is not known.
fn is_older(version: &str) -> bool {
    let parts = |text: &str| -> Option<Vec<u64>> {
        text.split('.').map(|part| part.parse().ok()).collect()
    };
    parts(version).zip(parts(NEWEST)).is_some_and(|(own, newest)| own < newest)
}

/// UpdateContainerAgent.
pub(crate) fn update(world: &mut World, ask: Ask<'_>) -> Reply {
    let cluster = clusters::named(world, ask)?;
    let id = found(world, &cluster, ask.needed_text("containerInstance")?)?;
    let Some(instance) = world.instances.get_mut(&id) else {
        return Err(super::operations::no_instance());
    };
    if instance.agent_update.is_some_and(|update| update != Update::Updated) {
        return Err(Refusal::new(
            "UpdateInProgressException",
            "There is already an update in progress for the container agent.",
        ));
    }
    if instance.agent_version.is_empty() {
        return Err(Refusal::new(
            "MissingVersionException",
            "The current version of the container agent can't be determined.",
        ));
    }
    if !is_older(&instance.agent_version) {
        return Err(Refusal::new(
            "NoUpdateAvailableException",
            "There is no update available for your container agent.",
        ));
    }
    instance.agent_update = Some(Update::Pending);
    instance.version += 1;
    world.plan(STEP_MS, Effect::Agent { instance: id.clone() });
    let shown = world.instances.get(&id).map(|instance| view(world, instance, true));
    Ok(json!({"containerInstance": shown}))
}

/// The next step of an update.
pub(crate) fn step(world: &mut World, id: &str) {
    let Some(instance) = world.instances.get_mut(id) else {
        return;
    };
    let Some(update) = instance.agent_update.map(Update::next) else {
        return;
    };
    instance.agent_update = Some(update);
    instance.version += 1;
    if update == Update::Updated {
        NEWEST.clone_into(&mut instance.agent_version);
    } else {
        world.plan(STEP_MS, Effect::Agent { instance: id.to_owned() });
    }
}
