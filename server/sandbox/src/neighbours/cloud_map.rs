//! Cloud Map: the namespaces that clusters name as their default.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::pages::Pages;
use super::text_at;
use crate::ask::Ask;
use crate::operations::{Operation, read};
use crate::refusal::Reply;
use crate::world::World;

/// What is built of Cloud Map.
pub(crate) const BUILT: [Operation; 1] = [read("ListNamespaces", list)];

const PAGES: Pages =
    Pages { size: ("MaxResults", 100), token: ("NextToken", "NextToken"), refusal: "InvalidInput" };

fn list(world: &mut World, ask: Ask<'_>) -> Reply {
    let mut found: BTreeMap<String, Value> = BTreeMap::new();
    for cluster in world.clusters.values() {
        let defaults = cluster.service_connect_defaults.as_ref();
        let Some(arn) = defaults.and_then(|defaults| text_at(defaults, "/namespace")) else {
            continue;
        };
        let id = arn.rsplit('/').next().unwrap_or(arn);
        let namespace = json!({
            "Id": id,
            "Arn": arn,
            // The cluster keeps the ARN only; a namespace made for it has its name.
            "Name": cluster.name,
            "Type": "HTTP",
            "Properties": {"HttpProperties": {"HttpName": cluster.name}},
        });
        found.insert(id.to_owned(), namespace);
    }
    PAGES.answer(ask, "Namespaces", found.into_iter())
}
