//! ListAccountSettings: a fixed account, as a new one looks today.

use serde_json::{Value, json};

use crate::arn::CALLER;
use crate::ask::Ask;
use crate::paging::Pages;
use crate::refusal::Reply;
use crate::world::World;

/// Name and effective value, sorted by name: those that the API model knows.
/// `dualStackIPv6` is only in its prose, so a client with strict types has no word for it.
const SETTINGS: [(&str, &str); 11] = [
    ("awsvpcTrunking", "disabled"),
    ("containerInsights", "disabled"),
    ("containerInstanceLongArnFormat", "enabled"),
    ("defaultLogDriverMode", "non-blocking"),
    ("fargateEventWindows", "disabled"),
    ("fargateFIPSMode", "disabled"),
    ("fargateTaskRetirementWaitPeriod", "7"),
    ("guardDutyActivate", "off"),
    ("serviceLongArnFormat", "enabled"),
    ("tagResourceAuthorization", "off"),
    ("taskLongArnFormat", "enabled"),
];

/// ListAccountSettings: the effective ones only, for there are no own ones.
pub(crate) fn list(_world: &mut World, ask: Ask<'_>) -> Reply {
    let effective = ask.flag("effectiveSettings")?.unwrap_or(false);
    let name = ask.text("name")?;
    let value = ask.text("value")?;
    let items = SETTINGS
        .iter()
        .filter(|_| effective)
        .filter(|(own, _)| name.is_none_or(|name| name == *own))
        .filter(|(_, own)| value.is_none_or(|value| value == *own))
        .map(|(name, value)| {
            let setting: Value = json!({"name": name, "value": value, "principalArn": CALLER, "type": "aws_managed"});
            ((*name).to_owned(), setting)
        });
    Pages::new("ListAccountSettings", 10, 10).answer(ask, "settings", items)
}
