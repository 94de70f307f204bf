//! Metric alarms on the metrics of ECS: looked at each minute, and whoever is
//! named as an action is told for as long as they are in ALARM.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::pages::Pages;
use super::{invalid, points, whole};
use crate::arn::ACCOUNT;
use crate::ask::{Ask, put};
use crate::neighbours::scaling;
use crate::queue::Effect;
use crate::refusal::{Refusal, Reply};
use crate::services;
use crate::world::World;

/// Alarms by name.
pub(crate) type Alarms = BTreeMap<String, Alarm>;

/// A metric alarm.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Alarm {
    /// As it was put.
    document: Value,
    rule: Rule,
    updated_at: i64,
    state: State,
    reason: String,
    state_at: i64,
    /// The next look; an older one is void.
    look_at: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum State {
    Ok,
    Alarm,
    InsufficientData,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Alarm => "ALARM",
            Self::InsufficientData => "INSUFFICIENT_DATA",
        }
    }
}

/// When a metric is bad.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Rule {
    above: bool,
    /// Also at the threshold itself.
    at: bool,
    threshold: f64,
    period: i64,
    periods: i64,
    bad_periods: i64,
    missing: String,
}

impl Rule {
    fn is_bad(&self, value: f64) -> bool {
        let beyond = if self.above { value > self.threshold } else { value < self.threshold };
        beyond || self.at && (value - self.threshold).abs() < f64::EPSILON
    }

    /// The state after the values of its periods, the newest first; a period may have none.
    fn judge(&self, values: &[Option<f64>]) -> State {
        let seen = values.iter().flatten();
        let (bad, good): (Vec<f64>, Vec<f64>) = seen.partition(|value| self.is_bad(**value));
        let absent = values.len() - bad.len() - good.len();
        let extra = if self.missing == "breaching" { absent } else { 0 };
        if i64::try_from(bad.len() + extra).is_ok_and(|bad| bad >= self.bad_periods) {
            State::Alarm
        } else if bad.is_empty() && good.is_empty() && self.missing == "missing" {
            State::InsufficientData
        } else {
            State::Ok
        }
    }
}

/// A number, also one that a form has written as text.
fn number(value: &Value) -> Option<f64> {
    let number = value.as_f64().or_else(|| value.as_str()?.parse().ok())?;
    number.is_finite().then_some(number)
}

fn rule(ask: Ask<'_>) -> Result<Rule, Refusal> {
    let counted = |name: &str, default: Option<i64>| {
        let given = ask.get(name).map_or(default, whole);
        let fits = given.filter(|count| (1..=100).contains(count));
        fits.ok_or_else(|| invalid(format!("The value of {name} must be between 1 and 100.")))
    };
    let periods = counted("EvaluationPeriods", None)?;
    let bad_periods = counted("DatapointsToAlarm", Some(periods))?;
    if bad_periods > periods {
        return Err(invalid("DatapointsToAlarm must be less than or equal to EvaluationPeriods."));
    }
    let period = ask.get("Period").and_then(whole).filter(|it| it % 60 == 0 && *it > 0);
    let period = period.ok_or_else(|| invalid("Period must be a multiple of 60 seconds."))?;
    if period.saturating_mul(periods) > 3_600 {
        return Err(invalid("The sandbox remembers metrics for an hour."));
    }
    let threshold = ask.get("Threshold").and_then(number);
    let threshold = threshold.ok_or_else(|| invalid("The parameter Threshold is required."))?;
    let (above, at) = match ask.text("ComparisonOperator")?.unwrap_or_default() {
        "GreaterThanOrEqualToThreshold" => (true, true),
        "GreaterThanThreshold" => (true, false),
        "LessThanOrEqualToThreshold" => (false, true),
        "LessThanThreshold" => (false, false),
        _ => return Err(invalid("ComparisonOperator must compare with the threshold.")),
    };
    let missing = ask.text("TreatMissingData")?.unwrap_or("missing");
    if !["missing", "breaching", "notBreaching", "ignore"].contains(&missing) {
        return Err(invalid(format!("{missing} is no way to treat missing data.")));
    }
    let missing = missing.to_owned();
    Ok(Rule { above, at, threshold, period, periods, bad_periods, missing })
}

/// PutMetricAlarm: one metric, no expressions.
pub(super) fn put_alarm(world: &mut World, ask: Ask<'_>) -> Reply {
    let name = ask.text("AlarmName")?.filter(|name| !name.is_empty() && name.len() <= 255);
    let name = name.ok_or_else(|| invalid("AlarmName must have 1 to 255 characters."))?.to_owned();
    if ask.has("Metrics") || ask.has("ExtendedStatistic") {
        return Err(invalid("The sandbox knows alarms on one metric and its statistic only."));
    }
    for member in ["MetricName", "Namespace", "Statistic"] {
        if ask.text(member)?.is_none() {
            return Err(invalid(format!("The parameter {member} is required.")));
        }
    }
    for member in ["AlarmActions", "OKActions", "InsufficientDataActions"] {
        ask.texts(member)?;
    }
    let rule = rule(ask)?;
    let now = world.now;
    let before = world.alarms.get(&name).map(|alarm| (alarm.state, alarm.state_at));
    let (state, state_at) = before.unwrap_or((State::InsufficientData, now));
    let look_at = now + 1_000;
    world.alarms.insert(
        name.clone(),
        Alarm {
            document: ask.0.clone(),
            rule,
            updated_at: now,
            state,
            reason: "Unchecked: Initial alarm creation".to_owned(),
            state_at,
            look_at,
        },
    );
    world.plan(1_000, Effect::Alarm { name });
    Ok(json!({}))
}

/// DeleteAlarms: unknown names are ignored, as AWS does.
pub(super) fn delete(world: &mut World, ask: Ask<'_>) -> Reply {
    for name in ask.texts("AlarmNames")? {
        world.alarms.remove(name);
    }
    Ok(json!({}))
}

/// SetAlarmState: until the next look.
pub(super) fn set_state(world: &mut World, ask: Ask<'_>) -> Reply {
    let name = ask.text("AlarmName")?.unwrap_or_default().to_owned();
    let state = match ask.text("StateValue")? {
        Some("OK") => State::Ok,
        Some("ALARM") => State::Alarm,
        Some("INSUFFICIENT_DATA") => State::InsufficientData,
        _ => return Err(invalid("StateValue must be OK, ALARM or INSUFFICIENT_DATA.")),
    };
    let reason = ask.text("StateReason")?.unwrap_or_default().to_owned();
    let Some(alarm) = world.alarms.get(&name) else {
        return Err(Refusal::new("ResourceNotFound", format!("Alarm {name} doesn't exist.")));
    };
    let threshold = alarm.rule.threshold;
    enter(world, &name, state, reason, threshold);
    Ok(json!({}))
}

/// DescribeAlarms.
pub(super) fn describe(world: &mut World, ask: Ask<'_>) -> Reply {
    let names = ask.texts("AlarmNames")?;
    let prefix = ask.text("AlarmNamePrefix")?.unwrap_or_default();
    let (state, action) = (ask.text("StateValue")?, ask.text("ActionPrefix")?);
    let chosen = world.alarms.iter().filter(|(name, alarm)| {
        (names.is_empty() || names.contains(&name.as_str()))
            && name.starts_with(prefix)
            && state.is_none_or(|state| state == alarm.state.word())
            && action.is_none_or(|prefix| actions(alarm).any(|it| it.starts_with(prefix)))
    });
    let shown = chosen.map(|(name, alarm)| (name.clone(), view(world, name, alarm)));
    let pages = Pages {
        size: ("MaxRecords", 50),
        token: ("NextToken", "NextToken"),
        refusal: "InvalidNextToken",
    };
    let mut answer = pages.answer(ask, "MetricAlarms", shown)?;
    put(&mut answer, "CompositeAlarms", Some(json!([])));
    Ok(answer)
}

fn view(world: &World, name: &str, alarm: &Alarm) -> Value {
    let mut view = alarm.document.clone();
    if let Some(map) = view.as_object_mut() {
        map.shift_remove("Tags");
        for member in ["AlarmActions", "OKActions", "InsufficientDataActions", "Dimensions"] {
            map.entry(member).or_insert(json!([]));
        }
        map.entry("ActionsEnabled").or_insert(json!(true));
    }
    let region = &world.place.region;
    let seconds = |ms: i64| Value::from(ms / 1_000);
    for (member, value) in [
        ("AlarmArn", json!(format!("arn:aws:cloudwatch:{region}:{ACCOUNT}:alarm:{name}"))),
        ("AlarmConfigurationUpdatedTimestamp", seconds(alarm.updated_at)),
        ("StateValue", json!(alarm.state.word())),
        ("StateReason", json!(alarm.reason)),
        ("StateUpdatedTimestamp", seconds(alarm.state_at)),
        ("StateTransitionedTimestamp", seconds(alarm.state_at)),
        // Forms write numbers as text.
        ("Threshold", json!(alarm.rule.threshold)),
        ("Period", json!(alarm.rule.period)),
        ("EvaluationPeriods", json!(alarm.rule.periods)),
        ("DatapointsToAlarm", json!(alarm.rule.bad_periods)),
    ] {
        put(&mut view, member, Some(value));
    }
    view
}

fn actions(alarm: &Alarm) -> impl Iterator<Item = &str> {
    let list = alarm.document.get("AlarmActions").and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str)
}

/// Whether an alarm of this name is there and in ALARM.
pub(crate) fn is_off(world: &World, name: &str) -> bool {
    world.alarms.get(name).is_some_and(|alarm| alarm.state == State::Alarm)
}

/// Looks at an alarm's metric, and plans the next look.
pub(crate) fn look(world: &mut World, name: &str) {
    let now = world.now;
    let Some(alarm) = world.alarms.get_mut(name).filter(|alarm| alarm.look_at == now) else {
        return;
    };
    alarm.look_at = now + 60_000;
    let (rule, document) = (alarm.rule.clone(), alarm.document.clone());
    let period = rule.period * 1_000;
    let last = now.div_euclid(period) * period;
    let query = json!({"MetricStat": {
        "Metric": document, "Period": rule.period,
        "Stat": document.get("Statistic").cloned().unwrap_or(json!("Average")),
    }});
    let seen: BTreeMap<i64, f64> = points(world, &query, last - period * rule.periods, last)
        .unwrap_or_default()
        .into_iter()
        .collect();
    let values: Vec<Option<f64>> =
        (1..=rule.periods).map(|back| seen.get(&(last - back * period)).copied()).collect();
    let state = rule.judge(&values);
    let ignored = rule.missing == "ignore" && seen.is_empty();
    let newest = values.iter().flatten().next().copied().unwrap_or(rule.threshold);
    if !ignored {
        let known = seen.values().map(|value| format!("{value:.1}")).collect::<Vec<_>>().join(", ");
        let side = if rule.above { "greater" } else { "less" };
        let not = if state == State::Alarm { "" } else { "not " };
        let reason = match state {
            State::InsufficientData => "Insufficient Data: no datapoints were received.".to_owned(),
            _ => format!(
                "Threshold Crossed: {} datapoints [{known}] were {not}{side} than the threshold ({:.1}).",
                seen.len(),
                rule.threshold
            ),
        };
        enter(world, name, state, reason, newest);
    }
    world.plan(60_000, Effect::Alarm { name: name.to_owned() });
}

/// Takes a state, and tells those who are to act upon it.
fn enter(world: &mut World, name: &str, state: State, reason: String, value: f64) {
    let now = world.now;
    let Some(alarm) = world.alarms.get_mut(name) else {
        return;
    };
    let changed = alarm.state != state;
    if changed {
        (alarm.state, alarm.state_at, alarm.reason) = (state, now, reason);
    }
    let enabled = alarm.document.get("ActionsEnabled");
    let enabled = enabled.is_none_or(|it| it != &json!(false) && it != &json!("false"));
    if state != State::Alarm {
        return;
    }
    let breach = scaling::Breach {
        alarm: name.to_owned(),
        by: value - alarm.rule.threshold,
        above: alarm.rule.above,
    };
    let policies: Vec<String> = actions(alarm).filter(|_| enabled).map(str::to_owned).collect();
    for policy in policies {
        scaling::alarmed(world, &policy, &breach);
    }
    if changed {
        services::poke_alarmed(world, name);
    }
}

#[cfg(test)]
mod tests {
    use super::{Rule, State};

    #[test]
    fn so_many_bad_periods_make_an_alarm() {
        let rule = |above: bool, at: bool, missing: &str| Rule {
            above,
            at,
            threshold: 70.0,
            period: 60,
            periods: 3,
            bad_periods: 2,
            missing: missing.to_owned(),
        };
        for (rule, values, wanted) in [
            (rule(true, false, "missing"), [Some(71.0), Some(72.0), Some(10.0)], State::Alarm),
            (rule(true, false, "missing"), [Some(71.0), Some(70.0), Some(10.0)], State::Ok),
            (rule(true, true, "missing"), [Some(71.0), Some(70.0), Some(10.0)], State::Alarm),
            (rule(false, false, "missing"), [Some(69.0), Some(1.0), Some(80.0)], State::Alarm),
            (rule(true, false, "missing"), [None, None, None], State::InsufficientData),
            (rule(true, false, "notBreaching"), [None, None, None], State::Ok),
            (rule(true, false, "breaching"), [None, None, Some(1.0)], State::Alarm),
        ] {
            assert_eq!(rule.judge(&values), wanted, "{rule:?} {values:?}");
        }
    }
}
