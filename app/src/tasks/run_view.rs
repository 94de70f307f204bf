//! [ssr] What the form to run tasks shows of a picture: pure functions.

use super::run_model::{KnownNetwork, RunChoices};
use crate::clusters::strategy::split_words;
use crate::reading::Reading;
use crate::services::choices::{ClusterChoice, FamilyChoice, RevisionNeeds, ServiceChoices};
use crate::task_definitions::model::TaskDefinition;

/// What the form offers, of a picture.
pub fn choices(reading: &Reading) -> RunChoices {
    let active = reading.clusters.iter().filter(|cluster| cluster.status == "ACTIVE");
    let families = reading.families.iter().filter(|family| !family.active.is_empty());
    let what = ServiceChoices {
        clusters: active
            .map(|cluster| ClusterChoice {
                name: cluster.name.clone(),
                providers: cluster.capacity_providers.clone(),
                default_words: split_words(&cluster.default_strategy),
            })
            .collect(),
        families: families
            .map(|family| FamilyChoice { name: family.name.clone(), active: family.active.clone() })
            .collect(),
    };
    let mut networks: Vec<KnownNetwork> = Vec::new();
    for service in &reading.services {
        let Some(network) = service.network.clone() else { continue };
        // Services often share one network: the first of a cluster stands for all.
        let known = networks.iter().any(|n| n.cluster == service.cluster && n.network == network);
        if !known {
            let (cluster, service) = (service.cluster.clone(), service.name.to_string());
            networks.push(KnownNetwork { cluster, service, network });
        }
    }
    RunChoices { what, networks }
}

/// What a revision asks for; ECS takes a missing network mode as `bridge`.
pub fn needs(definition: &TaskDefinition) -> RevisionNeeds {
    let mode = definition.document.get("networkMode").and_then(|mode| mode.as_str());
    RevisionNeeds {
        revision: definition.revision.clone(),
        network_mode: mode.unwrap_or("bridge").to_owned(),
        compatibilities: definition.compatibilities.clone(),
    }
}

/// How ECS shall call who started the tasks (R267): `berth/NAME`, in letters, digits and - / _ ,
/// 128 at most.
pub fn started_by(member: &str) -> String {
    let mut word = String::from("berth/");
    for letter in member.chars() {
        let fits = letter.is_ascii_alphanumeric() || "-_".contains(letter);
        let letter = if fits { letter } else { '-' };
        if word.len() < 128 && !(letter == '-' && word.ends_with(['-', '/'])) {
            word.push(letter);
        }
    }
    word.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_started_it_is_a_word_for_ecs() {
        for (name, word) in [
            ("Ada Lovelace", "berth/Ada-Lovelace"),
            ("Zoë  O'Neill", "berth/Zo-O-Neill"),
            ("ops_bot", "berth/ops_bot"),
            ("", "berth/"),
        ] {
            assert_eq!(started_by(name), word);
        }
        assert_eq!(started_by(&"x".repeat(300)).len(), 128);
    }
}
