//! IAM: the roles that task definitions name, and the one that everybody has,
//! each with a trust that lets tasks assume it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::definitions;
use super::pages::Pages;
use crate::arn::ACCOUNT;
use crate::ask::Ask;
use crate::ids::digest;
use crate::operations::{Operation, read};
use crate::refusal::{Refusal, Reply};
use crate::world::World;

/// What is built of IAM.
pub(crate) const BUILT: [Operation; 2] = [read("GetRole", get), read("ListRoles", list)];

const PAGES: Pages =
    Pages { size: ("MaxItems", 1_000), token: ("Marker", "Marker"), refusal: "ValidationError" };

/// As IAM shows a policy: percent-encoded JSON.
const TRUST: &str = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A\
    %22Allow%22%2C%22Principal%22%3A%7B%22Service%22%3A%22ecs-tasks.amazonaws.com%22%7D%2C\
    %22Action%22%3A%22sts%3AAssumeRole%22%7D%5D%7D";

fn roles(world: &World) -> BTreeMap<String, Value> {
    let prefix = format!("arn:aws:iam::{ACCOUNT}:role/");
    let mut names: BTreeSet<&str> = BTreeSet::from(["ecsTaskExecutionRole"]);
    for one in definitions(world) {
        let arns = ["executionRoleArn", "taskRoleArn"].map(|name| one.member(name));
        names
            .extend(arns.into_iter().flatten().filter_map(|arn| arn.strip_prefix(prefix.as_str())));
    }
    let role = |given: &str| {
        let (path, name) = given.rsplit_once('/').unwrap_or(("", given));
        let path = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
        let shown = json!({
            "Path": path,
            "RoleName": name,
            "RoleId": format!("AROA{:016X}0", digest(given)),
            "Arn": format!("{prefix}{given}"),
            "CreateDate": "2025-01-01T00:00:00Z",
            "AssumeRolePolicyDocument": TRUST,
            "MaxSessionDuration": 3_600,
        });
        (name.to_owned(), shown)
    };
    names.into_iter().map(role).collect()
}

fn list(world: &mut World, ask: Ask<'_>) -> Reply {
    let prefix = ask.text("PathPrefix")?.unwrap_or("/");
    let path = |role: &Value| role["Path"].as_str().unwrap_or_default().starts_with(prefix);
    let all = roles(world).into_iter().filter(|(_, role)| path(role));
    let mut answer = PAGES.answer(ask, "Roles", all)?;
    answer["IsTruncated"] = Value::from(answer.get("Marker").is_some());
    Ok(answer)
}

fn get(world: &mut World, ask: Ask<'_>) -> Reply {
    let name = ask.text("RoleName")?.unwrap_or_default();
    match roles(world).remove(name) {
        Some(role) => Ok(json!({"Role": role})),
        None => Err(Refusal {
            status: 404,
            ..Refusal::new("NoSuchEntity", format!("The role with name {name} cannot be found."))
        }),
    }
}
