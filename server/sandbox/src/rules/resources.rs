//! Rules about the GPUs and Neuron devices of a task.

use serde_json::{Map, Value};

use super::{Check, asks_for, items, number, one_of, text};
use crate::ask::Ask;
use crate::refusal::Refusal;

/// R158 to R162.
pub(super) fn check(document: &Value) -> Check {
    let (mut shared, mut neuron) = (None, 0);
    for container in items(document, "containerDefinitions") {
        for resource in Ask(container).list("resourceRequirements")? {
            let kind = text(resource, "type").unwrap_or_default();
            one_of(
                "resourceRequirements.type",
                kind,
                &["GPU", "InferenceAccelerator", "NeuronDevice"],
            )?;
            match kind {
                "GPU" => {
                    let own = gpu(document, resource)?;
                    if *shared.get_or_insert(own) != own {
                        return Err(Refusal::client(
                            "All containers with GPUs must have the same sharingStrategy.",
                        ));
                    }
                }
                "NeuronDevice" => {
                    neuron += 1;
                    r160_neuron(document, resource, neuron)?;
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// R159, R161 and R162: whether the GPU is shared.
fn gpu(document: &Value, resource: &Value) -> Result<bool, Refusal> {
    let value = text(resource, "value").filter(|value| !value.is_empty());
    let sharing = Ask(resource).object("sharingStrategy")?;
    if value.is_some() == sharing.is_some() {
        return Err(Refusal::client("A GPU requirement has either a value or a sharingStrategy."));
    }
    let counts = |value: &str| value == "ALL" || value.parse::<u32>().is_ok_and(|it| it > 0);
    if value.is_some_and(|value| !counts(value)) {
        return Err(Refusal::client("The value of a GPU requirement is a number or ALL."));
    }
    if sharing.is_some() && asks_for(document, "EXTERNAL") {
        return Err(Refusal::client("GPU sharing is not supported with EXTERNAL."));
    }
    if sharing.is_some_and(|Ask(sharing)| sharing.as_object().is_some_and(Map::is_empty)) {
        return Err(Refusal::client("A sharingStrategy has exactly one way of sharing."));
    }
    let share = resource.pointer("/sharingStrategy/nvidiaMps").filter(|it| it.is_object());
    if let Some(share) = share {
        let percent = number(share, "maxComputePercent");
        if number(share, "memory").is_none_or(|mib| mib < 1)
            || percent.is_some_and(|it| !(1..=100).contains(&it))
        {
            return Err(Refusal::client(
                "nvidiaMps has a memory of at least 1 MiB and at most 100 percent.",
            ));
        }
    }
    Ok(sharing.is_some())
}

fn r160_neuron(document: &Value, resource: &Value, count: usize) -> Check {
    let why = if !asks_for(document, "MANAGED_INSTANCES") {
        "NeuronDevice is supported with MANAGED_INSTANCES only."
    } else if count > 1 {
        "Only one container can specify NeuronDevice resources."
    } else if text(resource, "value") != Some("ALL") {
        "The value of a NeuronDevice requirement is ALL."
    } else {
        return Ok(());
    };
    Err(Refusal::client(why))
}
