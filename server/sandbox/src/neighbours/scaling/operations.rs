//! What a caller may ask of Application Auto Scaling.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::tracking::PACE_MS;
use super::{Activity, Policy, Target};
use crate::arn::ACCOUNT;
use crate::ask::{Ask, put, seconds};
use crate::neighbours::pages::Pages;
use crate::operations::{Operation, change, read};
use crate::queue::Effect;
use crate::refusal::{Refusal, Reply};
use crate::world::World;

/// What is built of Application Auto Scaling.
pub(crate) const BUILT: [Operation; 7] = [
    change("DeleteScalingPolicy", delete_policy),
    change("DeregisterScalableTarget", deregister),
    read("DescribeScalableTargets", targets),
    read("DescribeScalingActivities", activities),
    read("DescribeScalingPolicies", policies),
    change("PutScalingPolicy", put_policy),
    change("RegisterScalableTarget", register),
];

const NAMESPACE: &str = "ecs";
const DIMENSION: &str = "ecs:service:DesiredCount";
const METRICS: [&str; 2] =
    ["ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization"];

const PAGES: Pages = Pages {
    size: ("MaxResults", 50),
    token: ("NextToken", "NextToken"),
    refusal: "InvalidNextTokenException",
};

fn invalid(sentence: impl Into<String>) -> Refusal {
    Refusal::new("ValidationException", sentence)
}

fn in_namespace(ask: Ask<'_>) -> Result<(), Refusal> {
    match ask.text("ServiceNamespace")? {
        Some(NAMESPACE) => Ok(()),
        _ => Err(invalid("The sandbox scales ECS services only.")),
    }
}

/// The resource of a request that changes something.
fn resource<'a>(ask: Ask<'a>) -> Result<&'a str, Refusal> {
    in_namespace(ask)?;
    if ask.text("ScalableDimension")? != Some(DIMENSION) {
        return Err(invalid("Unsupported scalable dimension for the service namespace ecs."));
    }
    let id = ask.text("ResourceId")?.unwrap_or_default();
    let fits = id.strip_prefix("service/").is_some_and(|key| key.matches('/').count() == 1);
    if fits { Ok(id) } else { Err(invalid(format!("Unsupported resource id: {id}"))) }
}

fn missing(id: &str) -> Refusal {
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
        activities: Vec::new(),
        moved_at: None,
        watched: false,
    });
    (target.min, target.max) = (min, max);
    target.role = role.or(target.role.take());
    Ok(json!({"ScalableTargetARN": arn(world, &id)}))
}

fn deregister(world: &mut World, ask: Ask<'_>) -> Reply {
    let id = resource(ask)?;
    world.scaling.remove(id).map(|_| json!({})).ok_or_else(|| missing(id))
}

fn put_policy(world: &mut World, ask: Ask<'_>) -> Reply {
    let id = resource(ask)?.to_owned();
    let name = ask.text("PolicyName")?.filter(|name| !name.is_empty() && name.len() <= 256);
    let name = name.ok_or_else(|| invalid("PolicyName must be set"))?.to_owned();
    if !world.scaling.contains_key(&id) {
        return Err(missing(&id));
    }
    let configuration = ask.object("TargetTrackingScalingPolicyConfiguration")?;
    let Some(configuration) = configuration else {
        return Err(invalid("The sandbox knows policies of the type TargetTrackingScaling only."));
    };
    let goal = configuration.get("TargetValue").and_then(Value::as_f64);
    if goal.is_none_or(|goal| goal <= 0.0) {
        return Err(invalid("TargetValue must be greater than zero"));
    }
    let metric = configuration.object("PredefinedMetricSpecification")?;
    let metric = metric.map_or(Ok(None), |metric| metric.text("PredefinedMetricType"))?;
    if !metric.is_some_and(|metric| METRICS.contains(&metric)) {
        return Err(invalid("The sandbox tracks the average CPU and memory of services only."));
    }
    for cooldown in ["ScaleInCooldown", "ScaleOutCooldown"] {
        if configuration.whole(cooldown)?.is_some_and(|seconds| seconds < 0) {
            return Err(invalid(format!("{cooldown} must be zero or more")));
        }
    }
    let made = format!(
        "arn:aws:autoscaling:{}:{ACCOUNT}:scalingPolicy:{}:resource/{NAMESPACE}/{id}:policyName/{name}",
        world.place.region,
        world.ids.uuid()
    );
    let created_at = world.now;
    let document = configuration.0.clone();
    let Some(target) = world.scaling.get_mut(&id) else {
        return Err(missing(&id));
    };
    let policy = target.policies.entry(name).or_insert_with(|| Policy {
        arn: made,
        created_at,
        configuration: Value::Null,
    });
    policy.configuration = document;
    let answer = json!({"PolicyARN": policy.arn, "Alarms": []});
    if !std::mem::replace(&mut target.watched, true) {
        world.plan(PACE_MS, Effect::Scale { resource: id });
    }
    Ok(answer)
}

fn delete_policy(world: &mut World, ask: Ask<'_>) -> Reply {
    let id = resource(ask)?;
    let name = ask.text("PolicyName")?.unwrap_or_default();
    let removed = world.scaling.get_mut(id).and_then(|target| target.policies.remove(name));
    removed.map(|_| json!({})).ok_or_else(|| {
        let sentence =
            format!("No scaling policy found for resource ID: {id}, policy name: {name}");
        Refusal::new("ObjectNotFoundException", sentence)
    })
}

/// The members by which every view names its resource.
fn named(id: &str) -> Value {
    json!({"ServiceNamespace": NAMESPACE, "ResourceId": id, "ScalableDimension": DIMENSION})
}

fn with(mut view: Value, more: Value) -> Value {
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

fn policies(world: &mut World, ask: Ask<'_>) -> Reply {
    in_namespace(ask)?;
    let (only, names) = (ask.text("ResourceId")?, ask.texts("PolicyNames")?);
    let mut shown = BTreeMap::new();
    for (id, target) in world.scaling.iter().filter(|(id, _)| only.is_none_or(|only| only == *id)) {
        for (name, policy) in &target.policies {
            if !names.is_empty() && !names.contains(&name.as_str()) {
                continue;
            }
            let more = json!({
                "PolicyARN": policy.arn,
                "PolicyName": name,
                "PolicyType": "TargetTrackingScaling",
                "TargetTrackingScalingPolicyConfiguration": policy.configuration,
                "Alarms": [],
                "CreationTime": seconds(policy.created_at),
            });
            shown.insert(format!("{id} {name}"), with(named(id), more));
        }
    }
    PAGES.answer(ask, "ScalingPolicies", shown.into_iter())
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
            "Description": format!("Setting desired count to {}.", activity.count),
            "Cause": activity.cause,
            "StartTime": seconds(activity.at),
            "EndTime": seconds(activity.at + 1_000),
            "StatusCode": "Successful",
            "StatusMessage": format!("Successfully set desired count to {}. Change successfully fulfilled by ecs.", activity.count),
        });
        (format!("{place:08}"), with(named(id), more))
    });
    PAGES.answer(ask, "ScalingActivities", shown)
}
