//! Rules of port mappings.

use std::collections::BTreeSet;

use super::words::{free_name, one_of};
use super::{Facts, Network, Place, Task};
use crate::finding::{Edit, Findings};

/// Host ports that the instance keeps for itself (R88).
const RESERVED: [i64; 6] = [22, 2375, 2376, 51_678, 51_679, 51_680];

/// A port or a range of them, and whether it is for UDP.
type Span = (i64, i64, bool);

fn overlap(one: Span, other: Span) -> bool {
    one.0 <= other.1 && other.0 <= one.1
}

pub(super) fn check(task: Task<'_>, found: &mut Findings) {
    let mut names = BTreeSet::new();
    let mut elsewhere: Vec<Span> = Vec::new();
    let mut hosts = BTreeSet::new();
    for container in task.containers {
        // R8
        if task.facts.network == Network::None && container.has("portMappings") {
            found
                .refuse("R8", container.at("portMappings"), "The network mode none takes no ports.")
                .fix_by_removing("Take the ports away");
        }
        // R97
        let ranged = |port: &Place<'_>| port.has("containerPortRange");
        if container.items("portMappings").filter(ranged).count() > 100 {
            let path = container.at("portMappings");
            found.refuse("R97", path, "At most 100 ranges for each container.");
        }
        let mut own: Vec<Span> = Vec::new();
        for port in container.items("portMappings") {
            if let Some(span) = numbers(&port, task.facts, found) {
                clashes(&port, span, &own, &elsewhere, task.facts, found);
                own.push(span);
            }
            host_twice(&port, task.facts, &mut hosts, found);
            words(&port, found);
            port_name(task, &port, &mut names, found);
        }
        elsewhere.append(&mut own);
    }
    // R89: the instance's own six count.
    if hosts.len() > 100 - RESERVED.len() {
        let said = format!(
            "An instance reserves 100 ports at most, six of them its own; these are {}.",
            hosts.len()
        );
        found.warn("R89", "containerDefinitions", said);
    }
}

/// R91, R99
fn clashes(
    port: &Place<'_>,
    span: Span,
    own: &[Span],
    elsewhere: &[Span],
    facts: Facts,
    found: &mut Findings,
) {
    let range = |span: Span| span.0 != span.1;
    let path = || port.at(which(port));
    if let Some(other) = own.iter().find(|other| overlap(span, **other)) {
        if span.2 == other.2 || range(span) || range(*other) {
            found
                .refuse("R99", path(), "This port is mapped already.")
                .fix("Take this mapping away", vec![Edit::Remove(port.path())]);
        } else {
            // ECS registers it; a service behind a load balancer is refused for it later.
            found.warn(
                "R91",
                path(),
                "This port is mapped already, for another protocol: no load balancer can use it then.",
            );
        }
    }
    // The containers of one task share an interface there.
    let shared = matches!(facts.network, Network::Awsvpc | Network::Host);
    let same = |other: &&Span| overlap(span, **other) && span.2 == other.2;
    if shared && elsewhere.iter().find(same).is_some() {
        let said = "Another container of the task has this port: only the first can listen on it.";
        found.warn("R99", path(), said);
    }
}

fn which(port: &Place<'_>) -> &'static str {
    if port.has("containerPortRange") { "containerPortRange" } else { "containerPort" }
}

/// Two mappings to one port of the instance: no instance can ever run that (R89).
fn host_twice(
    port: &Place<'_>,
    facts: Facts,
    hosts: &mut BTreeSet<(i64, bool)>,
    found: &mut Findings,
) {
    let host = port.number("hostPort").filter(|host| *host > 0);
    if let Some(host) = host.filter(|_| facts.network == Network::Bridge)
        && !hosts.insert((host, port.text("protocol") == "udp"))
    {
        found
            .warn("R89", port.at("hostPort"), "Another mapping takes this port of the instance.")
            .fix_by_removing("Let ECS choose a port");
    }
}

/// The ports that a mapping takes inside the container.
fn numbers(port: &Place<'_>, facts: Facts, found: &mut Findings) -> Option<Span> {
    let udp = port.text("protocol") == "udp";
    if port.has("containerPortRange") {
        return range(port, facts, found).map(|(from, to)| (from, to, udp));
    }
    let Some(inside) = port.number("containerPort") else {
        found.refuse("port", port.at("containerPort"), "Write a port between 1 and 65535.");
        return None;
    };
    if !(1..=65_535).contains(&inside) {
        found.refuse("port", port.at("containerPort"), "A port is between 1 and 65535.");
        return None;
    }
    if let Some(outside) = port.number("hostPort") {
        host(port, facts, inside, outside, found);
    }
    Some((inside, inside, udp))
}

fn host(port: &Place<'_>, facts: Facts, inside: i64, outside: i64, found: &mut Findings) {
    let path = port.at("hostPort");
    if !(0..=65_535).contains(&outside) {
        let said = "A port is between 1 and 65535, or 0 for one that ECS chooses.";
        found.refuse("port", path, said).fix_by_removing("Remove the host port");
    } else if matches!(facts.network, Network::Awsvpc | Network::Host)
        && outside != inside
        && outside != 0
    {
        // R85
        found
            .refuse("R85", path, "With awsvpc and host it is the container's port: leave it out.")
            .fix_by_removing("Remove the host port");
    } else if facts.network == Network::Bridge && RESERVED.contains(&outside) {
        // R88
        found
            .warn("R88", path, "The instance keeps this port for itself.")
            .fix_by_removing("Let ECS choose a port");
    } else if facts.network == Network::Bridge && outside >= first_ephemeral(facts) {
        // R87
        let first = first_ephemeral(facts);
        let said =
            format!("Ports from {first} on are given out by the instance; choose one below 32768.");
        found.warn("R87", path, said).fix_by_removing("Let ECS choose a port");
    }
}

fn first_ephemeral(facts: Facts) -> i64 {
    if facts.windows { 49_152 } else { 49_153 }
}

/// R95, R96, R98
fn range(port: &Place<'_>, facts: Facts, found: &mut Findings) -> Option<(i64, i64)> {
    let path = port.at("containerPortRange");
    let text = port.text("containerPortRange");
    let ends = text.split_once('-').and_then(|(from, to)| {
        Some((from.trim().parse::<i64>().ok()?, to.trim().parse::<i64>().ok()?))
    });
    if port.has("containerPort") || port.number("hostPort").is_some_and(|host| host != 0) {
        let edits = ["containerPort", "hostPort"].map(|member| Edit::Remove(port.at(member)));
        found
            .refuse("R96", path, "With a range, leave container port and host port out.")
            .fix("Keep the range only", edits.into());
    } else if !matches!(facts.network, Network::Bridge | Network::Awsvpc) {
        found.refuse("R95", path, "A range needs the network mode bridge or awsvpc.");
    } else {
        match ends {
            Some((from, to)) if from >= 1 && to <= 65_535 && from < to => return ends,
            _ => {
                let said = "Write a range as in 8000-8010, within 1 and 65535.";
                found.refuse("R98", path, said);
            }
        }
    }
    None
}

fn words(port: &Place<'_>, found: &mut Findings) {
    // R90: anything else is silently taken as tcp, which is never what was meant.
    let protocol = port.text("protocol");
    if !matches!(protocol, "" | "tcp" | "udp") {
        let finding = found.warn(
            "R90",
            port.at("protocol"),
            "tcp or udp, in small letters; ECS takes everything else as tcp.",
        );
        let meant = if protocol.eq_ignore_ascii_case("udp") { "udp" } else { "tcp" };
        finding.fix_by_setting(format!("Use {meant}"), meant);
    }
    // R93
    one_of("R93", port, "appProtocol", &["http", "http2", "grpc"], found);
}

/// R92
fn port_name<'a>(
    task: Task<'_>,
    port: &Place<'a>,
    names: &mut BTreeSet<&'a str>,
    found: &mut Findings,
) {
    let name = port.text("name");
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    let path = || port.at("name");
    if name.starts_with('-') {
        found.refuse("R92", path(), "The name can't start with a hyphen.");
    } else if name.len() > 64 {
        found.refuse("R92", path(), "At most 64 characters.");
    } else if !name.chars().all(fits) {
        let finding =
            found.refuse("R92", path(), "Use small letters, digits, hyphens and underscores.");
        let small = name.to_ascii_lowercase();
        if small.chars().all(fits) {
            finding.fix_by_setting(format!("Use {small}"), small);
        }
    } else if !name.is_empty() && !names.insert(name) {
        let taken = |name: &str| {
            let ports = task.containers.iter().flat_map(|it| it.items("portMappings"));
            ports.into_iter().any(|port| port.text("name") == name)
        };
        let free = free_name(name, taken);
        found
            .refuse("R92", path(), "Another port has this name.")
            .fix_by_setting(format!("Call it {free}"), free);
    }
}
