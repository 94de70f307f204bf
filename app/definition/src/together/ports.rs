//! All ports of a task, and which of them are in each other's way.

use serde_json::Value;

use super::{container_name, containers, is_true, items, number, text};
use crate::document::Document;
use crate::rules::{Facts, Network};

/// Where a port is reached from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// At the same number.
    Same,
    /// At a number of its own.
    Fixed(i64),
    /// At a number that is free on the instance when the task starts.
    Free,
    /// Not at all.
    Nowhere,
}

/// One mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port {
    /// The container.
    pub container: String,
    /// Its path in the document.
    pub path: String,
    /// The first and last port inside; equal but for ranges. None while it is no number.
    pub inside: Option<(i64, i64)>,
    /// As it is written.
    pub inside_words: String,
    /// Where it is reached.
    pub outside: Outside,
    /// tcp or udp.
    pub protocol: String,
    /// Its name.
    pub name: String,
    /// The application's protocol.
    pub app_protocol: String,
    /// What is in its way.
    pub clash: Option<String>,
}

impl Port {
    /// Where it is reached, in words.
    pub fn outside_words(&self) -> String {
        match self.outside {
            Outside::Same => self.inside_words.clone(),
            Outside::Fixed(port) => port.to_string(),
            Outside::Free => "a free one".to_owned(),
            Outside::Nowhere => "not reachable".to_owned(),
        }
    }
}

/// The ports of all containers, in their order.
pub fn ports(document: &Document) -> Vec<Port> {
    let network = Facts::of(document).network;
    let mut found: Vec<Port> = Vec::new();
    for (place, container) in containers(document).iter().enumerate() {
        let cut_off = is_true(container, "disableNetworking");
        for (at, mapping) in items(container, "portMappings").enumerate() {
            let path = format!("containerDefinitions.{place}.portMappings.{at}");
            let mut port = port(container, place, mapping, path, network);
            if cut_off {
                port.outside = Outside::Nowhere;
            }
            port.clash = clash(&port, &found, network);
            found.push(port);
        }
    }
    found
}

fn port(container: &Value, place: usize, mapping: &Value, path: String, network: Network) -> Port {
    let range = text(mapping, "containerPortRange");
    let inside = if range.is_empty() {
        number(mapping, "containerPort").map(|port| (port, port))
    } else {
        range
            .split_once('-')
            .and_then(|(from, to)| Some((from.trim().parse().ok()?, to.trim().parse().ok()?)))
    };
    let outside = match (network, number(mapping, "hostPort").unwrap_or(0)) {
        (Network::None, _) => Outside::Nowhere,
        (Network::Awsvpc | Network::Host, _) => Outside::Same,
        (Network::Bridge, 0) => Outside::Free,
        (Network::Bridge, fixed) => Outside::Fixed(fixed),
    };
    let protocol = text(mapping, "protocol");
    Port {
        container: container_name(container, place),
        path,
        inside_words: if range.is_empty() {
            inside.map(|(port, _)| port.to_string()).unwrap_or_default()
        } else {
            range.to_owned()
        },
        inside,
        outside,
        protocol: if protocol.is_empty() { "tcp" } else { protocol }.to_owned(),
        name: text(mapping, "name").to_owned(),
        app_protocol: text(mapping, "appProtocol").to_owned(),
        clash: None,
    }
}

/// The containers of one task share a network with awsvpc, and the instance's with host; with bridge
/// only the ports on the instance can meet.
fn clash(port: &Port, before: &[Port], network: Network) -> Option<String> {
    if !port.name.is_empty()
        && let Some(other) = before.iter().find(|other| other.name == port.name)
    {
        return Some(format!("{} has a port of this name too.", other.container));
    }
    let meets = |other: &&Port| match (network, port.outside, other.outside) {
        (Network::Bridge, Outside::Fixed(one), Outside::Fixed(two)) => {
            one == two && port.protocol == other.protocol
        }
        (Network::Bridge, ..) => other.container == port.container && overlap(port, other),
        _ => overlap(port, other),
    };
    before.iter().find(meets).map(|other| {
        if other.container == port.container {
            "It is mapped twice.".to_owned()
        } else {
            format!("{} has this port too.", other.container)
        }
    })
}

fn overlap(one: &Port, other: &Port) -> bool {
    match (one.inside, other.inside) {
        (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
        _ => false,
    }
}
