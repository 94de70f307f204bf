//! Rules of volumes and mounts.

use std::collections::BTreeSet;

use super::{Facts, exact_name, place::Place};
use crate::error::FieldErrors;

/// The members that make a volume of one kind (R164).
const KINDS: [&str; 6] = [
    "host",
    "dockerVolumeConfiguration",
    "efsVolumeConfiguration",
    "s3filesVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration",
    "configuredAtLaunch",
];

pub(super) fn check(root: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    let volumes = root.items("volumes");
    let mut names = BTreeSet::new();
    for volume in &volumes {
        // R163
        let name = volume.text("name");
        errors.take(&volume.at("name"), exact_name("volume", name));
        if !name.is_empty() && !names.insert(name) {
            errors.add(volume.at("name"), "Another volume has this name.");
        }
        kind(volume, facts, errors);
    }
    let mounted = mounts(root, &names, errors);
    let at_launch: Vec<_> = volumes.iter().filter(|v| v.is_true("configuredAtLaunch")).collect();
    // R165
    for volume in at_launch.iter().skip(1) {
        errors.add(volume.at("name"), "Only one volume can be configured at launch.");
    }
    if let Some(volume) = at_launch.first().filter(|v| !mounted.contains(v.text("name"))) {
        errors.add(
            volume.at("name"),
            "A volume that is configured at launch must be mounted by a container.",
        );
    }
}

fn kind(volume: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    let there: Vec<_> = KINDS
        .into_iter()
        .filter(|member| match *member {
            "configuredAtLaunch" => volume.is_true(member),
            member => volume.has(member),
        })
        .collect();
    // R164
    if there.len() > 1 {
        errors.add(volume.at(there[1]), "A volume is of one kind only.");
    }
    // R170, R172
    if facts.fargate {
        if let Some(host) = volume.get("host").filter(|host| host.has("sourcePath")) {
            errors.add(host.at("sourcePath"), "Fargate has no instance to take a path from.");
        }
        if volume.has("dockerVolumeConfiguration") {
            errors.add(volume.at("dockerVolumeConfiguration"), "Fargate takes no Docker volumes.");
        }
    }
    if let Some(docker) = volume.get("dockerVolumeConfiguration") {
        // R174
        if docker.is_true("autoprovision") && docker.text("scope") != "shared" {
            errors.add(docker.at("autoprovision"), "Only with the scope shared.");
        }
    }
    if let Some(efs) = volume.get("efsVolumeConfiguration") {
        elastic(&efs, errors);
    }
    if let Some(fsx) = volume.get("fsxWindowsFileServerVolumeConfiguration") {
        // R183
        for member in ["fileSystemId", "rootDirectory", "authorizationConfig"] {
            if !fsx.has(member) {
                errors.add(fsx.at(member), "FSx needs this.");
            }
        }
    }
}

/// R175 to R178
fn elastic(efs: &Place<'_>, errors: &mut FieldErrors) {
    let system = efs.text("fileSystemId");
    if system.is_empty() {
        errors.add(efs.at("fileSystemId"), "Name the file system, as in fs-0123456789abcdef0.");
    }
    let encrypted = efs.text("transitEncryption");
    if !matches!(encrypted, "" | "ENABLED" | "DISABLED") {
        errors.add(efs.at("transitEncryption"), "ENABLED or DISABLED.");
    }
    let Some(access) = efs.get("authorizationConfig") else { return };
    let point = access.has("accessPointId");
    if point && !matches!(efs.text("rootDirectory"), "" | "/") {
        errors.add(efs.at("rootDirectory"), "With an access point, leave it out or write /.");
    }
    if (point || access.text("iam") == "ENABLED") && encrypted != "ENABLED" {
        errors.add(
            efs.at("transitEncryption"),
            "An access point or IAM needs encryption in transit.",
        );
    }
}

/// Checks what the containers mount, and answers which volumes they do.
fn mounts<'a>(
    root: &Place<'a>,
    names: &BTreeSet<&str>,
    errors: &mut FieldErrors,
) -> BTreeSet<&'a str> {
    let containers = root.items("containerDefinitions");
    let mut mounted = BTreeSet::new();
    for container in &containers {
        let mut paths = BTreeSet::new();
        for mount in container.items("mountPoints") {
            let source = mount.text("sourceVolume");
            // R167
            if source.is_empty() {
                errors.add(mount.at("sourceVolume"), "Choose a volume.");
            } else if !names.contains(source) {
                errors.add(
                    mount.at("sourceVolume"),
                    format!("There is no volume {source} in this task."),
                );
            }
            mounted.insert(source);
            let path = mount.text("containerPath");
            if path.is_empty() {
                errors.add(mount.at("containerPath"), "Say where it appears in the container.");
            } else if !paths.insert(path) {
                errors.add(mount.at("containerPath"), "Something is mounted there already.");
            }
        }
        for from in container.items("volumesFrom") {
            let source = from.text("sourceContainer");
            let other = source != container.text("name")
                && containers.iter().any(|c| c.text("name") == source);
            // R169
            if !other {
                errors.add(from.at("sourceContainer"), "Name another container of this task.");
            }
        }
    }
    mounted
}
