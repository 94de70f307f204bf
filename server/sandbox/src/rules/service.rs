//! Rules about services.

use serde_json::Value;

use super::{
    Check, connect, deployment, ebs, is_name, is_within, monitoring, number, one_of, placement,
    rebalancing, run_task, strategy, tags, traffic,
};
use crate::ask::Ask;
use crate::refusal::Refusal;
use crate::task_definitions::TaskDefinition;

/// What CreateService refuses without knowing the task definition.
pub(crate) fn check_create(ask: Ask<'_>) -> Check {
    r184_name(ask)?;
    r187_token(ask)?;
    strategy::check_choice(ask)?;
    let scheduling = ask.text("schedulingStrategy")?.unwrap_or("REPLICA");
    one_of("schedulingStrategy", scheduling, &["REPLICA", "DAEMON"])?;
    r186_count(ask, scheduling)?;
    r185_external(ask, scheduling)?;
    r203_r206_daemon(ask, scheduling)?;
    tags::check(ask.list("tags")?)?;
    common(ask)?;
    traffic::r207_role(ask, is_external(ask))?;
    check_whole(ask, scheduling == "DAEMON")
}

/// What the members must be together, as CreateService has them or UpdateService leaves them.
pub(crate) fn check_whole(settings: Ask<'_>, daemon: bool) -> Check {
    rebalancing::check(settings, daemon)?;
    deployment::check_whole(settings, daemon)
}

/// Whether the deployment controller is EXTERNAL: what runs is said by task sets.
pub(crate) fn is_external(ask: Ask<'_>) -> bool {
    ask.0.pointer("/deploymentController/type").and_then(Value::as_str) == Some("EXTERNAL")
}

/// R185 and R203: what a service with task sets does not say itself.
fn r185_external(ask: Ask<'_>, scheduling: &str) -> Check {
    if !is_external(ask) {
        return Ok(());
    }
    if scheduling == "DAEMON" {
        return Err(Refusal::invalid(
            "The daemon scheduling strategy is not supported with an EXTERNAL deployment controller.",
        ));
    }
    external_members(ask)
}

/// The members that belong to task sets instead.
pub(crate) fn external_members(ask: Ask<'_>) -> Check {
    for member in [
        "taskDefinition",
        "launchType",
        "capacityProviderStrategy",
        "platformVersion",
        "networkConfiguration",
        "loadBalancers",
        "serviceRegistries",
    ] {
        if ask.has(member) {
            return Err(Refusal::invalid(format!(
                "{member} can't be specified for a service with an EXTERNAL deployment controller; specify it for a task set."
            )));
        }
    }
    Ok(())
}

/// What UpdateService refuses without knowing the task definition.
pub(crate) fn check_update(ask: Ask<'_>) -> Check {
    strategy::check(ask.list("capacityProviderStrategy")?)?;
    r186_range(ask.whole("desiredCount")?)?;
    common(ask)
}

fn common(ask: Ask<'_>) -> Check {
    placement::check(ask)?;
    traffic::check(ask)?;
    connect::check(ask)?;
    ebs::check(ask)?;
    monitoring::check(ask)?;
    r230_controller(ask)?;
    deployment::check(ask)?;
    if let Some(word) = ask.text("propagateTags")? {
        one_of("propagateTags", word, &["TASK_DEFINITION", "SERVICE", "NONE"])?;
    }
    if let Some(word) = ask.text("availabilityZoneRebalancing")? {
        one_of("availabilityZoneRebalancing", word, &["ENABLED", "DISABLED"])?;
    }
    is_within(ask, "healthCheckGracePeriodSeconds", 0, 2_147_483_647)
}

fn r184_name(ask: Ask<'_>) -> Check {
    let name = ask.text("serviceName")?.unwrap_or_default();
    if name.is_empty() {
        return Err(Refusal::invalid("Service name cannot be empty."));
    }
    if is_name(name, 255) {
        return Ok(());
    }
    Err(Refusal::invalid(
        "Invalid service name. Service names can have at most 255 letters (uppercase and lowercase), numbers, underscores, and hyphens.",
    ))
}

fn r186_count(ask: Ask<'_>, scheduling: &str) -> Check {
    let count = ask.whole("desiredCount")?;
    if count.is_none() && scheduling == "REPLICA" {
        return Err(Refusal::invalid(
            "Services with REPLICA scheduling strategy must have a desired count.",
        ));
    }
    r186_range(count)
}

/// At most 5,000 tasks in a service, a quota of AWS.
fn r186_range(count: Option<i64>) -> Check {
    match count {
        Some(count) if count < 0 => Err(Refusal::invalid("desiredCount must be at least 0.")),
        Some(count) if count > 5_000 => {
            Err(Refusal::invalid("desiredCount exceeds the quota of 5000 tasks per service."))
        }
        _ => Ok(()),
    }
}

pub(crate) fn r187_token(ask: Ask<'_>) -> Check {
    let token = ask.text("clientToken")?.unwrap_or_default();
    if token.len() <= 36 && token.bytes().all(|byte| (33..=126).contains(&byte)) {
        return Ok(());
    }
    Err(Refusal::invalid("Client token can have at most 36 ASCII characters."))
}

/// R204's sentence, also for UpdateService.
pub(crate) fn daemon_count() -> Refusal {
    Refusal::invalid(
        "The daemon scheduling strategy does not support a desired count for services. Remove the desired count and try again.",
    )
}

fn daemon_on_fargate() -> Refusal {
    Refusal::invalid(
        "The daemon scheduling strategy is not supported with the FARGATE launch type.",
    )
}

/// R203 to R206.
fn r203_r206_daemon(ask: Ask<'_>, scheduling: &str) -> Check {
    if scheduling != "DAEMON" {
        return Ok(());
    }
    if ask.has("desiredCount") {
        return Err(daemon_count());
    }
    if ask.text("launchType")? == Some("FARGATE") {
        return Err(daemon_on_fargate());
    }
    if !ask.list("placementStrategy")?.is_empty() {
        return Err(Refusal::invalid(
            "The daemon scheduling strategy does not support placement strategies.",
        ));
    }
    let configuration = ask.object("deploymentConfiguration")?;
    let maximum = configuration.and_then(|item| number(item.0, "maximumPercent"));
    if maximum.is_some_and(|percent| percent > 100) {
        return Err(Refusal::invalid(
            "The daemon scheduling strategy does not support values above 100 for maximumPercent.",
        ));
    }
    Ok(())
}

fn r230_controller(ask: Ask<'_>) -> Check {
    let Some(controller) = ask.object("deploymentController")? else {
        return Ok(());
    };
    let kind = controller.text("type")?.unwrap_or_default();
    one_of("deploymentController.type", kind, &["ECS", "CODE_DEPLOY", "EXTERNAL"])?;
    if kind != "CODE_DEPLOY" {
        return Ok(());
    }
    Err(Refusal::new(
        "UnsupportedFeatureException",
        format!("The sandbox has no deployment controller {kind}."),
    ))
}

/// R230: the deployment controller is chosen once.
pub(crate) fn same_controller(settings: &Value, ask: Ask<'_>) -> Check {
    let kind = |document: &Value| {
        let kind = document.pointer("/deploymentController/type").and_then(Value::as_str);
        kind.unwrap_or("ECS").to_owned()
    };
    if !ask.has("deploymentController") || kind(ask.0) == kind(settings) {
        return Ok(());
    }
    Err(Refusal::invalid("The deployment controller of a service cannot be changed."))
}

/// What needs the task definition: launch type, network, the ways to the tasks, volumes.
pub(crate) fn check_definition(definition: &TaskDefinition, fargate: bool, ask: Ask<'_>) -> Check {
    run_task::check_launch(definition, fargate, ask)?;
    // R203, also where a strategy or the cluster's default says Fargate.
    if fargate && ask.text("schedulingStrategy")? == Some("DAEMON") {
        return Err(daemon_on_fargate());
    }
    // R199.
    if fargate && !ask.list("placementConstraints")?.is_empty() {
        return Err(Refusal::invalid(
            "Placement constraints are not supported with FARGATE launch type.",
        ));
    }
    if fargate && !ask.list("placementStrategy")?.is_empty() {
        return Err(Refusal::invalid(
            "Placement strategies are not supported with FARGATE launch type.",
        ));
    }
    traffic::check_definition(definition, fargate, ask)?;
    connect::check_definition(definition, ask)
}
