//! The services beside ECS, as far as a console asks them. All but scaling are
//! read only and keep nothing: what ECS's world names exists, and moves with it.

pub(crate) mod cloud_map;
pub(crate) mod cloudwatch;
pub(crate) mod ec2;
pub(crate) mod ecr;
pub(crate) mod efs;
pub(crate) mod elbv2;
pub(crate) mod iam;
pub(crate) mod logs;
pub(crate) mod pages;
pub(crate) mod scaling;
pub(crate) mod secrets;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::task_definitions::TaskDefinition;
use crate::world::World;

/// Every revision, by family and number.
fn definitions(world: &World) -> impl Iterator<Item = &TaskDefinition> {
    world.task_definitions.values().flatten()
}

/// The revision of an ARN or of `family:revision`.
fn definition<'w>(world: &'w World, arn: &str) -> Option<&'w TaskDefinition> {
    let (family, revision) = arn.rsplit('/').next()?.rsplit_once(':')?;
    let revision: u32 = revision.parse().ok()?;
    world.task_definitions.get(family)?.iter().find(|one| one.revision == revision)
}

/// Every container definition.
fn containers(world: &World) -> impl Iterator<Item = &Value> {
    definitions(world).flat_map(TaskDefinition::containers)
}

/// A text inside a value.
fn text_at<'v>(value: &'v Value, pointer: &str) -> Option<&'v str> {
    value.pointer(pointer).and_then(Value::as_str)
}

/// The texts of one list in the network configuration of every service.
fn of_networks(world: &World, list: &str) -> BTreeSet<String> {
    let pointer = format!("/networkConfiguration/awsvpcConfiguration/{list}");
    let lists = world.services.values().filter_map(|service| service.settings.pointer(&pointer));
    let items = lists.filter_map(Value::as_array).flatten();
    items.filter_map(|item| item.as_str().map(str::to_owned)).collect()
}
