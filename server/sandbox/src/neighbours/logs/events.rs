//! Reading lines: one stream forwards and backwards, or a group through a filter.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use serde_json::{Value, json};

use super::pattern::Pattern;
use super::writer::Writer;
use super::{group, writers};
use crate::ask::{Ask, put};
use crate::refusal::{Refusal, Reply};
use crate::world::World;

/// The most lines of a page, and of what one page looks through.
const MOST: usize = 10_000;

fn limit(ask: Ask<'_>) -> Result<usize, Refusal> {
    let given = ask.whole("limit")?.map(usize::try_from);
    match given {
        None => Ok(MOST),
        Some(Ok(limit)) if (1..=MOST).contains(&limit) => Ok(limit),
        Some(_) => Err(Refusal::invalid("limit must be between 1 and 10000.")),
    }
}

/// The places of a stream's lines in the time that a request names.
fn places(writer: &Writer<'_>, ask: Ask<'_>, now: i64) -> Result<Range<usize>, Refusal> {
    let from = ask.whole("startTime")?.unwrap_or(0);
    let to = ask.whole("endTime")?.unwrap_or(i64::MAX);
    let end = first_at(writer, to, now);
    Ok(first_at(writer, from, now).min(end)..end)
}

/// The place of a stream's first line at a time or later.
fn first_at(writer: &Writer<'_>, time: i64, now: i64) -> usize {
    let (mut low, mut high) = (0, writer.len(now));
    while low < high {
        let middle = low.midpoint(high);
        if writer.line(middle).at < time { low = middle + 1 } else { high = middle }
    }
    low
}

/// GetLogEvents. Both tokens always come back; at an end it is the one that was sent.
pub(super) fn get(world: &mut World, ask: Ask<'_>) -> Reply {
    let group = group(world, ask)?;
    let name = ask.needed_text("logStreamName")?;
    let writers = writers(world, &group);
    let writer = writers.get(name).ok_or_else(|| {
        Refusal::new("ResourceNotFoundException", "The specified log stream does not exist.")
    })?;
    let limit = limit(ask)?;
    let range = places(writer, ask, world.now)?;
    let page = match ask.text("nextToken")?.map(token).transpose()? {
        Some((true, from)) => {
            let from = from.clamp(range.start, range.end);
            from..range.end.min(from.saturating_add(limit))
        }
        Some((false, to)) => {
            let to = to.clamp(range.start, range.end);
            range.start.max(to.saturating_sub(limit))..to
        }
        None if ask.flag("startFromHead")?.unwrap_or(false) => {
            range.start..range.end.min(range.start.saturating_add(limit))
        }
        None => range.start.max(range.end.saturating_sub(limit))..range.end,
    };
    let events = page.clone().map(|place| {
        let line = writer.line(place);
        json!({"timestamp": line.at, "message": line.message, "ingestionTime": line.at + 500})
    });
    Ok(json!({
        "events": events.collect::<Vec<Value>>(),
        "nextForwardToken": format!("f/{:056}/s", page.end),
        "nextBackwardToken": format!("b/{:056}/s", page.start),
    }))
}

/// A token's direction, true for forwards, and the place it points to.
fn token(text: &str) -> Result<(bool, usize), Refusal> {
    let place = |rest: &str| rest.strip_suffix("/s").and_then(|digits| digits.parse().ok());
    let read = match text.split_at_checked(2) {
        Some(("f/", rest)) => place(rest).map(|place| (true, place)),
        Some(("b/", rest)) => place(rest).map(|place| (false, place)),
        _ => None,
    };
    read.ok_or_else(|| Refusal::invalid("The specified nextToken is invalid."))
}

/// FilterLogEvents: the lines of all streams in the order of their times. A page may be empty and
/// still not be the last: it looks through so many lines, not finds them.
pub(super) fn filter(world: &mut World, ask: Ask<'_>) -> Reply {
    let group = group(world, ask)?;
    let pattern = Pattern::read(ask.text("filterPattern")?.unwrap_or_default())?;
    let wanted = ask.texts("logStreamNames")?;
    let prefix = ask.text("logStreamNamePrefix")?.unwrap_or_default();
    if !wanted.is_empty() && !prefix.is_empty() {
        let sentence = "logStreamNamePrefix and logStreamNames can't both be given.";
        return Err(Refusal::invalid(sentence));
    }
    let limit = limit(ask)?;
    let after = ask.text("nextToken")?.map(mark).transpose()?;
    let writers = writers(world, &group);
    let mut next = BinaryHeap::new();
    for (name, writer) in &writers {
        if !name.starts_with(prefix) || !(wanted.is_empty() || wanted.contains(&name.as_str())) {
            continue;
        }
        let mut range = places(writer, ask, world.now)?;
        if let Some((at, stream, place)) = &after {
            // Everything up to the mark, in the order of time, stream and place, has been told.
            range.start = range.start.max(first_at(writer, *at, world.now)).min(range.end);
            while range.start < range.end {
                let line = writer.line(range.start).at;
                if (line, name.as_str(), range.start) > (*at, stream.as_str(), *place) {
                    break;
                }
                range.start += 1;
            }
        }
        if range.start < range.end {
            next.push(Reverse((
                writer.line(range.start).at,
                name.as_str(),
                range.start,
                range.end,
            )));
        }
    }
    let (mut events, mut looked, mut last) = (Vec::new(), 0, None);
    while events.len() < limit && looked < MOST {
        let Some(Reverse((at, name, place, end))) = next.pop() else {
            break;
        };
        looked += 1;
        last = Some(format!("{at}/{place}/{name}"));
        let Some(writer) = writers.get(name) else {
            continue;
        };
        let message = writer.line(place).message;
        if pattern.fits(&message) {
            events.push(json!({
                "logStreamName": name,
                "timestamp": at,
                "message": message,
                "ingestionTime": at + 500,
                "eventId": format!("{:056}", u128::from(at.unsigned_abs()) << 32 | place as u128),
            }));
        }
        if place + 1 < end {
            next.push(Reverse((writer.line(place + 1).at, name, place + 1, end)));
        }
    }
    let more = !next.is_empty();
    let mut answer = json!({"events": events, "searchedLogStreams": []});
    put(&mut answer, "nextToken", last.filter(|_| more));
    Ok(answer)
}

/// Where a page of FilterLogEvents ended: time, stream and place.
fn mark(text: &str) -> Result<(i64, String, usize), Refusal> {
    let mut parts = text.splitn(3, '/');
    let mut read = || {
        let at = parts.next()?.parse().ok()?;
        let place = parts.next()?.parse().ok()?;
        Some((at, parts.next()?.to_owned(), place))
    };
    read().ok_or_else(|| Refusal::invalid("The specified nextToken is invalid."))
}
