//! Capacity providers: Fargate's two, which every account has, and those of
//! Auto Scaling groups, which only a seed makes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::arn::name_of;
use crate::ask::Ask;
use crate::paging::Pages;
use crate::refusal::{Refusal, Reply};
use crate::rules;
use crate::world::World;

/// A provider over an Auto Scaling group.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CapacityProvider {
    pub(crate) group_arn: String,
    pub(crate) tags: Vec<Value>,
}

/// Fargate's own providers.
const FARGATE: [&str; 2] = ["FARGATE", "FARGATE_SPOT"];

pub(crate) fn is_fargate(name: &str) -> bool {
    FARGATE.contains(&name)
}

/// DescribeCapacityProviders: all of them when none is named.
pub(crate) fn describe(world: &mut World, ask: Ask<'_>) -> Reply {
    let wanted = ask.texts("capacityProviders")?;
    let tags = ask.includes("TAGS")?;
    let mut all: BTreeMap<String, Value> =
        FARGATE.iter().map(|name| ((*name).to_owned(), fargate_view(world, name))).collect();
    for (name, provider) in &world.capacity_providers {
        all.insert(name.clone(), view(world, name, provider, tags));
    }
    let mut failures = Vec::new();
    if !wanted.is_empty() {
        let mut named = BTreeMap::new();
        for given in wanted {
            let name = name_of("capacity-provider", given)?;
            match all.remove(name) {
                Some(provider) => {
                    named.insert(name.to_owned(), provider);
                }
                None if named.contains_key(name) => {}
                None => failures.push(json!({
                    "arn": world.place.ecs(&format!("capacity-provider/{name}")),
                    "reason": "MISSING",
                })),
            }
        }
        all = named;
    }
    let mut answer = Pages::new("DescribeCapacityProviders", 10, 10).answer(
        ask,
        "capacityProviders",
        all.into_iter(),
    )?;
    crate::ask::put(&mut answer, "failures", Some(failures));
    Ok(answer)
}

fn fargate_view(world: &World, name: &str) -> Value {
    json!({
        "capacityProviderArn": world.place.ecs(&format!("capacity-provider/{name}")),
        "name": name,
        "status": "ACTIVE",
        "tags": [],
    })
}

fn view(world: &World, name: &str, provider: &CapacityProvider, tags: bool) -> Value {
    let mut view = fargate_view(world, name);
    let group = json!({
        "autoScalingGroupArn": provider.group_arn,
        "managedScaling": {
            "status": "ENABLED",
            "targetCapacity": 100,
            "minimumScalingStepSize": 1,
            "maximumScalingStepSize": 10_000,
            "instanceWarmupPeriod": 300,
        },
        "managedTerminationProtection": "DISABLED",
        "managedDraining": "ENABLED",
    });
    crate::ask::put(&mut view, "autoScalingGroupProvider", Some(group));
    if tags {
        crate::ask::put(&mut view, "tags", Some(provider.tags.clone()));
    }
    view
}

/// The providers and the default strategy that a cluster request names.
///
/// # Errors
/// InvalidParameterException for an unknown provider or a wrong strategy.
pub(crate) fn chosen(world: &World, ask: Ask<'_>) -> Result<(Vec<String>, Vec<Value>), Refusal> {
    let mut providers = Vec::new();
    for given in ask.texts("capacityProviders")? {
        let name = name_of("capacity-provider", given)?;
        if !is_fargate(name) && !world.capacity_providers.contains_key(name) {
            return Err(not_found());
        }
        providers.push(name.to_owned());
    }
    let strategy = ask.list("defaultCapacityProviderStrategy")?;
    rules::strategy::check(strategy)?;
    attached(&providers, strategy)?;
    Ok((providers, strategy.to_vec()))
}

/// Every provider of a strategy must belong to the cluster.
pub(crate) fn attached(providers: &[String], strategy: &[Value]) -> Result<(), Refusal> {
    let known = |item: &Value| {
        item.get("capacityProvider")
            .and_then(Value::as_str)
            .is_some_and(|name| providers.iter().any(|provider| provider == name))
    };
    if strategy.iter().all(known) { Ok(()) } else { Err(not_found()) }
}

fn not_found() -> Refusal {
    Refusal::invalid(
        "The specified capacity provider was not found. Specify a valid name or ARN and try again.",
    )
}

/// The provider of the next task: first the base, then whoever is furthest
/// behind its weight. `have` says how many tasks each provider runs already.
pub(crate) fn next_provider(strategy: &[Value], have: &BTreeMap<String, i64>) -> Option<String> {
    let name = |item: &Value| item.get("capacityProvider")?.as_str().map(str::to_owned);
    let number = |item: &Value, member: &str| item.get(member).and_then(Value::as_i64).unwrap_or(0);
    let count = |item: &Value| name(item).and_then(|name| have.get(&name).copied()).unwrap_or(0);
    if let Some(base) = strategy.iter().find(|item| count(item) < number(item, "base")) {
        return name(base);
    }
    strategy
        .iter()
        .filter(|item| number(item, "weight") > 0)
        .min_by_key(|item| {
            (count(item) - number(item, "base") + 1) * 1_000_000 / number(item, "weight")
        })
        .or_else(|| strategy.first())
        .and_then(name)
}
