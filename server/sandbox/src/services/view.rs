//! A service as DescribeServices shows it.

use serde_json::{Value, json};

use super::model::{Event, Service, settings_fargate};
use crate::arn::CALLER;
use crate::ask::{put, seconds};
use crate::deployments::{self, Deployment};
use crate::task_sets;
use crate::tasks::launch::resolved;
use crate::tasks::model::Task;
use crate::world::World;

/// The service of a key, or null.
pub(super) fn of(world: &World, key: &str, tags: bool) -> Value {
    let Some(service) = world.services.get(key) else {
        return Value::Null;
    };
    let live = || service.tasks.iter().filter_map(|id| world.tasks.get(id));
    let mut view = json!({
        "serviceArn": world.place.service(key),
        "serviceName": service.name,
        "clusterArn": world.place.cluster(&service.cluster),
        "status": service.standing.word(),
        "desiredCount": service.target(world),
        "runningCount": live().filter(|task| task.is_running()).count(),
        "pendingCount": live().filter(|task| task.is_pending()).count(),
        "schedulingStrategy": if service.daemon { "DAEMON" } else { "REPLICA" },
        "createdAt": seconds(service.created_at),
        "createdBy": CALLER,
        "enableECSManagedTags": false,
        "enableExecuteCommand": false,
        "propagateTags": "NONE",
        "deploymentController": {"type": "ECS"},
        "loadBalancers": [],
        "serviceRegistries": [],
        "placementConstraints": [],
        "placementStrategy": [],
        "events": service.events.iter().map(event).collect::<Vec<_>>(),
        "tags": if tags { service.tags.clone() } else { Vec::new() },
    });
    settings(service, &mut view);
    put(&mut view, "deploymentConfiguration", Some(configuration(service)));
    if task_sets::has(service) {
        put(&mut view, "taskSets", Some(task_sets::views(world, service, tags)));
        put(&mut view, "deployments", Some(json!([])));
        let primary = service.task_sets.iter().find(|set| set.primary);
        let item = primary.and_then(|set| service.deployments.iter().find(|it| it.id == set.id));
        put(&mut view, "taskDefinition", item.map(|item| item.definition_arn.clone()));
        return view;
    }
    let all = service.deployments.iter().enumerate();
    let all: Vec<Value> = all.map(|(at, item)| deployment(world, service, at, item)).collect();
    put(&mut view, "deployments", Some(all));
    if let Some(primary) = service.primary() {
        put(&mut view, "taskDefinition", Some(primary.definition_arn.clone()));
        current(world, service, &mut view);
    }
    view
}

fn settings(service: &Service, view: &mut Value) {
    for (name, value) in service.settings.as_object().into_iter().flatten() {
        // Service Connect, volumes and monitoring belong to deployments and revisions.
        let elsewhere = [
            "serviceConnectConfiguration",
            "volumeConfigurations",
            "vpcLatticeConfigurations",
            "monitoring",
            "gatewayConnectors",
        ];
        if !elsewhere.contains(&name.as_str()) {
            put(view, name, Some(value.clone()));
        }
    }
    // R213.
    let balanced = view.get("loadBalancers").is_some_and(|list| *list != json!([]));
    if balanced && view.get("healthCheckGracePeriodSeconds").is_none() {
        put(view, "healthCheckGracePeriodSeconds", Some(0));
    }
    platform(&service.settings, view);
}

fn platform(settings: &Value, view: &mut Value) {
    if settings_fargate(settings) {
        let version = settings.get("platformVersion").and_then(Value::as_str);
        put(view, "platformVersion", Some(version.unwrap_or("LATEST")));
        put(view, "platformFamily", Some("Linux"));
    }
}

/// What a deployment or a revision shows of its platform: the version that was meant.
pub(crate) fn put_platform(view: &mut Value, settings: &Value) {
    if settings_fargate(settings) {
        let version = settings.get("platformVersion").and_then(Value::as_str);
        put(view, "platformVersion", Some(resolved(version)));
        put(view, "platformFamily", Some("Linux"));
    }
}

/// The deployment configuration with AWS's defaults.
fn configuration(service: &Service) -> Value {
    let mut all = json!({
        "deploymentCircuitBreaker": {"enable": false, "rollback": false},
        "maximumPercent": service.percent("maximumPercent"),
        "minimumHealthyPercent": service.percent("minimumHealthyPercent"),
        "strategy": "ROLLING",
        "bakeTimeInMinutes": 0,
    });
    let given = service.settings.get("deploymentConfiguration");
    let (member, default) = match given.map(deployments::strategy) {
        Some("LINEAR") => {
            ("linearConfiguration", json!({"stepPercent": 10.0, "stepBakeTimeInMinutes": 6}))
        }
        Some("CANARY") => {
            ("canaryConfiguration", json!({"canaryPercent": 5.0, "canaryBakeTimeInMinutes": 10}))
        }
        _ => ("", Value::Null),
    };
    for (name, value) in given.and_then(Value::as_object).into_iter().flatten() {
        put(&mut all, name, Some(value.clone()));
    }
    // R238.
    if let Some(breaker) = all.get_mut("deploymentCircuitBreaker")
        && breaker.get("resetOnHealthyTask").is_none_or(Value::is_null)
    {
        put(breaker, "resetOnHealthyTask", Some(true));
    }
    // R242 to R245.
    if let Some(mut whole) = default.as_object().cloned() {
        let given = all.get(member).and_then(Value::as_object).cloned();
        whole.extend(given.into_iter().flatten().filter(|(_, value)| !value.is_null()));
        put(&mut all, member, Some(Value::Object(whole)));
    }
    all
}

fn event(event: &Event) -> Value {
    json!({"id": event.id, "createdAt": seconds(event.at), "message": event.message})
}

fn deployment(world: &World, service: &Service, at: usize, item: &Deployment) -> Value {
    let mine = |task: &&Task| task.owner.as_ref().is_some_and(|owner| owner.deployment == item.id);
    let tasks = || service.tasks.iter().filter_map(|id| world.tasks.get(id)).filter(mine);
    let desired = if at == 0 {
        service.target(world)
    } else {
        // An older deployment wants what it still has.
        u32::try_from(tasks().filter(|task| task.wanted).count()).unwrap_or(u32::MAX)
    };
    let mut view = json!({
        "id": item.id,
        "status": if at == 0 { "PRIMARY" } else { "ACTIVE" },
        "taskDefinition": item.definition_arn,
        "desiredCount": desired,
        "pendingCount": tasks().filter(|task| task.is_pending()).count(),
        "runningCount": tasks().filter(|task| task.is_running()).count(),
        "failedTasks": item.failed_tasks,
        "createdAt": seconds(item.created_at),
        "updatedAt": seconds(item.updated_at),
        "rolloutState": item.rollout.word(),
        "rolloutStateReason": item.reason,
    });
    for name in [
        "capacityProviderStrategy",
        "launchType",
        "networkConfiguration",
        "serviceConnectConfiguration",
        "volumeConfigurations",
        "vpcLatticeConfigurations",
    ] {
        put(&mut view, name, item.settings.get(name).cloned());
    }
    put_platform(&mut view, &item.settings);
    view
}

/// The running deployment and the revisions that have tasks.
fn current(world: &World, service: &Service, view: &mut Value) {
    let key = service.key();
    if let Some(newest) = service.history.front().filter(|item| !item.status.is_final()) {
        let arn = world.place.ecs(&format!("service-deployment/{key}/{}", newest.id));
        put(view, "currentServiceDeployment", Some(arn));
    }
    let revisions = service.deployments.iter().enumerate().map(|(at, item)| {
        let counts = deployments::counts(world, service, &item.id);
        let mut view = json!({
            "arn": world.place.ecs(&format!("service-revision/{key}/{}", item.revision)),
            "requestedTaskCount": if at == 0 { service.target(world) } else { counts.wanted },
            "runningTaskCount": counts.running,
            "pendingTaskCount": counts.pending,
        });
        deployments::put_weights(&mut view, item.traffic);
        view
    });
    put(view, "currentServiceRevisions", Some(revisions.collect::<Vec<_>>()));
}
