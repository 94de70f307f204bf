//! Services of every cluster that meet in one Cloud Map namespace: what they may be called there,
//! and ListServicesByNamespace.

use serde_json::Value;

use super::model::{Service, Standing};
use crate::ask::Ask;
use crate::clusters::{Cluster, namespace_arn};
use crate::paging::Pages;
use crate::refusal::{Refusal, Reply};
use crate::rules;
use crate::world::World;

/// ListServicesByNamespace. A namespace is there when a cluster or a service names it.
pub(crate) fn list(world: &mut World, ask: Ask<'_>) -> Reply {
    let wanted = namespace_arn(&world.place, ask.needed_text("namespace")?);
    let of = |service: &Service| namespace(world, &service.cluster, &service.settings);
    let active = |service: &Service| service.standing != Standing::Inactive;
    let mut defaults = world.clusters.values().filter_map(|cluster| cluster.namespace());
    let known = defaults.any(|arn| arn == wanted)
        || world.services.values().any(|service| of(service).as_ref() == Some(&wanted));
    if !known {
        return Err(Refusal::new("NamespaceNotFoundException", "Namespace not found."));
    }
    let items = world
        .services
        .iter()
        .filter(|(_, service)| active(service) && of(service).as_ref() == Some(&wanted))
        .map(|(key, _)| (key.clone(), Value::from(world.place.service(key))));
    Pages::new("ListServicesByNamespace", 10, 100).answer(ask, "serviceArns", items)
}

/// R220 and R222, for the service that a request makes or changes.
///
/// # Errors
/// There is no namespace, or another service has one of its names in it.
pub(super) fn check(world: &World, key: &str, cluster: &str, ask: Ask<'_>) -> Result<(), Refusal> {
    let default = world.clusters.get(cluster).and_then(Cluster::namespace);
    rules::connect::r220_namespace(ask, default)?;
    let (Some(connect), Some(own)) =
        (ask.get("serviceConnectConfiguration"), namespace(world, cluster, ask.0))
    else {
        return Ok(());
    };
    let names: Vec<&str> = rules::connect::discovery_names(connect).collect();
    let clashes = |(other, service): (&String, &Service)| {
        other != key
            && service.standing != Standing::Inactive
            && namespace(world, &service.cluster, &service.settings).as_ref() == Some(&own)
            && service
                .settings
                .get("serviceConnectConfiguration")
                .into_iter()
                .flat_map(rules::connect::discovery_names)
                .any(|name| names.contains(&name))
    };
    if !names.is_empty() && world.services.iter().any(clashes) {
        return Err(rules::connect::r222_taken(&own));
    }
    Ok(())
}

/// The ARN of the namespace a service is in: its own, or its cluster's default.
fn namespace(world: &World, cluster: &str, settings: &Value) -> Option<String> {
    let connect = settings.get("serviceConnectConfiguration")?;
    if connect.get("enabled") != Some(&Value::Bool(true)) {
        return None;
    }
    match connect.get("namespace").and_then(Value::as_str) {
        Some(own) => Some(namespace_arn(&world.place, own)),
        None => world.clusters.get(cluster)?.namespace().map(str::to_owned),
    }
}
