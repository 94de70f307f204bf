//! What a caller may ask of Application Auto Scaling.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Activity, Target, invalid, policies, scheduled};
use crate::arn::ACCOUNT;
use crate::ask::{Ask, put, seconds};
use crate::neighbours::pages::Pages;
use crate::operations::{Operation, change, read};
use crate::refusal::{Refusal, Reply};
use crate::world::World;

/// What is built of Application Auto Scaling.
pub(crate) const BUILT: [Operation; 10] = [
    change("DeleteScalingPolicy", policies::delete),
    change("DeleteScheduledAction", scheduled::delete),
    change("DeregisterScalableTarget", deregister),
    read("DescribeScalableTargets", targets),
    read("DescribeScalingActivities", activities),
    read("DescribeScalingPolicies", policies::describe),
    read("DescribeScheduledActions", scheduled::describe),
    change("PutScalingPolicy", policies::put_policy),
    change("PutScheduledAction", scheduled::put_action),
    change("RegisterScalableTarget", register),
];

pub(super) const NAMESPACE: &str = "ecs";
const DIMENSION: &str = "ecs:service:DesiredCount";

pub(super) const PAGES: Pages = Pages {
    size: ("MaxResults", 50),
    token: ("NextToken", "NextToken"),
    refusal: "InvalidNextTokenException",
};

pub(super) fn in_namespace(ask: Ask<'_>) -> Result<(), Refusal> {
    match ask.text("ServiceNamespace")? {
        Some(NAMESPACE) => Ok(()),
        _ => Err(invalid("The sandbox scales ECS services only.")),
    }
}

/// The resource of a request that changes something.
pub(super) fn resource<'a>(ask: Ask<'a>) -> Result<&'a str, Refusal> {
    in_namespace(ask)?;
    if ask.text("ScalableDimension")? != Some(DIMENSION) {
        return Err(invalid("Unsupported scalable dimension for the service namespace ecs."));
    }
    let id = ask.text("ResourceId")?.unwrap_or_default();
    let fits = id.strip_prefix("service/").is_some_and(|key| key.matches('/').count() == 1);
    if fits { Ok(id) } else { Err(invalid(format!("Unsupported resource id: {id}"))) }
}

pub(super) fn missing(id: &str) -> Refusal {
    let sentence = format!(
        "No scalable target found for service namespace: {NAMESPACE}, resource ID: {id}, scalable dimension: {DIMENSION}"
    );
    Refusal::new("ObjectNotFoundException", sentence)
}

fn arn(world: &World, id: &str) -> String {
    let (region, digest) = (&world.place.region, crate::ids::digest(id));
    format!("arn:aws:application-autoscaling:{region}:{ACCOUNT}:scalable-target/{digest:016x}")
}

fn register(world: &mut World, ask: Ask<'_>) -> Reply {
    let id = resource(ask)?.to_owned();
    let before = world.scaling.get(&id);
    let bound = |name: &str, old: Option<i64>| {
        let given = ask.whole(name)?.or(old);
        let given = given.ok_or_else(|| invalid(format!("{name} must be set for a new target")))?;
        let fits = (0..=i64::from(i32::MAX)).contains(&given);
        if fits { Ok(given) } else { Err(invalid(format!("{name} must be zero or more"))) }
    };
    let min = bound("MinCapacity", before.map(|target| target.min))?;
    let max = bound("MaxCapacity", before.map(|target| target.max))?;
    if min > max {
        return Err(invalid("Maximum capacity cannot be less than minimum capacity"));
    }
    let key = id.strip_prefix("service/").unwrap_or_default();
    if !world.services.contains_key(key) {
        return Err(invalid(format!("ECS service doesn't exist: {id}")));
    }
    let role = ask.text("RoleARN")?.map(str::to_owned);
    let created_at = world.now;
    let target = world.scaling.entry(id.clone()).or_insert_with(|| Target {
        min,
        max,
        created_at,
        role: None,
        policies: BTreeMap::new(),
        scheduled: BTreeMap::new(),
        activities: Vec::new(),
        moved_at: None,
        moved_down: false,
        look_at: None,
    });
    (target.min, target.max) = (min, max);
    target.role = role.or(target.role.take());
    Ok(json!({"ScalableTargetARN": arn(world, &id)}))
}

fn deregister(world: &mut World, ask: Ask<'_>) -> Reply {
    let id = resource(ask)?;
    world.scaling.remove(id).map(|_| json!({})).ok_or_else(|| missing(id))
}

/// The members by which every view names its resource.
pub(super) fn named(id: &str) -> Value {
    json!({"ServiceNamespace": NAMESPACE, "ResourceId": id, "ScalableDimension": DIMENSION})
}

pub(super) fn with(mut view: Value, more: Value) -> Value {
    for (name, value) in more.as_object().into_iter().flatten() {
        put(&mut view, name, Some(value.clone()));
    }
    view
}

fn targets(world: &mut World, ask: Ask<'_>) -> Reply {
    in_namespace(ask)?;
    let wanted = ask.texts("ResourceIds")?;
    let own = format!(
        "arn:aws:iam::{ACCOUNT}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService"
    );
    let chosen =
        world.scaling.iter().filter(|(id, _)| wanted.is_empty() || wanted.contains(&id.as_str()));
    let shown = chosen.map(|(id, target)| {
        let more = json!({
            "ScalableTargetARN": arn(world, id),
            "MinCapacity": target.min,
            "MaxCapacity": target.max,
            "RoleARN": target.role.as_ref().unwrap_or(&own),
            "CreationTime": seconds(target.created_at),
        });
        (id.clone(), with(named(id), more))
    });
    PAGES.answer(ask, "ScalableTargets", shown)
}

/// Newest first.
fn activities(world: &mut World, ask: Ask<'_>) -> Reply {
    in_namespace(ask)?;
    let only = ask.text("ResourceId")?;
    let chosen = world.scaling.iter().filter(|(id, _)| only.is_none_or(|only| only == *id));
    let mut all: Vec<(&String, &Activity)> = chosen
        .flat_map(|(id, target)| target.activities.iter().map(move |one| (id, one)))
        .collect();
    all.sort_by_key(|(_, activity)| std::cmp::Reverse(activity.at));
    let shown = all.into_iter().enumerate().map(|(place, (id, activity))| {
        let more = json!({
            "ActivityId": activity.id,
            "Description": activity.what,
            "Cause": activity.cause,
            "StartTime": seconds(activity.at),
            "EndTime": seconds(activity.at + 1_000),
            "StatusCode": "Successful",
            "StatusMessage": activity.done,
        });
        (format!("{place:08}"), with(named(id), more))
    });
    PAGES.answer(ask, "ScalingActivities", shown)
}
