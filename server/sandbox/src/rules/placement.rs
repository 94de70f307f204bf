//! Rules about placement constraints and strategies.

use serde_json::Value;

use super::{Check, one_of, text};
use crate::ask::Ask;
use crate::placement::query::Query;
use crate::refusal::Refusal;

/// R199 to R202, and R275: what CreateService, UpdateService, RunTask and
/// StartTask take.
pub(crate) fn check(ask: Ask<'_>) -> Check {
    let constraints = ask.list("placementConstraints")?;
    if constraints.len() > 10 {
        return Err(Refusal::invalid("placementConstraints can have at most 10 items."));
    }
    constraints.iter().try_for_each(constraint)?;
    let strategies = ask.list("placementStrategy")?;
    if strategies.len() > 5 {
        return Err(Refusal::invalid("placementStrategy can have at most 5 items."));
    }
    strategies.iter().try_for_each(strategy)
}

fn constraint(item: &Value) -> Check {
    let kind = text(item, "type").unwrap_or_default();
    one_of("placementConstraints.type", kind, &["distinctInstance", "memberOf"])?;
    if kind == "memberOf" {
        return query(text(item, "expression").unwrap_or_default()).map(|_| ());
    }
    // R200.
    if item.get("expression").is_some_and(|expression| !expression.is_null()) {
        return Err(Refusal::invalid(
            "An expression is not valid for the constraint type distinctInstance.",
        ));
    }
    Ok(())
}

fn strategy(item: &Value) -> Check {
    let kind = text(item, "type").unwrap_or_default();
    one_of("placementStrategy.type", kind, &["random", "spread", "binpack"])?;
    // R202.
    let field = text(item, "field").unwrap_or_default().to_ascii_lowercase();
    match kind {
        "binpack" if !["cpu", "memory"].contains(&field.as_str()) => {
            Err(Refusal::invalid("The field of a binpack strategy must be cpu or memory."))
        }
        "random" if !field.is_empty() => {
            Err(Refusal::invalid("A random strategy does not take a field."))
        }
        _ => Ok(()),
    }
}

/// R31: a task definition's constraints have an expression each.
pub(crate) fn of_definition(constraints: &[Value]) -> Check {
    for item in constraints {
        query(text(item, "expression").unwrap_or_default())?;
    }
    Ok(())
}

/// An expression of the cluster query language.
///
/// # Errors
/// InvalidParameterException that says where it stops making sense.
pub(crate) fn query(expression: &str) -> Result<Query, Refusal> {
    Query::parse(expression)
        .map_err(|error| Refusal::invalid(format!("Invalid expression, {error}.")))
}
