//! Rules of Linux parameters, ulimits and kernel settings.

use super::ulimits::ULIMITS;
use super::words::listed;
use super::{Facts, Network, Place, Task, untaken};
use crate::finding::Findings;

/// Rights that the kernel knows (R140).
const CAPABILITIES: &str = " ALL AUDIT_CONTROL AUDIT_WRITE BLOCK_SUSPEND CHOWN DAC_OVERRIDE \
    DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN \
    MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW SETFCAP SETGID SETPCAP \
    SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO \
    SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM ";

/// Mount options (R147); a few of them take a value.
const MOUNT_OPTIONS: &str = " defaults ro rw suid nosuid dev nodev exec noexec sync async dirsync \
    remount mand nomand atime noatime diratime nodiratime bind rbind unbindable runbindable \
    private rprivate shared rshared slave rslave relatime norelatime strictatime nostrictatime \
    mode uid gid nr_inodes nr_blocks mpol ";

fn is_among(word: &str, words: &str) -> bool {
    !word.contains(' ') && words.contains(&format!(" {word} "))
}

pub(super) fn check(task: Task<'_>, found: &mut Findings) {
    for container in task.containers {
        if let Some(linux) = container.object("linuxParameters") {
            parameters(&linux, task.facts, found);
            rights(&linux, task.facts, found);
            devices(&linux, found);
            memory_files(&linux, task.facts, found);
        }
        for limit in container.items("ulimits") {
            ulimit(&limit, task.facts, found);
        }
        controls(task, container, found);
    }
    last_one_wins(task, found);
}

/// R143 to R145, and R141 on Fargate
fn parameters(linux: &Place<'_>, facts: Facts, found: &mut Findings) {
    for (rule, member) in [
        ("R141", "devices"),
        ("R143", "sharedMemorySize"),
        ("R144", "maxSwap"),
        ("R145", "swappiness"),
    ] {
        if facts.fargate && linux.has(member) {
            untaken(rule, linux, member, "Fargate does not take this.", found);
        }
    }
    if linux.number("maxSwap").is_some_and(|mib| mib < 0) {
        found
            .refuse("R144", linux.at("maxSwap"), "0 for no swap, or a size in MiB.")
            .fix_by_setting("Use 0", 0);
    }
    let swappiness = linux.number("swappiness");
    if let Some(given) = swappiness.filter(|n| !(0..=100).contains(n)) {
        let nearest = given.clamp(0, 100);
        found
            .refuse("R145", linux.at("swappiness"), "Between 0 and 100.")
            .fix_by_setting(format!("Use {nearest}"), nearest);
    } else if swappiness.is_some() && !linux.has("maxSwap") {
        let said = "It counts only together with the largest swap (maxSwap).";
        found.warn("R144", linux.at("swappiness"), said);
    }
}

/// R139, R140
fn rights(linux: &Place<'_>, facts: Facts, found: &mut Findings) {
    let Some(rights) = linux.object("capabilities") else { return };
    for member in ["add", "drop"] {
        for one in rights.items(member) {
            let word = one.value.as_str().unwrap_or_default();
            if facts.fargate && member == "add" && word != "SYS_PTRACE" {
                found
                    .refuse("R139", one.path(), "Fargate adds SYS_PTRACE only.")
                    .fix_by_removing("Take it away");
            } else if !is_among(word, CAPABILITIES) {
                let said = "Linux has no such capability; they are written as in NET_ADMIN.";
                let finding = found.refuse("R140", one.path(), said);
                let upper = word.to_ascii_uppercase();
                let upper = upper.strip_prefix("CAP_").unwrap_or(&upper);
                if is_among(upper, CAPABILITIES) {
                    finding.fix_by_setting(format!("Use {upper}"), upper);
                }
            }
        }
    }
}

/// R141, R142
fn devices(linux: &Place<'_>, found: &mut Findings) {
    for device in linux.items("devices") {
        if !device.has("hostPath") {
            found.refuse("R141", device.at("hostPath"), "Name the device on the instance.");
        }
        for one in device.items("permissions") {
            if !matches!(one.value.as_str(), Some("read" | "write" | "mknod")) {
                found.refuse("R142", one.path(), "One of read, write and mknod.");
            }
        }
    }
}

/// R146 to R148
fn memory_files(linux: &Place<'_>, facts: Facts, found: &mut Findings) {
    for tmpfs in linux.items("tmpfs") {
        if !tmpfs.text("containerPath").starts_with('/') {
            found.refuse("R146", tmpfs.at("containerPath"), "An absolute path, as in /run.");
        }
        if tmpfs.number("size").is_none_or(|size| size < 1) {
            found
                .refuse("R146", tmpfs.at("size"), "A size in MiB, 1 at least.")
                .fix_by_setting("Use 64 MiB", 64);
        }
        for option in tmpfs.items("mountOptions") {
            let word = option.value.as_str().unwrap_or_default();
            let name = word.split('=').next().unwrap_or_default();
            if !is_among(name, MOUNT_OPTIONS) {
                found
                    .refuse("R147", option.path(), "mount has no such option for memory files.")
                    .fix_by_removing("Take it away");
            }
        }
    }
    if facts.fargate && linux.has("tmpfs") {
        let said =
            "Older platform versions of Fargate take no tmpfs: try it before you rely on it.";
        found.advise("R148", linux.at("tmpfs"), said);
    }
}

/// R150 to R152
fn ulimit(limit: &Place<'_>, facts: Facts, found: &mut Findings) {
    let name = limit.text("name");
    if !ULIMITS.contains(&name) {
        found.refuse("R150", limit.at("name"), format!("{}.", listed(&ULIMITS)));
    } else if facts.fargate && name != "nofile" {
        found.refuse("R152", limit.at("name"), "Fargate takes nofile only.");
    }
    match (limit.number("softLimit"), limit.number("hardLimit")) {
        // -1 is no limit.
        (Some(soft), Some(hard)) if hard >= 0 && (soft > hard || soft < 0) => {
            found
                .refuse("R151", limit.at("softLimit"), "Not more than the hard limit.")
                .fix_by_setting(format!("Use {hard}"), hard);
        }
        (Some(_), Some(_)) => {}
        (None, _) => {
            found.refuse("R150", limit.at("softLimit"), "Write a whole number.");
        }
        (_, None) => {
            found.refuse("R150", limit.at("hardLimit"), "Write a whole number.");
        }
    }
}

/// R42, R154, R156
fn controls(task: Task<'_>, container: &Place<'_>, found: &mut Findings) {
    for control in container.items("systemControls") {
        let name = control.text("namespace");
        let path = || control.at("namespace");
        let of_ipc = ["kernel.msg", "kernel.sem", "kernel.shm", "fs.mqueue."];
        let of_ipc = of_ipc.iter().any(|start| name.starts_with(start));
        let of_network = name.starts_with("net.");
        if !of_ipc && !of_network {
            let said = "net.*, kernel.msg*, kernel.sem, kernel.shm* or fs.mqueue.*.";
            found.refuse("R154", path(), said);
        } else if of_network && task.facts.network == Network::Host {
            found.refuse("R156", path(), "The network mode host takes no net.* settings.");
        } else if of_ipc && task.root.text("ipcMode") == "host" {
            found.refuse("R42", path(), "The ipcMode host takes none of these settings.");
        }
    }
}

/// R157: with awsvpc the containers share the settings of the network.
fn last_one_wins(task: Task<'_>, found: &mut Findings) {
    if task.facts.network != Network::Awsvpc {
        return;
    }
    for (at, container) in task.containers.iter().enumerate().skip(1) {
        for control in container.items("systemControls") {
            let name = control.text("namespace");
            let before = task.containers.iter().take(at).flat_map(|it| it.items("systemControls"));
            let other = before.into_iter().find(|it| it.text("namespace") == name);
            if let Some(other) = other.filter(|_| name.starts_with("net."))
                && other.text("value") != control.text("value")
            {
                let said = "Another container sets it differently: the one that starts last decides for both.";
                found.warn("R157", control.at("value"), said);
            }
        }
    }
}
