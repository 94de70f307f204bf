//! Rules about RunTask and StartTask.

use serde_json::Value;

use super::{Check, ebs, items, one_of, placement, strategy, tags, text};
use crate::ask::Ask;
use crate::refusal::Refusal;
use crate::task_definitions::TaskDefinition;

/// What can be said without the task definition.
pub(crate) fn check(ask: Ask<'_>) -> Check {
    r266_count(ask)?;
    r267_started_by(ask)?;
    r268_token(ask)?;
    r271_propagate(ask)?;
    strategy::check_choice(ask)?;
    placement::check(ask)?;
    ebs::check(ask)?;
    if ask.text("launchType")? == Some("FARGATE") && !ask.list("placementConstraints")?.is_empty() {
        return Err(Refusal::invalid(
            "Placement constraints are not supported with FARGATE launch type.",
        ));
    }
    tags::check(ask.list("tags")?)
}

/// What StartTask refuses besides: R274, and its shorter `startedBy` (R267).
pub(crate) fn check_start(ask: Ask<'_>) -> Check {
    let wanted = ask.texts("containerInstances")?;
    if wanted.is_empty() {
        return Err(Refusal::invalid("Container instances cannot be empty."));
    }
    if wanted.len() > 10 {
        return Err(Refusal::invalid("containerInstances can have at most 10 items."));
    }
    if ask.text("launchType")? == Some("FARGATE")
        || !ask.list("capacityProviderStrategy")?.is_empty()
    {
        return Err(Refusal::invalid(
            "StartTask places tasks on container instances. Use RunTask for the FARGATE launch type or a capacity provider strategy.",
        ));
    }
    if ask.text("startedBy")?.is_some_and(|by| by.len() > 36) {
        return Err(Refusal::invalid("startedBy can have at most 36 characters."));
    }
    check(ask)
}

fn r266_count(ask: Ask<'_>) -> Check {
    match ask.whole("count")? {
        Some(count) if count < 1 => Err(Refusal::invalid("Count must be greater than 0.")),
        Some(count) if count > 10 => Err(Refusal::invalid("count cannot be greater than 10.")),
        _ => Ok(()),
    }
}

fn r267_started_by(ask: Ask<'_>) -> Check {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || b"-_/".contains(&byte);
    let by = ask.text("startedBy")?.unwrap_or_default();
    if by.len() <= 128 && by.bytes().all(fine) {
        return Ok(());
    }
    Err(Refusal::invalid(
        "startedBy can have at most 128 letters, numbers, hyphens, underscores and slashes.",
    ))
}

fn r268_token(ask: Ask<'_>) -> Check {
    if ask.text("clientToken")?.is_some_and(|token| token.len() > 64) {
        return Err(Refusal::invalid("clientToken can have at most 64 characters."));
    }
    Ok(())
}

fn r271_propagate(ask: Ask<'_>) -> Check {
    match ask.text("propagateTags")? {
        None => Ok(()),
        Some("SERVICE") => Err(Refusal::invalid(
            "The propagateTags option SERVICE is not supported when running a task.",
        )),
        Some(word) => one_of("propagateTags", word, &["TASK_DEFINITION", "NONE"]),
    }
}

/// R269 and R270: the size of the overrides, and containers that exist.
pub(crate) fn check_overrides(definition: &TaskDefinition, overrides: Option<&Value>) -> Check {
    let Some(overrides) = overrides else {
        return Ok(());
    };
    if !overrides.is_object() {
        return Err(Refusal::malformed("Member 'overrides' can not be converted to a Structure"));
    }
    if overrides.to_string().len() > 8192 {
        return Err(Refusal::invalid("Overrides length must be at most 8192."));
    }
    for item in items(overrides, "containerOverrides") {
        let name = text(item, "name").unwrap_or_default();
        if name.is_empty() {
            return Err(Refusal::invalid("Container override name cannot be empty."));
        }
        let known = definition.containers().iter().any(|own| text(own, "name") == Some(name));
        if !known {
            return Err(Refusal::invalid(
                "Override for container named ".to_owned()
                    + name
                    + " is not a container in the TaskDefinition.",
            ));
        }
    }
    Ok(())
}

/// What needs the task definition: the launch type, the network, the volumes.
pub(crate) fn check_launch(definition: &TaskDefinition, fargate: bool, ask: Ask<'_>) -> Check {
    let external = ask.text("launchType")? == Some("EXTERNAL");
    let kind = match (fargate, external) {
        (true, _) => "FARGATE",
        (false, true) => "EXTERNAL",
        (false, false) => "EC2",
    };
    if external && definition.network_mode() == "awsvpc" {
        return Err(Refusal::invalid(
            "The network mode awsvpc is not supported with the EXTERNAL launch type.",
        ));
    }
    if external && !ask.list("loadBalancers")?.is_empty() {
        return Err(Refusal::invalid(
            "Load balancers are not supported with the EXTERNAL launch type.",
        ));
    }
    if !definition.supports(kind) {
        return Err(Refusal::invalid(format!(
            "Task definition does not support launch_type {kind}."
        )));
    }
    let role = definition.member("taskRoleArn").is_some()
        || ask.get("overrides").and_then(|overrides| text(overrides, "taskRoleArn")).is_some();
    // R272.
    if ask.flag("enableExecuteCommand")? == Some(true) && !role {
        return Err(Refusal::invalid(
            "The service couldn't be created because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.",
        ));
    }
    r194_platform_version(fargate, ask)?;
    r195_network(definition, ask)?;
    ebs::check_definition(definition, fargate, ask)
}

fn r194_platform_version(fargate: bool, ask: Ask<'_>) -> Check {
    let Some(version) = ask.text("platformVersion")? else {
        return Ok(());
    };
    if !fargate {
        return Err(Refusal::invalid(
            "The platform version must be null when specifying an EC2 launch type.",
        ));
    }
    if ["LATEST", "1.4.0", "1.3.0"].contains(&version) {
        return Ok(());
    }
    Err(Refusal::new("PlatformUnknownException", "The specified platform does not exist."))
}

/// Ids as EC2 gives them: 8 or 17 hexadecimal digits after their beginning. ECS passes on what EC2
/// says of others.
fn well_formed(ids: &[&str], noun: &str, start: &str, code: &str) -> Check {
    let hexadecimal = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let fits = |id: &str| {
        id.strip_prefix(start)
            .is_some_and(|rest| matches!(rest.len(), 8 | 17) && rest.bytes().all(hexadecimal))
    };
    match ids.iter().find(|id| !fits(id)) {
        None => Ok(()),
        Some(wrong) => Err(Refusal::invalid(format!(
            "Error retrieving {noun} information for [{wrong}]: Invalid id: \"{wrong}\" (expecting \"{start}...\") (ErrorCode: {code})"
        ))),
    }
}

/// R195 to R197.
pub(crate) fn r195_network(definition: &TaskDefinition, ask: Ask<'_>) -> Check {
    let network = ask.object("networkConfiguration")?;
    let vpc = match network {
        Some(network) => network.object("awsvpcConfiguration")?,
        None => None,
    };
    if definition.network_mode() != "awsvpc" {
        return match network {
            None => Ok(()),
            Some(_) => Err(Refusal::invalid(
                "Network Configuration is not valid for the given networkMode of this task definition.",
            )),
        };
    }
    let Some(vpc) = vpc else {
        return Err(Refusal::invalid(
            "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
        ));
    };
    let subnets = vpc.texts("subnets")?;
    if subnets.is_empty() {
        return Err(Refusal::invalid("subnets can not be empty."));
    }
    if subnets.len() > 16 {
        return Err(Refusal::invalid("subnets can have at most 16 items."));
    }
    let groups = vpc.texts("securityGroups")?;
    if groups.len() > 5 {
        return Err(Refusal::invalid("securityGroups can have at most 5 items."));
    }
    well_formed(&subnets, "subnet", "subnet-", "InvalidSubnetID.Malformed")?;
    well_formed(&groups, "security group", "sg-", "InvalidGroupId.Malformed")?;
    match vpc.text("assignPublicIp")? {
        Some(word) => one_of("assignPublicIp", word, &["ENABLED", "DISABLED"]),
        None => Ok(()),
    }
}
