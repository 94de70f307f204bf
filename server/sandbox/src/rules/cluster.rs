//! Rules about clusters.

use super::{Check, is_name, one_of, tags, text};
use crate::ask::Ask;
use crate::refusal::Refusal;

/// R276 to R279, and the tags.
pub(crate) fn check(ask: Ask<'_>) -> Check {
    if let Some(name) = ask.text("clusterName")? {
        r276_name(name)?;
    }
    for setting in ask.list("settings")? {
        r277_setting(setting)?;
    }
    tags::check(ask.list("tags")?)?;
    r279_exec(ask)
}

fn r276_name(name: &str) -> Check {
    if is_name(name, 255) {
        return Ok(());
    }
    Err(Refusal::invalid("Invalid cluster name."))
}

fn r277_setting(setting: &serde_json::Value) -> Check {
    one_of("settings.name", text(setting, "name").unwrap_or_default(), &["containerInsights"])?;
    let value = text(setting, "value").unwrap_or_default();
    if ["enhanced", "enabled", "disabled"].contains(&value) {
        return Ok(());
    }
    Err(Refusal::invalid(format!("Invalid cluster setting value: {value}")))
}

fn r279_exec(ask: Ask<'_>) -> Check {
    let exec = ask
        .object("configuration")?
        .and_then(|configuration| configuration.get("executeCommandConfiguration"));
    let Some(exec) = exec else {
        return Ok(());
    };
    let logging = text(exec, "logging").unwrap_or("DEFAULT");
    one_of("logging", logging, &["NONE", "DEFAULT", "OVERRIDE"])?;
    if logging == "OVERRIDE" && exec.get("logConfiguration").is_none() {
        return Err(Refusal::invalid(
            "logConfiguration must be provided when logging is OVERRIDE.",
        ));
    }
    Ok(())
}
