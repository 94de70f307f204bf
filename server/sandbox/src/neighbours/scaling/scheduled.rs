//! Scheduled actions: at their time they set a target's bounds, and the count
//! moves into them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::operations::{PAGES, in_namespace, missing, named, resource, with};
use super::schedule::Schedule;
use super::{Activity, apply, bounded, invalid, record};
use crate::arn::ACCOUNT;
use crate::ask::{Ask, put, seconds};
use crate::queue::Effect;
use crate::refusal::{Refusal, Reply};
use crate::wire::time;
use crate::world::World;

/// A scheduled action of a target.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Scheduled {
    arn: String,
    created_at: i64,
    /// When it was put last: rates count from then.
    put_at: i64,
    /// As it was put.
    text: String,
    schedule: Schedule,
    from: Option<i64>,
    until: Option<i64>,
    min: Option<i64>,
    max: Option<i64>,
    /// The next run; an older one is void.
    next: Option<i64>,
}

/// PutScheduledAction: one that is there is changed.
pub(super) fn put_action(world: &mut World, ask: Ask<'_>) -> Reply {
    let id = resource(ask)?.to_owned();
    let name = ask.text("ScheduledActionName")?.unwrap_or_default().to_owned();
    if name.is_empty() || name.len() > 1_600 {
        return Err(invalid("ScheduledActionName must be set"));
    }
    let zone = ask.text("Timezone")?.unwrap_or("UTC");
    if !["UTC", "Etc/UTC"].contains(&zone) {
        return Err(invalid("The sandbox knows the time zone UTC only."));
    }
    let Some(target) = world.scaling.get(&id) else {
        return Err(missing(&id));
    };
    let before = target.scheduled.get(&name);
    let text = ask.text("Schedule")?.or(before.map(|one| one.text.as_str()));
    let text = text.ok_or_else(|| invalid("Schedule must be set"))?.to_owned();
    let schedule = Schedule::parse(&text)
        .ok_or_else(|| invalid(format!("Schedule is no at, rate or cron expression: {text}")))?;
    let action = ask.object("ScalableTargetAction")?;
    let bound = |member: &str| action.map_or(Ok(None), |action| action.whole(member));
    let (min, max) = (bound("MinCapacity")?, bound("MaxCapacity")?);
    let (min, max) = match (action, before) {
        (None, Some(before)) => (before.min, before.max),
        _ => (min, max),
    };
    let odd = |bound: Option<i64>| bound.is_some_and(|it| !(0..=i64::from(i32::MAX)).contains(&it));
    if odd(min) || odd(max) || min.is_none() && max.is_none() {
        return Err(invalid("ScalableTargetAction must set a capacity of zero or more"));
    }
    if min.zip(max).is_some_and(|(min, max)| min > max) {
        return Err(invalid("Maximum capacity cannot be less than minimum capacity"));
    }
    let moment = |member: &str| ask.get(member).and_then(time::read);
    let (from, until) = (moment("StartTime"), moment("EndTime"));
    let now = world.now;
    let next = schedule.next(now, from.unwrap_or(now));
    let next = next.filter(|next| until.is_none_or(|until| *next <= until));
    let (arn, created_at) = match before {
        Some(before) => (before.arn.clone(), before.created_at),
        None => (
            format!(
                "arn:aws:autoscaling:{}:{ACCOUNT}:scheduledAction:{}:resource/ecs/{id}:scheduledActionName/{name}",
                world.place.region,
                world.ids.uuid()
            ),
            now,
        ),
    };
    let made =
        Scheduled { arn, created_at, put_at: now, text, schedule, from, until, min, max, next };
    if let Some(target) = world.scaling.get_mut(&id) {
        target.scheduled.insert(name.clone(), made);
    }
    plan(world, id, name, next);
    Ok(json!({}))
}

fn plan(world: &mut World, resource: String, name: String, next: Option<i64>) {
    if let Some(next) = next {
        world.plan(next - world.now, Effect::Scheduled { resource, name });
    }
}

/// DeleteScheduledAction.
pub(super) fn delete(world: &mut World, ask: Ask<'_>) -> Reply {
    let id = resource(ask)?;
    let name = ask.text("ScheduledActionName")?.unwrap_or_default();
    let removed = world.scaling.get_mut(id).and_then(|target| target.scheduled.remove(name));
    removed.map(|_| json!({})).ok_or_else(|| {
        let sentence = format!("No scheduled action found for resource ID: {id}, name: {name}");
        Refusal::new("ObjectNotFoundException", sentence)
    })
}

/// DescribeScheduledActions.
pub(super) fn describe(world: &mut World, ask: Ask<'_>) -> Reply {
    in_namespace(ask)?;
    let (only, names) = (ask.text("ResourceId")?, ask.texts("ScheduledActionNames")?);
    let mut shown = BTreeMap::new();
    for (id, target) in world.scaling.iter().filter(|(id, _)| only.is_none_or(|only| only == *id)) {
        let chosen = target
            .scheduled
            .iter()
            .filter(|(name, _)| names.is_empty() || names.contains(&name.as_str()));
        for (name, action) in chosen {
            shown.insert(format!("{id} {name}"), view(id, name, action));
        }
    }
    PAGES.answer(ask, "ScheduledActions", shown.into_iter())
}

fn view(id: &str, name: &str, action: &Scheduled) -> Value {
    let mut bounds = json!({});
    put(&mut bounds, "MinCapacity", action.min);
    put(&mut bounds, "MaxCapacity", action.max);
    let mut more = json!({
        "ScheduledActionName": name,
        "ScheduledActionARN": action.arn,
        "Schedule": action.text,
        "ScalableTargetAction": bounds,
        "CreationTime": seconds(action.created_at),
    });
    put(&mut more, "StartTime", action.from.map(seconds));
    put(&mut more, "EndTime", action.until.map(seconds));
    with(named(id), more)
}

/// The time of a scheduled action has come.
pub(crate) fn run(world: &mut World, resource: &str, name: &str) {
    let now = world.now;
    let Some(target) = world.scaling.get_mut(resource) else {
        return;
    };
    let Some(action) = target.scheduled.get_mut(name).filter(|it| it.next == Some(now)) else {
        return;
    };
    let next = action.schedule.next(now, action.from.unwrap_or(action.put_at));
    action.next = next.filter(|next| action.until.is_none_or(|until| *next <= until));
    let next = action.next;
    // A bound that is not set gives way to the other.
    let min =
        action.min.unwrap_or_else(|| action.max.map_or(target.min, |max| target.min.min(max)));
    let max = action.max.unwrap_or(target.max).max(min);
    (target.min, target.max) = (min, max);
    let activity = Activity {
        id: world.ids.uuid(),
        at: now,
        what: format!("Setting min capacity to {min} and max capacity to {max}"),
        done: format!("Successfully set min capacity to {min} and max capacity to {max}"),
        cause: format!("scheduled action name {name} was triggered"),
    };
    record(world, resource, activity);
    let key = resource.strip_prefix("service/").unwrap_or_default().to_owned();
    if let Some((count, cause)) = bounded(world, &key, resource) {
        apply(world, &key, resource, count, cause);
    }
    plan(world, resource.to_owned(), name.to_owned(), next);
}
