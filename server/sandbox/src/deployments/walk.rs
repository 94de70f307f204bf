//! The walk of a BLUE_GREEN, LINEAR or CANARY deployment through its lifecycle
//! stages: the new revision, green, comes up beside the older one, blue, takes
//! its traffic, and blue goes. The scheduler keeps the tasks as the stage wants.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::hooks::{self, Hook, Verdict};
use super::stages::Stage;
use super::traffic::{self, ALL, Traffic};
use super::{counts, ending};
use crate::services::history::Progress;
use crate::services::model::Service;
use crate::services::poke;
use crate::world::World;

/// No stage is shorter: whoever looks every few seconds sees each.
const STAGE_MS: i64 = 5_000;

/// A load balancer needs this long to send traffic elsewhere.
const SHIFT_MS: i64 = 10_000;

/// Where a deployment beside an older revision stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Walk {
    /// None until the deployment has started.
    pub(crate) stage: Option<Stage>,
    /// The stage is not over before.
    until: i64,
    /// The deployment that has the traffic until it is shifted.
    pub(crate) blue: Option<String>,
    /// ECS shifts traffic, in so many steps; this one is the next.
    pub(crate) managed: bool,
    steps: Vec<u32>,
    step: usize,
    /// Those of the present stage.
    pub(crate) hooks: Vec<Hook>,
}

impl Walk {
    /// The walk of a deployment that begins now. Where nothing serves yet or ECS has no traffic to
    /// shift, there are no steps.
    pub(super) fn new(service: &Service, configuration: &Value) -> Self {
        let blue = blue(service);
        let managed = traffic::managed(&service.settings);
        let stepped = managed && blue.is_some();
        Self {
            stage: None,
            until: 0,
            blue,
            managed,
            steps: if stepped { traffic::steps(configuration) } else { vec![ALL] },
            step: 0,
            hooks: Vec::new(),
        }
    }

    /// Whether green shall have its tasks.
    pub(crate) fn is_scaled_up(&self) -> bool {
        self.stage >= Some(Stage::ScaleUp)
    }

    /// Whether blue shall have none any more.
    pub(crate) fn cleans_up(&self) -> bool {
        self.stage >= Some(Stage::CleanUp)
    }

    /// The hooks as DescribeServiceDeployments shows them.
    pub(crate) fn hooks_view(&self) -> Vec<Value> {
        self.hooks.iter().map(hooks::view).collect()
    }
}

/// Blue is the last deployment that completed, or what has most of the traffic where none has.
pub(super) fn blue(service: &Service) -> Option<String> {
    let completed = service.completed.as_ref().map(|item| &item.id);
    let known = service.deployments.iter().find(|item| Some(&item.id) == completed);
    let share = |traffic: Option<Traffic>| traffic.map_or(ALL, |traffic| traffic.production);
    let busiest = || {
        let serving = service.deployments.iter().filter(|item| share(item.traffic) > 0);
        serving.max_by_key(|item| share(item.traffic))
    };
    known.or_else(busiest).map(|item| item.id.clone())
}

/// What a look at a walk finds.
enum Look {
    /// Nothing until something else happens, or until this time.
    Wait(Option<i64>),
    Failed,
    Enter(Stage),
    Over,
}

/// Goes on as far as the deployment can, and says when there is more to do.
pub(crate) fn advance(world: &mut World, key: &str) {
    loop {
        let Some(mut walk) = taken(world, key) else {
            return;
        };
        let look = look(world, key, &mut walk);
        if let Look::Enter(stage) = look {
            enter(world, key, &mut walk, stage);
        }
        give_back(world, key, walk);
        match look {
            Look::Enter(_) => {}
            Look::Wait(due) => {
                let wait = due.map(|due| due - world.now);
                return wait.into_iter().for_each(|wait| poke(world, key, wait));
            }
            Look::Failed => return ending::fail(world, key, ending::HOOKS),
            Look::Over => return ending::complete(world, key),
        }
    }
}

/// The walk of a deployment that is under way, taken out so that the world can change around it.
fn taken(world: &mut World, key: &str) -> Option<Walk> {
    let newest = world.services.get_mut(key)?.history.front_mut()?;
    if newest.status == Progress::Running { newest.walk.take() } else { None }
}

fn give_back(world: &mut World, key: &str, walk: Walk) {
    let newest = world.services.get_mut(key).and_then(|service| service.history.front_mut());
    if let Some(newest) = newest {
        newest.walk = Some(walk);
    }
}

fn look(world: &World, key: &str, walk: &mut Walk) -> Look {
    let Some(service) = world.services.get(key) else {
        return Look::Wait(None);
    };
    let Some(stage) = walk.stage else {
        // R246's stage: only where more than one revision is ACTIVE.
        let crowded = service.deployments.len() > 2;
        return Look::Enter(if crowded { Stage::ReconcileService } else { Stage::PreScaleUp });
    };
    match hooks::look(&mut walk.hooks, world.now) {
        Verdict::Passed => {}
        Verdict::Failed => return Look::Failed,
        Verdict::Wait(due) => return Look::Wait(Some(due)),
    }
    if walk.until > world.now {
        return Look::Wait(Some(walk.until));
    }
    let green = service.primary().map(|primary| primary.id.as_str()).unwrap_or_default();
    let done = match stage {
        Stage::ReconcileService => !others(world, service, &[Some(green), walk.blue.as_deref()]),
        Stage::ScaleUp => counts(world, service, green).ready >= service.target(world),
        Stage::CleanUp => !others(world, service, &[Some(green)]),
        _ => true,
    };
    if !done {
        return Look::Wait(None);
    }
    stage.next(walk.step < walk.steps.len()).map_or(Look::Over, Look::Enter)
}

/// Whether any other deployment has tasks left.
fn others(world: &World, service: &Service, known: &[Option<&str>]) -> bool {
    let tasks = service.tasks.iter().filter_map(|id| world.tasks.get(id));
    let mut owners = tasks.filter_map(|task| task.owner.as_ref());
    owners.any(|owner| !known.contains(&Some(owner.deployment.as_str())))
}

fn enter(world: &mut World, key: &str, walk: &mut Walk, stage: Stage) {
    let now = world.now;
    let World { services, ids, .. } = world;
    let Some(service) = services.get_mut(key) else {
        return;
    };
    let Some(newest) = service.history.front_mut() else {
        return;
    };
    newest.updated_at = now;
    let configuration = newest.configuration.clone();
    let minutes = |given: i64| (given * 60_000).max(STAGE_MS);
    let lasts = match stage {
        Stage::ScaleUp | Stage::CleanUp => 0,
        Stage::TestTrafficShift | Stage::ProductionTrafficShift => SHIFT_MS,
        Stage::StepBake => minutes(traffic::step_bake_minutes(&configuration)),
        Stage::BakeTime => {
            let given = configuration.get("bakeTimeInMinutes").and_then(Value::as_i64);
            minutes(given.unwrap_or(0))
        }
        _ => STAGE_MS,
    };
    let green = service.deployments.first().and_then(|item| item.traffic).unwrap_or_default();
    let shares = match stage {
        Stage::TestTrafficShift if traffic::tested(&service.settings) => {
            Traffic { test: ALL, ..green }
        }
        Stage::ProductionTrafficShift => {
            let production = walk.steps.get(walk.step).copied().unwrap_or(ALL);
            walk.step += 1;
            Traffic { production, ..green }
        }
        Stage::CleanUp => Traffic { test: 0, ..green },
        _ => green,
    };
    if walk.managed {
        share(service, walk.blue.as_deref(), shares);
    }
    walk.hooks = hooks::begin(&configuration, stage, now, ids);
    walk.until = now + lasts;
    walk.stage = Some(stage);
}

/// Gives the PRIMARY deployment its share, and blue the rest of the production traffic.
pub(super) fn share(service: &mut Service, blue: Option<&str>, green: Traffic) {
    for (at, item) in service.deployments.iter_mut().enumerate() {
        let rest = if Some(item.id.as_str()) == blue { ALL - green.production.min(ALL) } else { 0 };
        item.traffic = Some(if at == 0 { green } else { Traffic { production: rest, test: 0 } });
    }
}

/// While it rolls back: all traffic returns to the older revision as soon as its tasks are all
/// healthy. True once the load balancers have followed.
pub(crate) fn returned(world: &mut World, key: &str) -> bool {
    let now = world.now;
    let Some(service) = world.services.get(key) else {
        return false;
    };
    let Some(primary) = service.primary() else {
        return false;
    };
    if counts(world, service, &primary.id).ready < service.target(world) {
        return false;
    }
    let Some(service) = world.services.get_mut(key) else {
        return false;
    };
    let newest = service.history.front();
    let since = newest.and_then(|item| item.rollback.as_ref()).map_or(now, |(at, _, _)| *at);
    if newest.and_then(|item| item.walk.as_ref()).is_some_and(|walk| walk.managed) {
        share(service, None, Traffic { production: ALL, test: 0 });
    }
    let followed = since + SHIFT_MS;
    if followed > now {
        poke(world, key, followed - now);
    }
    followed <= now
}
