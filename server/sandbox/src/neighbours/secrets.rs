//! Secrets Manager and Systems Manager's parameters: those that containers are
//! given. Their names can be looked up; no value is ever told.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::containers;
use super::pages::Pages;
use crate::ask::{Ask, seconds};
use crate::ids::digest;
use crate::operations::{Operation, read};
use crate::refusal::{Refusal, Reply};
use crate::world::World;

/// What is built of Secrets Manager.
pub(crate) const SECRETS: [Operation; 2] =
    [read("DescribeSecret", describe_secret), read("ListSecrets", list_secrets)];

/// What is built of Systems Manager.
pub(crate) const PARAMETERS: [Operation; 1] = [read("DescribeParameters", list_parameters)];

const PAGES: Pages = Pages {
    size: ("MaxResults", 100),
    token: ("NextToken", "NextToken"),
    refusal: "InvalidParameterException",
};

/// When everything here was made: the start of 2025.
const SINCE_MS: i64 = 1_735_689_600_000;

/// The `valueFrom` of every secret of every container.
fn sources(world: &World) -> impl Iterator<Item = &str> {
    containers(world)
        .filter_map(|one| one.get("secrets")?.as_array())
        .flatten()
        .filter_map(|secret| secret.get("valueFrom")?.as_str())
}

/// By name: six characters that Secrets Manager adds stand behind it in the ARN.
fn secrets(world: &World) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for source in sources(world) {
        // A key, a version stage and a version id may follow.
        let parts: Vec<&str> = source.split(':').take(7).collect();
        let [_, _, "secretsmanager", _, _, "secret", full] = parts.as_slice() else {
            continue;
        };
        let name = match full.rsplit_once('-') {
            Some((name, ending)) if ending.len() == 6 => name,
            _ => full,
        };
        let version = format!("{:032x}", u128::from(digest(full)));
        let secret = json!({
            "ARN": parts.join(":"),
            "Name": name,
            "Description": format!("Given to tasks as {name}"),
            "CreatedDate": seconds(SINCE_MS),
            "LastChangedDate": seconds(SINCE_MS),
            "SecretVersionsToStages": {version: ["AWSCURRENT"]},
        });
        found.insert(name.to_owned(), secret);
    }
    found
}

fn list_secrets(world: &mut World, ask: Ask<'_>) -> Reply {
    let mut left = secrets(world);
    for filter in ask.list("Filters")? {
        let filter = Ask(filter);
        let (key, values) = (filter.text("Key")?.unwrap_or_default(), filter.texts("Values")?);
        match key {
            "name" => left.retain(|name, _| values.iter().any(|value| name.starts_with(value))),
            // Words anywhere, whatever their case.
            "all" => left.retain(|name, _| {
                let name = name.to_lowercase();
                values.iter().any(|value| name.contains(&value.to_lowercase()))
            }),
            _ => {
                let sentence = format!("The filter {key} is not built.");
                return Err(Refusal::new("InvalidParameterException", sentence));
            }
        }
    }
    PAGES.answer(ask, "SecretList", left.into_iter())
}

fn describe_secret(world: &mut World, ask: Ask<'_>) -> Reply {
    let wanted = ask.needed_text("SecretId")?;
    let is = |secret: &Value| secret["Name"] == wanted || secret["ARN"] == wanted;
    let missing = "Secrets Manager can't find the specified secret.";
    let found = secrets(world).into_values().find(is);
    let mut secret = found.ok_or_else(|| Refusal::new("ResourceNotFoundException", missing))?;
    if let Some(map) = secret.as_object_mut()
        && let Some(versions) = map.remove("SecretVersionsToStages")
    {
        map.insert("VersionIdsToStages".to_owned(), versions);
    }
    Ok(secret)
}

fn list_parameters(world: &mut World, ask: Ask<'_>) -> Reply {
    let mut found: BTreeMap<String, Value> = BTreeMap::new();
    for source in sources(world) {
        let name = match source.splitn(6, ':').collect::<Vec<&str>>().as_slice() {
            [_, _, "ssm", _, _, resource] => match resource.strip_prefix("parameter") {
                // A name without a folder has no slash of its own.
                Some(name) if name.matches('/').count() == 1 => name.trim_start_matches('/'),
                Some(name) => name,
                None => continue,
            },
            [name] => name,
            _ => continue,
        };
        let parameter = json!({
            "Name": name,
            "Type": "SecureString",
            "KeyId": "alias/aws/ssm",
            "LastModifiedDate": seconds(SINCE_MS),
            "Version": 1,
            "Tier": "Standard",
            "DataType": "text",
        });
        found.insert(name.to_owned(), parameter);
    }
    for filter in ask.list("ParameterFilters")? {
        let filter = Ask(filter);
        let (key, values) = (filter.text("Key")?.unwrap_or_default(), filter.texts("Values")?);
        let hit: fn(&str, &str) -> bool = match (key, filter.text("Option")?) {
            ("Name", Some("Contains")) => |name, value| name.contains(value),
            ("Name", Some("BeginsWith")) => |name, value| name.starts_with(value),
            ("Name", None | Some("Equals")) => |name, value| name == value,
            _ => return Err(Refusal::new("InvalidFilterKey", "The filter is not built.")),
        };
        found.retain(|name, _| values.iter().any(|value| hit(name, value)));
    }
    let pages = Pages { size: ("MaxResults", 50), ..PAGES };
    pages.answer(ask, "Parameters", found.into_iter())
}
