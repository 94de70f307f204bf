//! Rules of logging.

use super::{Facts, place::Place};
use crate::error::FieldErrors;

const DRIVERS: [&str; 8] =
    ["awslogs", "awsfirelens", "fluentd", "gelf", "journald", "json-file", "splunk", "syslog"];
const FARGATE_DRIVERS: [&str; 3] = ["awslogs", "splunk", "awsfirelens"];

pub(super) fn check(root: &Place<'_>, facts: Facts, errors: &mut FieldErrors) {
    let containers = root.items("containerDefinitions");
    let routed = containers.iter().any(|container| container.has("firelensConfiguration"));
    for container in &containers {
        if let Some(log) = container.get("logConfiguration").filter(|log| log.value.is_object()) {
            driver(root, &log, facts, routed, errors);
        }
        if let Some(router) = container.get("firelensConfiguration") {
            // R121
            if !matches!(router.text("type"), "fluentd" | "fluentbit") {
                errors.add(router.at("type"), "fluentd or fluentbit.");
            }
        }
    }
}

fn driver(root: &Place<'_>, log: &Place<'_>, facts: Facts, routed: bool, errors: &mut FieldErrors) {
    let driver = log.text("logDriver");
    let path = log.at("logDriver");
    // R109, R110
    if driver.is_empty() {
        errors.add(path, "Choose a log driver.");
    } else if !DRIVERS.contains(&driver) {
        errors.add(path, format!("One of {}.", DRIVERS.join(", ")));
    } else if facts.fargate && !FARGATE_DRIVERS.contains(&driver) {
        errors.add(path, format!("Fargate offers {}.", FARGATE_DRIVERS.join(", ")));
    } else if driver == "awsfirelens" && !routed {
        // R120
        errors
            .add(path, "awsfirelens needs a container with a firelensConfiguration in this task.");
    }
    let options = log.get("options");
    let has = |name: &str| options.as_ref().is_some_and(|options| options.has(name));
    let secret = |name: &str| log.items("secretOptions").iter().any(|s| s.text("name") == name);
    let option = |name: &str| log.at(&format!("options.{name}"));
    match driver {
        "awslogs" => {
            // R112
            if !has("awslogs-group") {
                errors.add(option("awslogs-group"), "Name the log group.");
            }
            if !has("awslogs-region") {
                errors.add(option("awslogs-region"), "Name the region of the log group.");
            }
            if facts.fargate {
                // R113, R114
                if !has("awslogs-stream-prefix") {
                    errors.add(
                        option("awslogs-stream-prefix"),
                        "Fargate needs a prefix for the log streams.",
                    );
                }
                if !root.has("executionRoleArn") {
                    errors.add("executionRoleArn", "awslogs on Fargate needs an execution role.");
                }
            }
            // R116
            if has("awslogs-datetime-format") && has("awslogs-multiline-pattern") {
                errors.add(
                    option("awslogs-multiline-pattern"),
                    "Not together with awslogs-datetime-format.",
                );
            }
        }
        // R119
        "splunk" => {
            for name in ["splunk-token", "splunk-url"] {
                if !has(name) && !secret(name) {
                    errors.add(option(name), format!("splunk needs {name}."));
                }
            }
        }
        _ => {}
    }
    // R117
    let mode = options.as_ref().map_or("", |options| options.text("mode"));
    if driver != "awsfirelens" && !matches!(mode, "" | "blocking" | "non-blocking") {
        errors.add(option("mode"), "blocking or non-blocking.");
    }
}
