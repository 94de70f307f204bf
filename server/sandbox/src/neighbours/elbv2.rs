//! Elastic Load Balancing: the target groups that services name, each behind a
//! load balancer with one listener. The targets are the services' tasks.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::pages::Pages;
use crate::arn::ACCOUNT;
use crate::ask::Ask;
use crate::ids::digest;
use crate::operations::{Operation, read};
use crate::refusal::{Refusal, Reply};
use crate::tasks::model::{Phase, Task};
use crate::world::World;

/// What is built of Elastic Load Balancing.
pub(crate) const BUILT: [Operation; 4] = [
    read("DescribeListeners", listeners),
    read("DescribeLoadBalancers", load_balancers),
    read("DescribeTargetGroups", target_groups),
    read("DescribeTargetHealth", health),
];

const PAGES: Pages =
    Pages { size: ("PageSize", 400), token: ("Marker", "NextMarker"), refusal: "ValidationError" };

/// How long a target that never answers counts as new: three checks, ten seconds apart.
const JUDGED_AFTER_MS: i64 = 30_000;

/// A target group, and all that hangs on it.
struct Group {
    name: String,
    arn: String,
    port: i64,
}

fn groups(world: &World) -> Vec<Group> {
    let mut found = BTreeMap::new();
    for service in world.services.values() {
        let balancers = service.settings.get("loadBalancers").and_then(Value::as_array);
        for one in balancers.into_iter().flatten() {
            let port = one.get("containerPort").and_then(Value::as_i64).unwrap_or(80);
            for at in ["/targetGroupArn", "/advancedConfiguration/alternateTargetGroupArn"] {
                let Some(arn) = one.pointer(at).and_then(Value::as_str) else {
                    continue;
                };
                let name = arn.rsplit('/').nth(1).unwrap_or(arn).to_owned();
                found.insert(arn.to_owned(), Group { name, arn: arn.to_owned(), port });
            }
        }
    }
    found.into_values().collect()
}

impl Group {
    fn balancer(&self, world: &World) -> String {
        self.balancers_own(world, "loadbalancer")
    }

    fn listener(&self, world: &World) -> String {
        let own = self.balancers_own(world, "listener");
        format!("{own}/{:016x}", digest(&format!("listener {}", self.arn)))
    }

    fn balancers_own(&self, world: &World, kind: &str) -> String {
        let (region, id) = (&world.place.region, digest(&self.arn));
        let name = &self.name;
        format!("arn:aws:elasticloadbalancing:{region}:{ACCOUNT}:{kind}/app/{name}/{id:016x}")
    }
}

/// Those of a list that a request names; an empty list means all.
fn chosen(ask: Ask<'_>, member: &str, arn: &str) -> Result<bool, Refusal> {
    let wanted = ask.texts(member)?;
    Ok(wanted.is_empty() || wanted.contains(&arn))
}

/// Answers a list, or the refusal for an ARN in it that is nobody's.
fn answer(
    ask: Ask<'_>,
    asked: &str,
    missing: (&'static str, &str),
    member: &str,
    shown: BTreeMap<String, Value>,
) -> Reply {
    if shown.is_empty() && !ask.texts(asked)?.is_empty() {
        return Err(Refusal::new(missing.0, missing.1));
    }
    PAGES.answer(ask, member, shown.into_iter())
}

fn target_groups(world: &mut World, ask: Ask<'_>) -> Reply {
    let names = ask.texts("Names")?;
    let balancer = ask.text("LoadBalancerArn")?;
    let mut shown = BTreeMap::new();
    for group in groups(world) {
        let own = group.balancer(world);
        if !chosen(ask, "TargetGroupArns", &group.arn)?
            || !(names.is_empty() || names.contains(&group.name.as_str()))
            || balancer.is_some_and(|arn| arn != own)
        {
            continue;
        }
        let document = json!({
            "TargetGroupArn": group.arn,
            "TargetGroupName": group.name,
            "Protocol": "HTTP",
            "ProtocolVersion": "HTTP1",
            "Port": group.port,
            "VpcId": "vpc-0a11ce00000000001",
            "HealthCheckEnabled": true,
            "HealthCheckProtocol": "HTTP",
            "HealthCheckPort": "traffic-port",
            "HealthCheckPath": "/",
            "HealthCheckIntervalSeconds": 10,
            "HealthCheckTimeoutSeconds": 5,
            "HealthyThresholdCount": 3,
            "UnhealthyThresholdCount": 3,
            "Matcher": {"HttpCode": "200"},
            "LoadBalancerArns": [own],
            "TargetType": "ip",
            "IpAddressType": "ipv4",
        });
        shown.insert(group.arn.clone(), document);
    }
    let missing = ("TargetGroupNotFound", "One or more target groups not found");
    answer(ask, "TargetGroupArns", missing, "TargetGroups", shown)
}

fn load_balancers(world: &mut World, ask: Ask<'_>) -> Reply {
    let names = ask.texts("Names")?;
    let mut shown = BTreeMap::new();
    for group in groups(world) {
        let arn = group.balancer(world);
        let named = names.is_empty() || names.contains(&group.name.as_str());
        if !named || !chosen(ask, "LoadBalancerArns", &arn)? {
            continue;
        }
        let host = format!("{}-{:08x}", group.name, digest(&arn) & 0xffff_ffff);
        let document = json!({
            "LoadBalancerArn": arn,
            "LoadBalancerName": group.name,
            "DNSName": format!("{host}.{}.elb.amazonaws.com", world.place.region),
            "CreatedTime": "2025-01-01T00:00:00Z",
            "Scheme": "internet-facing",
            "VpcId": "vpc-0a11ce00000000001",
            "State": {"Code": "active"},
            "Type": "application",
            "IpAddressType": "ipv4",
        });
        shown.insert(arn, document);
    }
    let missing = ("LoadBalancerNotFound", "One or more load balancers not found");
    answer(ask, "LoadBalancerArns", missing, "LoadBalancers", shown)
}

fn listeners(world: &mut World, ask: Ask<'_>) -> Reply {
    let balancer = ask.text("LoadBalancerArn")?;
    let mut shown = BTreeMap::new();
    for group in groups(world) {
        let (arn, own) = (group.listener(world), group.balancer(world));
        if balancer.is_some_and(|wanted| wanted != own) || !chosen(ask, "ListenerArns", &arn)? {
            continue;
        }
        let document = json!({
            "ListenerArn": arn,
            "LoadBalancerArn": own,
            "Port": 80,
            "Protocol": "HTTP",
            "DefaultActions": [{"Type": "forward", "TargetGroupArn": group.arn}],
        });
        shown.insert(arn, document);
    }
    let missing = ("ListenerNotFound", "One or more listeners not found");
    answer(ask, "ListenerArns", missing, "Listeners", shown)
}

fn health(world: &mut World, ask: Ask<'_>) -> Reply {
    let wanted = ask.text("TargetGroupArn")?.unwrap_or_default();
    let group = groups(world).into_iter().find(|group| group.arn == wanted).ok_or_else(|| {
        Refusal::new("TargetGroupNotFound", "One or more target groups not found")
    })?;
    let registered = world.tasks.values().filter(|task| task.target_groups.contains(&group.arn));
    let shown = registered.filter_map(|task| {
        let health = state(task, world.now)?;
        let id = match &task.interface {
            Some(interface) => interface.address.clone(),
            None => world.instances.get(task.instance.as_ref()?)?.ec2_id.clone(),
        };
        Some(json!({
            "Target": {"Id": id, "Port": group.port, "AvailabilityZone": task.zone},
            "HealthCheckPort": group.port.to_string(),
            "TargetHealth": health,
        }))
    });
    Ok(json!({"TargetHealthDescriptions": shown.collect::<Vec<Value>>()}))
}

/// A task's health as a target; none while it is not registered.
fn state(task: &Task, now: i64) -> Option<Value> {
    let told = |state: &str, reason: &str, sentence: &str| {
        Some(json!({"State": state, "Reason": reason, "Description": sentence}))
    };
    let since = task.at.started.unwrap_or(now);
    let never = || task.containers.iter().any(|one| one.behaviour.healthy_after().is_none());
    match task.phase {
        Phase::Deactivating => told(
            "draining",
            "Target.DeregistrationInProgress",
            "Target deregistration is in progress",
        ),
        Phase::Running if task.ready => Some(json!({"State": "healthy"})),
        Phase::Running if never() && now - since >= JUDGED_AFTER_MS => {
            told("unhealthy", "Target.FailedHealthChecks", "Health checks failed")
        }
        Phase::Activating | Phase::Running => {
            told("initial", "Elb.InitialHealthChecking", "Initial health checks in progress")
        }
        _ => None,
    }
}
