//! Rules about Linux: capabilities, devices, memory files, limits and kernel
//! parameters, and the GPUs of a container.

use serde_json::Value;

use super::ulimits::ULIMITS;
use super::{Check, items, number, one_of, text};
use crate::ask::Ask;
use crate::refusal::Refusal;

/// R140.
const CAPABILITIES: [&str; 38] = [
    "ALL",
    "AUDIT_CONTROL",
    "AUDIT_WRITE",
    "BLOCK_SUSPEND",
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "IPC_LOCK",
    "IPC_OWNER",
    "KILL",
    "LEASE",
    "LINUX_IMMUTABLE",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "MKNOD",
    "NET_ADMIN",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_RAW",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_CHROOT",
    "SYS_MODULE",
    "SYS_NICE",
    "SYS_PACCT",
    "SYS_PTRACE",
    "SYS_RAWIO",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "SYSLOG",
    "WAKE_ALARM",
];

/// R147; the last six take a value.
const MOUNT_OPTIONS: [&str; 39] = [
    "defaults",
    "ro",
    "rw",
    "suid",
    "nosuid",
    "dev",
    "nodev",
    "exec",
    "noexec",
    "sync",
    "async",
    "dirsync",
    "remount",
    "mand",
    "nomand",
    "atime",
    "noatime",
    "diratime",
    "nodiratime",
    "bind",
    "rbind",
    "unbindable",
    "runbindable",
    "private",
    "rprivate",
    "shared",
    "rshared",
    "slave",
    "rslave",
    "relatime",
    "norelatime",
    "strictatime",
    "nostrictatime",
    "mode",
    "uid",
    "gid",
    "nr_inodes",
    "nr_blocks",
    "mpol",
];

pub(super) fn check(document: &Value, container: &Value) -> Check {
    if let Some(linux) = Ask(container).object("linuxParameters")? {
        r140_capabilities(linux)?;
        r141_r142_devices(linux)?;
        r144_r146_memory(linux)?;
    }
    r150_r151_ulimits(container)?;
    r154_r156_controls(document, container)
}

fn r140_capabilities(linux: Ask<'_>) -> Check {
    let Some(capabilities) = linux.object("capabilities")? else {
        return Ok(());
    };
    for member in ["add", "drop"] {
        for word in capabilities.texts(member)? {
            one_of(&format!("linuxParameters.capabilities.{member}"), word, &CAPABILITIES)?;
        }
    }
    Ok(())
}

fn r141_r142_devices(linux: Ask<'_>) -> Check {
    for device in linux.list("devices")? {
        if text(device, "hostPath").is_none_or(str::is_empty) {
            return Err(Refusal::client("Device hostPath should not be null or empty."));
        }
        for word in items(device, "permissions").iter().filter_map(Value::as_str) {
            one_of("linuxParameters.devices.permissions", word, &["read", "write", "mknod"])?;
        }
    }
    Ok(())
}

/// R144 to R147.
fn r144_r146_memory(linux: Ask<'_>) -> Check {
    if linux.whole("maxSwap")?.is_some_and(|mib| mib < 0) {
        return Err(Refusal::client("maxSwap must be zero or a positive integer."));
    }
    if linux.whole("swappiness")?.is_some_and(|value| !(0..=100).contains(&value)) {
        return Err(Refusal::client("swappiness must be between 0 and 100."));
    }
    for mount in linux.list("tmpfs")? {
        let absolute = text(mount, "containerPath").is_some_and(|path| path.starts_with('/'));
        if !absolute || number(mount, "size").is_none_or(|mib| mib < 1) {
            return Err(Refusal::client(
                "Tmpfs must have an absolute containerPath and a size in MiB.",
            ));
        }
        for option in items(mount, "mountOptions").iter().filter_map(Value::as_str) {
            let name = option.split('=').next().unwrap_or_default();
            one_of("linuxParameters.tmpfs.mountOptions", name, &MOUNT_OPTIONS)?;
        }
    }
    Ok(())
}

fn r150_r151_ulimits(container: &Value) -> Check {
    for limit in Ask(container).list("ulimits")? {
        let name = text(limit, "name").unwrap_or_default();
        one_of("ulimits.name", name, &ULIMITS)?;
        let (soft, hard) = (number(limit, "softLimit"), number(limit, "hardLimit"));
        let (Some(soft), Some(hard)) = (soft, hard) else {
            return Err(Refusal::client(format!(
                "Ulimit '{name}' needs a softLimit and a hardLimit."
            )));
        };
        // -1 is no limit.
        if hard >= 0 && (soft > hard || soft < 0) {
            return Err(Refusal::client(format!(
                "The soft limit of ulimit '{name}' can't be greater than its hard limit."
            )));
        }
    }
    Ok(())
}

fn r154_r156_controls(document: &Value, container: &Value) -> Check {
    let (network, ipc) = (text(document, "networkMode"), text(document, "ipcMode"));
    for control in Ask(container).list("systemControls")? {
        let name = text(control, "namespace").unwrap_or_default();
        let of_network = name.starts_with("net.");
        let of_ipc = ["kernel.msg", "kernel.sem", "kernel.shm", "fs.mqueue."]
            .iter()
            .any(|prefix| name.starts_with(prefix));
        if !of_network && !of_ipc {
            return Err(Refusal::client(format!(
                "The systemControls namespace '{name}' is not supported."
            )));
        }
        if of_network && network == Some("host") {
            return Err(Refusal::client(format!(
                "The systemControls namespace '{name}' is not supported when networkMode=host."
            )));
        }
        // R42.
        if of_ipc && ipc == Some("host") {
            return Err(Refusal::client(format!(
                "The systemControls namespace '{name}' is not supported when ipcMode=host."
            )));
        }
    }
    Ok(())
}

/// R41, R139, R141, R143 to R145, R152 and R159: what Fargate has not.
pub(super) fn on_fargate(container: &Value) -> Check {
    let unsupported =
        |what: &str| Err(Refusal::client(format!("Fargate does not support {what}.")));
    if let Some(linux) = Ask(container).object("linuxParameters")? {
        if let Some(capabilities) = linux.object("capabilities")? {
            let other = capabilities.texts("add")?.into_iter().find(|word| *word != "SYS_PTRACE");
            if let Some(other) = other {
                return unsupported(&format!("adding the capability {other}"));
            }
        }
        if !linux.list("devices")?.is_empty() {
            return unsupported("devices");
        }
        for member in ["sharedMemorySize", "maxSwap", "swappiness"] {
            if linux.has(member) {
                return unsupported(member);
            }
        }
    }
    for limit in Ask(container).list("ulimits")? {
        let name = text(limit, "name").unwrap_or_default();
        if name != "nofile" {
            return unsupported(&format!("the ulimit {name}"));
        }
    }
    let gpu = |item: &Value| text(item, "type") == Some("GPU");
    if items(container, "resourceRequirements").iter().any(gpu) {
        return unsupported("GPU requirements");
    }
    Ok(())
}
