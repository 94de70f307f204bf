//! Scaling policies: what a caller may say of them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::operations::{NAMESPACE, PAGES, in_namespace, missing, named, resource, with};
use super::tracking::PACE_MS;
use super::{Policy, invalid, steps};
use crate::arn::ACCOUNT;
use crate::ask::{Ask, seconds};
use crate::queue::Effect;
use crate::refusal::{Refusal, Reply};
use crate::world::World;

const METRICS: [&str; 2] =
    ["ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization"];

/// PutScalingPolicy: one that is there is changed.
pub(super) fn put_policy(world: &mut World, ask: Ask<'_>) -> Reply {
    let id = resource(ask)?.to_owned();
    let name = ask.text("PolicyName")?.filter(|name| !name.is_empty() && name.len() <= 256);
    let name = name.ok_or_else(|| invalid("PolicyName must be set"))?.to_owned();
    if !world.scaling.contains_key(&id) {
        return Err(missing(&id));
    }
    let steps = ask.object("StepScalingPolicyConfiguration")?;
    let tracking = ask.object("TargetTrackingScalingPolicyConfiguration")?;
    let configuration = match (steps, tracking) {
        (Some(steps), None) => {
            steps::check(steps)?;
            steps
        }
        (None, Some(tracking)) => {
            check_tracking(tracking)?;
            tracking
        }
        _ => return Err(invalid("The sandbox knows either step scaling or target tracking.")),
    };
    let is_steps = steps.is_some();
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
        steps: is_steps,
        configuration: Value::Null,
    });
    (policy.steps, policy.configuration) = (is_steps, document);
    let answer = json!({"PolicyARN": policy.arn, "Alarms": []});
    let due = created_at + PACE_MS;
    if target.look_at.is_none() {
        target.look_at = Some(due);
        world.plan(PACE_MS, Effect::Scale { resource: id });
    }
    Ok(answer)
}

/// DeleteScalingPolicy.
pub(super) fn delete(world: &mut World, ask: Ask<'_>) -> Reply {
    let id = resource(ask)?;
    let name = ask.text("PolicyName")?.unwrap_or_default();
    let removed = world.scaling.get_mut(id).and_then(|target| target.policies.remove(name));
    removed.map(|_| json!({})).ok_or_else(|| {
        let sentence =
            format!("No scaling policy found for resource ID: {id}, policy name: {name}");
        Refusal::new("ObjectNotFoundException", sentence)
    })
}

/// What a target tracking policy must say.
fn check_tracking(configuration: Ask<'_>) -> Result<(), Refusal> {
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
    Ok(())
}

/// DescribeScalingPolicies.
pub(super) fn describe(world: &mut World, ask: Ask<'_>) -> Reply {
    in_namespace(ask)?;
    let (only, names) = (ask.text("ResourceId")?, ask.texts("PolicyNames")?);
    let mut shown = BTreeMap::new();
    for (id, target) in world.scaling.iter().filter(|(id, _)| only.is_none_or(|only| only == *id)) {
        for (name, policy) in &target.policies {
            if !names.is_empty() && !names.contains(&name.as_str()) {
                continue;
            }
            let kind = if policy.steps { "StepScaling" } else { "TargetTrackingScaling" };
            let member = format!("{kind}PolicyConfiguration");
            let more = json!({
                "PolicyARN": policy.arn,
                "PolicyName": name,
                "PolicyType": kind,
                (member): policy.configuration,
                "Alarms": [],
                "CreationTime": seconds(policy.created_at),
            });
            shown.insert(format!("{id} {name}"), with(named(id), more));
        }
    }
    PAGES.answer(ask, "ScalingPolicies", shown.into_iter())
}
