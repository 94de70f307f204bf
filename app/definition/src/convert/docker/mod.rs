//! What Docker's command line and Compose files have in common: a container in Docker's words,
//! put down in ECS's.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

pub(super) use words::*;

use super::started::{Candidate, Notes};
use crate::document::Document;
use crate::rules::{FARGATE_CPUS, fargate_memories};

/// What begins when nothing says how much memory a container may take, in MiB.
const MEMORY_MIB: i64 = 512;

/// A task that takes shape.
#[derive(Default)]
pub(super) struct Task {
    pub(super) family: String,
    pub(super) containers: Vec<Map<String, Value>>,
    pub(super) volumes: Vec<Value>,
    /// The volume of each directory or name that something is mounted from.
    sources: BTreeMap<String, String>,
    names: BTreeSet<String>,
    /// Where the mapping of each port stands, by the place of its container.
    ports: BTreeMap<(usize, String), usize>,
    pub(super) network_mode: Option<&'static str>,
    pub(super) pid_mode: Option<&'static str>,
    pub(super) ipc_mode: Option<&'static str>,
    pub(super) platform: Option<Value>,
    /// Why it can't run on Fargate; it can while there is no reason.
    pub(super) ec2: BTreeSet<String>,
    pub(super) notes: Notes,
}

impl Task {
    /// The path of a member of the container that is being written.
    pub(super) fn path(&self, member: &str) -> String {
        format!("containerDefinitions.{}.{member}", self.containers.len())
    }

    /// Fits it to Fargate where that can be, to EC2 otherwise.
    pub(super) fn finish(mut self, title: String) -> Candidate {
        let fargate = self.ec2.is_empty();
        let network = match (fargate, self.network_mode) {
            (true, _) => Some("awsvpc"),
            (false, mode) => mode.or(Some("bridge")),
        };
        let mut containers = std::mem::take(&mut self.containers);
        for (place, container) in containers.iter_mut().enumerate() {
            let at = |member: &str| format!("containerDefinitions.{place}.{member}");
            host_ports(container, &at("portMappings"), network, &mut self.notes);
            if network == Some("awsvpc") {
                without_names(container, &at(""), &mut self.notes);
            }
            if fargate {
                for_fargate(container, &at(""), &mut self.notes);
            } else if !container.contains_key("memory")
                && !container.contains_key("memoryReservation")
            {
                container.insert("memory".into(), json!(MEMORY_MIB));
                self.notes.changed(
                    at("memory"),
                    format!("ECS wants a limit here; {MEMORY_MIB} MiB is a beginning."),
                );
            }
        }
        let mut document = Map::new();
        document.insert("family".into(), json!(self.family));
        document.insert(
            "requiresCompatibilities".into(),
            json!([if fargate { "FARGATE" } else { "EC2" }]),
        );
        document.insert("networkMode".into(), json!(network));
        if fargate {
            let (cpu, memory) = fargate_size(&containers);
            document.insert("cpu".into(), json!(cpu.to_string()));
            document.insert("memory".into(), json!(memory.to_string()));
            self.notes.changed("cpu", format!("The smallest size of Fargate that holds the containers: {cpu} CPU units with {memory} MiB."));
        } else {
            let why = self.ec2.iter().cloned().collect::<Vec<_>>().join(", ");
            self.notes
                .changed("requiresCompatibilities", format!("It needs EC2 because of {why}."));
        }
        for (member, mode) in [("pidMode", self.pid_mode), ("ipcMode", self.ipc_mode)] {
            document.extend(mode.map(|mode| (member.to_owned(), json!(mode))));
        }
        document.extend(self.platform.map(|platform| ("runtimePlatform".to_owned(), platform)));
        document.insert("containerDefinitions".into(), json!(containers));
        if !self.volumes.is_empty() {
            document.insert("volumes".into(), json!(self.volumes));
        }
        let document = Document::new(Value::Object(document)).unwrap_or_default();
        Candidate { title, document, left_out: self.notes.sorted() }
    }
}

/// With awsvpc each task has an address of its own, so ports are what the container listens on; with
/// the network of the host Docker publishes none. Elsewhere a port has one port of the instance, never
/// a range.
fn host_ports(
    container: &mut Map<String, Value>,
    path: &str,
    network: Option<&str>,
    notes: &mut Notes,
) {
    let Some(Value::Array(ports)) = container.get_mut("portMappings") else { return };
    for (place, port) in ports.iter_mut().filter_map(Value::as_object_mut).enumerate() {
        let Some((member, own)) = container_port(port) else { continue };
        let (path, own) = (format!("{path}.{place}.{member}"), own.clone());
        let own_only = matches!(network, Some("awsvpc" | "host"));
        if !own_only && !port.get("hostPort").is_some_and(Value::is_string) {
            continue;
        }
        let Some(host) = port.shift_remove("hostPort") else { continue };
        if own_only && host == own {
            continue;
        }
        let (shown, own) = (bare(&host), bare(&own));
        let said = match network {
            Some("awsvpc") => format!(
                "Docker published it as {shown}. Here the task is reached at {own}; a load balancer can listen at {shown}."
            ),
            Some("host") => format!(
                "With the network of the host, Docker publishes no port as {shown}: the container is reached where it listens. If that is not {own}, change it."
            ),
            _ => format!(
                "Docker published it as {shown}. ECS chooses free ports of the instance for it."
            ),
        };
        notes.changed(path, said);
    }
}

/// A port, or a range of them, as text.
fn bare(port: &Value) -> String {
    port.as_str().map_or_else(|| port.to_string(), str::to_owned)
}

/// The port of a mapping, or its ports, with the member that has them.
fn container_port(mapping: &Map<String, Value>) -> Option<(&'static str, &Value)> {
    ["containerPort", "containerPortRange"]
        .into_iter()
        .find_map(|member| Some((member, mapping.get(member)?)))
}

/// Members that awsvpc does not take.
fn without_names(container: &mut Map<String, Value>, path: &str, notes: &mut Notes) {
    for (member, said) in [
        ("hostname", "The network mode awsvpc takes no hostname."),
        ("dnsServers", "The network mode awsvpc takes no DNS servers; the VPC has its own."),
        ("dnsSearchDomains", "The network mode awsvpc takes no search domains."),
        (
            "extraHosts",
            "The network mode awsvpc takes no extra hosts. Use Cloud Map or a private DNS zone.",
        ),
    ] {
        if container.shift_remove(member).is_some() {
            notes.left_out(format!("{path}{member}"), said);
        }
    }
}

/// Members that Fargate does not take and that something runs without.
fn for_fargate(container: &mut Map<String, Value>, path: &str, notes: &mut Notes) {
    if let Some(Value::Array(limits)) = container.get_mut("ulimits") {
        for limit in limits.extract_if(.., |limit| limit["name"] != "nofile") {
            let name = limit["name"].as_str().unwrap_or_default();
            notes.left_out(
                format!("{path}ulimits"),
                format!("Fargate takes nofile only; {name} is left out."),
            );
        }
        if limits.is_empty() {
            container.shift_remove("ulimits");
        }
    }
}

/// The smallest size of Fargate with room for the containers.
fn fargate_size(containers: &[Map<String, Value>]) -> (u32, u32) {
    let sum = |members: [&str; 2]| -> i64 {
        let of = |container: &Map<String, Value>| {
            members.iter().filter_map(|member| container.get(*member)?.as_i64()).max().unwrap_or(0)
        };
        containers.iter().map(of).sum()
    };
    let (cpu, memory) = (sum(["cpu", "cpu"]), sum(["memory", "memoryReservation"]));
    let fits = |units: u32| {
        let memories = fargate_memories(units);
        let size = memories.into_iter().find(|size| i64::from(*size) >= memory)?;
        (i64::from(units) >= cpu).then_some((units, size))
    };
    FARGATE_CPUS.into_iter().find_map(fits).unwrap_or((16_384, 122_880))
}

impl Task {
    /// Mounts something into the container that is being written: a directory of the machine, a
    /// named volume, or a nameless one.
    pub(super) fn mount(
        &mut self,
        container: &mut Map<String, Value>,
        source: &str,
        target: &str,
        read_only: bool,
    ) {
        let absolute = source.starts_with('/');
        if source.starts_with(['.', '~', '$', '`', '%'])
            || has_drive(source)
            || (source.contains('\\') && !absolute)
        {
            self.notes.left_out(
                format!("{source}:{target}"),
                "It is a directory of the machine that the command ran on. Build its files into the image, or use EFS.",
            );
            return;
        }
        let name = self.volume(source, absolute);
        let mut mount = json!({"sourceVolume": name, "containerPath": target});
        if read_only {
            mount["readOnly"] = json!(true);
        }
        let list = container.entry("mountPoints").or_insert_with(|| json!([]));
        if let Value::Array(items) = list {
            items.push(mount);
        }
    }

    /// The name of the volume of a source: each source has its own, and what has no source another
    /// each time.
    fn volume(&mut self, source: &str, absolute: bool) -> String {
        if let Some(known) = self.sources.get(source) {
            return known.clone();
        }
        let own = if absolute { docker_name(source) } else { name_of(source) };
        let own = match own {
            own if !own.is_empty() => own,
            _ if absolute => "root".to_owned(),
            _ => format!("volume{}", self.volumes.len() + 1),
        };
        let mut name = own.clone();
        let mut number = self.volumes.len();
        while !self.names.insert(name.clone()) {
            number += 1;
            name = format!("{own}-{number}");
        }
        let mut volume = json!({"name": name});
        if absolute {
            volume["host"] = json!({"sourcePath": source});
            self.ec2.insert(format!("the directory {source} of the instance"));
        } else {
            self.notes.changed(
                format!("volumes.{}", self.volumes.len()),
                "It is a directory that ends with the task. Use EFS for what must stay.",
            );
        }
        self.volumes.push(volume);
        if !source.is_empty() {
            self.sources.insert(source.to_owned(), name.clone());
        }
        name
    }

    /// Maps a port of the container that is being written. ECS takes each port once, so what is said
    /// of it again only adds to it.
    pub(super) fn publish(&mut self, container: &mut Map<String, Value>, port: Port) {
        let list = container.entry("portMappings").or_insert_with(|| json!([]));
        let Value::Array(mappings) = list else { return };
        let Some((member, own)) = container_port(&port.mapping) else { return };
        let protocol = port.mapping.get("protocol").map(bare).unwrap_or_default();
        let key = (self.containers.len(), format!("{}/{protocol}", bare(own)));
        let place = *self.ports.entry(key).or_insert(mappings.len());
        let path = self.path(&format!("portMappings.{place}.{member}"));
        if place == mappings.len() {
            mappings.push(json!({}));
        }
        let Some(known) = mappings.get_mut(place).and_then(Value::as_object_mut) else { return };
        match (known.get("hostPort"), port.mapping.get("hostPort"), port.address) {
            (Some(_), Some(host), address) => {
                let at = address.map(|address| format!("{address}:")).unwrap_or_default();
                let host = bare(host);
                self.notes.changed(
                    path,
                    format!("Docker published it as {at}{host} too. ECS maps each port of a container once."),
                );
            }
            (_, _, Some(address)) => self.notes.changed(
                path,
                format!("Docker published it at {address} only. ECS publishes it at every address of the task or its instance; security groups say who reaches it."),
            ),
            _ => {}
        }
        for (member, value) in port.mapping {
            known.entry(member).or_insert(value);
        }
    }
}
