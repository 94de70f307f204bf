//! Tags: a list of key and value, in the order they were given.

use serde_json::{Value, json};

use crate::arn::last_part;
use crate::ask::Ask;
use crate::refusal::{Refusal, Reply};
use crate::rules;
use crate::world::World;

/// ListTagsForResource.
pub(crate) fn list(world: &mut World, ask: Ask<'_>) -> Reply {
    let tags = at(world, ask.needed_text("resourceArn")?)?;
    Ok(json!({"tags": tags}))
}

/// TagResource: a key that exists gets the new value.
pub(crate) fn tag(world: &mut World, ask: Ask<'_>) -> Reply {
    let added = ask.list("tags")?;
    rules::tags::check(added)?;
    let tags = at(world, ask.needed_text("resourceArn")?)?;
    let mut merged = tags.clone();
    for new in added {
        match merged.iter_mut().find(|old| old.get("key") == new.get("key")) {
            Some(old) => *old = new.clone(),
            None => merged.push(new.clone()),
        }
    }
    rules::tags::check(&merged)?;
    *tags = merged;
    Ok(json!({}))
}

/// UntagResource: unknown keys are ignored, as AWS does.
pub(crate) fn untag(world: &mut World, ask: Ask<'_>) -> Reply {
    let keys = ask.texts("tagKeys")?;
    let tags = at(world, ask.needed_text("resourceArn")?)?;
    tags.retain(|tag| {
        let key = tag.get("key").and_then(Value::as_str).unwrap_or_default();
        !keys.contains(&key)
    });
    Ok(json!({}))
}

fn at<'w>(world: &'w mut World, arn: &str) -> Result<&'w mut Vec<Value>, Refusal> {
    let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
    let (kind, rest) = resource.split_once('/').unwrap_or_default();
    let missing = || Refusal::invalid("The specified resource cannot be found.".to_owned());
    let tags = match kind {
        "cluster" => world.clusters.get_mut(rest).map(|cluster| &mut cluster.tags),
        "service" => world.services.get_mut(rest).map(|service| &mut service.tags),
        "task-set" => {
            let (key, id) = rest.split_once("/ecs-svc/").ok_or_else(missing)?;
            let id = format!("ecs-svc/{id}");
            let mut sets =
                world.services.get_mut(key).into_iter().flat_map(|one| &mut one.task_sets);
            sets.find(|set| set.id == id).map(|set| &mut set.tags)
        }
        "task" => world.tasks.get_mut(last_part(rest)).map(|task| &mut task.tags),
        "container-instance" => {
            world.instances.get_mut(last_part(rest)).map(|instance| &mut instance.tags)
        }
        "capacity-provider" => {
            world.capacity_providers.get_mut(rest).map(|provider| &mut provider.tags)
        }
        "task-definition" => {
            let (family, revision) = rest.rsplit_once(':').ok_or_else(missing)?;
            world
                .task_definitions
                .get_mut(family)
                .into_iter()
                .flatten()
                .find(|definition| definition.revision.to_string() == revision)
                .map(|definition| &mut definition.tags)
        }
        _ => {
            return Err(Refusal::invalid(
                "Invalid parameter: The specified ARN is not a taggable resource.",
            ));
        }
    };
    tags.ok_or_else(missing)
}
