//! Rules of port mappings.

use std::collections::BTreeSet;

use super::{Facts, Network, place::Place};
use crate::error::FieldErrors;

/// Host ports that the instance keeps for itself (R88).
const RESERVED: [i64; 6] = [22, 2375, 2376, 51_678, 51_679, 51_680];

pub(super) fn check(root: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    let mut names = BTreeSet::new();
    let mut shared = BTreeSet::new();
    for container in root.items("containerDefinitions") {
        let ports = container.items("portMappings");
        // R8
        if facts.network == Network::None && !ports.is_empty() {
            errors.add(container.at("portMappings"), "The network mode none takes no ports.");
        }
        // R97
        let ranges = ports.iter().filter(|port| port.has("containerPortRange")).count();
        if ranges > 100 {
            errors.add(container.at("portMappings"), "At most 100 ranges for each container.");
        }
        let mut taken: Vec<(i64, i64)> = Vec::new();
        for port in &ports {
            if let Some(span) = numbers(port, facts, errors) {
                // R91, R99
                if taken.iter().any(|(from, to)| span.0 <= *to && *from <= span.1) {
                    errors.add(port.at(which(port)), "This port is mapped already.");
                } else if facts.network == Network::Awsvpc && !shared.insert(span) {
                    // The containers of one task share an interface there.
                    errors
                        .add(port.at(which(port)), "Another container of the task has this port.");
                }
                taken.push(span);
            }
            words(port, errors);
            let name = port.text("name");
            // R92
            if !name.is_empty() && !names.insert(name) {
                errors.add(port.at("name"), "Another port has this name.");
            }
        }
    }
}

fn which(port: &Place<'_>) -> &'static str {
    if port.has("containerPortRange") { "containerPortRange" } else { "containerPort" }
}

/// The ports that a mapping takes inside the container.
fn numbers(port: &Place<'_>, facts: Facts, errors: &mut FieldErrors) -> Option<(i64, i64)> {
    if port.has("containerPortRange") {
        return range(port, facts, errors);
    }
    let Some(inside) = port.number("containerPort") else {
        errors.add(port.at("containerPort"), "Write a port between 1 and 65535.");
        return None;
    };
    if !(1..=65_535).contains(&inside) {
        errors.add(port.at("containerPort"), "A port is between 1 and 65535.");
        return None;
    }
    if let Some(outside) = port.number("hostPort") {
        host(port, facts, inside, outside, errors);
    }
    Some((inside, inside))
}

fn host(port: &Place<'_>, facts: Facts, inside: i64, outside: i64, errors: &mut FieldErrors) {
    let path = port.at("hostPort");
    if !(0..=65_535).contains(&outside) {
        errors.add(path, "A port is between 1 and 65535, or 0 for one that ECS chooses.");
    } else if matches!(facts.network, Network::Awsvpc | Network::Host)
        && outside != inside
        && !(outside == 0 && facts.network == Network::Awsvpc)
    {
        // R85
        errors.add(path, "With awsvpc and host it is the container's port: leave it out.");
    } else if facts.network == Network::Bridge && RESERVED.contains(&outside) {
        // R88
        errors.add(path, "The instance keeps this port for itself.");
    } else if facts.network == Network::Bridge && outside >= 49_153 {
        // R87
        errors.add(
            path,
            "Ports from 49153 on are given out by the instance; choose one below 32768.",
        );
    }
}

/// R95, R96, R98
fn range(port: &Place<'_>, facts: Facts, errors: &mut FieldErrors) -> Option<(i64, i64)> {
    let path = port.at("containerPortRange");
    let text = port.text("containerPortRange");
    let ends = text.split_once('-').and_then(|(from, to)| {
        Some((from.trim().parse::<i64>().ok()?, to.trim().parse::<i64>().ok()?))
    });
    if port.has("containerPort") || port.has("hostPort") {
        errors.add(path, "With a range, leave container port and host port out.");
    } else if !matches!(facts.network, Network::Bridge | Network::Awsvpc) {
        errors.add(path, "A range needs the network mode bridge or awsvpc.");
    } else {
        match ends {
            Some((from, to)) if from >= 1 && to <= 65_535 && from < to => return ends,
            _ => errors.add(path, "Write a range as in 8000-8010, within 1 and 65535."),
        }
    }
    None
}

fn words(port: &Place<'_>, errors: &mut FieldErrors) {
    // R90: anything else is silently taken as tcp, which is never what was meant.
    if !matches!(port.text("protocol"), "" | "tcp" | "udp") {
        errors.add(port.at("protocol"), "tcp or udp, in small letters.");
    }
    // R93
    if !matches!(port.text("appProtocol"), "" | "http" | "http2" | "grpc") {
        errors.add(port.at("appProtocol"), "One of http, http2 and grpc.");
    }
    // R92
    let name = port.text("name");
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    if name.starts_with('-') {
        errors.add(port.at("name"), "The name can't start with a hyphen.");
    } else if name.len() > 64 {
        errors.add(port.at("name"), "At most 64 characters.");
    } else if !name.chars().all(fits) {
        errors.add(port.at("name"), "Use small letters, digits, hyphens and underscores.");
    }
}
