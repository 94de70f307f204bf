//! [ssr] What the forms that launch tasks know of a picture and of a revision: pure functions.

use super::choices::{ClusterChoice, FamilyChoice, KnownNetwork, LaunchChoices, RevisionNeeds};
use crate::clusters::strategy::split_words;
use crate::reading::Reading;
use crate::task_definitions::model::TaskDefinition;

/// What the forms offer, of a picture.
pub fn choices(reading: &Reading) -> LaunchChoices {
    let active = reading.clusters.iter().filter(|cluster| cluster.status == "ACTIVE");
    let families = reading.families.iter().filter(|family| !family.active.is_empty());
    LaunchChoices {
        clusters: active
            .map(|cluster| ClusterChoice {
                name: cluster.name.clone(),
                providers: cluster.capacity_providers.clone(),
                instances: cluster.instances,
                default_words: split_words(&cluster.default_strategy),
            })
            .collect(),
        families: families
            .map(|family| FamilyChoice { name: family.name.clone(), active: family.active.clone() })
            .collect(),
        networks: networks(reading),
    }
}

/// Services often share one network: the first of a cluster stands for all.
fn networks(reading: &Reading) -> Vec<KnownNetwork> {
    let mut networks: Vec<KnownNetwork> = Vec::new();
    for service in &reading.services {
        let Some(network) = service.network.clone() else { continue };
        let known = networks.iter().any(|n| n.cluster == service.cluster && n.network == network);
        if !known {
            let (cluster, service) = (service.cluster.clone(), service.name.clone());
            networks.push(KnownNetwork { cluster, service, network });
        }
    }
    networks
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::model::Network;
    use super::*;
    use crate::services::samples::service;

    #[test]
    fn a_network_that_services_share_is_offered_once() {
        let within = |cluster: &str, name: &str, subnet: Option<&str>| {
            let mut service = service(cluster, name);
            service.network =
                subnet.map(|id| Network { subnets: vec![id.into()], ..Network::default() });
            Arc::new(service)
        };
        let reading = Reading {
            services: vec![
                within("production", "api", Some("subnet-1")),
                within("production", "bridged", None),
                within("production", "web", Some("subnet-1")),
                within("production", "worker", Some("subnet-2")),
                within("staging", "api", Some("subnet-1")),
            ],
            ..Reading::default()
        };
        let known = choices(&reading).networks;
        let known: Vec<_> =
            known.iter().map(|n| (n.cluster.as_str(), n.service.as_str())).collect();
        assert_eq!(known, [("production", "api"), ("production", "worker"), ("staging", "api")]);
    }
}
