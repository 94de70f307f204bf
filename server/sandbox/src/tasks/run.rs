//! RunTask and StartTask.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::launch::{Launch, launch};
use super::view::view;
use crate::arn::{last_part, name_of};
use crate::ask::{Ask, put};
use crate::ids::digest;
use crate::placement::Wanted;
use crate::refusal::{Refusal, Reply};
use crate::world::World;
use crate::{capacity_providers, clusters, rules, task_definitions};

/// What a client token was first used for.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Remembered {
    parameters: u64,
    tasks: Vec<String>,
    at: i64,
}

/// AWS forgets a token after at most a day.
const TOKEN_KEPT_MS: i64 = 24 * 3_600_000;

/// RunTask.
pub(crate) fn run(world: &mut World, ask: Ask<'_>) -> Reply {
    let cluster = clusters::named(world, ask)?;
    rules::run_task::check(ask)?;
    let parameters = digest(&ask.0.to_string());
    let token = ask.text("clientToken")?;
    if let Some(before) = token.and_then(|token| world.run_tokens.get(token)) {
        return repeated(world, before, parameters);
    }
    let wish = wish(world, ask, &cluster)?;
    let strategy = strategy(world, ask, &cluster)?;
    let fargate = match &strategy {
        Strategy::Launch { fargate } => *fargate,
        Strategy::Providers(items) => all_fargate(items),
    };
    rules::run_task::check_launch(definition_of(world, &wish)?, fargate, ask)?;
    let mut have = BTreeMap::new();
    let mut ids = Vec::new();
    let mut failures = Vec::new();
    for _ in 0..ask.whole("count")?.unwrap_or(1) {
        let mut one = wish.clone();
        one.fargate = fargate;
        if let Strategy::Providers(items) = &strategy {
            one.capacity_provider = capacity_providers::next_provider(items, &have);
            if let Some(name) = &one.capacity_provider {
                *have.entry(name.clone()).or_insert(0) += 1;
            }
        }
        match launch(world, one) {
            Ok(id) => ids.push(id),
            Err(unplaced) => failures.push(unplaced.failure(world, &cluster)),
        }
    }
    if let Some(token) = token {
        remember(world, token, parameters, &ids);
    }
    Ok(json!({"tasks": views(world, &ids), "failures": failures}))
}

fn remember(world: &mut World, token: &str, parameters: u64, ids: &[String]) {
    let oldest = world.now - TOKEN_KEPT_MS;
    world.run_tokens.retain(|_, remembered| remembered.at > oldest);
    let remembered = Remembered { parameters, tasks: ids.to_vec(), at: world.now };
    world.run_tokens.insert(token.to_owned(), remembered);
}

/// The same token: the same tasks for the same question, a conflict else.
fn repeated(world: &World, before: &Remembered, parameters: u64) -> Reply {
    if before.parameters == parameters {
        return Ok(json!({"tasks": views(world, &before.tasks), "failures": []}));
    }
    let arns: Vec<String> = before
        .tasks
        .iter()
        .filter_map(|id| world.tasks.get(id))
        .map(|task| world.place.task(&task.cluster, &task.id))
        .collect();
    let mut refusal = Refusal::new(
        "ConflictException",
        "The clientToken was already used with different parameters.",
    );
    refusal.more = Some(Box::new(("resourceIds", json!(arns))));
    Err(refusal)
}

fn views(world: &World, ids: &[String]) -> Vec<Value> {
    ids.iter()
        .filter_map(|id| world.tasks.get(id))
        .map(|task| view(&world.place, task, true))
        .collect()
}

/// How a request wants its tasks launched.
pub(crate) enum Strategy {
    Launch { fargate: bool },
    Providers(Vec<Value>),
}

/// Whether every provider of a strategy is one of Fargate's.
pub(crate) fn all_fargate(items: &[Value]) -> bool {
    items
        .iter()
        .filter_map(|item| item.get("capacityProvider")?.as_str())
        .all(capacity_providers::is_fargate)
}

/// R188: a launch type, or a strategy, or the cluster's default, or EC2.
///
/// # Errors
/// InvalidParameterException when both are given or a provider is unknown.
pub(crate) fn strategy(world: &World, ask: Ask<'_>, cluster: &str) -> Result<Strategy, Refusal> {
    let given = ask.list("capacityProviderStrategy")?;
    rules::strategy::check_choice(ask)?;
    if let Some(kind) = ask.text("launchType")? {
        return Ok(Strategy::Launch { fargate: kind == "FARGATE" });
    }
    let Some(cluster) = world.clusters.get(cluster) else {
        return Err(Refusal::no_cluster());
    };
    capacity_providers::attached(&cluster.capacity_providers, given)?;
    let items = if given.is_empty() { &cluster.default_strategy } else { &given.to_vec() };
    Ok(if items.is_empty() {
        Strategy::Launch { fargate: false }
    } else {
        Strategy::Providers(items.clone())
    })
}

fn definition_of<'w>(
    world: &'w World,
    wish: &Launch,
) -> Result<&'w task_definitions::TaskDefinition, Refusal> {
    task_definitions::find(world, &wish.definition_arn)
}

fn wish(world: &World, ask: Ask<'_>, cluster: &str) -> Result<Launch, Refusal> {
    let definition = task_definitions::launchable(world, ask.needed_text("taskDefinition")?)?;
    let overrides = ask.get("overrides").cloned();
    rules::run_task::check_overrides(definition, overrides.as_ref())?;
    let mut tags = ask.list("tags")?.to_vec();
    if ask.text("propagateTags")? == Some("TASK_DEFINITION") {
        tags = with_tags(tags, &definition.tags);
    }
    if ask.flag("enableECSManagedTags")? == Some(true) {
        tags = with_tags(tags, &[json!({"key": "aws:ecs:clusterName", "value": cluster})]);
    }
    Ok(Launch {
        cluster: cluster.to_owned(),
        definition_arn: world.place.task_definition(&definition.family, definition.revision),
        fargate: false,
        external: ask.text("launchType")? == Some("EXTERNAL"),
        capacity_provider: None,
        platform_version: ask.text("platformVersion")?.map(str::to_owned),
        group: ask.text("group")?.map(str::to_owned),
        started_by: ask.text("startedBy")?.map(str::to_owned),
        network: ask.get("networkConfiguration").cloned(),
        volumes: ask.list("volumeConfigurations")?.to_vec(),
        overrides,
        tags,
        exec: ask.flag("enableExecuteCommand")?.unwrap_or(false),
        owner: None,
        target_groups: Vec::new(),
        placement: Wanted {
            only: None,
            constraints: [ask.list("placementConstraints")?, definition.constraints()].concat(),
            strategy: ask.list("placementStrategy")?.to_vec(),
            one_each: false,
        },
    })
}

/// Adds tags whose keys are not there yet.
pub(crate) fn with_tags(mut tags: Vec<Value>, more: &[Value]) -> Vec<Value> {
    for tag in more {
        if !tags.iter().any(|old| old.get("key") == tag.get("key")) {
            tags.push(tag.clone());
        }
    }
    tags
}

/// StartTask: one task on each named instance.
pub(crate) fn start(world: &mut World, ask: Ask<'_>) -> Reply {
    let cluster = clusters::named(world, ask)?;
    rules::run_task::check_start(ask)?;
    let wanted = ask.texts("containerInstances")?;
    let wish = wish(world, ask, &cluster)?;
    rules::run_task::check_launch(definition_of(world, &wish)?, false, ask)?;
    // All names are read before the first task starts.
    let instances: Result<Vec<&str>, Refusal> = wanted
        .into_iter()
        .map(|given| name_of("container-instance", given).map(last_part))
        .collect();
    let mut ids = Vec::new();
    let mut failures = Vec::new();
    for id in instances? {
        let here = world.instances.get(id).filter(|instance| instance.cluster == cluster);
        let Some(instance) = here else {
            failures.push(json!({"arn": world.place.instance(&cluster, id), "reason": "MISSING"}));
            continue;
        };
        let mut one = wish.clone();
        one.placement.only = Some(id.to_owned());
        one.external = instance.external;
        match launch(world, one) {
            Ok(id) => ids.push(id),
            Err(unplaced) => failures.push(unplaced.failure(world, &cluster)),
        }
    }
    let mut answer = json!({"tasks": views(world, &ids)});
    put(&mut answer, "failures", Some(failures));
    Ok(answer)
}
