//! Rules of Linux parameters, ulimits, kernel settings and devices.

use super::{Facts, Network, place::Place};
use crate::error::FieldErrors;

const ULIMITS: [&str; 15] = [
    "core",
    "cpu",
    "data",
    "fsize",
    "locks",
    "memlock",
    "msgqueue",
    "nice",
    "nofile",
    "nproc",
    "rss",
    "rtprio",
    "rttime",
    "sigpending",
    "stack",
];

pub(super) fn check(root: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    for container in root.items("containerDefinitions") {
        if let Some(linux) = container.get("linuxParameters").filter(|l| l.value.is_object()) {
            parameters(&container, &linux, facts, errors);
        }
        for limit in container.items("ulimits") {
            ulimit(&limit, facts, errors);
        }
        for control in container.items("systemControls") {
            // R154, R156
            let name = control.text("namespace");
            let known = ["net.", "kernel.msg", "kernel.sem", "kernel.shm", "fs.mqueue."];
            if !known.iter().any(|start| name.starts_with(start)) {
                errors.add(
                    control.at("namespace"),
                    "net.*, kernel.msg*, kernel.sem, kernel.shm* or fs.mqueue.*.",
                );
            } else if name.starts_with("net.") && facts.network == Network::Host {
                errors
                    .add(control.at("namespace"), "The network mode host takes no net.* settings.");
            }
        }
        for resource in container.items("resourceRequirements") {
            // R158, R159
            match resource.text("type") {
                "GPU" if facts.fargate => errors.add(resource.at("type"), "Fargate has no GPUs."),
                "GPU" | "InferenceAccelerator" | "NeuronDevice" => {}
                _ => errors.add(resource.at("type"), "GPU, InferenceAccelerator or NeuronDevice."),
            }
        }
    }
}

fn parameters(container: &Place<'_>, linux: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    // R138
    if facts.windows {
        errors.add(container.at("linuxParameters"), "Windows containers take no Linux parameters.");
    }
    if facts.fargate {
        // R141, R143, R144, R145
        for member in ["devices", "sharedMemorySize", "maxSwap", "swappiness"] {
            if linux.has(member) {
                errors.add(linux.at(member), "Fargate does not take this.");
            }
        }
        // R139
        let added = linux.get("capabilities").map(|c| c.items("add")).unwrap_or_default();
        for capability in added {
            if capability.value.as_str() != Some("SYS_PTRACE") {
                errors.add(capability.path, "Fargate adds SYS_PTRACE only.");
            }
        }
    }
    // R145
    if linux.number("swappiness").is_some_and(|n| !(0..=100).contains(&n)) {
        errors.add(linux.at("swappiness"), "Between 0 and 100.");
    }
    // R141
    for device in linux.items("devices") {
        if !device.has("hostPath") {
            errors.add(device.at("hostPath"), "Name the device on the instance.");
        }
    }
    // R146
    for tmpfs in linux.items("tmpfs") {
        if !tmpfs.text("containerPath").starts_with('/') {
            errors.add(tmpfs.at("containerPath"), "An absolute path, as in /run.");
        }
        if tmpfs.number("size").is_none_or(|size| size < 1) {
            errors.add(tmpfs.at("size"), "A size in MiB, 1 at least.");
        }
    }
}

/// R150 to R153
fn ulimit(limit: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    let name = limit.text("name");
    if !ULIMITS.contains(&name) {
        errors.add(limit.at("name"), format!("One of {}.", ULIMITS.join(", ")));
    } else if facts.windows {
        errors.add(limit.at("name"), "Windows containers take no ulimits.");
    } else if facts.fargate && name != "nofile" {
        errors.add(limit.at("name"), "Fargate takes nofile only.");
    }
    match (limit.number("softLimit"), limit.number("hardLimit")) {
        (Some(soft), Some(hard)) if soft > hard && hard >= 0 => {
            errors.add(limit.at("softLimit"), "Not more than the hard limit.");
        }
        (Some(_), Some(_)) => {}
        (None, _) => errors.add(limit.at("softLimit"), "Write a whole number."),
        (_, None) => errors.add(limit.at("hardLimit"), "Write a whole number."),
    }
}
