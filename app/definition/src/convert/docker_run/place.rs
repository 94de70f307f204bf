//! Where each option of `docker run` goes in a task definition, or why it goes nowhere.

use serde_json::{Value, json};

use super::{Run, options};
use crate::convert::docker::{self, Task};

/// Puts an option into the container.
pub(super) fn option(name: &str, value: Option<String>, run: &mut Run, task: &mut Task) {
    let given = value.as_deref().unwrap_or_default();
    let truth = given != "false";
    let flag = format!("--{name}");
    if value.is_none() && !options::is_switch(name) {
        return task.notes.left_out(
            flag,
            "It stands here without a value, as a switch that is not known. Add what you need of it.",
        );
    }
    match name {
        "name" => run.name = Some(docker::name_of(given)),
        "entrypoint" => run.entry_point = Some(given.to_owned()),
        "user" => set(run, "user", json!(given)),
        "workdir" => set(run, "workingDirectory", json!(given)),
        "hostname" => set(run, "hostname", json!(given)),
        "interactive" if truth => set(run, "interactive", json!(true)),
        "tty" if truth => set(run, "pseudoTerminal", json!(true)),
        "read-only" if truth => set(run, "readonlyRootFilesystem", json!(true)),
        "init" if truth => set_linux(run, "initProcessEnabled", json!(true)),
        "cap-add" => capability(run, task, "add", given),
        "cap-drop" => capability(run, task, "drop", given),
        "label" => label(run, given),
        "dns" => push(run, "dnsServers", json!(given)),
        "dns-search" => push(run, "dnsSearchDomains", json!(given)),
        "tmpfs" => push_linux(run, "tmpfs", docker::tmpfs(given)),
        "env" => environment(run, task, given),
        "env-file" => task.notes.left_out(flag, format!("{given} is a file of this machine. Paste its lines into the environment, or keep it in S3.")),
        "publish" | "expose" => publish(&flag, run, task, given),
        "volume" | "mount" => mount(name, given, run, task),
        "volumes-from" => push(run, "volumesFrom", json!({"sourceContainer": given.split(':').next(), "readOnly": given.ends_with(":ro")})),
        "add-host" => host(run, given),
        "ulimit" => match docker::ulimit(given) {
            Some(limit) => push(run, "ulimits", limit),
            None => task.notes.left_out(flag, format!("{given} is no limit such as nofile=1024:2048.")),
        },
        "sysctl" => {
            let (namespace, value) = given.split_once('=').unwrap_or((given, ""));
            push(run, "systemControls", json!({"namespace": namespace, "value": value}));
        }
        "stop-timeout" => set_number(run, "stopTimeout", given.parse().ok()),
        "platform" => match docker::platform(given) {
            Some(platform) => task.platform = Some(platform),
            None => task.notes.left_out(flag, format!("ECS has no platform {given}.")),
        },
        _ => sizes(name, given, truth, run, task),
    }
}

/// Sizes, health, logs and what only EC2 has.
fn sizes(name: &str, given: &str, truth: bool, run: &mut Run, task: &mut Task) {
    match name {
        "memory" => set_number(run, "memory", docker::mib(given)),
        "memory-reservation" => set_number(run, "memoryReservation", docker::mib(given)),
        "cpus" => set_number(run, "cpu", docker::units(given)),
        "cpu-shares" => {
            if !run.container.contains_key("cpu") {
                set_number(run, "cpu", given.parse().ok());
            }
        }
        "health-cmd" => {
            run.health.insert("command".into(), json!(["CMD-SHELL", given]));
        }
        "health-interval" => health(run, "interval", docker::seconds(given)),
        "health-timeout" => health(run, "timeout", docker::seconds(given)),
        "health-start-period" => health(run, "startPeriod", docker::seconds(given)),
        "health-retries" => health(run, "retries", given.parse().ok()),
        "log-driver" => log_driver(run, task, given),
        "log-opt" => {
            let (option, value) = given.split_once('=').unwrap_or((given, ""));
            run.log_options.insert(option.to_owned(), json!(value));
        }
        "restart" => restart(run, task, given),
        "privileged" if truth => {
            set(run, "privileged", json!(true));
            needs_ec2(task, "--privileged");
        }
        "device" => {
            push_linux(run, "devices", docker::device(given));
            needs_ec2(task, "--device");
        }
        "gpus" => {
            let count = given.trim_start_matches("count=");
            let count = if count == "all" { "ALL" } else { count };
            push(run, "resourceRequirements", json!({"type": "GPU", "value": count}));
            needs_ec2(task, "--gpus");
        }
        "shm-size" => {
            set_linux(run, "sharedMemorySize", json!(docker::mib(given)));
            needs_ec2(task, "--shm-size");
        }
        "memory-swap" => swap(given, run, task),
        "memory-swappiness" => {
            set_linux(run, "swappiness", json!(given.parse::<i64>().ok()));
            needs_ec2(task, "--memory-swappiness");
        }
        "security-opt" => {
            push(run, "dockerSecurityOptions", json!(given));
            needs_ec2(task, "--security-opt");
        }
        "link" => {
            push(run, "links", json!(given));
            needs_ec2(task, "--link");
        }
        "network" | "net" => network(task, given),
        "pid" if given == "host" => {
            task.pid_mode = Some("host");
            needs_ec2(task, "--pid=host");
        }
        "ipc" if given == "host" => {
            task.ipc_mode = Some("host");
            needs_ec2(task, "--ipc=host");
        }
        _ => nowhere(name, task),
    }
}

/// Options that are of no account to ECS, or that it has no member for.
fn nowhere(name: &str, task: &mut Task) {
    let said = match name {
        "detach"
        | "rm"
        | "quiet"
        | "attach"
        | "pull"
        | "sig-proxy"
        | "cidfile"
        | "disable-content-trust"
        | "interactive"
        | "tty"
        | "init"
        | "read-only"
        | "privileged" => return,
        "publish-all" => "Add the ports that the image exposes.",
        "stop-signal" => "ECS sends the signal that the image names with STOPSIGNAL.",
        "no-healthcheck" => "ECS does not run the checks of an image anyway.",
        "network-alias" | "ip" | "ip6" | "mac-address" | "link-local-ip" => {
            "Use Service Connect or Cloud Map for names; ECS gives addresses."
        }
        "cpuset-cpus" | "cpuset-mems" | "cpu-period" | "cpu-quota" => {
            "ECS has CPU units in its place."
        }
        "oom-kill-disable" | "oom-score-adj" => {
            "ECS stops a container that takes more than its memory."
        }
        _ => "A task definition has no member for it.",
    };
    task.notes.left_out(format!("--{name}"), said);
}

fn set(run: &mut Run, member: &str, value: Value) {
    run.container.insert(member.to_owned(), value);
}

fn set_number(run: &mut Run, member: &str, value: Option<i64>) {
    if let Some(value) = value {
        set(run, member, json!(value));
    }
}

fn push(run: &mut Run, member: &str, value: Value) {
    let list = run.container.entry(member).or_insert_with(|| json!([]));
    if let Value::Array(items) = list {
        items.push(value);
    }
}

fn set_linux(run: &mut Run, member: &str, value: Value) {
    run.container.entry("linuxParameters").or_insert_with(|| json!({}))[member] = value;
}

fn push_linux(run: &mut Run, member: &str, value: Value) {
    let linux = run.container.entry("linuxParameters").or_insert_with(|| json!({}));
    match &mut linux[member] {
        Value::Array(items) => items.push(value),
        nothing => *nothing = json!([value]),
    }
}

fn capability(run: &mut Run, task: &mut Task, way: &str, given: &str) {
    let name = given.to_uppercase();
    let name = name.strip_prefix("CAP_").unwrap_or(&name).to_owned();
    if way == "add" && name != "SYS_PTRACE" {
        needs_ec2(task, "--cap-add");
    }
    let linux = run.container.entry("linuxParameters").or_insert_with(|| json!({}));
    match &mut linux["capabilities"][way] {
        Value::Array(items) => items.push(json!(name)),
        nothing => *nothing = json!([name]),
    }
}

fn label(run: &mut Run, given: &str) {
    let (name, value) = given.split_once('=').unwrap_or((given, ""));
    run.container.entry("dockerLabels").or_insert_with(|| json!({}))[name] = json!(value);
}

fn environment(run: &mut Run, task: &mut Task, given: &str) {
    match given.split_once('=') {
        Some((name, value)) => push(run, "environment", json!({"name": name, "value": value})),
        None => {
            push(run, "environment", json!({"name": given, "value": ""}));
            task.notes.open(
                task.path("environment"),
                format!("{given} came from the machine's own environment. Write its value."),
            );
        }
    }
}

fn publish(flag: &str, run: &mut Run, task: &mut Task, given: &str) {
    match docker::port(given) {
        Some(port) => task.publish(&mut run.container, port),
        None => task.notes.left_out(format!("{flag} {given}"), "It is no port such as 8080:80."),
    }
}

fn host(run: &mut Run, given: &str) {
    let (name, address) = given.split_once([':', '=']).unwrap_or((given, ""));
    push(run, "extraHosts", json!({"hostname": name, "ipAddress": address}));
}

/// `-v source:target[:ro]` and `--mount type=…,source=…,target=…`.
fn mount(name: &str, given: &str, run: &mut Run, task: &mut Task) {
    if name == "volume" {
        let (source, target, read_only) = docker::mount_parts(given);
        return task.mount(&mut run.container, source, target, read_only);
    }
    let field = |names: &[&str]| {
        given.split(',').find_map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            names.contains(&name).then_some(value)
        })
    };
    let target = field(&["target", "destination", "dst"]).unwrap_or_default();
    let source = field(&["source", "src"]).unwrap_or_default();
    let read_only = field(&["readonly", "ro"]).is_some_and(|value| value != "false");
    if field(&["type"]) == Some("tmpfs") {
        let size = field(&["tmpfs-size"]).map_or(String::new(), |size| format!(":size={size}"));
        return push_linux(run, "tmpfs", docker::tmpfs(&format!("{target}{size}")));
    }
    task.mount(&mut run.container, source, target, read_only);
}

fn health(run: &mut Run, member: &str, value: Option<i64>) {
    if let Some(value) = value {
        run.health.insert(member.to_owned(), json!(value));
    }
}

fn log_driver(run: &mut Run, task: &mut Task, given: &str) {
    match given {
        "awslogs" | "splunk" | "awsfirelens" => {
            set(run, "logConfiguration", json!({"logDriver": given}))
        }
        "fluentd" | "gelf" | "journald" | "syslog" => {
            set(run, "logConfiguration", json!({"logDriver": given}));
            needs_ec2(task, "the log driver");
        }
        _ => {
            run.container.shift_remove("logConfiguration");
            task.notes.left_out(
                "--log-driver",
                format!(
                    "{given} keeps logs on the machine. Add awslogs to see them in CloudWatch."
                ),
            );
        }
    }
}

fn restart(run: &mut Run, task: &mut Task, given: &str) {
    let policy = match given.split(':').next().unwrap_or_default() {
        "always" | "unless-stopped" => json!({"enabled": true}),
        "on-failure" => json!({"enabled": true, "ignoredExitCodes": [0]}),
        _ => return,
    };
    if given.contains(':') {
        task.notes.left_out(
            "--restart",
            "ECS does not count attempts; a container is started again when it ran long enough.",
        );
    }
    set(run, "restartPolicy", policy);
}

fn swap(given: &str, run: &mut Run, task: &mut Task) {
    let memory = run.container.get("memory").and_then(Value::as_i64);
    match (docker::mib(given), memory) {
        (Some(both), Some(memory)) if both >= memory => {
            set_linux(run, "maxSwap", json!(both - memory));
            needs_ec2(task, "--memory-swap");
        }
        _ => task.notes.left_out(
            "--memory-swap",
            "ECS wants the size of the swap alone, beside a memory limit.",
        ),
    }
}

fn network(task: &mut Task, given: &str) {
    match given {
        "host" => {
            task.network_mode = Some("host");
            needs_ec2(task, "--network host");
        }
        "none" => {
            task.network_mode = Some("none");
            needs_ec2(task, "--network none");
        }
        "bridge" | "default" => {}
        _ => task.notes.left_out(
            "--network",
            format!("ECS has no network of its own such as {given}; tasks have the VPC's."),
        ),
    }
}

fn needs_ec2(task: &mut Task, why: &str) {
    task.ec2.insert(why.to_owned());
}
