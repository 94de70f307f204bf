//! Rules about deployment configurations.

use serde_json::Value;

use super::{Check, is_within, one_of, text};
use crate::ask::Ask;
use crate::deployments::{strategy, tenths};
use crate::refusal::Refusal;

/// The members that belong to one strategy only.
pub(crate) const OF_A_STRATEGY: [&str; 3] =
    ["linearConfiguration", "canaryConfiguration", "earlySuccessCriteria"];

/// At most a day of bake time, of any kind.
const MOST_MINUTES: i64 = 1_440;

/// R249: at most two weeks.
const MOST_TIMEOUT_MINUTES: i64 = 20_160;

const STAGES: [&str; 8] = [
    "RECONCILE_SERVICE",
    "PRE_SCALE_UP",
    "POST_SCALE_UP",
    "TEST_TRAFFIC_SHIFT",
    "POST_TEST_TRAFFIC_SHIFT",
    "PRE_PRODUCTION_TRAFFIC_SHIFT",
    "PRODUCTION_TRAFFIC_SHIFT",
    "POST_PRODUCTION_TRAFFIC_SHIFT",
];

/// What each member must be by itself.
pub(super) fn check(ask: Ask<'_>) -> Check {
    let Some(configuration) = ask.object("deploymentConfiguration")? else {
        return Ok(());
    };
    r234_percents(configuration, ask.text("schedulingStrategy")? == Some("DAEMON"))?;
    r236_breaker(configuration)?;
    r239_alarms(configuration)?;
    if let Some(word) = configuration.text("strategy")? {
        one_of("strategy", word, &["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"])?;
    }
    minutes(configuration, "bakeTimeInMinutes")?;
    if let Some(linear) = configuration.object("linearConfiguration")? {
        percent(linear, "stepPercent", 3.0)?;
        minutes(linear, "stepBakeTimeInMinutes")?;
    }
    if let Some(canary) = configuration.object("canaryConfiguration")? {
        percent(canary, "canaryPercent", 0.1)?;
        minutes(canary, "canaryBakeTimeInMinutes")?;
    }
    for hook in configuration.list("lifecycleHooks")? {
        r246_r249_hook(hook)?;
    }
    Ok(())
}

/// What the members must be together, as CreateService has them or UpdateService leaves them.
pub(crate) fn check_whole(ask: Ask<'_>, daemon: bool) -> Check {
    let Some(configuration) = ask.object("deploymentConfiguration")? else {
        return Ok(());
    };
    let word = strategy(configuration.0);
    for (member, owner) in OF_A_STRATEGY.into_iter().zip(["LINEAR", "CANARY", "ROLLING"]) {
        // R242, R244, R250.
        if configuration.has(member) && word != owner {
            return Err(Refusal::invalid(format!(
                "{member} can only be specified with the {owner} deployment strategy."
            )));
        }
    }
    r250_r251_early(configuration, daemon)?;
    if word == "ROLLING" {
        return Ok(());
    }
    if daemon {
        return Err(Refusal::invalid(format!(
            "The daemon scheduling strategy does not support the {word} deployment strategy."
        )));
    }
    // R241.
    if word == "BLUE_GREEN" && !configuration.has("bakeTimeInMinutes") {
        return Err(Refusal::invalid(
            "bakeTimeInMinutes must be specified with the BLUE_GREEN deployment strategy.",
        ));
    }
    ask.list("loadBalancers")?.iter().try_for_each(|balancer| r217_balancer(balancer, word))
}

/// R217: a Classic Load Balancer has no target groups to shift between.
fn r217_balancer(balancer: &Value, word: &str) -> Check {
    let advanced = balancer.get("advancedConfiguration").unwrap_or(&Value::Null);
    for member in ["alternateTargetGroupArn", "productionListenerRule", "roleArn"] {
        if text(advanced, member).is_none_or(str::is_empty) {
            return Err(Refusal::invalid(format!(
                "advancedConfiguration.{member} must be specified for a load balancer with the {word} deployment strategy."
            )));
        }
    }
    if text(advanced, "alternateTargetGroupArn") == text(balancer, "targetGroupArn") {
        return Err(Refusal::invalid(
            "The alternate target group must be another one than the target group.",
        ));
    }
    Ok(())
}

fn r234_percents(configuration: Ask<'_>, daemon: bool) -> Check {
    let minimum = configuration.whole("minimumHealthyPercent")?;
    let maximum = configuration.whole("maximumPercent")?;
    if minimum == Some(100) && maximum == Some(100) {
        return Err(Refusal::invalid(
            "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
        ));
    }
    if minimum.is_some_and(|percent| !(0..=100).contains(&percent)) {
        return Err(Refusal::invalid("minimumHealthyPercent must be between 0 and 100."));
    }
    let low = if daemon { 0 } else { 100 };
    if maximum.is_some_and(|percent| !(low..=200).contains(&percent)) {
        return Err(Refusal::invalid("maximumPercent must be between 100 and 200."));
    }
    Ok(())
}

/// R235, for a service whose controller is EXTERNAL and that has tasks on instances. The defaults
/// are no custom values.
pub(crate) fn r235_percents(settings: Ask<'_>) -> Check {
    let Some(configuration) = settings.object("deploymentConfiguration")? else {
        return Ok(());
    };
    for (member, default) in [("maximumPercent", 200), ("minimumHealthyPercent", 100)] {
        if configuration.whole(member)?.is_some_and(|percent| percent != default) {
            return Err(Refusal::invalid(format!(
                "A custom {member} can't be specified for a service with an EXTERNAL deployment controller and the EC2 launch type."
            )));
        }
    }
    Ok(())
}

fn r236_breaker(configuration: Ask<'_>) -> Check {
    let Some(breaker) = configuration.get("deploymentCircuitBreaker") else {
        return Ok(());
    };
    flags(Ask(breaker), "deploymentCircuitBreaker")?;
    let kind = breaker.pointer("/thresholdConfiguration/type").and_then(Value::as_str);
    match kind {
        Some(kind) => one_of(
            "thresholdConfiguration.type",
            kind,
            &["COUNT", "BOUNDED_PERCENT", "UNBOUNDED_PERCENT"],
        ),
        None => Ok(()),
    }
}

fn r239_alarms(configuration: Ask<'_>) -> Check {
    let Some(alarms) = configuration.object("alarms")? else {
        return Ok(());
    };
    if !alarms.has("alarmNames") {
        return Err(Refusal::invalid("alarms.alarmNames cannot be null."));
    }
    alarms.texts("alarmNames")?;
    flags(alarms, "alarms")
}

/// Two members that have no default.
fn flags(ask: Ask<'_>, name: &str) -> Check {
    for member in ["enable", "rollback"] {
        if ask.flag(member)?.is_none() {
            return Err(Refusal::invalid(format!("{name}.{member} cannot be null.")));
        }
    }
    Ok(())
}

/// Bake times: R243, R245.
fn minutes(ask: Ask<'_>, member: &str) -> Check {
    is_within(ask, member, 0, MOST_MINUTES)
}

/// R242, R244.
fn percent(ask: Ask<'_>, member: &str, least: f64) -> Check {
    match ask.number(member)? {
        Some(given) if given < least || tenths(given).is_none() => Err(Refusal::invalid(format!(
            "{member} must be a multiple of 0.1 between {least:.1} and 100.0."
        ))),
        _ => Ok(()),
    }
}

fn r246_r249_hook(hook: &Value) -> Check {
    let hook = Ask(hook);
    let kind = hook.text("targetType")?.unwrap_or("AWS_LAMBDA");
    one_of("lifecycleHooks.targetType", kind, &["AWS_LAMBDA", "PAUSE"])?;
    let target = hook.text("hookTargetArn")?.is_some_and(|arn| !arn.is_empty());
    // R247.
    if target != (kind == "AWS_LAMBDA") {
        return Err(Refusal::invalid(if target {
            "hookTargetArn is not applicable for PAUSE lifecycle hooks."
        } else {
            "hookTargetArn must be specified for AWS_LAMBDA lifecycle hooks."
        }));
    }
    let stages = hook.texts("lifecycleStages")?;
    if stages.is_empty() {
        return Err(Refusal::invalid("lifecycleStages must be specified for a lifecycle hook."));
    }
    for stage in stages {
        one_of("lifecycleHooks.lifecycleStages", stage, &STAGES)?;
        // R248.
        if kind == "PAUSE" && ["TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"].contains(&stage) {
            return Err(Refusal::invalid(format!(
                "PAUSE lifecycle hooks cannot be configured at the {stage} stage."
            )));
        }
    }
    let Some(timeout) = hook.object("timeoutConfiguration")? else {
        return Ok(());
    };
    is_within(timeout, "timeoutInMinutes", 1, MOST_TIMEOUT_MINUTES)?;
    timeout.text("action")?.map_or(Ok(()), |word| {
        one_of("timeoutConfiguration.action", word, &["ROLLBACK", "CONTINUE"])
    })
}

fn r250_r251_early(configuration: Ask<'_>, daemon: bool) -> Check {
    let Some(early) = configuration.object("earlySuccessCriteria")? else {
        return Ok(());
    };
    if early.flag("enable")? != Some(true) {
        return Ok(());
    }
    let healthy = early.whole("healthyPercent")?;
    let cleanup = early.text("sourceServiceRevisionCleanup")?;
    let (Some(healthy), Some(cleanup)) = (healthy, cleanup) else {
        return Err(Refusal::invalid(
            "healthyPercent and sourceServiceRevisionCleanup must be specified when earlySuccessCriteria is enabled.",
        ));
    };
    one_of("sourceServiceRevisionCleanup", cleanup, &["BLOCKING", "DEFERRED"])?;
    let default = if daemon { 0 } else { 100 };
    let minimum = configuration.whole("minimumHealthyPercent")?.unwrap_or(default);
    if (minimum..=100).contains(&healthy) {
        return Ok(());
    }
    Err(Refusal::invalid("healthyPercent must be between minimumHealthyPercent and 100."))
}
