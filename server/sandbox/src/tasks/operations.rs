//! StopTask, DescribeTasks, ListTasks.

use serde_json::{Value, json};

use super::lifecycle;
use super::model::{StopCode, Task};
use super::view::view;
use crate::arn::{last_part, name_of};
use crate::ask::Ask;
use crate::clusters;
use crate::paging::Pages;
use crate::refusal::{Refusal, Reply};
use crate::rules;
use crate::world::World;

/// StopTask: a stopped task is answered as it is.
pub(crate) fn stop(world: &mut World, ask: Ask<'_>) -> Reply {
    let cluster = clusters::named(world, ask)?;
    let id = last_part(name_of("task", ask.needed_text("task")?)?).to_owned();
    let reason = ask.text("reason")?.unwrap_or("Task stopped by user").to_owned();
    if reason.len() > 1024 {
        return Err(Refusal::invalid("Reason can have at most 1024 characters."));
    }
    let here = |task: &Task| task.cluster == cluster;
    if !world.tasks.get(&id).is_some_and(here) {
        return Err(Refusal::invalid("The referenced task was not found."));
    }
    lifecycle::stop(world, &id, StopCode::UserInitiated, &reason);
    let task = world.tasks.get(&id).map(|task| view(&world.place, task, true));
    Ok(json!({"task": task}))
}

/// DescribeTasks: at most 100.
pub(crate) fn describe(world: &mut World, ask: Ask<'_>) -> Reply {
    let cluster = clusters::named(world, ask)?;
    let wanted = ask.texts("tasks")?;
    if wanted.is_empty() {
        return Err(Refusal::invalid("Tasks cannot be empty."));
    }
    if wanted.len() > 100 {
        return Err(Refusal::invalid("Tasks can have at most 100 items."));
    }
    let tags = ask.includes("TAGS")?;
    let mut found = Vec::new();
    let mut failures = Vec::new();
    for given in wanted {
        let id = last_part(name_of("task", given)?);
        match world.tasks.get(id).filter(|task| task.cluster == cluster) {
            Some(task) => found.push(view(&world.place, task, tags)),
            None => failures.push(json!({
                "arn": world.place.task(&cluster, id),
                "reason": "MISSING",
            })),
        }
    }
    Ok(json!({"tasks": found, "failures": failures}))
}

/// ListTasks. `desiredStatus=PENDING` finds nothing, as the API says.
pub(crate) fn list(world: &mut World, ask: Ask<'_>) -> Reply {
    let name = clusters::named(world, ask)?;
    let status = ask.text("desiredStatus")?.unwrap_or("RUNNING");
    rules::one_of("desiredStatus", status, &["RUNNING", "PENDING", "STOPPED"])?;
    let launch_type = ask.text("launchType")?;
    if let Some(kind) = launch_type {
        rules::launch_type(kind)?;
    }
    let started_by = ask.text("startedBy")?;
    let service = ask.text("serviceName")?;
    let family = ask.text("family")?;
    let instance = ask.text("containerInstance")?.map(last_part);
    if started_by.is_some() && (service.is_some() || family.is_some()) {
        return Err(Refusal::invalid("Cannot filter by startedBy together with another filter."));
    }
    if let Some(service) = service
        && !world.services.contains_key(&format!("{name}/{}", last_part(service)))
    {
        return Err(Refusal::no_service());
    }
    let group = service.map(|service| format!("service:{}", last_part(service)));
    let wanted = |task: &Task| {
        (status == "RUNNING" && task.wanted || status == "STOPPED" && !task.wanted)
            && group.as_ref().is_none_or(|group| task.group == *group)
            && family.is_none_or(|family| task.family == family)
            && started_by.is_none_or(|by| task.started_by.as_deref() == Some(by))
            && instance.is_none_or(|id| task.instance.as_deref() == Some(id))
            && launch_type.is_none_or(|kind| task.launch_type() == kind)
    };
    let Some(cluster) = world.clusters.get(&name) else {
        return Err(Refusal::no_cluster());
    };
    let items = cluster
        .tasks
        .iter()
        .filter_map(|id| world.tasks.get(id))
        .filter(|task| wanted(task))
        .map(|task| (task.id.clone(), Value::from(world.place.task(&name, &task.id))));
    Pages::new("ListTasks", 100, 100).answer(ask, "taskArns", items)
}
