//! What Docker's command line and Compose files have in common: a container in Docker's words,
//! put down in ECS's.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

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
            if network == Some("awsvpc") {
                own_ports(container, &at("portMappings"), &mut self.notes);
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

/// With awsvpc each task has an address of its own, so ports are what the container listens on.
fn own_ports(container: &mut Map<String, Value>, path: &str, notes: &mut Notes) {
    let Some(Value::Array(ports)) = container.get_mut("portMappings") else { return };
    for (place, port) in ports.iter_mut().filter_map(Value::as_object_mut).enumerate() {
        let own = port.get("containerPort").cloned();
        if let Some(host) = port.shift_remove("hostPort").filter(|host| Some(host) != own.as_ref())
        {
            let own = own.map(|own| own.to_string()).unwrap_or_default();
            notes.changed(
                format!("{path}.{place}.containerPort"),
                format!("Docker published it as {host}. Here the task is reached at {own}; a load balancer can listen at {host}."),
            );
        }
    }
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

/// MiB of Docker's sizes: `512m`, `1g`, `1.5GB`, `268435456`; 4 at least when it is any.
pub(super) fn mib(text: &str) -> Option<i64> {
    let text = text.trim().to_lowercase();
    let text = text.strip_suffix("ib").or_else(|| text.strip_suffix('b')).unwrap_or(&text);
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let factor = match text[end..].trim() {
        "" => 1.0 / 1_048_576.0,
        "k" => 1.0 / 1024.0,
        "m" => 1.0,
        "g" => 1024.0,
        "t" => 1_048_576.0,
        _ => return None,
    };
    let amount = text[..end].parse::<f64>().ok()? * factor;
    (amount > 0.0).then(|| amount.ceil() as i64)
}

/// Seconds of Docker's durations: `90s`, `1m30s`, `500ms`; a part of a second counts as one.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let (mut total, mut rest) = (0.0, text.trim());
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let amount: f64 = rest[..end].parse().ok()?;
        let unit_end =
            rest[end..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |at| end + at);
        let factor = match &rest[end..unit_end] {
            "h" => 3600.0,
            "m" => 60.0,
            "s" => 1.0,
            "ms" => 0.001,
            "us" | "µs" => 0.000_001,
            "ns" => 0.000_000_001,
            _ => return None,
        };
        total += amount * factor;
        rest = &rest[unit_end..];
    }
    Some(f64::ceil(total) as i64)
}

/// CPU units of Docker's number of CPUs.
pub(super) fn units(cpus: &str) -> Option<i64> {
    let cpus: f64 = cpus.trim().parse().ok()?;
    (cpus > 0.0).then(|| (cpus * 1024.0).round() as i64)
}

/// Port mappings of `[[address:]host:]container[/protocol]`, where each port may be a range.
pub(super) fn ports(text: &str) -> Option<Vec<Value>> {
    let (text, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let mut parts = text.rsplit(':');
    let range = |text: &str| -> Option<(u16, u16)> {
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        let (from, to) = (from.parse().ok()?, to.parse().ok()?);
        (from <= to).then_some((from, to))
    };
    let own = range(parts.next()?)?;
    let host = match parts.next() {
        None | Some("") => None,
        Some(host) => Some(range(host)?),
    };
    if own.0 != own.1 {
        return Some(vec![
            json!({"containerPortRange": format!("{}-{}", own.0, own.1), "protocol": protocol}),
        ]);
    }
    let mut port = json!({"containerPort": own.0, "protocol": protocol});
    if let Some((from, to)) = host
        && from == to
    {
        port["hostPort"] = json!(from);
    }
    Some(vec![port])
}

/// `NAME=soft[:hard]`.
pub(super) fn ulimit(text: &str) -> Option<Value> {
    let (name, limits) = text.split_once('=')?;
    let (soft, hard) = limits.split_once(':').unwrap_or((limits, limits));
    let (soft, hard): (i64, i64) = (soft.trim().parse().ok()?, hard.trim().parse().ok()?);
    Some(json!({"name": name.trim(), "softLimit": soft, "hardLimit": hard}))
}

/// Device files: `/dev/x[:/dev/y[:rwm]]`.
pub(super) fn device(text: &str) -> Value {
    let mut parts = text.split(':');
    let host = parts.next().unwrap_or_default();
    let mut device = json!({"hostPath": host, "containerPath": parts.next().unwrap_or(host)});
    if let Some(rights) = parts.next() {
        let word = |letter| match letter {
            'r' => Some("read"),
            'w' => Some("write"),
            'm' => Some("mknod"),
            _ => None,
        };
        device["permissions"] = rights.chars().filter_map(word).collect();
    }
    device
}

/// A memory file system: `/run[:size=64m,mode=1777]`. ECS wants a size.
pub(super) fn tmpfs(text: &str) -> Value {
    let (path, options) = text.split_once(':').unwrap_or((text, ""));
    let size = options.split(',').find_map(|option| mib(option.strip_prefix("size=")?));
    let others: Vec<&str> = options
        .split(',')
        .filter(|option| !option.is_empty() && !option.starts_with("size="))
        .collect();
    let mut tmpfs = json!({"containerPath": path, "size": size.unwrap_or(64)});
    if !others.is_empty() {
        tmpfs["mountOptions"] = json!(others);
    }
    tmpfs
}

/// The platform of `linux/arm64`.
pub(super) fn platform(text: &str) -> Option<Value> {
    let (system, processor) = text.split_once('/')?;
    let processor = match processor.split('/').next()? {
        "amd64" | "x86_64" => "X86_64",
        "arm64" | "aarch64" => "ARM64",
        _ => return None,
    };
    (system == "linux")
        .then(|| json!({"cpuArchitecture": processor, "operatingSystemFamily": "LINUX"}))
}

/// A name as ECS takes it.
pub(super) fn name_of(text: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    text.chars().map(letter).collect::<String>().trim_matches('-').to_owned()
}

/// A name for the container of an image: `nginx` of `registry/team/nginx:1.27`.
pub(super) fn name_of_image(image: &str) -> String {
    let last = image.rsplit('/').next().unwrap_or(image);
    name_of(last.split([':', '@']).next().unwrap_or(last))
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
        if source.starts_with(['.', '~', '$']) || (source.contains('\\') && !absolute) {
            self.notes.left_out(
                format!("{source}:{target}"),
                "It is a directory of the machine that the command ran on. Build its files into the image, or use EFS.",
            );
            return;
        }
        let name = match source {
            "" => format!("volume{}", self.volumes.len() + 1),
            path if absolute => match docker_name(path) {
                name if name.is_empty() => "root".to_owned(),
                name => name,
            },
            name => name_of(name),
        };
        let volume = if absolute {
            json!({"name": name, "host": {"sourcePath": source}})
        } else {
            json!({"name": name})
        };
        if !self.volumes.contains(&volume) {
            let path = format!("volumes.{}", self.volumes.len());
            if absolute {
                self.ec2.insert(format!("the directory {source} of the instance"));
            } else {
                self.notes.changed(
                    path,
                    "It is a directory that ends with the task. Use EFS for what must stay.",
                );
            }
            self.volumes.push(volume);
        }
        let mut mount = json!({"sourceVolume": name, "containerPath": target});
        if read_only {
            mount["readOnly"] = json!(true);
        }
        let list = container.entry("mountPoints").or_insert_with(|| json!([]));
        if let Value::Array(items) = list {
            items.push(mount);
        }
    }
}

/// A volume's name of a path: `var-run-docker-sock`.
fn docker_name(path: &str) -> String {
    name_of(&path.replace(['/', '.'], "-")).replace("--", "-")
}
