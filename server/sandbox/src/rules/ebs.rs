//! Rules about EBS volumes that are configured at launch: of a service's tasks,
//! or of the tasks of RunTask and StartTask. ECS passes on what EC2 says.

use std::ops::RangeInclusive;

use serde_json::Value;

use super::{Check, items, one_of, tags, text};
use crate::ask::Ask;
use crate::refusal::Refusal;
use crate::task_definitions::TaskDefinition;

/// What a type of volumes takes.
struct Kind {
    name: &'static str,
    /// R256.
    gib: RangeInclusive<i64>,
    /// R257; some types take none.
    iops: Option<RangeInclusive<i64>>,
    needs_iops: bool,
}

const fn kind(name: &'static str, smallest: i64, iops: Option<RangeInclusive<i64>>) -> Kind {
    Kind { name, gib: smallest..=16_384, iops, needs_iops: false }
}

/// `gp3` is also what a volume without a type is held to: AWS does not say which one it gets, and
/// `gp3` takes the most.
const KINDS: [Kind; 7] = [
    kind("gp3", 1, Some(3_000..=16_000)),
    kind("gp2", 1, None),
    Kind { needs_iops: true, ..kind("io1", 4, Some(100..=64_000)) },
    Kind { needs_iops: true, ..kind("io2", 4, Some(100..=256_000)) },
    kind("st1", 125, None),
    kind("sc1", 125, None),
    Kind { gib: 1..=1_024, ..kind("standard", 1, None) },
];

/// At most so many MiB in a second (R258).
const MOST_THROUGHPUT: i64 = 1_000;

/// R255's sentence, with EC2's own behind it.
fn invalid(code: &str, words: &str) -> Refusal {
    Refusal::invalid(format!("ECS managed EBS volume configuration was invalid: {code}: {words}"))
}

/// What can be said without the task definition.
pub(crate) fn check(ask: Ask<'_>) -> Check {
    for volume in ask.list("volumeConfigurations")? {
        let volume = Ask(volume);
        volume.needed_text("name")?;
        if let Some(managed) = volume.object("managedEBSVolume")? {
            one(managed)?;
        }
    }
    Ok(())
}

fn one(managed: Ask<'_>) -> Check {
    // R262.
    managed.needed_text("roleArn")?;
    let given = managed.text("volumeType")?.unwrap_or("gp3");
    let Some(kind) = KINDS.iter().find(|kind| kind.name == given) else {
        return one_of("volumeType", given, &KINDS.map(|kind| kind.name));
    };
    r255_r256_size(managed, kind)?;
    r257_iops(managed, kind)?;
    r258_throughput(managed, kind)?;
    r259_rate(managed)?;
    if let Some(word) = managed.text("filesystemType")? {
        // R261. Whether it is the snapshot's is seen when a task starts.
        one_of("filesystemType", word, &["ext3", "ext4", "xfs", "ntfs"])?;
    }
    for tagged in managed.list("tagSpecifications")? {
        r263_tags(Ask(tagged))?;
    }
    match managed.object("terminationPolicy")? {
        Some(policy) if policy.flag("deleteOnTermination")?.is_none() => {
            Err(Refusal::invalid("terminationPolicy.deleteOnTermination cannot be null."))
        }
        _ => Ok(()),
    }
}

fn r255_r256_size(managed: Ask<'_>, kind: &Kind) -> Check {
    let snapshot = managed.text("snapshotId")?.is_some_and(|id| !id.is_empty());
    let (low, high) = (kind.gib.start(), kind.gib.end());
    match managed.whole("sizeInGiB")? {
        None if snapshot => Ok(()),
        None => Err(invalid(
            "MissingParameter",
            "The request must contain the parameter size or snapshotId",
        )),
        Some(size) if size < *low => Err(invalid(
            "InvalidParameterValue",
            &format!(
                "Volume of {size}GiB is too small for volume type {}; minimum is {low}GiB",
                kind.name
            ),
        )),
        Some(size) if size > *high => Err(invalid(
            "InvalidParameterValue",
            &format!(
                "Volume of {size}GiB is too large for volume type {}; maximum is {high}GiB",
                kind.name
            ),
        )),
        Some(_) => Ok(()),
    }
}

fn r257_iops(managed: Ask<'_>, kind: &Kind) -> Check {
    let (words, iops) = match (managed.whole("iops")?, &kind.iops) {
        (None, _) if kind.needs_iops => {
            return Err(invalid("MissingParameter", "The request must contain the parameter iops"));
        }
        (None, _) => return Ok(()),
        (Some(_), None) => return Err(unsupported("iops", kind)),
        (Some(iops), Some(range)) if iops < *range.start() => {
            (format!("low; minimum is {}", range.start()), iops)
        }
        (Some(iops), Some(range)) if iops > *range.end() => {
            (format!("high; maximum is {}", range.end()), iops)
        }
        _ => return Ok(()),
    };
    Err(invalid("InvalidParameterValue", &format!("Volume iops of {iops} is too {words}")))
}

fn unsupported(member: &str, kind: &Kind) -> Refusal {
    invalid(
        "InvalidParameterCombination",
        &format!("The parameter {member} is not supported for {} volumes", kind.name),
    )
}

fn r258_throughput(managed: Ask<'_>, kind: &Kind) -> Check {
    match managed.whole("throughput")? {
        None => Ok(()),
        Some(_) if kind.name != "gp3" => Err(unsupported("throughput", kind)),
        Some(rate) if !(1..=MOST_THROUGHPUT).contains(&rate) => Err(invalid(
            "InvalidParameterValue",
            &format!("Volume throughput of {rate} must be between 1 and {MOST_THROUGHPUT} MiB/s"),
        )),
        Some(_) => Ok(()),
    }
}

fn r259_rate(managed: Ask<'_>) -> Check {
    let rate = managed.whole("volumeInitializationRate")?.is_some();
    if rate && managed.text("snapshotId")?.is_none_or(str::is_empty) {
        return Err(invalid(
            "InvalidParameterCombination",
            "The parameter volumeInitializationRate is only supported with a snapshotId",
        ));
    }
    Ok(())
}

fn r263_tags(tagged: Ask<'_>) -> Check {
    let kind = tagged.text("resourceType")?.unwrap_or_default();
    one_of("tagSpecifications.resourceType", kind, &["volume"])?;
    if let Some(word) = tagged.text("propagateTags")? {
        one_of("tagSpecifications.propagateTags", word, &["TASK_DEFINITION", "SERVICE", "NONE"])?;
    }
    let list = tagged.list("tags")?;
    tags::check(list)?;
    for key in list.iter().filter_map(|tag| text(tag, "key")) {
        if ["AmazonECSCreated", "AmazonECSManaged"].contains(&key) {
            return Err(Refusal::invalid(format!(
                "The tag {key} is reserved and can't be used for a managed EBS volume."
            )));
        }
    }
    Ok(())
}

/// R254 and R260.
pub(crate) fn check_definition(definition: &TaskDefinition, fargate: bool, ask: Ask<'_>) -> Check {
    let at_launch = |name: &str| {
        items(&definition.document, "volumes").iter().any(|volume| {
            text(volume, "name") == Some(name)
                && volume.get("configuredAtLaunch") == Some(&Value::Bool(true))
        })
    };
    for volume in ask.list("volumeConfigurations")? {
        let name = text(volume, "name").unwrap_or_default();
        if !at_launch(name) {
            return Err(Refusal::invalid(format!(
                "The volume name '{name}' in your request does not have a matching volume in your Task Definition"
            )));
        }
        let managed = volume.get("managedEBSVolume").unwrap_or(&Value::Null);
        if fargate && text(managed, "volumeType") == Some("standard") {
            return Err(Refusal::invalid("The volume type standard is not supported on Fargate."));
        }
    }
    Ok(())
}
