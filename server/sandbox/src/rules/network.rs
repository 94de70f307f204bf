//! Rules about what a container asks of its task's network.

use serde_json::Value;

use super::{Check, items, number, text};
use crate::ask::Ask;
use crate::refusal::Refusal;

pub(super) fn check(document: &Value, container: &Value) -> Check {
    let mode = text(document, "networkMode").unwrap_or("bridge");
    r72_r79_members(mode, container)?;
    r79_hosts(container)?;
    r80_links(document, mode, container)?;
    ranges(mode, container)
}

/// R72, R74 and R77 to R79: the interface of a task is not the container's own.
fn r72_r79_members(mode: &str, container: &Value) -> Check {
    if mode != "awsvpc" {
        return Ok(());
    }
    for member in ["hostname", "disableNetworking", "dnsServers", "dnsSearchDomains", "extraHosts"]
    {
        let given = match container.get(member) {
            None | Some(Value::Null | Value::Bool(false)) => false,
            Some(Value::Array(list)) => !list.is_empty(),
            Some(Value::String(text)) => !text.is_empty(),
            Some(_) => true,
        };
        if given {
            return Err(Refusal::client(format!(
                "{member} is not supported on container when networkMode=awsvpc."
            )));
        }
    }
    Ok(())
}

fn r79_hosts(container: &Value) -> Check {
    for host in Ask(container).list("extraHosts")? {
        let missing = |member: &str| text(host, member).is_none_or(str::is_empty);
        if missing("hostname") || missing("ipAddress") {
            return Err(Refusal::client("Extra hosts must have a hostname and an ipAddress."));
        }
    }
    Ok(())
}

fn r80_links(document: &Value, mode: &str, container: &Value) -> Check {
    let links = Ask(container).texts("links")?;
    if !links.is_empty() && mode != "bridge" {
        return Err(Refusal::client(format!("Links are not supported when networkMode={mode}.")));
    }
    let containers = items(document, "containerDefinitions");
    for link in links {
        let name = link.split(':').next().unwrap_or_default();
        if !containers.iter().any(|other| text(other, "name") == Some(name)) {
            return Err(Refusal::client(format!(
                "Cannot link to container {name} because it does not exist"
            )));
        }
    }
    Ok(())
}

/// R95 to R99.
fn ranges(mode: &str, container: &Value) -> Check {
    let mut taken: Vec<((i64, i64), bool)> = Vec::new();
    let mut count = 0;
    for port in Ask(container).list("portMappings")? {
        let range = match text(port, "containerPortRange") {
            None => match number(port, "containerPort") {
                Some(one) => (one, one),
                None => continue,
            },
            Some(range) => {
                count += 1;
                r95_r98_range(mode, port, range)?
            }
        };
        let udp = text(port, "protocol") == Some("udp");
        let overlaps = |(other, was_udp): &((i64, i64), bool)| {
            // A port may be there for TCP and for UDP; a range may not.
            let same_port = *other == range && range.0 == range.1 && *was_udp != udp;
            !same_port && other.0 <= range.1 && range.0 <= other.1
        };
        if taken.iter().any(overlaps) {
            return Err(Refusal::client("Container port ranges can't overlap."));
        }
        taken.push((range, udp));
    }
    if count > 100 {
        return Err(Refusal::client("A container can have at most 100 container port ranges."));
    }
    Ok(())
}

fn r95_r98_range(mode: &str, port: &Value, range: &str) -> Result<(i64, i64), Refusal> {
    if !["bridge", "awsvpc"].contains(&mode) {
        return Err(Refusal::client(format!(
            "containerPortRange is not supported when networkMode={mode}."
        )));
    }
    if number(port, "containerPort").is_some() || number(port, "hostPort").is_some_and(|it| it != 0)
    {
        return Err(Refusal::client(
            "containerPort and hostPort can't be specified together with containerPortRange.",
        ));
    }
    let ends = range.split_once('-').and_then(|(first, last)| {
        Some((first.trim().parse::<i64>().ok()?, last.trim().parse::<i64>().ok()?))
    });
    ends.filter(|(first, last)| *first >= 1 && *last <= 65_535 && first < last).ok_or_else(|| {
        Refusal::client(format!(
            "Invalid containerPortRange '{range}'. The first port must be less than the last, both between 1 and 65535."
        ))
    })
}
