//! Step scaling: an alarm says how far a metric is beyond its threshold, and
//! the step for that says what to do.

use serde_json::Value;

use super::{Policy, apply, invalid, rests};
use crate::ask::Ask;
use crate::refusal::Refusal;
use crate::services::model::Standing;
use crate::world::World;

/// AWS's default, in seconds.
const COOLDOWN: i64 = 300;

/// An alarm that is in ALARM.
#[derive(Debug)]
pub(crate) struct Breach {
    pub(crate) alarm: String,
    /// The metric less the threshold.
    pub(crate) by: f64,
    /// It is bad when the metric is above the threshold.
    pub(crate) above: bool,
}

/// What a step scaling policy must say.
pub(super) fn check(configuration: Ask<'_>) -> Result<(), Refusal> {
    let kind = configuration.text("AdjustmentType")?.unwrap_or_default();
    if !["ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"].contains(&kind) {
        return Err(invalid(
            "AdjustmentType must be ChangeInCapacity, PercentChangeInCapacity or ExactCapacity",
        ));
    }
    let steps = configuration.list("StepAdjustments")?;
    if steps.is_empty() || steps.len() > 20 {
        return Err(invalid("There must be between 1 and 20 step adjustments"));
    }
    let mut bounds = Vec::new();
    for step in steps {
        let adjustment = step.get("ScalingAdjustment").and_then(Value::as_i64);
        if adjustment.is_none_or(|change| kind == "ExactCapacity" && change < 0) {
            return Err(invalid(
                "ScalingAdjustment must be set, and not negative for ExactCapacity",
            ));
        }
        let bound = |name: &str, none: f64| {
            step.get(name).filter(|it| !it.is_null()).map_or(Some(none), Value::as_f64)
        };
        let low = bound("MetricIntervalLowerBound", f64::NEG_INFINITY);
        let high = bound("MetricIntervalUpperBound", f64::INFINITY);
        let (Some(low), Some(high)) = (low, high) else {
            return Err(Refusal::malformed("A bound of a step can not be converted to a Double"));
        };
        if low >= high {
            return Err(invalid("The upper bound of a step must be greater than its lower bound"));
        }
        bounds.push((low, high));
    }
    bounds.sort_by(|one, other| one.0.total_cmp(&other.0));
    if bounds.windows(2).any(|two| two[0].1.total_cmp(&two[1].0).is_ne()) {
        return Err(invalid("Step adjustment intervals can't overlap or have a gap between them"));
    }
    for member in ["Cooldown", "MinAdjustmentMagnitude"] {
        if configuration.whole(member)?.is_some_and(|amount| amount < 0) {
            return Err(invalid(format!("{member} must be zero or more")));
        }
    }
    Ok(())
}

/// An alarm names a policy as its action.
pub(crate) fn alarmed(world: &mut World, policy_arn: &str, breach: &Breach) {
    let found = world.scaling.iter().find_map(|(resource, target)| {
        let mut policies = target.policies.iter();
        let (name, policy) = policies.find(|(_, policy)| policy.arn == policy_arn)?;
        Some((resource.clone(), name.clone(), policy, target))
    });
    let Some((resource, name, policy, target)) = found.filter(|found| found.2.steps) else {
        return;
    };
    let key = resource.strip_prefix("service/").unwrap_or_default().to_owned();
    let service = world.services.get(&key).filter(|one| one.standing == Standing::Active);
    let Some(service) = service else {
        return;
    };
    let desired = i64::from(service.desired);
    let Some(wanted) = wanted(policy, desired, breach) else {
        return;
    };
    let wanted = target.within(wanted);
    let seconds = policy.configuration.get("Cooldown").and_then(Value::as_i64).unwrap_or(COOLDOWN);
    // A cooldown holds back, but never more tasks after there were to be fewer.
    let more_after_fewer = wanted > desired && target.moved_down;
    if wanted == desired || rests(world.now, target, seconds) && !more_after_fewer {
        return;
    }
    let alarm = &breach.alarm;
    let cause = format!("monitor alarm {alarm} in state ALARM triggered policy {name}");
    if let Ok(count) = u32::try_from(wanted) {
        apply(world, &key, &resource, count, cause);
    }
}

/// The count after the step that fits; none without one.
fn wanted(policy: &Policy, desired: i64, breach: &Breach) -> Option<i64> {
    let configuration = &policy.configuration;
    let steps = configuration.get("StepAdjustments")?.as_array()?;
    let step = steps.iter().find(|step| {
        let bound = |name: &str| step.get(name).and_then(Value::as_f64);
        let low = bound("MetricIntervalLowerBound").unwrap_or(f64::NEG_INFINITY);
        let high = bound("MetricIntervalUpperBound").unwrap_or(f64::INFINITY);
        // The bound that is nearer to the threshold belongs to the step.
        if breach.above {
            low <= breach.by && breach.by < high
        } else {
            low < breach.by && breach.by <= high
        }
    })?;
    let change = step.get("ScalingAdjustment")?.as_i64()?;
    Some(match configuration.get("AdjustmentType")?.as_str()? {
        "ExactCapacity" => change,
        "ChangeInCapacity" => desired.saturating_add(change),
        _ => {
            let least =
                configuration.get("MinAdjustmentMagnitude").and_then(Value::as_i64).unwrap_or(1);
            desired.saturating_add(share(desired, change, least.max(1)))
        }
    })
}

/// Percent of a count, rounded towards zero, but at least so many.
fn share(desired: i64, percent: i64, least: i64) -> i64 {
    let exact = desired.saturating_mul(percent) / 100;
    match percent.signum() {
        1 => exact.max(least),
        -1 => exact.min(-least),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Breach, Policy, share, wanted};

    #[test]
    fn the_step_of_the_breach_decides() {
        let policy = |kind: &str, steps: Value| Policy {
            arn: String::new(),
            created_at: 0,
            steps: true,
            configuration: json!({"AdjustmentType": kind, "StepAdjustments": steps}),
        };
        let out = json!([
            {"MetricIntervalLowerBound": 0.0, "MetricIntervalUpperBound": 10.0, "ScalingAdjustment": 1},
            {"MetricIntervalLowerBound": 10.0, "ScalingAdjustment": 3},
        ]);
        let back = json!([{"MetricIntervalUpperBound": 0.0, "ScalingAdjustment": -50}]);
        let exact = json!([{"ScalingAdjustment": 7}]);
        for (policy, above, by, count) in [
            (policy("ChangeInCapacity", out.clone()), true, 0.0, Some(5)),
            (policy("ChangeInCapacity", out.clone()), true, 9.9, Some(5)),
            (policy("ChangeInCapacity", out.clone()), true, 10.0, Some(7)),
            (policy("ChangeInCapacity", out), true, -1.0, None),
            (policy("PercentChangeInCapacity", back), false, 0.0, Some(2)),
            (policy("ExactCapacity", exact), true, 3.0, Some(7)),
        ] {
            let breach = Breach { alarm: String::new(), by, above };
            assert_eq!(wanted(&policy, 4, &breach), count, "{policy:?} {by}");
        }
    }

    #[test]
    fn a_share_is_rounded_towards_zero_but_moves() {
        for (desired, percent, least, wanted) in [
            (4, 25, 1, 1),
            (4, 25, 2, 2),
            (10, 66, 1, 6),
            (3, 10, 1, 1),
            (10, -66, 1, -6),
            (3, -10, 1, -1),
            (0, 50, 1, 1),
        ] {
            assert_eq!(share(desired, percent, least), wanted, "{percent} % of {desired}");
        }
    }
}
