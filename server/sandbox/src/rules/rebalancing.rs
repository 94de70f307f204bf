//! Rules about the rebalancing of a service between Availability Zones.

use serde_json::Value;

use super::{Check, number, text};
use crate::ask::Ask;
use crate::placement::query::Query;
use crate::refusal::Refusal;

const ZONE: &str = "attribute:ecs.availability-zone";

/// R211 and R212, of the settings that a service has or will have.
pub(crate) fn check(settings: Ask<'_>, daemon: bool) -> Check {
    if settings.text("availabilityZoneRebalancing")? != Some("ENABLED") {
        return Ok(());
    }
    match obstacle(settings.0, daemon) {
        Some(words) => Err(Refusal::invalid(words)),
        None => Ok(()),
    }
}

/// R210: what a new service gets that says nothing. ENABLED where it can be.
pub(crate) fn default(settings: &Value, daemon: bool) -> &'static str {
    if obstacle(settings, daemon).is_some() { "DISABLED" } else { "ENABLED" }
}

/// Why the tasks of a service cannot be rebalanced.
fn obstacle(settings: &Value, daemon: bool) -> Option<&'static str> {
    let list = |name: &str| super::items(settings, name);
    if daemon {
        return Some("Availability Zone Rebalancing does not support DAEMON services.");
    }
    let configuration = settings.get("deploymentConfiguration").unwrap_or(&Value::Null);
    if number(configuration, "maximumPercent").is_some_and(|percent| percent <= 100) {
        return Some("AvailabilityZoneRebalancing does not support maximumPercent <= 100");
    }
    if text(settings, "launchType") == Some("EXTERNAL") {
        return Some("AvailabilityZoneRebalancing does not support the EXTERNAL launch type.");
    }
    if list("loadBalancers").iter().any(|item| text(item, "loadBalancerName").is_some()) {
        return Some("AvailabilityZoneRebalancing does not support Classic Load Balancers.");
    }
    if list("placementConstraints").iter().any(is_about_zones) {
        return Some(
            "AvailabilityZoneRebalancing does not support placement constraints on attribute:ecs.availability-zone.",
        );
    }
    // Not R212, but AWS's page about rebalancing: the zones come first, or nothing does.
    let first = list("placementStrategy").first()?;
    let zones_first = text(first, "type") == Some("spread") && text(first, "field") == Some(ZONE);
    (!zones_first).then_some(
        "AvailabilityZoneRebalancing requires that the first placement strategy spreads across attribute:ecs.availability-zone.",
    )
}

fn is_about_zones(constraint: &Value) -> bool {
    let expression = text(constraint, "expression").unwrap_or_default();
    Query::parse(expression).is_ok_and(|query| query.asks_of(ZONE))
}
