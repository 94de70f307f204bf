//! StopServiceDeployment and ContinueServiceDeployment.

use serde_json::json;

use super::history::{Progress, ServiceDeployment, at};
use super::model::Service;
use super::poke;
use crate::ask::Ask;
use crate::deployments::{self, HookStatus};
use crate::refusal::{Refusal, Reply};
use crate::rules;
use crate::world::World;

fn found<'w>(
    world: &'w World,
    arn: &str,
    operation: &str,
) -> Result<(&'w Service, &'w ServiceDeployment), Refusal> {
    let found = at(world, "service-deployment", arn).and_then(|(service, id)| {
        Some((service, service.history.iter().find(|item| item.id == id)?))
    });
    found.ok_or_else(|| {
        Refusal::new(
            "ServiceDeploymentNotFoundException",
            format!("The service deploy ARN that you specified in the {operation} doesn't exist. You can use ListServiceDeployments to retrieve the service deployment ARNs."),
        )
    })
}

/// StopServiceDeployment: rolls back by default, or only stops.
pub(crate) fn stop(world: &mut World, ask: Ask<'_>) -> Reply {
    let given = ask.needed_text("serviceDeploymentArn")?.to_owned();
    let kind = ask.text("stopType")?.unwrap_or("ROLLBACK");
    rules::one_of("stopType", kind, &["ABORT", "ROLLBACK"])?;
    let (service, item) = found(world, &given, "StopServiceDeployment")?;
    if !matches!(item.status, Progress::Pending | Progress::Running) {
        return Err(Refusal::new(
            "ConflictException",
            "The service deployment is not in a state that can be stopped.",
        ));
    }
    let key = service.key();
    deployments::stop(world, &key, kind == "ROLLBACK")?;
    Ok(json!({"serviceDeploymentArn": given}))
}

/// ContinueServiceDeployment (R246): answers a PAUSE hook that waits.
pub(crate) fn resume(world: &mut World, ask: Ask<'_>) -> Reply {
    let given = ask.needed_text("serviceDeploymentArn")?.to_owned();
    let hook = ask.needed_text("hookId")?.to_owned();
    let action = ask.text("action")?.unwrap_or("CONTINUE");
    rules::one_of("action", action, &["ROLLBACK", "CONTINUE"])?;
    let (service, item) = found(world, &given, "ContinueServiceDeployment")?;
    if item.status != Progress::Running {
        return Err(Refusal::invalid("The service deployment is not in progress."));
    }
    let hooks = item.walk.as_ref().map_or(&[][..], |walk| walk.hooks.as_slice());
    let Some(waiting) = hooks.iter().position(|item| item.id == hook) else {
        return Err(Refusal::invalid(format!(
            "The lifecycle hook {hook} does not exist in the service deployment."
        )));
    };
    if hooks.get(waiting).is_none_or(|item| item.status != HookStatus::AwaitingAction) {
        return Err(Refusal::invalid("The lifecycle hook is not awaiting an action."));
    }
    let back = action == "ROLLBACK";
    if back && !deployments::has_way_back(service) {
        return Err(Refusal::invalid(
            "The service deployment cannot be rolled back because there is no previous successful deployment.",
        ));
    }
    let key = service.key();
    let newest = world.services.get_mut(&key).and_then(|service| service.history.front_mut());
    let walk = newest.and_then(|newest| newest.walk.as_mut());
    if let Some(hook) = walk.and_then(|walk| walk.hooks.get_mut(waiting)) {
        hook.status = if back { HookStatus::Failed } else { HookStatus::Succeeded };
    }
    if back {
        deployments::stop(world, &key, true)?;
    }
    poke(world, &key, 500);
    Ok(json!({"serviceDeploymentArn": given}))
}
