//! Rules about capacity provider strategies.

use serde_json::Value;

use super::{Check, launch_type, number, text};
use crate::ask::Ask;
use crate::refusal::Refusal;

/// R188: a launch type or a strategy, never both; then the strategy itself. Fargate Spot is no
/// launch type (R190).
pub(crate) fn check_choice(ask: Ask<'_>) -> Check {
    let strategy = ask.list("capacityProviderStrategy")?;
    if let Some(kind) = ask.text("launchType")? {
        launch_type(kind)?;
        // R189.
        if kind == "MANAGED_INSTANCES" {
            return Err(Refusal::invalid(
                "The launch type MANAGED_INSTANCES can't be specified. Use a capacity provider strategy for Amazon ECS Managed Instances and try again.",
            ));
        }
        if !strategy.is_empty() {
            return Err(Refusal::invalid(
                "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
            ));
        }
    }
    check(strategy)
}

/// R191 to R193.
pub(crate) fn check(strategy: &[Value]) -> Check {
    if strategy.len() > 20 {
        return Err(Refusal::invalid(
            "A capacity provider strategy can contain a maximum of 20 capacity providers.",
        ));
    }
    let mut bases = 0;
    for item in strategy {
        if text(item, "capacityProvider").is_none_or(str::is_empty) {
            return Err(Refusal::invalid("Capacity provider cannot be empty."));
        }
        let weight = number(item, "weight").unwrap_or(0);
        let base = number(item, "base").unwrap_or(0);
        if !(0..=1000).contains(&weight) {
            return Err(Refusal::invalid("Weight must be between 0 and 1000."));
        }
        if !(0..=100_000).contains(&base) {
            return Err(Refusal::invalid("Base must be between 0 and 100000."));
        }
        bases += u32::from(base > 0);
    }
    if bases > 1 {
        return Err(Refusal::invalid(
            "Only one capacity provider in a strategy can have a base defined.",
        ));
    }
    let weighted = |item: &Value| number(item, "weight").unwrap_or(0) > 0;
    if strategy.len() > 1 && !strategy.iter().any(weighted) {
        return Err(Refusal::invalid(
            "When multiple capacity providers are specified within a strategy, at least one of the providers must have a weight value greater than zero.",
        ));
    }
    Ok(())
}
