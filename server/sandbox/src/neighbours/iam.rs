//! IAM: the roles that task definitions name, the one that everybody has, and
//! some that are there for others. Only the first two kinds may be assumed by
//! tasks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

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
pub(crate) const BUILT: [Operation; 3] =
    [read("GetRole", get), read("ListAttachedRolePolicies", policies), read("ListRoles", list)];

const PAGES: Pages =
    Pages { size: ("MaxItems", 1_000), token: ("Marker", "Marker"), refusal: "ValidationError" };

const EVERYBODYS: &str = "ecsTaskExecutionRole";

/// Roles that no task may assume: path and name, who may, and what they are for.
const OF_OTHERS: [(&str, &str, &str); 3] = [
    (
        "aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
        "ecs.amazonaws.com",
        "Role to enable Amazon ECS to manage your cluster.",
    ),
    ("shop-ci-deploy", "codebuild.amazonaws.com", "Builds and releases the shop."),
    ("shop-instance", "ec2.amazonaws.com", "Container instances of the shop."),
];

/// A trust policy as IAM shows it: percent-encoded JSON.
fn trust(service: &str) -> String {
    let policy = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole",
    }]});
    let mut encoded = String::new();
    for byte in policy.to_string().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

fn arn_of(given: &str) -> String {
    format!("arn:aws:iam::{ACCOUNT}:role/{given}")
}

/// Whether ECS itself uses it, to start tasks.
fn is_execution(name: &str) -> bool {
    name.to_lowercase().contains("exec")
}

fn role(given: &str, service: &str, about: Option<&str>) -> (String, Value) {
    let (path, name) = given.rsplit_once('/').unwrap_or(("", given));
    let path = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
    let mut shown = json!({
        "Path": path,
        "RoleName": name,
        "RoleId": format!("AROA{:016X}0", digest(given)),
        "Arn": arn_of(given),
        "CreateDate": "2025-01-01T00:00:00Z",
        "AssumeRolePolicyDocument": trust(service),
        "MaxSessionDuration": 3_600,
    });
    crate::ask::put(&mut shown, "Description", about);
    (name.to_owned(), shown)
}

fn roles(world: &World) -> BTreeMap<String, Value> {
    let prefix = arn_of("");
    let mut names: BTreeSet<&str> = BTreeSet::from([EVERYBODYS]);
    for one in definitions(world) {
        let arns = ["executionRoleArn", "taskRoleArn"].map(|name| one.member(name));
        names
            .extend(arns.into_iter().flatten().filter_map(|arn| arn.strip_prefix(prefix.as_str())));
    }
    let others = OF_OTHERS.iter().map(|(name, service, about)| role(name, service, Some(*about)));
    let of_tasks = names.into_iter().map(|name| {
        let about = is_execution(name).then_some("Pulls images, reads secrets and writes logs.");
        role(name, "ecs-tasks.amazonaws.com", about)
    });
    others.chain(of_tasks).collect()
}

fn list(world: &mut World, ask: Ask<'_>) -> Reply {
    let prefix = ask.text("PathPrefix")?.unwrap_or("/");
    let path = |role: &Value| role["Path"].as_str().unwrap_or_default().starts_with(prefix);
    let all = roles(world).into_iter().filter(|(_, role)| path(role));
    truncated(PAGES.answer(ask, "Roles", all)?)
}

/// IAM says in so many words whether there is more.
fn truncated(mut answer: Value) -> Reply {
    answer["IsTruncated"] = Value::from(answer.get("Marker").is_some());
    Ok(answer)
}

fn named(world: &World, ask: Ask<'_>) -> Result<Value, Refusal> {
    let name = ask.text("RoleName")?.unwrap_or_default();
    roles(world).remove(name).ok_or_else(|| Refusal {
        status: 404,
        ..Refusal::new("NoSuchEntity", format!("The role with name {name} cannot be found."))
    })
}

fn get(world: &mut World, ask: Ask<'_>) -> Reply {
    named(world, ask).map(|role| json!({"Role": role}))
}

/// One policy of AWS for a role that starts tasks, one of the account's own for
/// every other.
fn policies(world: &mut World, ask: Ask<'_>) -> Reply {
    let role = named(world, ask)?;
    let name = role["RoleName"].as_str().unwrap_or_default();
    let (policy, owner) = match is_execution(name) {
        true => {
            ("AmazonECSTaskExecutionRolePolicy".to_owned(), "aws:policy/service-role".to_owned())
        }
        false => (format!("{name}-access"), format!("{ACCOUNT}:policy")),
    };
    let arn = format!("arn:aws:iam::{owner}/{policy}");
    let attached = json!({"PolicyName": policy, "PolicyArn": arn});
    truncated(PAGES.answer(ask, "AttachedPolicies", std::iter::once((policy, attached)))?)
}
