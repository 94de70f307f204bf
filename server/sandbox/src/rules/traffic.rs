//! Rules about the ways to a service's tasks: load balancers, registries, VPC
//! Lattice and gateways. Service Connect has its own module.

use serde_json::Value;

use super::connect::r221_named_port;
use super::{Check, is_within, items, number, text};
use crate::ask::Ask;
use crate::refusal::Refusal;
use crate::task_definitions::TaskDefinition;

/// What can be said without the task definition.
pub(crate) fn check(ask: Ask<'_>) -> Check {
    r218_registries(ask)?;
    r228_lattice(ask)?;
    r229_gateways(ask)
}

/// R207: a role is for a load balancer alone.
pub(crate) fn r207_role(ask: Ask<'_>, external: bool) -> Check {
    if ask.text("role")?.is_none_or(str::is_empty) {
        return Ok(());
    }
    if external || !ask.list("serviceRegistries")?.is_empty() {
        return Err(linked_role());
    }
    match ask.list("loadBalancers")?.len() {
        0 => Err(Refusal::invalid(
            "IAM roles are only valid for services configured to use load balancers.",
        )),
        1 => Ok(()),
        _ => Err(linked_role()),
    }
}

fn linked_role() -> Refusal {
    Refusal::invalid(
        "You cannot specify an IAM role for services that require a service linked role.",
    )
}

fn r218_registries(ask: Ask<'_>) -> Check {
    if ask.list("serviceRegistries")?.len() > 1 {
        return Err(Refusal::invalid("serviceRegistries can have at most 1 items."));
    }
    Ok(())
}

fn r228_lattice(ask: Ask<'_>) -> Check {
    for item in ask.list("vpcLatticeConfigurations")? {
        for member in ["roleArn", "targetGroupArn", "portName"] {
            Ask(item).needed_text(member)?;
        }
    }
    Ok(())
}

fn r229_gateways(ask: Ask<'_>) -> Check {
    let connectors = ask.list("gatewayConnectors")?;
    if connectors.len() > 1 {
        return Err(Refusal::invalid("gatewayConnectors can have at most 1 items."));
    }
    for connector in connectors {
        let connector = Ask(connector);
        connector.needed_text("portName")?;
        if let Some(delay) = connector.object("deregistrationDelay")? {
            is_within(delay, "timeoutSeconds", 0, 3_600)?;
        }
    }
    Ok(())
}

/// What needs the task definition.
pub(crate) fn check_definition(definition: &TaskDefinition, fargate: bool, ask: Ask<'_>) -> Check {
    let awsvpc = definition.network_mode() == "awsvpc";
    // R207.
    if awsvpc && ask.text("role")?.is_some_and(|role| !role.is_empty()) {
        return Err(linked_role());
    }
    for balancer in ask.list("loadBalancers")? {
        r214_balancer(definition, balancer)?;
        r215_classic(awsvpc, fargate, balancer)?;
    }
    for registry in ask.list("serviceRegistries")? {
        r219_registry(definition, Ask(registry))?;
    }
    for item in ask.list("vpcLatticeConfigurations")? {
        r221_named_port(definition, text(item, "portName").unwrap_or_default())?;
    }
    Ok(())
}

fn r214_balancer(definition: &TaskDefinition, balancer: &Value) -> Check {
    let group = text(balancer, "targetGroupArn").is_some();
    if group == text(balancer, "loadBalancerName").is_some() {
        return Err(Refusal::invalid(
            "loadBalancerName and targetGroupArn cannot both be specified. You must specify either a loadBalancerName or a targetGroupArn.",
        ));
    }
    let name = text(balancer, "containerName").unwrap_or_default();
    has_port(definition, name, number(balancer, "containerPort").unwrap_or(0))
}

/// Whether a container of the task definition maps a port.
fn has_port(definition: &TaskDefinition, name: &str, port: i64) -> Check {
    let Some(container) =
        definition.containers().iter().find(|item| text(item, "name") == Some(name))
    else {
        return Err(Refusal::invalid(format!(
            "The container {name} does not exist in the task definition."
        )));
    };
    let mapped = items(container, "portMappings")
        .iter()
        .any(|item| number(item, "containerPort") == Some(port));
    if mapped {
        return Ok(());
    }
    Err(Refusal::invalid(format!(
        "The container {name} did not have a container port {port} defined."
    )))
}

/// R215. Of which type the targets of a group are is not known here.
fn r215_classic(awsvpc: bool, fargate: bool, balancer: &Value) -> Check {
    if text(balancer, "loadBalancerName").is_none() {
        return Ok(());
    }
    if fargate {
        return Err(Refusal::invalid("Classic Load Balancers are not supported with Fargate."));
    }
    if awsvpc {
        return Err(Refusal::invalid(
            "Classic Load Balancers are not supported with the awsvpc network mode.",
        ));
    }
    Ok(())
}

/// R219. Whether the registry has records of type SRV is not known here, so awsvpc may have
/// neither.
fn r219_registry(definition: &TaskDefinition, registry: Ask<'_>) -> Check {
    let name = registry.text("containerName")?.filter(|name| !name.is_empty());
    let container_port = registry.whole("containerPort")?;
    let port = registry.whole("port")?;
    let mode = definition.network_mode();
    let mapped = ["bridge", "host"].contains(&mode);
    if mapped && (name.is_none() || container_port.is_none()) {
        return Err(Refusal::invalid(format!(
            "When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be specified from the task definition. Registry: {}",
            registry.text("registryArn")?.unwrap_or_default()
        )));
    }
    if !mapped && port.is_some() && (name.is_some() || container_port.is_some()) {
        return Err(Refusal::invalid(
            "Either the containerName and containerPort combination or a port can be specified for a service registry, but not both.",
        ));
    }
    match (name, container_port) {
        (None, None) => Ok(()),
        (Some(name), Some(port)) => has_port(definition, name, port),
        _ => Err(Refusal::invalid(
            "containerName and containerPort of a service registry must be specified together.",
        )),
    }
}
