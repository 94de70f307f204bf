//! What a document says, in the words of its page: pure functions.

use serde_json::Value;

use crate::document::Document;
use crate::rules::{cpu_units, memory_mib};

/// Label and value of what is known; what is absent is left out.
pub type Lines = Vec<(&'static str, String)>;

/// `0.25 vCPU · 512 MiB`; empty when the task has no size of its own.
pub fn size_words(document: &Document) -> String {
    let cpu = document.text_at("cpu");
    let memory = document.text_at("memory");
    let cpu = cpu_units(&cpu).map_or(cpu, vcpu_words);
    let memory = memory_mib(&memory).map_or(memory, memory_words);
    [cpu, memory].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// CPU units as people say them: `0.25 vCPU`, `4 vCPU`.
pub fn vcpu_words(units: u32) -> String {
    let hundredths = u64::from(units) * 100 / 1024;
    let (whole, part) = (hundredths / 100, hundredths % 100);
    match part {
        0 => format!("{whole} vCPU"),
        part if part % 10 == 0 => format!("{whole}.{} vCPU", part / 10),
        part => format!("{whole}.{part:02} vCPU"),
    }
}

/// MiB as people say them: `512 MiB`, `4 GB`.
pub fn memory_words(mib: u32) -> String {
    if mib >= 1024 && mib.is_multiple_of(1024) {
        format!("{} GB", mib / 1024)
    } else {
        format!("{mib} MiB")
    }
}

/// What the overview says of the task.
pub fn task_lines(document: &Document) -> Lines {
    let network = match document.text_at("networkMode") {
        mode if mode.is_empty() => "bridge (the default)".to_owned(),
        mode => mode,
    };
    let platform = [
        document.text_at("runtimePlatform.operatingSystemFamily"),
        document.text_at("runtimePlatform.cpuArchitecture"),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join(" · ");
    let storage = match document.text_at("ephemeralStorage.sizeInGiB") {
        size if size.is_empty() => size,
        size => format!("{size} GiB"),
    };
    known([
        ("Size", size_words(document)),
        ("Network mode", network),
        ("Requires", words(document.items("requiresCompatibilities"))),
        ("Platform", platform),
        ("Ephemeral storage", storage),
        ("Task role", document.text_at("taskRoleArn")),
        ("Execution role", document.text_at("executionRoleArn")),
    ])
}

/// What a card says of one container.
pub fn container_lines(container: &Value) -> Lines {
    let number = |member: &str| container.get(member).and_then(Value::as_i64).filter(|n| *n > 0);
    let memory = match (number("memory"), number("memoryReservation")) {
        (Some(limit), Some(soft)) => format!("{soft} MiB reserved, {limit} MiB at most"),
        (Some(limit), None) => format!("{limit} MiB at most"),
        (None, Some(soft)) => format!("{soft} MiB reserved"),
        (None, None) => String::new(),
    };
    known([
        ("Ports", ports_words(container)),
        ("CPU", number("cpu").map(|cpu| format!("{cpu} CPU units")).unwrap_or_default()),
        ("Memory", memory),
        ("Entry point", command_words(container, "entryPoint")),
        ("Command", command_words(container, "command")),
        ("Logs", logs_words(container)),
        ("Health check", health_words(container)),
        ("Starts after", order_words(container)),
        ("Mounts", mounts_words(container)),
    ])
}

/// What the page says of one volume: its name and what it is.
pub fn volume_words(volume: &Value) -> (String, String) {
    let name = text(volume, "name").to_owned();
    let kind = if let Some(efs) = volume.get("efsVolumeConfiguration") {
        format!("EFS {} {}", text(efs, "fileSystemId"), text(efs, "rootDirectory"))
    } else if volume.get("dockerVolumeConfiguration").is_some() {
        "Docker volume".to_owned()
    } else if volume.get("fsxWindowsFileServerVolumeConfiguration").is_some() {
        "FSx for Windows".to_owned()
    } else if volume.get("s3filesVolumeConfiguration").is_some() {
        "S3 Files".to_owned()
    } else if volume.get("configuredAtLaunch").and_then(Value::as_bool) == Some(true) {
        "configured at launch".to_owned()
    } else {
        match volume.get("host").map(|host| text(host, "sourcePath")) {
            Some(path) if !path.is_empty() => format!("{path} on the instance"),
            _ => "shared by the containers, gone with the task".to_owned(),
        }
    };
    (name, kind.trim_end().to_owned())
}

/// The pairs of a list of objects: `environment`, `secrets`.
pub fn pairs(container: &Value, list: &str, first: &str, second: &str) -> Vec<(String, String)> {
    items(container, list)
        .map(|item| (text(item, first).to_owned(), text(item, second).to_owned()))
        .collect()
}

fn known<const N: usize>(lines: [(&'static str, String); N]) -> Lines {
    lines.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value.get(member).and_then(Value::as_str).unwrap_or_default()
}

fn items<'a>(value: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> {
    value.get(list).and_then(Value::as_array).into_iter().flatten()
}

fn words(list: &[Value]) -> String {
    list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn ports_words(container: &Value) -> String {
    joined(items(container, "portMappings").map(|port| {
        let number = |member: &str| port.get(member).and_then(Value::as_i64);
        let inside = match number("containerPort") {
            Some(inside) => inside.to_string(),
            None => text(port, "containerPortRange").to_owned(),
        };
        let outside = match number("hostPort") {
            Some(outside) if outside != 0 && outside.to_string() != inside => {
                format!("{outside} → ")
            }
            _ => String::new(),
        };
        let protocol = Some(text(port, "protocol")).filter(|p| !p.is_empty()).unwrap_or("tcp");
        let name = match text(port, "name") {
            "" => String::new(),
            name => format!(" ({name})"),
        };
        format!("{outside}{inside}/{protocol}{name}")
    }))
}

/// A command as one would type it: parts with spaces in quotes.
fn command_words(container: &Value, member: &str) -> String {
    let quoted = |part: &str| {
        if part.is_empty() || part.contains(char::is_whitespace) {
            format!("\"{part}\"")
        } else {
            part.to_owned()
        }
    };
    let parts = items(container, member).filter_map(Value::as_str).map(quoted);
    parts.collect::<Vec<_>>().join(" ")
}

fn logs_words(container: &Value) -> String {
    let Some(log) = container.get("logConfiguration") else { return String::new() };
    let group =
        log.get("options").map(|options| text(options, "awslogs-group")).unwrap_or_default();
    format!("{} {group}", text(log, "logDriver")).trim().to_owned()
}

fn health_words(container: &Value) -> String {
    container.get("healthCheck").map(|health| command_words(health, "command")).unwrap_or_default()
}

fn order_words(container: &Value) -> String {
    joined(items(container, "dependsOn").map(|dependency| {
        let condition = match text(dependency, "condition") {
            "START" => "has started",
            "COMPLETE" => "has ended",
            "SUCCESS" => "has ended well",
            "HEALTHY" => "is healthy",
            other => other,
        };
        format!("{} {condition}", text(dependency, "containerName"))
    }))
}

fn mounts_words(container: &Value) -> String {
    joined(items(container, "mountPoints").map(|mount| {
        let only = mount.get("readOnly").and_then(Value::as_bool) == Some(true);
        let only = if only { " (read only)" } else { "" };
        format!("{} at {}{only}", text(mount, "sourceVolume"), text(mount, "containerPath"))
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sizes_read_as_people_say_them() {
        for (units, said) in [
            (256, "0.25 vCPU"),
            (512, "0.5 vCPU"),
            (1024, "1 vCPU"),
            (100, "0.09 vCPU"),
            (16_384, "16 vCPU"),
        ] {
            assert_eq!(vcpu_words(units), said);
        }
        assert_eq!((memory_words(512), memory_words(4096)), ("512 MiB".into(), "4 GB".into()));
        let document = Document::new(json!({"cpu": "1 vCPU", "memory": "odd"})).unwrap_or_default();
        assert_eq!(size_words(&document), "1 vCPU · odd");
    }

    #[test]
    fn a_container_reads_in_words() {
        let container = json!({
            "portMappings": [{"containerPort": 80, "hostPort": 8080, "name": "web"}, {"containerPort": 53, "protocol": "udp"}],
            "cpu": 0, "memory": 512, "memoryReservation": 128,
            "command": ["sh", "-c", "echo hi"],
            "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/web"}},
            "dependsOn": [{"containerName": "db", "condition": "HEALTHY"}],
            "mountPoints": [{"sourceVolume": "data", "containerPath": "/data", "readOnly": true}]
        });
        assert_eq!(
            container_lines(&container),
            [
                ("Ports", "8080 → 80/tcp (web), 53/udp".to_owned()),
                ("Memory", "128 MiB reserved, 512 MiB at most".to_owned()),
                ("Command", "sh -c \"echo hi\"".to_owned()),
                ("Logs", "awslogs /ecs/web".to_owned()),
                ("Starts after", "db is healthy".to_owned()),
                ("Mounts", "data at /data (read only)".to_owned()),
            ]
        );
        assert_eq!(container_lines(&json!("odd")), []);
    }
}
