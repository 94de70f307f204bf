//! Rules of volumes and mounts.

use std::collections::BTreeSet;

use super::words::{free_name, name, one_of};
use super::{Place, Task, untaken};
use crate::finding::{Edit, Findings};

/// The members that make a volume of one kind (R164).
const KINDS: [&str; 6] = [
    "host",
    "dockerVolumeConfiguration",
    "efsVolumeConfiguration",
    "s3filesVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration",
    "configuredAtLaunch",
];

pub(super) fn check(task: Task<'_>, found: &mut Findings) {
    let root = &task.root;
    let mut names = BTreeSet::new();
    for volume in root.items("volumes") {
        // R163
        name("R163", "volume", &volume, found);
        let own = volume.text("name");
        if !own.is_empty() && !names.insert(own) {
            let taken = |name: &str| root.items("volumes").any(|it| it.text("name") == name);
            let free = free_name(own, taken);
            found
                .refuse("R163", volume.at("name"), "Another volume has this name.")
                .fix_by_setting(format!("Call it {free}"), free);
        }
        kind(task, &volume, found);
    }
    mounts(task, &names, found);
    at_launch(task, found);
}

/// R165
fn at_launch(task: Task<'_>, found: &mut Findings) {
    let volumes = task.root.items("volumes").filter(|it| it.is_true("configuredAtLaunch"));
    for (at, volume) in volumes.enumerate() {
        let name = volume.text("name");
        let mut mounts = task.containers.iter().flat_map(|it| it.items("mountPoints"));
        if at > 0 {
            let said = "Only one volume can be configured at launch.";
            found.refuse("R165", volume.at("name"), said).fix(
                "Don't configure it at launch",
                vec![Edit::Remove(volume.at("configuredAtLaunch"))],
            );
        } else if !mounts.any(|mount| mount.text("sourceVolume") == name) {
            let said = "A volume that is configured at launch must be mounted by a container.";
            found.refuse("R165", volume.at("name"), said);
        }
    }
}

fn kind(task: Task<'_>, volume: &Place<'_>, found: &mut Findings) {
    let there = |member: &&str| match *member {
        "configuredAtLaunch" => volume.is_true(member),
        // An empty host is a host volume all the same.
        member => volume.value.get(member).is_some_and(|it| !it.is_null()),
    };
    // R164
    if let Some(second) = KINDS.iter().filter(|kind| there(kind)).nth(1) {
        found
            .refuse("R164", volume.at(second), "A volume is of one kind only.")
            .fix_by_removing("Keep the other kind");
    }
    // R170, R172
    if task.facts.fargate {
        if let Some(host) = volume.object("host").filter(|host| host.has("sourcePath")) {
            let said = "Fargate has no instance to take a path from.";
            untaken("R170", &host, "sourcePath", said, found);
        }
        if volume.has("dockerVolumeConfiguration") {
            let said = "Fargate takes no Docker volumes.";
            untaken("R172", volume, "dockerVolumeConfiguration", said, found);
        }
    }
    if let Some(docker) = volume.object("dockerVolumeConfiguration") {
        docker_volume(task, &docker, found);
    }
    if let Some(efs) = volume.object("efsVolumeConfiguration") {
        elastic(&efs, found);
    }
    if let Some(files) = volume.object("s3filesVolumeConfiguration") {
        s3_files(task, &files, found);
    }
    if let Some(fsx) = volume.object("fsxWindowsFileServerVolumeConfiguration") {
        windows_files(&fsx, found);
    }
}

/// R173, R174
fn docker_volume(task: Task<'_>, docker: &Place<'_>, found: &mut Findings) {
    one_of("R174", docker, "scope", &["task", "shared"], found);
    if docker.is_true("autoprovision") && docker.text("scope") != "shared" {
        found
            .refuse("R174", docker.at("autoprovision"), "Only with the scope shared.")
            .fix("Use the scope shared", vec![Edit::Set(docker.at("scope"), "shared".into())]);
    }
    if task.facts.windows && !matches!(docker.text("driver"), "" | "local") {
        found
            .refuse("R173", docker.at("driver"), "Windows takes the driver local only.")
            .fix_by_setting("Use local", "local");
    }
}

/// R175 to R180
fn elastic(efs: &Place<'_>, found: &mut Findings) {
    if efs.text("fileSystemId").is_empty() {
        let said = "Name the file system, as in fs-0123456789abcdef0.";
        found.refuse("R175", efs.at("fileSystemId"), said);
    }
    one_of("R178", efs, "transitEncryption", &["ENABLED", "DISABLED"], found);
    let encrypted = efs.text("transitEncryption") == "ENABLED";
    // R180
    if efs.has("transitEncryptionPort") && !encrypted {
        let said = "The port counts only with encryption in transit.";
        found.warn("R180", efs.at("transitEncryptionPort"), said).fix_by_removing("Take it away");
    }
    let Some(access) = efs.object("authorizationConfig") else { return };
    one_of("R178", &access, "iam", &["ENABLED", "DISABLED"], found);
    let point = access.has("accessPointId");
    if point {
        root_of_access_point("R176", efs, found);
    }
    if (point || access.text("iam") == "ENABLED") && !encrypted {
        let rule = if point { "R177" } else { "R178" };
        let said = "An access point or IAM needs encryption in transit.";
        found
            .refuse(rule, efs.at("transitEncryption"), said)
            .fix_by_setting("Enable encryption in transit", "ENABLED");
    }
}

/// R176, R182: the access point says where it begins.
fn root_of_access_point(rule: &'static str, files: &Place<'_>, found: &mut Findings) {
    if !matches!(files.text("rootDirectory"), "" | "/") {
        let said = "With an access point, leave it out or write /.";
        found.refuse(rule, files.at("rootDirectory"), said).fix_by_removing("Leave it out");
    }
}

/// R181, R182
fn s3_files(task: Task<'_>, files: &Place<'_>, found: &mut Findings) {
    if !files.text("fileSystemArn").starts_with("arn:") {
        let said = "The whole ARN of the file system.";
        found.refuse("R181", files.at("fileSystemArn"), said);
    }
    if !task.root.has("taskRoleArn") && found.at("taskRoleArn").is_none() {
        let said = "S3 Files volumes need a task role that may read the bucket.";
        found.refuse("R181", "taskRoleArn", said);
    }
    if files.has("accessPointArn") {
        root_of_access_point("R182", files, found);
    }
}

/// R183
fn windows_files(fsx: &Place<'_>, found: &mut Findings) {
    for member in ["fileSystemId", "rootDirectory", "authorizationConfig"] {
        if !fsx.has(member) {
            found.refuse("R183", fsx.at(member), "FSx needs this.");
        }
    }
    let Some(access) = fsx.object("authorizationConfig") else { return };
    for member in ["credentialsParameter", "domain"].into_iter().filter(|it| !access.has(it)) {
        found.refuse("R183", access.at(member), "FSx needs this.");
    }
}

/// R167, R169, R171
fn mounts(task: Task<'_>, names: &BTreeSet<&str>, found: &mut Findings) {
    for container in task.containers {
        let mut paths = BTreeSet::new();
        for mount in container.items("mountPoints") {
            let source = mount.text("sourceVolume");
            if source.is_empty() {
                found.refuse("R167", mount.at("sourceVolume"), "Choose a volume.");
            } else if !names.contains(source) {
                add_volume(task, &mount, found);
            }
            let path = mount.text("containerPath");
            if path.is_empty() {
                let said = "Say where it appears in the container.";
                found.refuse("mount", mount.at("containerPath"), said);
            } else if !paths.insert(path) {
                let said = "Something is mounted there already.";
                found.refuse("mount", mount.at("containerPath"), said);
            }
            if task.facts.windows {
                drives(task, &mount, found);
            }
        }
        for from in container.items("volumesFrom") {
            let source = from.text("sourceContainer");
            // R169
            if source == container.text("name") || task.container(source).is_none() {
                found
                    .refuse(
                        "R169",
                        from.at("sourceContainer"),
                        "Name another container of this task.",
                    )
                    .fix("Take this row away", vec![Edit::Remove(from.path())]);
            }
        }
    }
}

/// R167: a volume with nothing but a name is a place on the machine, which is what is usually
/// meant.
fn add_volume(task: Task<'_>, mount: &Place<'_>, found: &mut Findings) {
    let name = mount.text("sourceVolume");
    let path = format!("volumes.{}", task.root.count("volumes"));
    let volume = serde_json::json!({ "name": name });
    found
        .refuse(
            "R167",
            mount.at("sourceVolume"),
            format!("There is no volume {name} in this task."),
        )
        .fix(format!("Add the volume {name}"), vec![Edit::Set(path, volume)]);
}

/// R171
fn drives(task: Task<'_>, mount: &Place<'_>, found: &mut Findings) {
    let drive = |path: &str| match path.as_bytes() {
        [letter, b':', ..] => Some(letter.to_ascii_uppercase()),
        _ => None,
    };
    let source = mount.text("sourceVolume");
    let volume = task.root.items("volumes").find(|it| it.text("name") == source);
    let host = volume.and_then(|it| drive(it.object("host")?.text("sourcePath")));
    let inside = drive(mount.text("containerPath"));
    if host.zip(inside).is_some_and(|(host, inside)| host != inside) {
        let said = "A mount stays on its drive: the volume's path is on another one.";
        found.warn("R171", mount.at("containerPath"), said);
    }
}
