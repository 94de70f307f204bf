//! Rules about log drivers and their routers, and about environment files.

use serde_json::Value;

use super::{Check, asks_for, items, one_of, secrets, text};
use crate::ask::Ask;
use crate::refusal::Refusal;

pub(super) fn check(document: &Value, container: &Value) -> Check {
    r101_files(container)?;
    r121_r122_router(container)?;
    let Some(logs) = Ask(container).object("logConfiguration")? else {
        return Ok(());
    };
    let option = |name: &str| logs.get("options").and_then(|options| text(options, name));
    let driver = logs.text("logDriver")?.unwrap_or_default();
    // R111.
    let managed = ["awslogs", "splunk", "awsfirelens", "json-file"];
    if asks_for(document, "MANAGED_INSTANCES") && !managed.contains(&driver) {
        return Err(Refusal::client(format!(
            "Managed Instances do not support log driver {driver}."
        )));
    }
    if option("awslogs-datetime-format").is_some() && option("awslogs-multiline-pattern").is_some()
    {
        return Err(Refusal::client(
            "awslogs-datetime-format and awslogs-multiline-pattern can't be specified together.",
        ));
    }
    if let Some(mode) = option("mode") {
        one_of("logConfiguration.options.mode", mode, &["blocking", "non-blocking"])?;
    }
    let secrets = logs.list("secretOptions")?;
    r119_splunk(driver, &option, secrets)?;
    r120_router(document, driver)?;
    r123_secrets(document, secrets)
}

fn r101_files(container: &Value) -> Check {
    let files = Ask(container).list("environmentFiles")?;
    if files.len() > 10 {
        return Err(Refusal::client("A container can have at most 10 environment files."));
    }
    for file in files {
        one_of("environmentFiles.type", text(file, "type").unwrap_or_default(), &["s3"])?;
        let value = text(file, "value").unwrap_or_default();
        let object = value.starts_with("arn:") && value.contains(":s3:::");
        if !object || !value.ends_with(".env") {
            return Err(Refusal::client(
                "Environment file must be the ARN of an Amazon S3 object with a .env file extension.",
            ));
        }
    }
    Ok(())
}

fn r119_splunk<'a>(
    driver: &str,
    option: &impl Fn(&str) -> Option<&'a str>,
    secrets: &[Value],
) -> Check {
    let secret = |name: &str| secrets.iter().any(|item| text(item, "name") == Some(name));
    for name in ["splunk-token", "splunk-url"] {
        if driver == "splunk" && option(name).is_none() && !secret(name) {
            return Err(Refusal::client(format!("Log driver splunk requires options: {name}")));
        }
    }
    Ok(())
}

fn r120_router(document: &Value, driver: &str) -> Check {
    let routes = |item: &Value| item.get("firelensConfiguration").is_some_and(|it| !it.is_null());
    if driver != "awsfirelens" || items(document, "containerDefinitions").iter().any(routes) {
        return Ok(());
    }
    Err(Refusal::client(
        "When using the awsfirelens log driver, a firelens configuration object must be specified.",
    ))
}

/// R121 and R122.
fn r121_r122_router(container: &Value) -> Check {
    let Some(router) = Ask(container).object("firelensConfiguration")? else {
        return Ok(());
    };
    let kind = router.text("type")?.unwrap_or_default();
    one_of("firelensConfiguration.type", kind, &["fluentd", "fluentbit"])?;
    let source = router.get("options").and_then(|options| text(options, "config-file-type"));
    if let Some(source) = source {
        one_of("firelensConfiguration.options.config-file-type", source, &["s3", "file"])?;
    }
    Ok(())
}

fn r123_secrets(document: &Value, options: &[Value]) -> Check {
    for secret in options {
        let missing = |member: &str| text(secret, member).is_none_or(str::is_empty);
        if missing("name") || missing("valueFrom") {
            return Err(Refusal::client("Secrets must have a name and valueFrom."));
        }
        secrets::r105_reference(secret)?;
    }
    if !options.is_empty() && text(document, "executionRoleArn").is_none_or(str::is_empty) {
        return Err(Refusal::client(
            "When you are specifying log secrets, you must also specify a value for 'executionRoleArn'.",
        ));
    }
    Ok(())
}
