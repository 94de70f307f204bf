//! CloudWatch Logs: every group that a task definition names is there, and each
//! container with the driver `awslogs` writes into a stream of its own for as
//! long as its task can be seen.

mod events;
mod pattern;
mod writer;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::pages::Pages;
use super::{containers, definition, text_at};
use crate::arn::ACCOUNT;
use crate::ask::{Ask, put};
use crate::operations::{Operation, read};
use crate::refusal::{Refusal, Reply};
use crate::world::World;
use writer::Writer;

/// What is built of CloudWatch Logs.
pub(crate) const BUILT: [Operation; 4] = [
    read("DescribeLogGroups", groups),
    read("DescribeLogStreams", streams),
    read("FilterLogEvents", events::filter),
    read("GetLogEvents", events::get),
];

const PAGES: Pages = Pages {
    size: ("limit", 50),
    token: ("nextToken", "nextToken"),
    refusal: "InvalidParameterException",
};

/// DescribeLogGroups, by name.
fn groups(world: &mut World, ask: Ask<'_>) -> Reply {
    let prefix = ask.text("logGroupNamePrefix")?.unwrap_or_default();
    let part = ask.text("logGroupNamePattern")?.unwrap_or_default().to_lowercase();
    let mut names: BTreeMap<&str, Value> = BTreeMap::new();
    for name in
        containers(world).filter_map(|one| text_at(one, "/logConfiguration/options/awslogs-group"))
    {
        if name.starts_with(prefix) && name.to_lowercase().contains(&part) {
            names.entry(name).or_insert_with(|| shown(world, name));
        }
    }
    PAGES.answer(ask, "logGroups", names.into_iter().map(|(name, group)| (name.to_owned(), group)))
}

fn shown(world: &World, name: &str) -> Value {
    let arn = arn(world, name);
    json!({
        "logGroupName": name,
        "arn": format!("{arn}:*"),
        "logGroupArn": arn,
        "creationTime": 0,
        "metricFilterCount": 0,
        "storedBytes": 0,
        "logGroupClass": "STANDARD",
    })
}

fn arn(world: &World, group: &str) -> String {
    format!("arn:aws:logs:{}:{ACCOUNT}:log-group:{group}", world.place.region)
}

/// DescribeLogStreams, by name or by the last event.
fn streams(world: &mut World, ask: Ask<'_>) -> Reply {
    let group = group(world, ask)?;
    let prefix = ask.text("logStreamNamePrefix")?.unwrap_or_default();
    let by_time = ask.text("orderBy")? == Some("LastEventTime");
    let newest_first = ask.flag("descending")?.unwrap_or(false);
    let mut found: Vec<(i64, Value)> = Vec::new();
    for (name, writer) in writers(world, &group) {
        if !name.starts_with(prefix) {
            continue;
        }
        let last = writer.len(world.now).checked_sub(1).map(|at| writer.line(at).at);
        let mut stream = json!({
            "logStreamName": name,
            "arn": format!("{}:log-stream:{name}", arn(world, &group)),
            "creationTime": writer.started,
            "firstEventTimestamp": writer.line(0).at,
            "storedBytes": 0,
        });
        put(&mut stream, "lastEventTimestamp", last);
        put(&mut stream, "lastIngestionTime", last);
        found.push((if by_time { last.unwrap_or(0) } else { 0 }, stream));
    }
    found.sort_by_key(|(time, _)| *time);
    if newest_first {
        found.reverse();
    }
    let placed = found.into_iter().enumerate();
    PAGES.answer(ask, "logStreams", placed.map(|(at, (_, stream))| (format!("{at:08}"), stream)))
}

/// The group that a request means, by name or ARN.
fn group(world: &World, ask: Ask<'_>) -> Result<String, Refusal> {
    let given = match ask.text("logGroupName")? {
        Some(name) => name,
        None => ask.needed_text("logGroupIdentifier")?,
    };
    let name = given.split(":log-group:").last().unwrap_or(given).trim_end_matches(":*");
    let is_there = containers(world)
        .any(|one| text_at(one, "/logConfiguration/options/awslogs-group") == Some(name));
    if is_there {
        return Ok(name.to_owned());
    }
    Err(Refusal::new("ResourceNotFoundException", "The specified log group does not exist."))
}

/// The streams of a group by name, each with the container that writes it.
fn writers<'w>(world: &'w World, group: &str) -> BTreeMap<String, Writer<'w>> {
    let mut found = BTreeMap::new();
    for task in world.tasks.values() {
        let Some(document) = definition(world, &task.definition_arn) else {
            continue;
        };
        for container in &task.containers {
            let own = |one: &&Value| text_at(one, "/name") == Some(&container.name);
            let Some(one) = document.containers().iter().find(own) else {
                continue;
            };
            let option = |name: &str| text_at(one, &format!("/logConfiguration/options/{name}"));
            if text_at(one, "/logConfiguration/logDriver") != Some("awslogs")
                || option("awslogs-group") != Some(group)
            {
                continue;
            }
            let Some(writer) = Writer::of(task, container) else {
                continue;
            };
            let name = match option("awslogs-stream-prefix") {
                Some(prefix) => format!("{prefix}/{}/{}", container.name, task.id),
                // The driver's own choice is the container's id.
                None => container.runtime_id.clone().unwrap_or_default(),
            };
            found.insert(name, writer);
        }
    }
    found
}
