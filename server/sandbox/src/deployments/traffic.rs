//! How a deployment strategy shifts traffic: in which steps, and who has how
//! much of it. Shares are tenths of a percent, so that they add up.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::ask::put;

/// The whole traffic.
pub(crate) const ALL: u32 = 1_000;

/// A deployment's share of the traffic.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Traffic {
    pub(crate) production: u32,
    pub(crate) test: u32,
}

/// A percentage in tenths; none when it is no multiple of 0.1.
pub(crate) fn tenths(percent: f64) -> Option<u32> {
    let scaled = percent * 10.0;
    let whole = scaled.round();
    let fits = (0.0..=f64::from(ALL)).contains(&whole) && (scaled - whole).abs() < 1e-6;
    fits.then_some(whole as u32)
}

/// The share that the green revision has after each step (R242, R244).
pub(super) fn steps(configuration: &Value) -> Vec<u32> {
    let share = |pointer: &str, default: u32| {
        let given = configuration.pointer(pointer).and_then(Value::as_f64);
        given.and_then(tenths).filter(|share| *share > 0).unwrap_or(default)
    };
    match super::strategy(configuration) {
        "LINEAR" => {
            let step = share("/linearConfiguration/stepPercent", 100);
            (1..).map(|count| count * step).take_while(|sum| *sum < ALL).chain([ALL]).collect()
        }
        "CANARY" => {
            let canary = share("/canaryConfiguration/canaryPercent", 50);
            if canary < ALL { vec![canary, ALL] } else { vec![ALL] }
        }
        _ => vec![ALL],
    }
}

/// Minutes between two steps (R243, R245).
pub(super) fn step_bake_minutes(configuration: &Value) -> i64 {
    let (pointer, default) = match super::strategy(configuration) {
        "LINEAR" => ("/linearConfiguration/stepBakeTimeInMinutes", 6),
        _ => ("/canaryConfiguration/canaryBakeTimeInMinutes", 10),
    };
    configuration.pointer(pointer).and_then(Value::as_i64).unwrap_or(default)
}

/// Whether there is traffic that ECS can shift: behind a load balancer with an
/// alternate target group, or through Service Connect.
pub(super) fn managed(settings: &Value) -> bool {
    settings.pointer("/serviceConnectConfiguration/enabled") == Some(&json!(true))
        || advanced(settings, "alternateTargetGroupArn")
}

/// Whether a listener rule takes test traffic. Service Connect's rules for it are only kept.
pub(super) fn tested(settings: &Value) -> bool {
    advanced(settings, "testListenerRule")
}

fn advanced(settings: &Value, member: &str) -> bool {
    let balancers = settings.get("loadBalancers").and_then(Value::as_array);
    let given = |item: &Value| {
        item.get("advancedConfiguration")
            .and_then(|advanced| advanced.get(member))
            .is_some_and(Value::is_string)
    };
    balancers.into_iter().flatten().any(given)
}

/// The weights of a revision, where traffic is managed.
pub(crate) fn put_weights(view: &mut Value, traffic: Option<Traffic>) {
    if let Some(Traffic { production, test }) = traffic {
        put(view, "requestedProductionTrafficWeight", Some(f64::from(production) / 10.0));
        put(view, "requestedTestTrafficWeight", Some(f64::from(test) / 10.0));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{steps, tenths};

    #[test]
    fn the_table_of_steps() {
        let linear = |percent: f64| json!({"strategy": "LINEAR", "linearConfiguration": {"stepPercent": percent}});
        let canary = |percent: f64| json!({"strategy": "CANARY", "canaryConfiguration": {"canaryPercent": percent}});
        for (configuration, wanted) in [
            (json!({"strategy": "BLUE_GREEN"}), vec![1_000]),
            (linear(25.0), vec![250, 500, 750, 1_000]),
            (linear(40.0), vec![400, 800, 1_000]),
            (linear(33.3), vec![333, 666, 999, 1_000]),
            (linear(100.0), vec![1_000]),
            (canary(0.1), vec![1, 1_000]),
            (canary(100.0), vec![1_000]),
            (json!({"strategy": "CANARY"}), vec![50, 1_000]),
        ] {
            assert_eq!(steps(&configuration), wanted, "{configuration}");
        }
        assert_eq!(steps(&json!({"strategy": "LINEAR"})).len(), 10);
    }

    #[test]
    fn percentages_are_multiples_of_a_tenth() {
        for (percent, wanted) in [
            (3.0, Some(30)),
            (0.1, Some(1)),
            (99.9, Some(999)),
            (3.05, None),
            (-1.0, None),
            (1e300, None),
            (f64::NAN, None),
        ] {
            assert_eq!(tenths(percent), wanted, "{percent}");
        }
    }
}
