//! Task scale-in protection: until it ends, neither a scale-in nor a deployment
//! stops the task. Who asks for the stop of a task, or deletes its service, gets it.

use serde_json::{Value, json};

use super::model::Task;
use crate::arn::{last_part, name_of};
use crate::ask::{Ask, put, seconds};
use crate::clusters;
use crate::queue::Effect;
use crate::refusal::{Refusal, Reply};
use crate::services;
use crate::world::World;

const MINUTE_MS: i64 = 60_000;

/// Two hours, when the request says nothing.
const DEFAULT_MINUTES: i64 = 120;

/// At most 48 hours.
const MOST_MINUTES: i64 = 2_880;

/// Whether the scheduler must leave a task alone.
pub(crate) fn protects(world: &World, task: &str) -> bool {
    world.tasks.get(task).is_some_and(|task| task.protected_until.is_some())
}

/// GetTaskProtection: at most 100 tasks.
pub(crate) fn get(world: &mut World, ask: Ask<'_>) -> Reply {
    let ids = asked(world, ask, 100)?;
    let mut tasks = Vec::new();
    let mut failures = Vec::new();
    for (id, arn) in &ids {
        match valid(world, id, arn) {
            Ok(task) => tasks.push(view(task, arn)),
            Err(failure) => failures.push(failure),
        }
    }
    Ok(json!({"protectedTasks": tasks, "failures": failures}))
}

/// UpdateTaskProtection: at most ten tasks; the time begins anew with each request.
pub(crate) fn update(world: &mut World, ask: Ask<'_>) -> Reply {
    let ids = asked(world, ask, 10)?;
    let Some(enabled) = ask.flag("protectionEnabled")? else {
        return Err(Refusal::invalid("ProtectionEnabled cannot be empty."));
    };
    let minutes = ask.whole("expiresInMinutes")?.unwrap_or(DEFAULT_MINUTES);
    if !(1..=MOST_MINUTES).contains(&minutes) {
        return Err(Refusal::invalid(format!(
            "expiresInMinutes must be between 1 and {MOST_MINUTES}."
        )));
    }
    let mut tasks = Vec::new();
    let mut failures = Vec::new();
    for (id, arn) in &ids {
        let found = valid(world, id, arn).and_then(|task| {
            if !task.wanted || !task.is_running() {
                return Err(failure(arn, "TASK_NOT_VALID", "The specified task is not running."));
            }
            if enabled { unblocked(world, task, arn) } else { Ok(()) }
        });
        if let Err(failure) = found {
            failures.push(failure);
            continue;
        }
        if enabled {
            protect(world, id, minutes * MINUTE_MS);
        } else {
            release(world, id);
        }
        if let Some(task) = world.tasks.get(id) {
            tasks.push(view(task, arn));
        }
    }
    Ok(json!({"protectedTasks": tasks, "failures": failures}))
}

/// A protection has ended, unless it was renewed since.
pub(crate) fn expire(world: &mut World, id: &str) {
    let now = world.now;
    let ends = world.tasks.get(id).and_then(|task| task.protected_until);
    if ends.is_some_and(|ends| ends <= now) {
        release(world, id);
    }
}

fn protect(world: &mut World, id: &str, ms: i64) {
    let until = world.now + ms;
    if let Some(task) = world.tasks.get_mut(id) {
        task.protected_until = Some(until);
        world.plan(ms, Effect::Unprotect { task: id.to_owned() });
    }
}

/// What waited for the task goes on.
fn release(world: &mut World, id: &str) {
    let Some(task) = world.tasks.get_mut(id) else {
        return;
    };
    task.protected_until = None;
    if let Some(owner) = task.owner.clone() {
        services::poke(world, &owner.service, 1_000);
    }
}

/// Ids and ARNs of the tasks that a request names.
fn asked(world: &World, ask: Ask<'_>, most: usize) -> Result<Vec<(String, String)>, Refusal> {
    ask.needed_text("cluster")?;
    let cluster = clusters::named(world, ask)?;
    let given = ask.texts("tasks")?;
    if given.is_empty() {
        return Err(Refusal::invalid("Tasks cannot be empty."));
    }
    if given.len() > most {
        return Err(Refusal::invalid(format!("Tasks can have at most {most} items.")));
    }
    given
        .into_iter()
        .map(|given| {
            let id = last_part(name_of("task", given)?);
            Ok((id.to_owned(), world.place.task(&cluster, id)))
        })
        .collect()
}

/// A task of a service, which alone can be protected.
fn valid<'w>(world: &'w World, id: &str, arn: &str) -> Result<&'w Task, Value> {
    let here = |task: &&Task| world.place.task(&task.cluster, id) == arn;
    let Some(task) = world.tasks.get(id).filter(here) else {
        return Err(failure(arn, "MISSING", "The specified task wasn't found."));
    };
    if task.owner.is_none() {
        let detail = "The specified task isn't part of an Amazon ECS service.";
        return Err(failure(arn, "TASK_NOT_VALID", detail));
    }
    Ok(task)
}

/// A service may not have more protected tasks than it wants tasks: it could
/// never get steady.
fn unblocked(world: &World, task: &Task, arn: &str) -> Result<(), Value> {
    let service = task.owner.as_ref().and_then(|owner| world.services.get(&owner.service));
    let Some(service) = service else {
        return Ok(());
    };
    let others = service.tasks.iter().filter(|id| **id != task.id && protects(world, id)).count();
    let most = usize::try_from(service.target(world)).unwrap_or(usize::MAX);
    if others < most {
        return Ok(());
    }
    let detail = "Task protection can't be set as one or more of your protected tasks are preventing the service deployment from reaching steady state.";
    Err(failure(arn, "DEPLOYMENT_BLOCKED", detail))
}

fn failure(arn: &str, reason: &str, detail: &str) -> Value {
    json!({"arn": arn, "reason": reason, "detail": detail})
}

fn view(task: &Task, arn: &str) -> Value {
    let until = task.protected_until.filter(|_| task.wanted);
    let mut view = json!({"taskArn": arn, "protectionEnabled": until.is_some()});
    put(&mut view, "expirationDate", until.map(seconds));
    view
}
