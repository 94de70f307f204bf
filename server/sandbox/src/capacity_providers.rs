//! Capacity providers: Fargate's two, which every account has, those of Auto
//! Scaling groups, and those of Managed Instances, which launch nothing here.

mod describe;
pub(crate) mod operations;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::arn::name_of;
use crate::ask::Ask;
use crate::refusal::Refusal;
use crate::rules;
use crate::world::World;

pub(crate) use describe::describe;

/// What stands behind a provider, as DescribeCapacityProviders shows it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Kind {
    /// An Auto Scaling group, with every default.
    Group(Value),
    /// Managed Instances, of one cluster.
    Managed { cluster: String, provider: Value },
}

/// Where a provider stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Phase {
    Active,
    Creating,
    Created,
    Updating,
    Updated,
    Deleting,
    Deleted,
    DeleteFailed,
}

impl Phase {
    fn status(self) -> &'static str {
        match self {
            Self::Creating => "PROVISIONING",
            Self::Deleting => "DEPROVISIONING",
            Self::Deleted => "INACTIVE",
            _ => "ACTIVE",
        }
    }

    /// Nothing was asked of a provider that is just there.
    fn update(self) -> Option<&'static str> {
        Some(match self {
            Self::Active => return None,
            Self::Creating => "CREATE_IN_PROGRESS",
            Self::Created => "CREATE_COMPLETE",
            Self::Updating => "UPDATE_IN_PROGRESS",
            Self::Updated => "UPDATE_COMPLETE",
            Self::Deleting => "DELETE_IN_PROGRESS",
            Self::Deleted => "DELETE_COMPLETE",
            Self::DeleteFailed => "DELETE_FAILED",
        })
    }
}

/// A provider that somebody made.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CapacityProvider {
    pub(crate) kind: Kind,
    pub(crate) tags: Vec<Value>,
    pub(crate) phase: Phase,
    pub(crate) made_at: i64,
    /// Why it could not be deleted.
    pub(crate) reason: Option<String>,
}

/// A group as it is when a request says nothing more of it.
pub(crate) fn group(arn: &str) -> Value {
    json!({
        "autoScalingGroupArn": arn,
        "managedScaling": scaling("DISABLED"),
        "managedTerminationProtection": "DISABLED",
        "managedDraining": "ENABLED",
    })
}

/// Managed scaling with its defaults.
pub(crate) fn scaling(status: &str) -> Value {
    json!({
        "status": status,
        "targetCapacity": 100,
        "minimumScalingStepSize": 1,
        "maximumScalingStepSize": 10_000,
        "instanceWarmupPeriod": 300,
    })
}

/// Fargate's own providers.
const FARGATE: [&str; 2] = ["FARGATE", "FARGATE_SPOT"];

/// A quota of AWS, R191's number.
const MOST: usize = 20;

pub(crate) fn is_fargate(name: &str) -> bool {
    FARGATE.contains(&name)
}

/// Whether a cluster has providers of Managed Instances, which live in it alone.
pub(crate) fn has_own(world: &World, cluster: &str) -> bool {
    world.capacity_providers.values().any(|provider| {
        provider.phase != Phase::Deleted
            && matches!(&provider.kind, Kind::Managed { cluster: own, .. } if own == cluster)
    })
}

/// Whether a provider stands on an Auto Scaling group.
pub(crate) fn is_group(world: &World, name: &str) -> bool {
    let provider = world.capacity_providers.get(name);
    provider.is_some_and(|provider| matches!(provider.kind, Kind::Group(_)))
}

/// The providers and the default strategy that a cluster request names.
///
/// # Errors
/// InvalidParameterException for an unknown provider or a wrong strategy.
pub(crate) fn chosen(
    world: &World,
    ask: Ask<'_>,
    cluster: &str,
) -> Result<(Vec<String>, Vec<Value>), Refusal> {
    let given = ask.texts("capacityProviders")?;
    if given.len() > MOST {
        return Err(Refusal::invalid(format!(
            "A cluster can be associated with at most {MOST} capacity providers."
        )));
    }
    let mut providers = Vec::new();
    for given in given {
        let name = name_of("capacity-provider", given)?;
        usable(world, name, cluster)?;
        providers.push(name.to_owned());
    }
    let strategy = ask.list("defaultCapacityProviderStrategy")?;
    rules::strategy::check(strategy)?;
    attached(&providers, strategy)?;
    Ok((providers, strategy.to_vec()))
}

/// Only an active provider can be used in a cluster, and one of Managed
/// Instances only in its own (R283).
fn usable(world: &World, name: &str, cluster: &str) -> Result<(), Refusal> {
    if is_fargate(name) {
        return Ok(());
    }
    let Some(provider) = world.capacity_providers.get(name) else {
        return Err(not_found());
    };
    if matches!(&provider.kind, Kind::Managed { cluster: own, .. } if own != cluster) {
        return Err(not_found());
    }
    if provider.phase.status() == "ACTIVE" {
        return Ok(());
    }
    Err(Refusal::invalid(format!(
        "The specified capacity provider '{name}' is not in an ACTIVE state. Specify a valid capacity provider and try again."
    )))
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
