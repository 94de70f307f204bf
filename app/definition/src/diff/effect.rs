//! What a change does beyond itself: whom it breaks, and what to look at first.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::words::text;
use super::{Change, Kind};
use crate::rules::{cpu_units, memory_mib};

/// How much an effect weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Weight {
    /// What relies on the old state stops working until it is changed, too.
    Breaks,
    /// It works if something else is as it must be.
    Check,
}

/// One effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// How much it weighs.
    pub weight: Weight,
    /// What happens, as a sentence.
    pub said: String,
}

/// A change as the effects are told by.
pub(super) struct Told<'a> {
    pub pattern: &'a str,
    pub old: Option<&'a Value>,
    pub new: Option<&'a Value>,
    pub change: &'a Change,
}

use Kind::{Added, Changed, Removed};
use Weight::{Breaks, Check};

/// Where, how it differs (any of), how much it weighs, and the sentence.
const EFFECTS: [(&str, &[Kind], Weight, &str); 34] = [
    (
        "family",
        &[Changed],
        Check,
        "It goes to another family: services of the old one stay where they are until they are updated to it.",
    ),
    (
        "networkMode",
        &[Changed, Added, Removed],
        Breaks,
        "Services can't go from one network mode to another: their network settings and the targets of their load balancers are of the other kind. Make a new service for it.",
    ),
    (
        "requiresCompatibilities",
        &[Changed, Added, Removed],
        Check,
        "Services can only go on with what it still runs on.",
    ),
    (
        "runtimePlatform.cpuArchitecture",
        &[Changed, Added, Removed],
        Check,
        "Every image must be there for this architecture, and so must instances to run it.",
    ),
    (
        "runtimePlatform.operatingSystemFamily",
        &[Changed, Added, Removed],
        Check,
        "Every image must be there for this system, and so must instances to run it.",
    ),
    ("taskRoleArn", &[Removed], Breaks, "The programs lose every permission they have in AWS."),
    (
        "taskRoleArn",
        &[Changed],
        Check,
        "The programs have the permissions of this role only, and the console must be allowed to pass it on.",
    ),
    (
        "executionRoleArn",
        &[Removed],
        Breaks,
        "ECS can no longer read secrets, pull from private repositories or write logs on Fargate.",
    ),
    (
        "executionRoleArn",
        &[Changed],
        Check,
        "This role must be allowed to pull the images, read the secrets and write the logs.",
    ),
    ("pidMode", &[Changed, Added, Removed], Check, "The programs see other processes than before."),
    (
        "containerDefinitions.*",
        &[Removed],
        Breaks,
        "Load balancers, service discovery and overrides that name this container no longer find it.",
    ),
    (
        "containerDefinitions.*.name",
        &[Changed],
        Breaks,
        "Load balancers, service discovery and overrides that name this container by its old name no longer find it.",
    ),
    (
        "containerDefinitions.*.portMappings.*",
        &[Removed],
        Breaks,
        "Load balancers, service discovery and Service Connect that use this port no longer find it.",
    ),
    (
        "containerDefinitions.*.portMappings.*.containerPort",
        &[Changed],
        Breaks,
        "Load balancers and service discovery look for the old port.",
    ),
    (
        "containerDefinitions.*.portMappings.*.containerPortRange",
        &[Changed, Removed],
        Breaks,
        "Whoever uses a port of the old range may no longer find it.",
    ),
    (
        "containerDefinitions.*.portMappings.*.protocol",
        &[Changed, Added, Removed],
        Breaks,
        "Whoever talks to this port must speak the other protocol.",
    ),
    (
        "containerDefinitions.*.portMappings.*.name",
        &[Changed, Removed],
        Breaks,
        "Service Connect and VPC Lattice find the port by its old name only.",
    ),
    (
        "containerDefinitions.*.portMappings.*.appProtocol",
        &[Changed, Added, Removed],
        Breaks,
        "A service that offers this port by Service Connect can't take it: there the protocol never changes. Give the port another name.",
    ),
    (
        "containerDefinitions.*.portMappings.*.hostPort",
        &[Changed, Added, Removed],
        Check,
        "Security groups and whoever calls the instance know the old port.",
    ),
    (
        "containerDefinitions.*.secrets.*",
        &[Removed],
        Breaks,
        "The program no longer gets this variable, unless it is set elsewhere.",
    ),
    (
        "containerDefinitions.*.secrets.*",
        &[Added],
        Check,
        "The execution role must be allowed to read it.",
    ),
    (
        "containerDefinitions.*.secrets.*.valueFrom",
        &[Changed],
        Check,
        "The execution role must be allowed to read the new place.",
    ),
    (
        "containerDefinitions.*.environment.*",
        &[Removed],
        Check,
        "The program no longer gets this variable, unless it is set elsewhere.",
    ),
    (
        "containerDefinitions.*.mountPoints.*",
        &[Removed],
        Check,
        "The program finds what the image has at this path.",
    ),
    (
        "containerDefinitions.*.mountPoints.*.sourceVolume",
        &[Changed],
        Check,
        "The program finds other files at this path.",
    ),
    (
        "containerDefinitions.*.logConfiguration.logDriver",
        &[Removed],
        Check,
        "On Fargate its output is kept nowhere.",
    ),
    (
        "containerDefinitions.*.logConfiguration.logDriver",
        &[Changed],
        Check,
        "Look for its output in the new place.",
    ),
    (
        "containerDefinitions.*.healthCheck.command",
        &[Removed],
        Check,
        "ECS no longer notices when it is unwell.",
    ),
    (
        "containerDefinitions.*.readonlyRootFilesystem",
        &[Added, Changed],
        Check,
        "Writing elsewhere than to mounts fails, and so does ECS Exec.",
    ),
    ("volumes.*", &[Removed], Breaks, "Tasks no longer have the files in it."),
    (
        "volumes.*.efsVolumeConfiguration.fileSystemId",
        &[Changed, Added, Removed],
        Breaks,
        "Tasks find other files in it.",
    ),
    (
        "volumes.*.efsVolumeConfiguration.rootDirectory",
        &[Changed, Added, Removed],
        Breaks,
        "Tasks find other files in it.",
    ),
    (
        "volumes.*.host.sourcePath",
        &[Changed, Added, Removed],
        Breaks,
        "Tasks find other files in it.",
    ),
    (
        "volumes.*.configuredAtLaunch",
        &[Changed, Added, Removed],
        Breaks,
        "Services and runs must say the volume's size and kind, or must no longer say them.",
    ),
];

/// Members of volumes whose change gives tasks other files, wherever they stand below.
const OTHER_FILES: [&str; 4] = [
    "volumes.*.s3filesVolumeConfiguration.",
    "volumes.*.fsxWindowsFileServerVolumeConfiguration.",
    "volumes.*.dockerVolumeConfiguration.",
    "volumes.*.efsVolumeConfiguration.authorizationConfig.accessPointId",
];

/// The effects of a change.
pub(super) fn effects(told: &Told<'_>) -> Vec<Effect> {
    let kind = told.change.kind;
    if matches!(kind, Kind::Same | Kind::Moved) {
        return Vec::new();
    }
    let fits = |row: &&(&str, &[Kind], Weight, &str)| {
        row.0 == told.pattern && row.1.contains(&kind) && applies(row.0, told)
    };
    let row = EFFECTS.iter().find(fits).map(|(_, _, weight, said)| (*weight, *said));
    let files = || {
        let below = OTHER_FILES.iter().any(|place| told.pattern.starts_with(place));
        below.then_some((Check, "Tasks may find other files in it."))
    };
    let effect = |(weight, said): (Weight, &str)| Effect { weight, said: said.to_owned() };
    row.or_else(files).or_else(|| lowered(told)).map(effect).into_iter().collect()
}

/// Rows that hold for some values only.
fn applies(pattern: &str, told: &Told<'_>) -> bool {
    match pattern {
        // What is taken away hurts; what is added does not.
        "requiresCompatibilities" => {
            let words =
                |value: Option<&Value>| value.map(super::words::words_of).unwrap_or_default();
            let now = words(told.new);
            words(told.old).iter().any(|word| !now.contains(word))
        }
        "containerDefinitions.*.readonlyRootFilesystem" => told.new == Some(&Value::Bool(true)),
        // An unnamed port is found by its number.
        "containerDefinitions.*.portMappings.*.name" => !text(told.old).is_empty(),
        _ => true,
    }
}

/// Less memory or CPU than before.
fn lowered(told: &Told<'_>) -> Option<(Weight, &'static str)> {
    let both =
        |read: fn(&str) -> Option<u32>| Some((read(&text(told.old))?, read(&text(told.new))?));
    match told.pattern {
        "memory" => both(memory_mib)
            .filter(|(old, new)| new < old)
            .map(|_| (Check, "Tasks that need more than this are stopped.")),
        "cpu" => both(cpu_units)
            .filter(|(old, new)| new < old)
            .map(|_| (Check, "Tasks get less CPU than before.")),
        "containerDefinitions.*.memory" if told.old.is_none() => {
            Some((Check, "The container is killed when it takes more."))
        }
        "containerDefinitions.*.memory" => both(memory_mib)
            .filter(|(old, new)| new < old)
            .map(|_| (Check, "The container is killed when it takes more.")),
        _ => None,
    }
}
