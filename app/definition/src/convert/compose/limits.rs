//! What a service may take of the machine, and what a task definition has no member for.

use serde_json::{Map, Value, json};

use super::service::{add, items, pairs, text};
use crate::convert::docker::{self, Task};

type Container = Map<String, Value>;

/// Puts a member of a service into its container.
pub(super) fn put(member: &str, value: &Value, container: &mut Container, task: &mut Task) {
    match member {
        "deploy" => deploy(value, container, task),
        "mem_limit" => number(container, "memory", docker::mib(&text(Some(value)))),
        "mem_reservation" => {
            number(container, "memoryReservation", docker::mib(&text(Some(value))))
        }
        "cpus" => number(container, "cpu", docker::units(&text(Some(value)))),
        "cpu_shares" => {
            if !container.contains_key("cpu") {
                number(container, "cpu", value.as_i64());
            }
        }
        "init" => set_linux(container, "initProcessEnabled", value.clone()),
        "cap_add" => capabilities(container, task, "add", value),
        "cap_drop" => capabilities(container, task, "drop", value),
        "tmpfs" => items(value).into_iter().for_each(|one| tmpfs(&text(Some(one)), container)),
        "ulimits" => ulimits(value, container),
        "sysctls" => {
            let control = |(name, value): (String, Option<String>)| json!({"namespace": name, "value": value.unwrap_or_default()});
            add(container, "systemControls", pairs(value).into_iter().map(control).collect());
        }
        "dns" => add(container, "dnsServers", items(value).into_iter().cloned().collect()),
        "dns_search" => {
            add(container, "dnsSearchDomains", items(value).into_iter().cloned().collect())
        }
        "extra_hosts" => extra_hosts(value, container),
        "volumes_from" => {
            let source = |one: &Value| {
                let one = text(Some(one));
                json!({"sourceContainer": one.split(':').next(), "readOnly": one.ends_with(":ro")})
            };
            add(container, "volumesFrom", items(value).into_iter().map(source).collect());
        }
        "platform" => task.platform = docker::platform(&text(Some(value))).or(task.platform.take()),
        _ => only_on_ec2(member, value, container, task),
    }
}

fn only_on_ec2(member: &str, value: &Value, container: &mut Container, task: &mut Task) {
    let why = match member {
        "privileged" if value == &json!(true) => {
            container.insert("privileged".into(), json!(true));
            "privileged"
        }
        "devices" => {
            let devices = items(value).into_iter().map(|one| docker::device(&text(Some(one))));
            set_linux(container, "devices", devices.collect());
            "devices"
        }
        "shm_size" => {
            set_linux(container, "sharedMemorySize", json!(docker::mib(&text(Some(value)))));
            "shm_size"
        }
        "security_opt" => {
            add(container, "dockerSecurityOptions", items(value).into_iter().cloned().collect());
            "security_opt"
        }
        "network_mode" if matches!(value.as_str(), Some("host" | "none")) => {
            task.network_mode = if value == "host" { Some("host") } else { Some("none") };
            "network_mode"
        }
        "pid" if value == "host" => {
            task.pid_mode = Some("host");
            "pid"
        }
        "ipc" if value == "host" => {
            task.ipc_mode = Some("host");
            "ipc"
        }
        _ => return nowhere(member, task),
    };
    task.ec2.insert(why.to_owned());
}

/// What has no place in a task definition, with the reason.
fn nowhere(member: &str, task: &mut Task) {
    let said = match member {
        "privileged" | "attach" | "pull_policy" | "scale" => return,
        "build" => "ECS runs images; it does not build them.",
        "env_file" => {
            "It is a file of this machine. Paste its lines into the environment, or keep it in S3."
        }
        "secrets" | "configs" => {
            "Keep it in Secrets Manager or Parameter Store and name it in the container's secrets."
        }
        "networks" | "network_mode" => {
            "Containers of one task reach each other at localhost; the service chooses subnets and security groups."
        }
        "profiles" => {
            "Every container of a task definition runs. Remove the containers that are not wanted."
        }
        "extends" => "It reads another service. Paste what docker compose config prints.",
        "stop_signal" => "ECS sends the signal that the image names with STOPSIGNAL.",
        "develop" => "It is for work on the developer's machine.",
        "memswap_limit" | "mem_swappiness" => "Set swap in the form; only EC2 has it.",
        name if name.starts_with("x-aws") => {
            "It was for Docker's own ECS integration, which has ended."
        }
        name if name.starts_with("x-") => return,
        _ => "A task definition has no member for it.",
    };
    task.notes.left_out(task.path(member), said);
}

/// Limits, reservations and what belongs to the service.
fn deploy(value: &Value, container: &mut Container, task: &mut Task) {
    let resources = value.get("resources");
    let of = |kind: &str, member: &str| text(resources.and_then(|r| r.get(kind)?.get(member)));
    number(container, "memory", docker::mib(&of("limits", "memory")));
    number(container, "memoryReservation", docker::mib(&of("reservations", "memory")));
    let cpus = [of("reservations", "cpus"), of("limits", "cpus")];
    if !container.contains_key("cpu") {
        number(container, "cpu", cpus.iter().find_map(|cpus| docker::units(cpus)));
    }
    let devices = resources.and_then(|r| r.get("reservations")?.get("devices"));
    for device in devices.map(items).unwrap_or_default() {
        let count = match text(device.get("count")).as_str() {
            "all" | "" => "ALL".to_owned(),
            count => count.to_owned(),
        };
        add(container, "resourceRequirements", vec![json!({"type": "GPU", "value": count})]);
        task.ec2.insert("its GPU".to_owned());
    }
    for member in value.as_object().into_iter().flat_map(|members| members.keys()) {
        if member != "resources" {
            task.notes.left_out(
                task.path(&format!("deploy.{member}")),
                "It belongs to the service: set it when you create one.",
            );
        }
    }
}

fn number(container: &mut Container, member: &str, value: Option<i64>) {
    if let Some(value) = value {
        container.insert(member.to_owned(), json!(value));
    }
}

fn set_linux(container: &mut Container, member: &str, value: Value) {
    container.entry("linuxParameters").or_insert_with(|| json!({}))[member] = value;
}

/// Adds a memory file system.
pub(super) fn tmpfs(text: &str, container: &mut Container) {
    let linux = container.entry("linuxParameters").or_insert_with(|| json!({}));
    match &mut linux["tmpfs"] {
        Value::Array(items) => items.push(docker::tmpfs(text)),
        nothing => *nothing = json!([docker::tmpfs(text)]),
    }
}

fn capabilities(container: &mut Container, task: &mut Task, way: &str, value: &Value) {
    let name = |one: &Value| {
        let name = text(Some(one)).to_uppercase();
        name.strip_prefix("CAP_").unwrap_or(&name).to_owned()
    };
    let names: Vec<String> = items(value).into_iter().map(name).collect();
    if way == "add" && names.iter().any(|name| name != "SYS_PTRACE") {
        task.ec2.insert("cap_add".to_owned());
    }
    container.entry("linuxParameters").or_insert_with(|| json!({}))["capabilities"][way] =
        json!(names);
}

fn ulimits(value: &Value, container: &mut Container) {
    let limit = |(name, limit): (&String, &Value)| {
        let of = |which: &str| limit.get(which).and_then(Value::as_i64).or(limit.as_i64());
        json!({"name": name, "softLimit": of("soft"), "hardLimit": of("hard").or(of("soft"))})
    };
    add(container, "ulimits", value.as_object().into_iter().flatten().map(limit).collect());
}

fn extra_hosts(value: &Value, container: &mut Container) {
    let host = |(name, address): (String, String)| json!({"hostname": name, "ipAddress": address});
    let hosts: Vec<(String, String)> = match value {
        Value::Object(hosts) => {
            hosts.iter().map(|(name, ip)| (name.clone(), text(Some(ip)))).collect()
        }
        list => items(list)
            .into_iter()
            .filter_map(|item| {
                let item = text(Some(item));
                let (name, address) = item.split_once(['=', ':'])?;
                Some((name.to_owned(), address.to_owned()))
            })
            .collect(),
    };
    add(container, "extraHosts", hosts.into_iter().map(host).collect());
}
