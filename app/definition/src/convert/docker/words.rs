//! What Docker's words mean: sizes, times, ports, mounts, names.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};

/// MiB of Docker's sizes: `512m`, `1g`, `1.5GB`, `268435456`; 4 at least when it is any.
pub(in crate::convert) fn mib(text: &str) -> Option<i64> {
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
pub(in crate::convert) fn seconds(text: &str) -> Option<i64> {
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
pub(in crate::convert) fn units(cpus: &str) -> Option<i64> {
    let cpus: f64 = cpus.trim().parse().ok()?;
    (cpus > 0.0).then(|| (cpus * 1024.0).round() as i64)
}

/// A port that Docker publishes or exposes.
pub(in crate::convert) struct Port {
    /// Its mapping. A range of host ports is a text here, for which [`Task::finish`] finds words.
    pub(in crate::convert) mapping: Map<String, Value>,
    /// The only address at which it is published.
    pub(super) address: Option<String>,
}

/// The port of `[[address:]host:]container[/protocol]`, where each port may be a range.
pub(in crate::convert) fn port(text: &str) -> Option<Port> {
    let (ports, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let (before, own) = ports.rsplit_once(':').unwrap_or(("", ports));
    let (address, host) = before.rsplit_once(':').unwrap_or(("", before));
    let range = |text: &str| -> Option<Value> {
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        let (from, to): (u16, u16) = (from.parse().ok()?, to.parse().ok()?);
        match from.cmp(&to) {
            Ordering::Less => Some(json!(format!("{from}-{to}"))),
            Ordering::Equal => Some(json!(from)),
            Ordering::Greater => None,
        }
    };
    let own = range(own)?;
    let member = if own.is_string() { "containerPortRange" } else { "containerPort" };
    let mut mapping = Map::new();
    mapping.insert(member.to_owned(), own);
    mapping.insert("protocol".into(), json!(protocol));
    if !host.is_empty() {
        mapping.insert("hostPort".into(), range(host)?);
    }
    let everywhere = matches!(address, "" | "0.0.0.0" | "[::]" | "::" | "*");
    Some(Port { mapping, address: (!everywhere).then(|| address.to_owned()) })
}

/// The parts of a mount, `[source:]target[:options]`: its source, its target and whether it is
/// only read.
pub(in crate::convert) fn mount_parts(text: &str) -> (&str, &str, bool) {
    let (first, rest) = to_colon(text);
    let Some(rest) = rest else { return ("", first, false) };
    let (target, options) = to_colon(rest);
    let read_only = options.unwrap_or_default().split(',').any(|option| option == "ro");
    (first, target, read_only)
}

/// What stands before the next colon, and behind it. One of a drive or of `${NAME:-default}` is
/// none.
fn to_colon(text: &str) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            ':' if depth == 0 && !(at == 1 && has_drive(text)) => {
                return (&text[..at], Some(&text[at + 1..]));
            }
            _ => {}
        }
    }
    (text, None)
}

/// Whether a path is one of Windows with its drive, as in `C:\data`.
pub(super) fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic())
}

/// `NAME=soft[:hard]`.
pub(in crate::convert) fn ulimit(text: &str) -> Option<Value> {
    let (name, limits) = text.split_once('=')?;
    let (soft, hard) = limits.split_once(':').unwrap_or((limits, limits));
    let (soft, hard): (i64, i64) = (soft.trim().parse().ok()?, hard.trim().parse().ok()?);
    Some(json!({"name": name.trim(), "softLimit": soft, "hardLimit": hard}))
}

/// Device files: `/dev/x[:/dev/y[:rwm]]`.
pub(in crate::convert) fn device(text: &str) -> Value {
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
pub(in crate::convert) fn tmpfs(text: &str) -> Value {
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
pub(in crate::convert) fn platform(text: &str) -> Option<Value> {
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
pub(in crate::convert) fn name_of(text: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    text.chars().map(letter).collect::<String>().trim_matches('-').to_owned()
}

/// A name for the container of an image: `nginx` of `registry/team/nginx:1.27`.
pub(in crate::convert) fn name_of_image(image: &str) -> String {
    let last = image.rsplit('/').next().unwrap_or(image);
    name_of(last.split([':', '@']).next().unwrap_or(last))
}

/// A volume's name of a path: `var-run-docker-sock`.
pub(super) fn docker_name(path: &str) -> String {
    name_of(&path.replace(['/', '.'], "-")).replace("--", "-")
}
