//! CloudWatch: CPU and memory of services and clusters in the namespace
//! AWS/ECS, for as far back as stopped tasks can be seen. The load is shared by
//! the tasks that ran at the time: more of them, and each has less to do.

pub(crate) mod alarms;

use serde_json::{Map, Value, json};

use super::pages::Pages;
use super::text_at;
use crate::ask::{Ask, put};
use crate::ids::digest;
use crate::operations::{Operation, change, read};
use crate::refusal::{Refusal, Reply};
use crate::wire::time;
use crate::world::World;

/// What is built of CloudWatch.
pub(crate) const BUILT: [Operation; 6] = [
    change("DeleteAlarms", alarms::delete),
    read("DescribeAlarms", alarms::describe),
    read("GetMetricData", data),
    read("ListMetrics", list),
    change("PutMetricAlarm", alarms::put_alarm),
    change("SetAlarmState", alarms::set_state),
];

const NAMESPACE: &str = "AWS/ECS";
const NAMES: [&str; 2] = ["CPUUtilization", "MemoryUtilization"];
/// Older tasks are forgotten, and what they used with them.
const KEPT_MS: i64 = 3_600_000;
/// AWS's bounds for one call.
const MOST_QUERIES: usize = 500;
const MOST_POINTS: usize = 100_800;

fn invalid(sentence: impl Into<String>) -> Refusal {
    Refusal::new("ValidationError", sentence)
}

fn list(world: &mut World, ask: Ask<'_>) -> Reply {
    let (namespace, name) = (ask.text("Namespace")?, ask.text("MetricName")?);
    let mut found = Vec::new();
    for (key, service) in &world.services {
        for metric in NAMES.iter().filter(|metric| name.is_none_or(|name| name == **metric)) {
            let shown = json!({"Namespace": NAMESPACE, "MetricName": metric, "Dimensions": [
                {"Name": "ClusterName", "Value": service.cluster},
                {"Name": "ServiceName", "Value": service.name},
            ]});
            found.push((format!("{key} {metric}"), shown));
        }
    }
    found.retain(|_| namespace.is_none_or(|namespace| namespace == NAMESPACE));
    let pages = Pages {
        size: ("MaxResults", 500),
        token: ("NextToken", "NextToken"),
        refusal: "InvalidParameterValue",
    };
    pages.answer(ask, "Metrics", found.into_iter())
}

/// GetMetricData: metrics only, no expressions.
fn data(world: &mut World, ask: Ask<'_>) -> Reply {
    let needed = |name: &str| {
        let given = ask.get(name).and_then(time::read);
        given.ok_or_else(|| invalid(format!("The parameter {name} is required.")))
    };
    let (from, to) = (needed("StartTime")?, needed("EndTime")?);
    if from >= to {
        return Err(invalid("The parameter StartTime must be less than the parameter EndTime."));
    }
    let queries = ask.list("MetricDataQueries")?;
    if queries.len() > MOST_QUERIES {
        return Err(invalid(format!("At most {MOST_QUERIES} queries fit into one call.")));
    }
    let oldest_first = ask.text("ScanBy")? == Some("TimestampAscending");
    let mut results = Vec::new();
    let mut left = MOST_POINTS;
    for query in queries {
        let mut points = points(world, query, from, to)?;
        points.truncate(left);
        left -= points.len();
        if !oldest_first {
            points.reverse();
        }
        let (times, values): (Vec<Value>, Vec<Value>) = points
            .into_iter()
            .map(|(at, value)| (Value::from(at / 1_000), Value::from(value)))
            .unzip();
        let label = text_at(query, "/MetricStat/Metric/MetricName").unwrap_or_default();
        let mut result = json!({
            "Label": text_at(query, "/Label").unwrap_or(label),
            "Timestamps": times,
            "Values": values,
            "StatusCode": "Complete",
        });
        put(&mut result, "Id", text_at(query, "/Id"));
        results.push(result);
    }
    Ok(json!({"MetricDataResults": results, "Messages": []}))
}

/// The points of a query: milliseconds since the epoch, and percent.
fn points(world: &World, query: &Value, from: i64, to: i64) -> Result<Vec<(i64, f64)>, Refusal> {
    let Some(stat) = query.get("MetricStat").filter(|stat| stat.is_object()) else {
        return Err(invalid("The sandbox knows metrics only, no expressions."));
    };
    let period = stat
        .get("Period")
        .and_then(whole)
        .filter(|period| (20..=86_400).contains(period) && period % 20 == 0);
    let period = period
        .ok_or_else(|| invalid("Period must be a multiple of 20 seconds, at most a day."))?
        * 1_000;
    let metric = text_at(stat, "/Metric/MetricName").unwrap_or_default();
    if text_at(stat, "/Metric/Namespace") != Some(NAMESPACE) || !NAMES.contains(&metric) {
        return Ok(Vec::new());
    }
    let dimensions: Map<String, Value> = stat
        .pointer("/Metric/Dimensions")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|one| Some((text_at(one, "/Name")?.to_owned(), one.get("Value")?.clone())))
        .collect();
    let named = |name: &str| dimensions.get(name).and_then(Value::as_str);
    let Some(cluster) = named("ClusterName") else {
        return Ok(Vec::new());
    };
    let subject = Subject { cluster, service: named("ServiceName"), metric };
    let stat = text_at(stat, "/Stat").unwrap_or("Average");
    let first = from.max(world.now - KEPT_MS).div_euclid(period) * period;
    let runs = subject.runs(world);
    let mut found = Vec::new();
    let mut at = if first < from { first + period } else { first };
    // The minute that still runs has no value yet.
    while at < to && at + period <= world.now {
        if let Some(value) = subject.value(&runs, at, stat) {
            found.push((at, value));
        }
        at += period;
    }
    Ok(found)
}

fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

/// A service's metric in the latest minutes that are over, newest first, as far as it ran in them.
pub(super) fn recent(
    world: &World,
    cluster: &str,
    service: &str,
    metric: &str,
    minutes: usize,
) -> Vec<f64> {
    let subject = Subject { cluster, service: Some(service), metric };
    let runs = subject.runs(world);
    let minute = world.now.div_euclid(60_000);
    let times = (1..).take(minutes).map(|back| (minute - back) * 60_000);
    times.map_while(|at| subject.value(&runs, at, "Average")).collect()
}

/// What a metric is about.
struct Subject<'a> {
    cluster: &'a str,
    service: Option<&'a str>,
    metric: &'a str,
}

impl Subject<'_> {
    /// When its tasks ran: from and until, in milliseconds since the epoch. Found once for all the
    /// points of a query, for a cluster may have thousands.
    fn runs(&self, world: &World) -> Vec<(i64, i64)> {
        let Some(cluster) = world.clusters.get(self.cluster) else {
            return Vec::new();
        };
        let tasks = cluster.tasks.iter().filter_map(|id| world.tasks.get(id));
        let own = tasks.filter(|task| {
            self.service.is_none_or(|service| {
                let key = task.owner.as_ref().and_then(|owner| owner.service.split_once('/'));
                key.is_some_and(|(_, name)| name == service)
            })
        });
        own.filter_map(|task| Some((task.at.started?, task.at.stopping.unwrap_or(i64::MAX))))
            .collect()
    }

    /// The value at a time; none when nothing ran.
    fn value(&self, runs: &[(i64, i64)], at: i64, stat: &str) -> Option<f64> {
        let count = runs.iter().filter(|(from, until)| (*from..*until).contains(&at)).count();
        if count == 0 {
            return None;
        }
        let habit = digest(&format!("{}/{:?} {}", self.cluster, self.service, self.metric));
        let minute = digest(&format!("{habit} {}", at / 60_000));
        let usual = 20.0 + (habit % 30) as f64;
        let noise = (minute % 100) as f64 / 20.0;
        // Memory belongs to a task; work is shared.
        let shared = if self.metric == "CPUUtilization" { 3.0 / count as f64 } else { 1.0 };
        let average = (usual * shared + noise).min(100.0);
        Some(match stat {
            "SampleCount" => count as f64,
            "Sum" => average * count as f64,
            "Minimum" => average * 0.8,
            "Maximum" => (average * 1.2).min(100.0),
            _ => average,
        })
    }
}
