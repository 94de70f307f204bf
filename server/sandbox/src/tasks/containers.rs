//! The containers of a task among each other: who starts after whom, who is
//! started again, and who stops before whom.

use serde_json::Value;

use super::model::{Container, ContainerStatus, Health, Need, Restarts, Task, Until};
use crate::behaviour::Behaviour;
use crate::ids::Ids;
use crate::queue::{Step, Turn};

/// What a step plans: milliseconds from now, and the step.
pub(super) type Plans = Vec<(i64, Step)>;

/// R136: the default of `restartAttemptPeriod`, in seconds.
const RESTART_PERIOD: i64 = 300;

/// What a container definition's `dependsOn` asks for.
pub(super) fn needs(definition: &Value, names: &[String]) -> Vec<Need> {
    let listed = definition.get("dependsOn").and_then(Value::as_array);
    let need = |item: &Value| {
        let name = item.get("containerName")?.as_str()?;
        let on = names.iter().position(|other| other == name)?;
        let until = match item.get("condition")?.as_str()? {
            "COMPLETE" => Until::Complete,
            "SUCCESS" => Until::Success,
            "HEALTHY" => Until::Healthy,
            _ => Until::Started,
        };
        Some(Need { on, until })
    };
    listed.into_iter().flatten().filter_map(need).collect()
}

/// A container definition's `restartPolicy`, when it is enabled.
pub(super) fn restarts(definition: &Value) -> Option<Restarts> {
    let policy = definition.get("restartPolicy")?;
    if policy.get("enabled") != Some(&Value::Bool(true)) {
        return None;
    }
    let ignored = policy.get("ignoredExitCodes").and_then(Value::as_array);
    Some(Restarts {
        ignored: ignored.into_iter().flatten().filter_map(Value::as_i64).collect(),
        period: policy
            .get("restartAttemptPeriod")
            .and_then(Value::as_i64)
            .unwrap_or(RESTART_PERIOD),
    })
}

/// How a wait for another container stands.
enum Wait {
    Over,
    Goes,
    /// It can never end, and why.
    Vain(&'static str),
}

fn wait(task: &Task, need: Need) -> Wait {
    let Some(other) = task.containers.get(need.on) else {
        return Wait::Vain("because dependency will never start");
    };
    let ended = other.status == ContainerStatus::Stopped;
    if ended && other.runtime_id.is_none() {
        return Wait::Vain("because dependency will never start");
    }
    let over = match need.until {
        Until::Started => other.runtime_id.is_some(),
        Until::Complete => ended,
        Until::Success if ended && other.exit_code != Some(0) => {
            return Wait::Vain("as dependency did not exit successfully.");
        }
        Until::Success => ended,
        Until::Healthy if other.health == Health::Unhealthy || ended => {
            return Wait::Vain("as dependency is not healthy.");
        }
        Until::Healthy => other.health == Health::Healthy,
    };
    if over { Wait::Over } else { Wait::Goes }
}

/// Starts every container that waits for no other one any more, and gives up
/// those that would wait in vain. Answers whether an essential one was given up.
pub(super) fn start(task: &mut Task, now: i64, ids: &mut Ids, plans: &mut Plans) -> bool {
    let mut lost = false;
    let pending = |task: &Task, at: usize| task.containers[at].status == ContainerStatus::Pending;
    // One that starts or is given up may be what another waits for.
    while let Some((at, vain)) = (0..task.containers.len())
        .filter(|at| pending(task, *at))
        .find_map(|at| decided(task, at).map(|vain| (at, vain)))
    {
        match vain {
            None => start_one(task, at, now, ids, plans),
            Some(reason) => lost |= give_up(task, at, reason),
        }
    }
    lost
}

/// Whether a waiting container is to start (no reason) or to be given up.
fn decided(task: &Task, at: usize) -> Option<Option<String>> {
    let target = task.containers.get(at)?;
    let mut over = true;
    for need in &target.needs {
        match wait(task, *need) {
            Wait::Over => {}
            Wait::Goes => over = false,
            Wait::Vain(why) => return Some(Some(unresolved(task, *need, target, why))),
        }
    }
    over.then_some(None)
}

fn unresolved(task: &Task, need: Need, target: &Container, why: &str) -> String {
    let other = task.containers.get(need.on).map_or("", |other| &other.name);
    format!(
        "dependency graph: failed to resolve container ordering dependency [{other}] for target [{}] {why}",
        target.name
    )
}

fn give_up(task: &mut Task, at: usize, reason: String) -> bool {
    let Some(container) = task.containers.get_mut(at) else {
        return false;
    };
    container.status = ContainerStatus::Stopped;
    container.reason = Some(reason);
    task.version += 1;
    container.essential
}

fn start_one(task: &mut Task, at: usize, now: i64, ids: &mut Ids, plans: &mut Plans) {
    let waited_for =
        task.containers.iter().flat_map(|other| &other.needs).any(|need| need.on == at);
    let Some(container) = task.containers.get_mut(at) else {
        return;
    };
    container.runtime_id = Some(ids.hex32());
    container.status = ContainerStatus::Running;
    container.started_at = Some(now);
    container.health = Health::Unknown;
    let run = container.run;
    let mut turn = |seconds: i64, turn: Turn| {
        plans.push((seconds * 1_000, Step::Container { at, run, turn }));
    };
    if let Some((seconds, _, _)) = container.behaviour.end() {
        turn(seconds, Turn::Exit);
    }
    if let Some(checks) = container.checks {
        // A start slower than the checks allow is as bad as never.
        if container.behaviour.healthy_after().is_none() || checks.passes_after > checks.fails_after
        {
            turn(checks.fails_after, Turn::Unhealthy);
        } else {
            turn(checks.passes_after, Turn::Healthy);
        }
    }
    if let Some(seconds) = container.start_timeout.filter(|_| waited_for) {
        turn(seconds, Turn::Late);
    }
}

/// The start timeout of a container is over: those that still wait for it to
/// come further than its start give up. Answers whether an essential one did.
pub(super) fn late(task: &mut Task, at: usize) -> bool {
    let mut lost = false;
    for waiting in 0..task.containers.len() {
        let Some(target) = task.containers.get(waiting) else { continue };
        let need = target.needs.iter().find(|need| {
            need.on == at
                && need.until != Until::Started
                && matches!(wait(task, **need), Wait::Goes)
        });
        let Some(need) = need.filter(|_| target.status == ContainerStatus::Pending) else {
            continue;
        };
        let other = task.containers.get(need.on).map_or("", |other| &other.name);
        let reason = format!(
            "dependency graph: container ordering dependency [{other}] for target [{}] has timed out.",
            target.name
        );
        lost |= give_up(task, waiting, reason);
    }
    lost
}

/// Starts a container again that has ended by itself, when its policy says so:
/// it must have run for the whole period (R136), with a code that counts.
pub(super) fn restart(
    task: &mut Task,
    at: usize,
    code: i32,
    now: i64,
    ids: &mut Ids,
    plans: &mut Plans,
) -> bool {
    let Some(container) = task.containers.get_mut(at) else {
        return false;
    };
    let Some(policy) = &container.restarts else {
        return false;
    };
    let ran = container.started_at.is_some_and(|started| now - started >= policy.period * 1_000);
    if !ran || policy.ignored.contains(&i64::from(code)) {
        return false;
    }
    container.run += 1;
    task.version += 1;
    start_one(task, at, now, ids, plans);
    true
}

/// Tells every running container to stop that no other running one depends on
/// (R128: the reverse of the start). Answers whether none is left running.
pub(super) fn stop(task: &mut Task, ids: &mut Ids, plans: &mut Plans) -> bool {
    for container in &mut task.containers {
        // What has not started never will.
        if container.status == ContainerStatus::Pending {
            container.status = ContainerStatus::Stopped;
        }
    }
    let running = |container: &Container| {
        matches!(container.status, ContainerStatus::Running | ContainerStatus::Stopping)
    };
    let held: Vec<usize> = task
        .containers
        .iter()
        .filter(|container| running(container))
        .flat_map(|container| container.needs.iter().map(|need| need.on))
        .collect();
    let wait = ids.between(1_200, 3_000);
    for (at, container) in task.containers.iter_mut().enumerate() {
        if container.status != ContainerStatus::Running || held.contains(&at) {
            continue;
        }
        container.status = ContainerStatus::Stopping;
        let stubborn = container.behaviour == Behaviour::IgnoresSigterm;
        let timeout = if stubborn { container.stop_timeout * 1_000 } else { 0 };
        let ended = Step::Container { at, run: container.run, turn: Turn::Ended };
        plans.push((timeout + wait, ended));
    }
    !task.containers.iter().any(running)
}

/// A container that was told to stop has ended.
pub(super) fn ended(task: &mut Task, at: usize) {
    let Some(container) = task.containers.get_mut(at) else {
        return;
    };
    let killed = container.behaviour == Behaviour::IgnoresSigterm;
    container.exit_code = Some(if killed { 137 } else { 0 });
    container.status = ContainerStatus::Stopped;
    task.version += 1;
}
