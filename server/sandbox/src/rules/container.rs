//! Rules about each container of a task definition.

use serde_json::Value;

use super::{Check, asks_for, is_name, items, linux, logs, network, number, one_of, secrets, text};
use crate::ask::Ask;
use crate::refusal::Refusal;

pub(super) fn check(document: &Value) -> Check {
    let containers = items(document, "containerDefinitions");
    for (at, container) in containers.iter().enumerate() {
        r56_name(container)?;
        let before = containers.get(..at).unwrap_or_default();
        r56_unique(container, before)?;
        r57_r58_image(container)?;
        r63_memory(document, container)?;
        r64_r65_limits(document, container)?;
        ports(document, container)?;
        secrets::check(document, container)?;
        r109_log_driver(container)?;
        r124_r127_depends(document, container)?;
        r129_r133_health(container)?;
        r167_mounts(document, container)?;
        r135_r137_restart(container)?;
        start_timeout(container)?;
        r71_r83_words(container)?;
        network::check(document, container)?;
        linux::check(document, container)?;
        logs::check(document, container)?;
    }
    r64_memory_sum(document, containers)?;
    r67_essential(containers)
}

/// What the containers reserve together fits into the task.
fn r64_memory_sum(document: &Value, containers: &[Value]) -> Check {
    let own = |item: &Value| number(item, "memoryReservation").or(number(item, "memory"));
    let sum = containers.iter().filter_map(own).fold(0, i64::saturating_add);
    let task = text(document, "memory")
        .and_then(|text| crate::task_definitions::units(text, &["gb", "gib"]));
    if task.is_some_and(|task| sum > task) {
        return Err(Refusal::client(
            "The total 'memory' of the containers is greater than for the task.",
        ));
    }
    Ok(())
}

fn r56_name(container: &Value) -> Check {
    match Ask(container).text("name")? {
        None | Some("") => Err(Refusal::client("Container.name should not be null or empty.")),
        Some(name) if is_name(name, 255) => Ok(()),
        Some(_) => Err(Refusal::client(
            "Invalid container name. Container names can have at most 255 letters (uppercase and lowercase), numbers, underscores, and hyphens.",
        )),
    }
}

fn r56_unique(container: &Value, before: &[Value]) -> Check {
    let name = text(container, "name");
    if before.iter().any(|other| text(other, "name") == name) {
        let name = name.unwrap_or_default();
        return Err(Refusal::client(format!("Container name '{name}' is used more than once.")));
    }
    Ok(())
}

fn r57_r58_image(container: &Value) -> Check {
    let image = Ask(container).text("image")?.unwrap_or_default();
    if image.is_empty() {
        return Err(Refusal::client("Container.image should not be null or empty."));
    }
    let name = image.split('@').next().unwrap_or_default();
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || b"-_:./#".contains(&byte);
    if name.len() > 255 || !name.bytes().all(fine) {
        return Err(Refusal::client("Container.image contains invalid characters."));
    }
    // R59.
    let digest = image.split_once('@').map(|(_, digest)| digest);
    let hex = |digest: &str| {
        let hex = digest.strip_prefix("sha256:").unwrap_or_default();
        hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    if digest.is_some_and(|digest| !hex(digest)) {
        return Err(Refusal::client(
            "Container.image has an invalid digest: sha256: and 64 hexadecimal digits are needed.",
        ));
    }
    Ok(())
}

fn r63_memory(document: &Value, container: &Value) -> Check {
    let any = ["memory", "memoryReservation"].iter().any(|name| number(container, name).is_some());
    if any || text(document, "memory").is_some() || asks_for(document, "FARGATE") {
        return Ok(());
    }
    let name = text(container, "name").unwrap_or_default();
    Err(Refusal::client(format!(
        "Invalid setting for container '{name}'. At least one of 'memory' or 'memoryReservation' must be specified."
    )))
}

/// R64 and R65; R66 for the smallest memory, which newer Docker wants to be 6 MiB.
fn r64_r65_limits(document: &Value, container: &Value) -> Check {
    let ask = Ask(container);
    let name = text(container, "name").unwrap_or_default();
    let memory = ask.whole("memory")?;
    let reservation = ask.whole("memoryReservation")?;
    r14_cpu(name, ask.whole("cpu")?)?;
    if memory.into_iter().chain(reservation).any(|mib| mib < 4) {
        return Err(Refusal::client(format!(
            "Invalid setting for container '{name}'. The memory should be at least 4 MiB."
        )));
    }
    if let (Some(memory), Some(reservation)) = (memory, reservation)
        && reservation > memory
    {
        return Err(Refusal::client(format!(
            "Invalid setting for container '{name}'. The 'memory' setting should be greater than or equal to 'memoryReservation'."
        )));
    }
    let units = |name: &str, suffixes: &[&str]| {
        text(document, name).and_then(|text| crate::task_definitions::units(text, suffixes))
    };
    let task = units("memory", &["gb", "gib"]);
    if task.zip(memory.or(reservation)).is_some_and(|(task, own)| own > task) {
        return Err(Refusal::client(format!(
            "The 'memory' setting for container '{name}' is greater than for the task."
        )));
    }
    let task = units("cpu", &["vcpu", "vcpus"]);
    if task.zip(ask.whole("cpu")?).is_some_and(|(task, own)| own > task) {
        return Err(Refusal::client(format!(
            "The 'cpu' setting for container '{name}' is greater than for the task."
        )));
    }
    Ok(())
}

/// No container reserves more than the largest task may have (R14).
fn r14_cpu(name: &str, cpu: Option<i64>) -> Check {
    if cpu.is_some_and(|units| !(0..=196_608).contains(&units)) {
        return Err(Refusal::client(format!("Invalid 'cpu' setting for container '{name}'.")));
    }
    Ok(())
}

fn r67_essential(containers: &[Value]) -> Check {
    let optional = |container: &Value| container.get("essential") == Some(&Value::Bool(false));
    if containers.iter().all(optional) {
        return Err(Refusal::client(
            "A task definition must have at least one essential container.",
        ));
    }
    Ok(())
}

/// R8, R85, R92 and R93.
fn ports(document: &Value, container: &Value) -> Check {
    let mode = text(document, "networkMode").unwrap_or("bridge");
    for port in Ask(container).list("portMappings")? {
        if mode == "none" {
            return Err(Refusal::client(
                "When networkMode=none, you cannot specify port mappings.",
            ));
        }
        let (own, host) = (number(port, "containerPort"), number(port, "hostPort"));
        if own.is_none() && port.get("containerPortRange").is_none() {
            return Err(Refusal::client(
                "Invalid setting for container port. A containerPort or containerPortRange must be specified.",
            ));
        }
        if own.into_iter().chain(host).any(|port| !(0..=65_535).contains(&port)) {
            return Err(Refusal::client("Ports must be between 0 and 65535."));
        }
        if mode != "bridge" && host.is_some_and(|host| host != 0 && Some(host) != own) {
            return Err(Refusal::client(format!(
                "When networkMode={mode}, the host ports and container ports in port mappings must match."
            )));
        }
        if let Some(protocol) = text(port, "appProtocol") {
            one_of("portMappings.appProtocol", protocol, &["http", "http2", "grpc"])?;
        }
        let name = text(port, "name").filter(|name| !name.is_empty());
        if name.is_some_and(|name| ports_of(document, name) > 1) {
            return Err(Refusal::client("Port mapping names must be unique in a task definition."));
        }
        if text(port, "name").is_some_and(|name| !port_name(name)) {
            return Err(Refusal::client(
                "Invalid port mapping name. Port mapping names can have at most 64 lowercase letters, numbers, underscores, and hyphens and can't start with a hyphen.",
            ));
        }
    }
    Ok(())
}

/// How many ports of the task have a name.
fn ports_of(document: &Value, name: &str) -> usize {
    let containers = items(document, "containerDefinitions").iter();
    let ports = containers.flat_map(|container| items(container, "portMappings"));
    ports.filter(|port| text(port, "name") == Some(name)).count()
}

fn port_name(name: &str) -> bool {
    is_name(name, 64)
        && !name.starts_with('-')
        && !name.bytes().any(|byte| byte.is_ascii_uppercase())
}

fn r109_log_driver(container: &Value) -> Check {
    let Some(logs) = Ask(container).object("logConfiguration")? else {
        return Ok(());
    };
    let driver = logs.text("logDriver")?.unwrap_or_default();
    let known =
        ["json-file", "syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "awsfirelens"];
    one_of("logConfiguration.logDriver", driver, &known)?;
    let options = logs.get("options");
    let missing = |option: &str| options.is_none_or(|options| text(options, option).is_none());
    // R112.
    for option in ["awslogs-group", "awslogs-region"] {
        if driver == "awslogs" && missing(option) {
            return Err(Refusal::client(format!("Log driver awslogs requires options: {option}")));
        }
    }
    Ok(())
}

/// R124 to R127, the cycle included.
fn r124_r127_depends(document: &Value, container: &Value) -> Check {
    let containers = items(document, "containerDefinitions");
    let own = text(container, "name").unwrap_or_default();
    for dependency in Ask(container).list("dependsOn")? {
        let name = text(dependency, "containerName").unwrap_or_default();
        let condition = text(dependency, "condition").unwrap_or_default();
        one_of("dependsOn.condition", condition, &["START", "COMPLETE", "SUCCESS", "HEALTHY"])?;
        let Some(other) = containers.iter().find(|item| text(item, "name") == Some(name)) else {
            return Err(Refusal::client(format!(
                "Cannot depend on container {name} because it does not exist"
            )));
        };
        let essential = other.get("essential") != Some(&Value::Bool(false));
        if essential && ["COMPLETE", "SUCCESS"].contains(&condition) {
            return Err(Refusal::client(format!(
                "Container '{own}' cannot depend on the {condition} of the essential container '{name}'."
            )));
        }
        if condition == "HEALTHY" && other.get("healthCheck").is_none_or(Value::is_null) {
            return Err(Refusal::client(format!(
                "Container '{own}' depends on the health of container '{name}' but '{name}' has no health check configured."
            )));
        }
    }
    if depends_on_itself(containers, own) {
        return Err(Refusal::client(format!(
            "There is a circular dependency between containers, including '{own}'."
        )));
    }
    Ok(())
}

/// Whether a container is among its own dependencies' dependencies. Each
/// container is visited once: ten that all depend on each other have millions
/// of paths.
fn depends_on_itself(containers: &[Value], name: &str) -> bool {
    let mut visited = Vec::new();
    let mut open = vec![name];
    while let Some(next) = open.pop() {
        let container = containers.iter().find(|item| text(item, "name") == Some(next));
        let names = container
            .map_or(&[][..], |item| items(item, "dependsOn"))
            .iter()
            .filter_map(|item| text(item, "containerName"));
        for dependency in names {
            if dependency == name {
                return true;
            }
            if !visited.contains(&dependency) {
                visited.push(dependency);
                open.push(dependency);
            }
        }
    }
    false
}

fn r129_r133_health(container: &Value) -> Check {
    let Some(check) = Ask(container).object("healthCheck")? else {
        return Ok(());
    };
    let command = check.texts("command")?;
    let first = command.first().copied().unwrap_or_default();
    if !["CMD", "CMD-SHELL", "NONE"].contains(&first) {
        return Err(Refusal::client("The health check command must begin with CMD or CMD-SHELL."));
    }
    if first != "NONE" && command.len() < 2 {
        return Err(Refusal::client("The health check command must have something to run."));
    }
    for (member, low, high) in
        [("interval", 5, 300), ("timeout", 2, 60), ("retries", 1, 10), ("startPeriod", 0, 300)]
    {
        if check.whole(member)?.is_some_and(|value| !(low..=high).contains(&value)) {
            return Err(Refusal::client(format!(
                "The health check {member} must be between {low} and {high}."
            )));
        }
    }
    Ok(())
}

/// R135 to R137.
fn r135_r137_restart(container: &Value) -> Check {
    let Some(policy) = Ask(container).object("restartPolicy")? else {
        return Ok(());
    };
    if policy.flag("enabled")?.is_none() {
        return Err(Refusal::client("restartPolicy.enabled should not be null."));
    }
    let period = policy.whole("restartAttemptPeriod")?;
    if period.is_some_and(|seconds| !(60..=1_800).contains(&seconds)) {
        return Err(Refusal::client("restartAttemptPeriod must be between 60 and 1800."));
    }
    if policy.list("ignoredExitCodes")?.len() > 50 {
        return Err(Refusal::client("ignoredExitCodes can have at most 50 items."));
    }
    Ok(())
}

/// R71, R81, R82 and R83: words of a certain form.
fn r71_r83_words(container: &Value) -> Check {
    let ask = Ask(container);
    if let Some(word) = ask.text("versionConsistency")? {
        one_of("versionConsistency", word, &["enabled", "disabled"])?;
    }
    let begins = |word: &str, with: &[&str]| with.iter().any(|prefix| word.starts_with(prefix));
    for option in ask.texts("dockerSecurityOptions")? {
        let known = ["no-new-privileges", "apparmor:", "label:", "credentialspec:"];
        if !begins(option, &known) {
            return Err(Refusal::client(format!("Invalid docker security option '{option}'.")));
        }
    }
    let specs = ask.texts("credentialSpecs")?;
    let known = ["credentialspec:", "credentialspecdomainless:"];
    if specs.len() > 1 || specs.iter().any(|spec| !begins(spec, &known)) {
        return Err(Refusal::client(
            "credentialSpecs can have one item, credentialspec: or credentialspecdomainless: and an ARN.",
        ));
    }
    let credentials = ask.object("repositoryCredentials")?;
    if let Some(credentials) = credentials
        && credentials.text("credentialsParameter")?.is_none_or(str::is_empty)
    {
        return Err(Refusal::client("repositoryCredentials must have a credentialsParameter."));
    }
    Ok(())
}

/// More than a day is a typing error; Fargate allows less (R68).
fn start_timeout(container: &Value) -> Check {
    if Ask(container).whole("startTimeout")?.is_some_and(|it| !(0..=86_400).contains(&it)) {
        return Err(Refusal::client("startTimeout must be between 0 and 86400 seconds."));
    }
    Ok(())
}

fn r167_mounts(document: &Value, container: &Value) -> Check {
    let mut paths = Vec::new();
    for mount in Ask(container).list("mountPoints")? {
        let name = text(mount, "sourceVolume").unwrap_or_default();
        let known =
            items(document, "volumes").iter().any(|volume| text(volume, "name") == Some(name));
        if !known {
            return Err(Refusal::client(format!("Unknown volume '{name}'.")));
        }
        let path = text(mount, "containerPath").unwrap_or_default();
        if path.is_empty() || paths.contains(&path) {
            return Err(Refusal::client(format!(
                "Invalid mount point '{path}'. Each needs a containerPath of its own."
            )));
        }
        paths.push(path);
    }
    Ok(())
}
