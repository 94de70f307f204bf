//! The six operations on task definitions.

use serde_json::{Value, json};

use super::{Status, TaskDefinition, defaults, failure, find};
use crate::arn::CALLER;
use crate::ask::{Ask, put, seconds};
use crate::paging::Pages;
use crate::refusal::{Refusal, Reply};
use crate::rules;
use crate::world::World;

/// RegisterTaskDefinition.
pub(crate) fn register(world: &mut World, ask: Ask<'_>) -> Reply {
    rules::task_definition(ask.0)?;
    let family = ask.needed_text("family")?.to_owned();
    let tags = ask.list("tags")?.to_vec();
    let mut document = ask.0.clone();
    if let Some(map) = document.as_object_mut() {
        map.shift_remove("tags");
        map.retain(|_, value| !value.is_null());
    }
    let revisions = world.task_definitions.entry(family.clone()).or_default();
    let revision = revisions.last().map_or(1, |last| last.revision + 1);
    fill(&mut document);
    put(&mut document, "taskDefinitionArn", Some(world.place.task_definition(&family, revision)));
    put(&mut document, "revision", Some(revision));
    put(&mut document, "status", Some("ACTIVE"));
    put(&mut document, "registeredAt", Some(seconds(world.now)));
    put(&mut document, "registeredBy", Some(CALLER));
    let definition = TaskDefinition { family, revision, status: Status::Active, document, tags };
    let answer = answer(&definition, true);
    revisions.push(definition);
    Ok(answer)
}

/// Everything AWS adds that does not depend on the moment.
fn fill(document: &mut Value) {
    let mode = document.get("networkMode").and_then(Value::as_str).unwrap_or("bridge").to_owned();
    let containers = document.get_mut("containerDefinitions").and_then(Value::as_array_mut);
    for container in containers.into_iter().flatten() {
        defaults::fill_container(container, &mode);
    }
    for (name, suffixes) in [("cpu", ["vcpu", "vcpus"]), ("memory", ["gb", "gib"])] {
        let size = document.get(name).and_then(Value::as_str);
        let size = size.and_then(|text| defaults::units(text, &suffixes));
        put(document, name, size.map(|number| number.to_string()));
    }
    for list in ["volumes", "placementConstraints"] {
        if document.get(list).is_none() {
            put(document, list, Some(json!([])));
        }
    }
    let compatibilities = defaults::compatibilities(document);
    put(document, "compatibilities", Some(compatibilities));
    let attributes = defaults::required_attributes(document);
    put(document, "requiresAttributes", Some(attributes));
}

fn answer(definition: &TaskDefinition, tags: bool) -> Value {
    let mut answer = json!({"taskDefinition": definition.view()});
    if tags {
        put(&mut answer, "tags", Some(definition.tags.clone()));
    }
    answer
}

/// DescribeTaskDefinition.
pub(crate) fn describe(world: &mut World, ask: Ask<'_>) -> Reply {
    let definition = find(world, ask.needed_text("taskDefinition")?)?;
    Ok(answer(definition, ask.includes("TAGS")?))
}

/// DeregisterTaskDefinition: needs a revision.
pub(crate) fn deregister(world: &mut World, ask: Ask<'_>) -> Reply {
    let (family, revision) = exact(world, ask.needed_text("taskDefinition")?)?;
    let now = world.now;
    let Some(definition) = revision_mut(world, &family, revision) else {
        return Err(Refusal::no_task_definition());
    };
    if definition.status == Status::DeleteInProgress {
        return Err(Refusal::client(
            "The specified task definition is in the process of being deleted.",
        ));
    }
    if definition.status == Status::Active {
        definition.status = Status::Inactive;
        put(&mut definition.document, "deregisteredAt", Some(seconds(now)));
    }
    Ok(answer(definition, false))
}

fn exact(world: &World, given: &str) -> Result<(String, u32), Refusal> {
    let short = given.rsplit('/').next().unwrap_or(given);
    if !short.contains(':') {
        return Err(Refusal::client("Invalid revision number. Number must be greater than 0."));
    }
    let definition = find(world, given)?;
    Ok((definition.family.clone(), definition.revision))
}

fn revision_mut<'w>(
    world: &'w mut World,
    family: &str,
    revision: u32,
) -> Option<&'w mut TaskDefinition> {
    let revisions = world.task_definitions.get_mut(family)?;
    revisions.iter_mut().find(|item| item.revision == revision)
}

/// DeleteTaskDefinitions: up to ten inactive revisions.
pub(crate) fn delete(world: &mut World, ask: Ask<'_>) -> Reply {
    let wanted = ask.texts("taskDefinitions")?;
    if wanted.is_empty() || wanted.len() > 10 {
        return Err(Refusal::invalid("taskDefinitions must have between 1 and 10 items."));
    }
    let now = world.now;
    let mut deleted = Vec::new();
    let mut failures = Vec::new();
    for given in wanted {
        let Ok((family, revision)) = exact(world, given) else {
            failures.push(failure(given, "MISSING"));
            continue;
        };
        let Some(definition) = revision_mut(world, &family, revision) else {
            continue;
        };
        if definition.status == Status::Active {
            failures.push(failure(
                given,
                "The specified task definition is still in ACTIVE status. Please deregister the target and try again.",
            ));
            continue;
        }
        definition.status = Status::DeleteInProgress;
        put(&mut definition.document, "deleteRequestedAt", Some(seconds(now)));
        deleted.push(definition.view());
    }
    Ok(json!({"taskDefinitions": deleted, "failures": failures}))
}

/// ListTaskDefinitions. `familyPrefix` is the whole family name, as AWS has it.
pub(crate) fn list(world: &mut World, ask: Ask<'_>) -> Reply {
    let family = ask.text("familyPrefix")?;
    let status = ask.text("status")?.unwrap_or("ACTIVE");
    rules::one_of("status", status, &["ACTIVE", "INACTIVE", "DELETE_IN_PROGRESS"])?;
    let sort = ask.text("sort")?.unwrap_or("ASC");
    rules::one_of("sort", sort, &["ASC", "DESC"])?;
    let wanted = world
        .task_definitions
        .iter()
        .filter(|(name, _)| family.is_none_or(|family| family == *name))
        .flat_map(|(_, revisions)| revisions)
        .filter(|definition| definition.status.word() == status);
    let mut arns: Vec<&TaskDefinition> = wanted.collect();
    if sort == "DESC" {
        arns.reverse();
    }
    // The place in the sorted list is the key: names do not sort by revision.
    let items = arns.into_iter().enumerate().map(|(at, definition)| {
        let arn = world.place.task_definition(&definition.family, definition.revision);
        (format!("{at:09}"), Value::from(arn))
    });
    Pages::new("ListTaskDefinitions", 100, 100).answer(ask, "taskDefinitionArns", items)
}

/// ListTaskDefinitionFamilies. Here `familyPrefix` is a prefix.
pub(crate) fn families(world: &mut World, ask: Ask<'_>) -> Reply {
    let prefix = ask.text("familyPrefix")?.unwrap_or_default();
    let status = ask.text("status")?.unwrap_or("ACTIVE");
    rules::one_of("status", status, &["ACTIVE", "INACTIVE", "ALL"])?;
    let items = world
        .task_definitions
        .iter()
        .filter(|(name, _)| name.starts_with(prefix))
        .filter(|(_, revisions)| {
            let active = revisions.iter().any(|item| item.status == Status::Active);
            status == "ALL" || active == (status == "ACTIVE")
        })
        .map(|(name, _)| (name.clone(), Value::from(name.clone())));
    Pages::new("ListTaskDefinitionFamilies", 100, 100).answer(ask, "families", items)
}
