//! Service deployments: what was rolled out, and when.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::model::Service;
use super::update;
use crate::ask::{Ask, put, seconds};
use crate::deployments::{self, Stage, Traffic, Walk};
use crate::paging::Pages;
use crate::refusal::{Refusal, Reply};
use crate::rules;
use crate::world::World;

/// AWS keeps three months; fifty are enough to look at.
pub(crate) const KEPT: usize = 50;

/// How a service deployment stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Progress {
    /// Until the scheduler's first look.
    Pending,
    Running,
    StopRequested,
    RollbackRequested,
    Successful,
    Stopped,
    RollingBack,
    RolledBack,
    RollbackFailed,
}

impl Progress {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Running => "IN_PROGRESS",
            Self::StopRequested => "STOP_REQUESTED",
            Self::RollbackRequested => "ROLLBACK_REQUESTED",
            Self::Successful => "SUCCESSFUL",
            Self::Stopped => "STOPPED",
            Self::RollingBack => "ROLLBACK_IN_PROGRESS",
            Self::RolledBack => "ROLLBACK_SUCCESSFUL",
            Self::RollbackFailed => "ROLLBACK_FAILED",
        }
    }

    pub(crate) fn is_final(self) -> bool {
        matches!(self, Self::Successful | Self::Stopped | Self::RolledBack | Self::RollbackFailed)
    }
}

/// One rollout of a service, finished or not.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ServiceDeployment {
    pub(crate) id: String,
    pub(crate) created_at: i64,
    pub(crate) started_at: Option<i64>,
    pub(crate) updated_at: i64,
    pub(crate) finished_at: Option<i64>,
    pub(crate) stopped_at: Option<i64>,
    pub(crate) status: Progress,
    pub(crate) reason: Option<String>,
    /// Revisions whose tasks are replaced.
    pub(crate) sources: Vec<String>,
    pub(crate) target: String,
    /// When the rollback began, why, and to which revision.
    pub(crate) rollback: Option<(i64, String, String)>,
    pub(crate) failures: u32,
    pub(crate) threshold: u32,
    /// The circuit breaker has ended it.
    pub(crate) tripped: bool,
    /// The alarms that have ended it.
    pub(crate) triggered: Vec<String>,
    /// Through the lifecycle stages, under another strategy than ROLLING.
    pub(crate) walk: Option<Walk>,
    pub(crate) configuration: Value,
}

pub(super) fn arn(world: &World, kind: &str, service: &Service, id: &str) -> String {
    world.place.ecs(&format!("{kind}/{}/{id}", service.key()))
}

/// The service and the id behind `kind/cluster/service/id`.
pub(super) fn at<'w, 'a>(
    world: &'w World,
    kind: &str,
    arn: &'a str,
) -> Option<(&'w Service, &'a str)> {
    let resource = arn.splitn(6, ':').nth(5)?;
    let (key, id) = resource.strip_prefix(kind)?.strip_prefix('/')?.rsplit_once('/')?;
    Some((world.services.get(key)?, id))
}

/// Answers the things whose ARNs are asked for; `member` names them in the request, with `Arns`, and
/// in the answer, with `s`.
pub(super) fn described(
    world: &World,
    ask: Ask<'_>,
    kind: &str,
    member: &str,
    look_up: impl Fn(&Service, &str) -> Option<Value>,
) -> Reply {
    let mut found = Vec::new();
    let mut failures = Vec::new();
    for given in rules::arns(ask, &format!("{member}Arns"))? {
        match at(world, kind, given).and_then(|(service, id)| look_up(service, id)) {
            Some(item) => found.push(item),
            None => failures.push(json!({"arn": given, "reason": "MISSING"})),
        }
    }
    Ok(json!({format!("{member}s"): found, "failures": failures}))
}

/// ListServiceDeployments: newest first, twenty a page.
pub(crate) fn list(world: &mut World, ask: Ask<'_>) -> Reply {
    let key = update::named(world, ask)?;
    let statuses = ask.texts("status")?;
    let created = ask.object("createdAt")?;
    let limit = |name: &str| created.and_then(|range| range.get(name)).and_then(Value::as_f64);
    let (after, before) = (limit("after"), limit("before"));
    let Some(service) = world.services.get(&key) else {
        return Err(Refusal::no_service());
    };
    let items = service
        .history
        .iter()
        .filter(|item| statuses.is_empty() || statuses.contains(&item.status.word()))
        .filter(|item| after.is_none_or(|after| item.created_at as f64 / 1e3 > after))
        .filter(|item| before.is_none_or(|before| (item.created_at as f64 / 1e3) < before))
        .map(|item| {
            // Newest first: the key counts down.
            let key = format!("{:016}-{}", i64::MAX / 1024 - item.created_at, item.id);
            (key, brief(world, service, item))
        });
    Pages::new("ListServiceDeployments", 20, 100).answer(ask, "serviceDeployments", items)
}

fn brief(world: &World, service: &Service, item: &ServiceDeployment) -> Value {
    let mut view = json!({
        "serviceDeploymentArn": arn(world, "service-deployment", service, &item.id),
        "serviceArn": world.place.service(&service.key()),
        "clusterArn": world.place.cluster(&service.cluster),
        "createdAt": seconds(item.created_at),
        "targetServiceRevisionArn": arn(world, "service-revision", service, &item.target),
        "status": item.status.word(),
    });
    put(&mut view, "startedAt", item.started_at.map(seconds));
    put(&mut view, "finishedAt", item.finished_at.map(seconds));
    put(&mut view, "statusReason", item.reason.clone());
    view
}

/// DescribeServiceDeployments: at most twenty.
pub(crate) fn describe(world: &mut World, ask: Ask<'_>) -> Reply {
    described(world, ask, "service-deployment", "serviceDeployment", |service, id| {
        let item = service.history.iter().find(|item| item.id == id)?;
        Some(full(world, service, item))
    })
}

fn full(world: &World, service: &Service, item: &ServiceDeployment) -> Value {
    let mut view = brief(world, service, item);
    if let Some(map) = view.as_object_mut() {
        map.shift_remove("targetServiceRevisionArn");
    }
    let sources: Vec<Value> =
        item.sources.iter().map(|id| summary(world, service, item, id)).collect();
    put(&mut view, "sourceServiceRevisions", Some(sources));
    put(&mut view, "targetServiceRevision", Some(summary(world, service, item, &item.target)));
    if let Some(walk) = &item.walk {
        put(&mut view, "lifecycleStage", walk.stage.map(Stage::word));
        let hooks = walk.hooks_view();
        put(&mut view, "lifecycleHookDetails", Some(hooks).filter(|hooks| !hooks.is_empty()));
    }
    put(&mut view, "updatedAt", Some(seconds(item.updated_at)));
    put(&mut view, "stoppedAt", item.stopped_at.map(seconds));
    put(&mut view, "deploymentConfiguration", Some(item.configuration.clone()));
    let enabled =
        item.configuration.pointer("/deploymentCircuitBreaker/enable") == Some(&json!(true));
    let breaker = json!({
        "status": monitors(enabled, item.tripped, item.status),
        "failureCount": item.failures,
        "threshold": item.threshold,
    });
    put(&mut view, "deploymentCircuitBreaker", Some(breaker));
    if let Some(alarms) = item.configuration.get("alarms") {
        let enabled = alarms.get("enable") == Some(&json!(true));
        let alarms = json!({
            "status": monitors(enabled, !item.triggered.is_empty(), item.status),
            "alarmNames": alarms.get("alarmNames").cloned().unwrap_or_else(|| json!([])),
            "triggeredAlarmNames": item.triggered,
        });
        put(&mut view, "alarms", Some(alarms));
    }
    if let Some((at, reason, revision)) = &item.rollback {
        let rollback = json!({
            "reason": reason,
            "startedAt": seconds(*at),
            "serviceRevisionArn": arn(world, "service-revision", service, revision),
        });
        put(&mut view, "rollback", Some(rollback));
    }
    view
}

/// How what watches over a service deployment stands.
fn monitors(enabled: bool, triggered: bool, status: Progress) -> &'static str {
    match (enabled, triggered) {
        (false, _) => "DISABLED",
        (true, true) => "TRIGGERED",
        (true, false) if status.is_final() => "MONITORING_COMPLETE",
        (true, false) => "MONITORING",
    }
}

/// A revision's part in a service deployment.
fn summary(world: &World, service: &Service, item: &ServiceDeployment, revision: &str) -> Value {
    let primary = service.primary().is_some_and(|primary| primary.revision == revision);
    let deployment = service.deployments.iter().find(|item| item.revision == revision);
    let counts = deployment.map(|item| deployments::counts(world, service, &item.id));
    let counts = counts.unwrap_or_default();
    // A revision that is not rolled out any more asks for nothing; one that stays beside a newer
    // one until its traffic is shifted, for what it has.
    let beside = item.walk.as_ref().is_some_and(|walk| !walk.cleans_up());
    let requested = match (primary, beside && !item.status.is_final()) {
        (true, _) => service.target(world),
        (false, true) => counts.wanted,
        (false, false) => 0,
    };
    let mut view = json!({
        "arn": arn(world, "service-revision", service, revision),
        "requestedTaskCount": requested,
        "runningTaskCount": counts.running,
        "pendingTaskCount": counts.pending,
    });
    let walked = item.walk.as_ref().filter(|walk| walk.managed);
    let gone = walked.map(|_| Traffic::default());
    deployments::put_weights(&mut view, deployment.and_then(|item| item.traffic).or(gone));
    view
}
