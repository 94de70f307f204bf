//! Rules about Service Connect.

use serde_json::Value;

use super::{Check, is_within, items, number, one_of, text};
use crate::ask::Ask;
use crate::refusal::Refusal;
use crate::task_definitions::TaskDefinition;

/// The longest time of a timeout, an integer of the API.
const LONGEST_SECONDS: i64 = 2_147_483_647;

/// The configuration of a service that uses Service Connect.
fn used(ask: Ask<'_>) -> Result<Option<Ask<'_>>, Refusal> {
    let Some(connect) = ask.object("serviceConnectConfiguration")? else {
        return Ok(None);
    };
    match connect.flag("enabled")? {
        None => Err(Refusal::invalid("serviceConnectConfiguration.enabled cannot be null.")),
        Some(enabled) => Ok(enabled.then_some(connect)),
    }
}

/// What can be said without the task definition; a configuration that is off means nothing.
pub(crate) fn check(ask: Ask<'_>) -> Check {
    let Some(connect) = used(ask)? else {
        return Ok(());
    };
    connect.text("namespace")?;
    r226_access_logs(connect)?;
    r227_settings(connect)?;
    let mut names: Vec<&str> = Vec::new();
    for service in connect.list("services")? {
        let service = Ask(service);
        let port = service.needed_text("portName")?;
        let name = service.text("discoveryName")?.unwrap_or(port);
        r222_discovery_name(name)?;
        if names.contains(&name) {
            return Err(Refusal::invalid(format!(
                "The discoveryName {name} is used more than once in serviceConnectConfiguration."
            )));
        }
        names.push(name);
        r223_aliases(service)?;
        is_within(service, "ingressPortOverride", 0, 65_535)?;
        if let Some(timeout) = service.object("timeout")? {
            is_within(timeout, "idleTimeoutSeconds", 0, LONGEST_SECONDS)?;
            is_within(timeout, "perRequestTimeoutSeconds", 0, LONGEST_SECONDS)?;
        }
    }
    Ok(())
}

/// R220: the namespace of the service, or else its cluster's.
pub(crate) fn r220_namespace(ask: Ask<'_>, default: Option<&str>) -> Check {
    let Some(connect) = used(ask)? else {
        return Ok(());
    };
    if connect.text("namespace")?.or(default).is_none_or(str::is_empty) {
        return Err(Refusal::invalid("Namespace is missing"));
    }
    Ok(())
}

/// The names under which a service can be found in its namespace (R222).
pub(crate) fn discovery_names(connect: &Value) -> impl Iterator<Item = &str> {
    let services = items(connect, "services").iter();
    services.filter_map(|service| text(service, "discoveryName").or(text(service, "portName")))
}

/// R222's sentence about a name that another service has.
pub(crate) fn r222_taken(namespace: &str) -> Refusal {
    Refusal::invalid(format!("SC service is already used by {namespace}"))
}

/// Lower case letters, digits and some marks, no hyphen in front.
fn is_host_like(name: &str, most: usize, marks: &[u8]) -> bool {
    let fine =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || marks.contains(&byte);
    (1..=most).contains(&name.len()) && !name.starts_with('-') && name.bytes().all(fine)
}

fn r222_discovery_name(name: &str) -> Check {
    if is_host_like(name, 64, b"_-") {
        return Ok(());
    }
    Err(Refusal::invalid(format!(
        "The discoveryName {name} is invalid. It can have at most 64 lowercase letters, numbers, underscores, and hyphens, and can't start with a hyphen."
    )))
}

/// R223: one alias, with a port.
fn r223_aliases(service: Ask<'_>) -> Check {
    let aliases = service.list("clientAliases")?;
    let Some(alias) = aliases.first() else {
        return Err(Refusal::invalid(
            "At least one clientAlias must be specified for each Service Connect service.",
        ));
    };
    if aliases.len() > 1 {
        return Err(Refusal::invalid(format!(
            "{} clientAliases exceeds the max limit of 1",
            aliases.len()
        )));
    }
    let alias = Ask(alias);
    if alias.whole("port")?.is_none() {
        return Err(Refusal::invalid("clientAliases.port cannot be null."));
    }
    is_within(alias, "port", 1, 65_535)?;
    r224_dns_name(alias)
}

fn r224_dns_name(alias: Ask<'_>) -> Check {
    match alias.text("dnsName")? {
        Some(name) if !is_host_like(name, 127, b"_-.") => {
            Err(Refusal::invalid("The DNS name that you provided is invalid."))
        }
        _ => Ok(()),
    }
}

fn r226_access_logs(connect: Ask<'_>) -> Check {
    let Some(logs) = connect.object("accessLogConfiguration")? else {
        return Ok(());
    };
    one_of(
        "accessLogConfiguration.format",
        logs.text("format")?.unwrap_or_default(),
        &["TEXT", "JSON"],
    )?;
    if let Some(word) = logs.text("includeQueryParameters")? {
        one_of("includeQueryParameters", word, &["DISABLED", "ENABLED"])?;
    }
    if connect.object("logConfiguration")?.is_some() {
        return Ok(());
    }
    Err(Refusal::invalid(
        "A logConfiguration must be specified with the accessLogConfiguration of Service Connect.",
    ))
}

/// R227. There is one setting so far.
fn r227_settings(connect: Ask<'_>) -> Check {
    let mut seen = 0;
    for item in connect.list("containerConfigurations")? {
        let Some(level) = Ask(item).text("logLevel")? else {
            return Err(Refusal::invalid(
                "Each of the containerConfigurations must set exactly one setting.",
            ));
        };
        one_of("containerConfigurations.logLevel", level, &["debug", "info"])?;
        seen += 1;
    }
    if seen > 1 {
        return Err(Refusal::invalid(
            "The setting logLevel can appear only once in containerConfigurations.",
        ));
    }
    Ok(())
}

/// What needs the task definition.
pub(crate) fn check_definition(definition: &TaskDefinition, ask: Ask<'_>) -> Check {
    let Some(connect) = used(ask)? else {
        return Ok(());
    };
    for service in connect.list("services")? {
        let mapping = r221_named_port(definition, text(service, "portName").unwrap_or_default())?;
        r225_timeout(mapping, service)?;
    }
    Ok(())
}

/// R221: the port mapping of a name.
///
/// # Errors
/// No container has one of this name.
pub(crate) fn r221_named_port<'d>(
    definition: &'d TaskDefinition,
    name: &str,
) -> Result<&'d Value, Refusal> {
    let containers = definition.containers().iter();
    containers
        .flat_map(|container| items(container, "portMappings"))
        .find(|mapping| text(mapping, "name") == Some(name))
        .ok_or_else(|| {
            Refusal::invalid(format!(
                "portName({name}) does not refer to any named PortMapping in the container definitions"
            ))
        })
}

/// R225: a mapping without `appProtocol` is one of TCP (R93).
fn r225_timeout(mapping: &Value, service: &Value) -> Check {
    let timeout = service.get("timeout").unwrap_or(&Value::Null);
    let tcp = text(mapping, "appProtocol").is_none_or(str::is_empty);
    if tcp && number(timeout, "perRequestTimeoutSeconds").is_some() {
        return Err(Refusal::invalid(
            "perRequestTimeoutSeconds can only be set if the appProtocol of the port mapping isn't TCP.",
        ));
    }
    Ok(())
}
