//! Account settings: what the account has by default, what was set for all of it
//! (the root user's settings), and what was set for one principal.
//!
//! Only `containerInsights` changes anything here: it is what a new cluster gets.
//! The others are kept and shown.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::arn::{ACCOUNT, CALLER_ROLE};
use crate::ask::Ask;
use crate::paging::Pages;
use crate::refusal::{Refusal, Reply};
use crate::world::World;

/// What was set: the values of a principal, by its ARN and by name.
pub(crate) type Settings = BTreeMap<String, BTreeMap<String, String>>;

const SWITCH: &[&str] = &["enabled", "disabled"];
const ON_OFF: &[&str] = &["on", "off"];

/// Name, value of a new account, and the values it may have, sorted by name:
/// those that the API model knows. `dualStackIPv6` is only in its prose, so a
/// client with strict types has no word for it.
const SETTINGS: [(&str, &str, &[&str]); 11] = [
    ("awsvpcTrunking", "disabled", SWITCH),
    ("containerInsights", "disabled", &["enhanced", "enabled", "disabled"]),
    ("containerInstanceLongArnFormat", "enabled", SWITCH),
    ("defaultLogDriverMode", "non-blocking", &["blocking", "non-blocking"]),
    ("fargateEventWindows", "disabled", SWITCH),
    ("fargateFIPSMode", "disabled", SWITCH),
    (RETIREMENT, "7", &["0", "7", "14"]),
    (MANAGED, "off", ON_OFF),
    ("serviceLongArnFormat", "enabled", SWITCH),
    ("tagResourceAuthorization", "off", ON_OFF),
    ("taskLongArnFormat", "enabled", SWITCH),
];

/// GuardDuty's own: to be read only.
const MANAGED: &str = "guardDutyActivate";

/// Only the root user, which is the whole account, may set it.
const RETIREMENT: &str = "fargateTaskRetirementWaitPeriod";

/// ListAccountSettings: with `effectiveSettings` each of them, else only what
/// was set for the principal.
pub(crate) fn list(world: &mut World, ask: Ask<'_>) -> Reply {
    let effective = ask.flag("effectiveSettings")?.unwrap_or(false);
    let value = ask.text("value")?;
    let name = ask.text("name")?.map(known).transpose()?;
    if value.is_some() && name.is_none() {
        return Err(Refusal::invalid(
            "You must specify an account setting name to filter by its value.",
        ));
    }
    let principal = principal(ask)?;
    let items = SETTINGS
        .iter()
        .filter(|(own, ..)| name.is_none_or(|name| name.0 == *own))
        .filter_map(|(own, ..)| {
            let set = world.account_settings.get(&principal).and_then(|all| all.get(*own));
            match set {
                Some(value) => Some((*own, value.clone(), principal.clone())),
                None if effective => Some((*own, value_for(world, &principal, own), root())),
                None => None,
            }
        })
        .filter(|(_, own, _)| value.is_none_or(|value| value == own))
        .map(|(name, value, principal)| (name.to_owned(), view(name, &value, &principal)));
    Pages::new("ListAccountSettings", 10, 10).answer(ask, "settings", items)
}

/// PutAccountSetting: for a principal, or for the whole account when that is the root user.
pub(crate) fn put(world: &mut World, ask: Ask<'_>) -> Reply {
    let principal = principal(ask)?;
    set(world, ask, principal)
}

/// PutAccountSettingDefault: for everybody who has no setting of his own.
pub(crate) fn put_default(world: &mut World, ask: Ask<'_>) -> Reply {
    set(world, ask, root())
}

fn set(world: &mut World, ask: Ask<'_>, principal: String) -> Reply {
    let (name, _, values) = changeable(ask)?;
    let value = ask.needed_text("value")?;
    if !values.contains(&value) {
        return Err(Refusal::invalid("Invalid setting 'value'"));
    }
    if *name == RETIREMENT && principal != root() {
        return Err(Refusal::invalid(format!("You must use the root user to set {RETIREMENT}.")));
    }
    let answer = json!({"setting": view(name, value, &principal)});
    let own = world.account_settings.entry(principal).or_default();
    own.insert((*name).to_owned(), value.to_owned());
    Ok(answer)
}

/// DeleteAccountSetting: answers what holds from now on.
pub(crate) fn delete(world: &mut World, ask: Ask<'_>) -> Reply {
    let principal = principal(ask)?;
    let (name, ..) = changeable(ask)?;
    if let Some(own) = world.account_settings.get_mut(&principal) {
        own.remove(*name);
        if own.is_empty() {
            world.account_settings.remove(&principal);
        }
    }
    Ok(json!({"setting": view(name, &value_for(world, &principal, name), &principal)}))
}

/// The value that holds for the caller.
pub(crate) fn value(world: &World, name: &str) -> String {
    value_for(world, &caller(), name)
}

/// A principal's own value, else the account's, else that of a new account.
fn value_for(world: &World, principal: &str, name: &str) -> String {
    let set = |principal: &str| world.account_settings.get(principal)?.get(name).cloned();
    let new = || SETTINGS.iter().find(|(own, ..)| *own == name).map(|(_, value, _)| *value);
    set(principal).or_else(|| set(&root())).unwrap_or_else(|| new().unwrap_or_default().to_owned())
}

fn view(name: &str, value: &str, principal: &str) -> Value {
    let kind = if name == MANAGED { "aws_managed" } else { "user" };
    json!({"name": name, "value": value, "principalArn": principal, "type": kind})
}

type Known = &'static (&'static str, &'static str, &'static [&'static str]);

fn known(name: &str) -> Result<Known, Refusal> {
    SETTINGS.iter().find(|(own, ..)| *own == name).ok_or_else(|| {
        let names: Vec<&str> = SETTINGS.iter().map(|(own, ..)| *own).collect();
        Refusal::invalid(format!("{name} should be one of [{}]", names.join(",")))
    })
}

fn changeable(ask: Ask<'_>) -> Result<Known, Refusal> {
    let found = known(ask.needed_text("name")?)?;
    if found.0 == MANAGED {
        return Err(Refusal::invalid(format!("The account setting {MANAGED} is read-only.")));
    }
    Ok(found)
}

fn caller() -> String {
    CALLER_ROLE.to_owned()
}

fn root() -> String {
    format!("arn:aws:iam::{ACCOUNT}:root")
}

/// Whom a request means: the caller unless it names the root user, a user or a
/// role of the account. A session of a role has the settings of its role.
fn principal(ask: Ask<'_>) -> Result<String, Refusal> {
    let Some(given) = ask.text("principalArn")? else {
        return Ok(caller());
    };
    let rest = given.strip_prefix(&format!("arn:aws:iam::{ACCOUNT}:"));
    let fine = rest.is_some_and(|rest| {
        let named = |kind: &str| rest.strip_prefix(kind).is_some_and(|name| !name.is_empty());
        rest == "root" || named("user/") || named("role/")
    });
    if fine {
        return Ok(given.to_owned());
    }
    Err(Refusal::invalid("Invalid principal ARN: a user, a role or the root user of this account."))
}
