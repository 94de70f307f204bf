//! Rules about capacity providers.

use super::{Check, is_name, one_of};
use crate::ask::Ask;
use crate::refusal::Refusal;

/// R282.
pub(crate) fn r282_name(name: &str) -> Check {
    let lower = name.to_ascii_lowercase();
    let reserved = ["aws", "ecs", "fargate"].iter().any(|start| lower.starts_with(start));
    if is_name(name, 255) && !reserved {
        return Ok(());
    }
    Err(Refusal::invalid(
        "The specified capacity provider name is invalid. Up to 255 letters, numbers, underscores, and hyphens are allowed, and the name can't be prefixed with \"aws\", \"ecs\", or \"fargate\".",
    ))
}

/// R284 to R286. The group itself is outside ECS: nobody asks it.
pub(crate) fn group(group: Ask<'_>) -> Check {
    let scaling = group.object("managedScaling")?;
    if let Some(scaling) = scaling {
        switch(scaling, "status")?;
        range(scaling, "targetCapacity", 1, 100)?;
        range(scaling, "minimumScalingStepSize", 1, 10_000)?;
        range(scaling, "maximumScalingStepSize", 1, 10_000)?;
        range(scaling, "instanceWarmupPeriod", 0, 10_000)?;
        let least = scaling.whole("minimumScalingStepSize")?.unwrap_or(1);
        if least > scaling.whole("maximumScalingStepSize")?.unwrap_or(10_000) {
            return Err(Refusal::invalid(
                "The minimumScalingStepSize cannot be greater than the maximumScalingStepSize.",
            ));
        }
    }
    switch(group, "managedTerminationProtection")?;
    switch(group, "managedDraining")
}

/// R286, of the whole configuration that will hold.
pub(crate) fn r286_protection(protected: bool, scaled: bool) -> Check {
    if protected && !scaled {
        return Err(Refusal::client(
            "The managed termination protection setting for the capacity provider is invalid. To enable managed termination protection for a capacity provider, managed scaling must be enabled.",
        ));
    }
    Ok(())
}

/// R287, R288, R289 and R290.
pub(crate) fn managed(provider: Ask<'_>, creating: bool) -> Check {
    provider.needed_text("infrastructureRoleArn")?;
    if let Some(word) = provider.text("propagateTags")? {
        one_of("propagateTags", word, &["CAPACITY_PROVIDER", "NONE"])?;
    }
    let Some(template) = provider.object("instanceLaunchTemplate")? else {
        return Err(Refusal::invalid("InstanceLaunchTemplate cannot be empty."));
    };
    let network = template.object("networkConfiguration")?;
    if creating {
        template.needed_text("ec2InstanceProfileArn")?;
        if network.is_none() {
            return Err(Refusal::invalid("NetworkConfiguration cannot be empty."));
        }
    }
    if let Some(requirements) = template.object("instanceRequirements")? {
        for member in ["vCpuCount", "memoryMiB"] {
            let least = requirements.object(member)?;
            if least.map(|range| range.whole("min")).transpose()?.flatten().is_none() {
                return Err(Refusal::invalid(format!("{member}.min cannot be empty.")));
            }
        }
        for member in ["allowedInstanceTypes", "excludedInstanceTypes"] {
            if requirements.texts(member)?.len() > 400 {
                return Err(Refusal::invalid(format!("{member} can have at most 400 items.")));
            }
        }
    }
    let local = template.object("localStorageConfiguration")?;
    let local = local.map(|local| local.flag("useLocalStorage")).transpose()?.flatten();
    if template.flag("nitroEnclavesEnabled")? == Some(true) && local == Some(true) {
        return Err(Refusal::invalid(
            "nitroEnclavesEnabled can't be enabled together with local storage.",
        ));
    }
    Ok(())
}

fn switch(ask: Ask<'_>, member: &str) -> Check {
    match ask.text(member)? {
        Some(word) => one_of(member, word, &["ENABLED", "DISABLED"]),
        None => Ok(()),
    }
}

fn range(ask: Ask<'_>, member: &str, low: i64, high: i64) -> Check {
    match ask.whole(member)? {
        Some(value) if !(low..=high).contains(&value) => {
            Err(Refusal::invalid(format!("{member} must be between {low} and {high}.")))
        }
        _ => Ok(()),
    }
}
