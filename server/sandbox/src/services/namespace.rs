//! ListServicesByNamespace: services of every cluster that meet in one Cloud Map namespace.

use serde_json::Value;

use super::model::{Service, Standing};
use crate::ask::Ask;
use crate::clusters::namespace_arn;
use crate::paging::Pages;
use crate::refusal::{Refusal, Reply};
use crate::world::World;

/// ListServicesByNamespace. A namespace is there when a cluster or a service names it.
pub(crate) fn list(world: &mut World, ask: Ask<'_>) -> Reply {
    let wanted = namespace_arn(&world.place, ask.needed_text("namespace")?);
    let of = |service: &Service| namespace(world, service);
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

/// The ARN of the namespace a service is in: its own, or its cluster's default.
fn namespace(world: &World, service: &Service) -> Option<String> {
    let connect = service.settings.get("serviceConnectConfiguration")?;
    if connect.get("enabled") != Some(&Value::Bool(true)) {
        return None;
    }
    match connect.get("namespace").and_then(Value::as_str) {
        Some(own) => Some(namespace_arn(&world.place, own)),
        None => world.clusters.get(&service.cluster)?.namespace().map(str::to_owned),
    }
}
