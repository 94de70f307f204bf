//! Rules of GPUs and Neuron devices.

use super::words::listed;
use super::{Place, Task};
use crate::finding::{Edit, Findings};

const KINDS: [&str; 3] = ["GPU", "InferenceAccelerator", "NeuronDevice"];

pub(super) fn check(task: Task<'_>, found: &mut Findings) {
    let mut shared: Option<bool> = None;
    let mut neuron = 0;
    for container in task.containers {
        for resource in container.items("resourceRequirements") {
            match resource.text("type") {
                "GPU" => gpu(task, &resource, &mut shared, found),
                "NeuronDevice" => {
                    neuron += 1;
                    neuron_device(task, &resource, neuron, found);
                }
                "InferenceAccelerator" => {}
                // R158
                _ => {
                    found.refuse("R158", resource.at("type"), format!("{}.", listed(&KINDS)));
                }
            }
        }
    }
}

/// R159, R161, R162
fn gpu(task: Task<'_>, gpu: &Place<'_>, shared: &mut Option<bool>, found: &mut Findings) {
    if task.facts.fargate {
        found
            .refuse("R159", gpu.at("type"), "Fargate has no GPUs.")
            .fix("Take it away", vec![Edit::Remove(gpu.path())]);
        return;
    }
    let (value, sharing) = (gpu.text("value"), gpu.object("sharingStrategy"));
    let counts = value == "ALL" || value.parse::<u32>().is_ok_and(|count| count > 0);
    if value.is_empty() == sharing.is_none() {
        let said = "Say how many GPUs, or how one is shared: one of the two.";
        let finding = found.refuse("R161", gpu.at("value"), said);
        if value.is_empty() {
            finding.fix_by_setting("Use 1", "1");
        } else {
            finding.fix("Don't share it", vec![Edit::Remove(gpu.at("sharingStrategy"))]);
        }
        return;
    } else if !value.is_empty() && !counts {
        found
            .refuse("R159", gpu.at("value"), "A number of GPUs, or ALL.")
            .fix_by_setting("Use 1", "1");
    }
    if sharing.is_some() && task.facts.external {
        found.refuse("R161", gpu.at("sharingStrategy"), "Machines outside AWS share no GPUs.");
    } else if shared.is_some_and(|shared| shared != sharing.is_some()) {
        let said = "All containers with GPUs share them, or none does.";
        found.refuse("R161", gpu.at("value"), said);
    }
    shared.get_or_insert(sharing.is_some());
    if let Some(sharing) = sharing {
        mps(&sharing, found);
    }
}

/// R162
fn mps(sharing: &Place<'_>, found: &mut Findings) {
    let Some(mps) = sharing.object("nvidiaMps") else {
        // A way of sharing that is not known here is left alone.
        if sharing.members().next().is_none() {
            let said = "Say how it is shared: the MiB of its memory that this container gets.";
            found.refuse("R162", sharing.at("nvidiaMps.memory"), said);
        }
        return;
    };
    if mps.number("memory").is_none_or(|mib| mib < 1) {
        found.refuse("R162", mps.at("memory"), "A share of the GPU's memory in MiB, 1 at least.");
    }
    if let Some(percent) = mps.number("maxComputePercent").filter(|n| !(1..=100).contains(n)) {
        let nearest = percent.clamp(1, 100);
        found
            .refuse("R162", mps.at("maxComputePercent"), "Between 1 and 100 percent.")
            .fix_by_setting(format!("Use {nearest}"), nearest);
    }
}

/// R160
fn neuron_device(task: Task<'_>, device: &Place<'_>, count: usize, found: &mut Findings) {
    if !task.facts.managed {
        let said = "Neuron devices are on Managed Instances only: name MANAGED_INSTANCES.";
        found.refuse("R160", device.at("type"), said);
    } else if count > 1 {
        found
            .refuse("R160", device.at("type"), "Only one container can have the Neuron devices.")
            .fix("Take it away", vec![Edit::Remove(device.path())]);
    }
    if device.text("value") != "ALL" {
        found
            .refuse("R160", device.at("value"), "ALL is the only value here.")
            .fix_by_setting("Use ALL", "ALL");
    }
}
