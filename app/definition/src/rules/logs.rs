//! Rules of logging.

use super::words::{listed, one_of};
use super::{Place, Task};
use crate::finding::{Edit, Findings};

const DRIVERS: [&str; 8] =
    ["awslogs", "awsfirelens", "fluentd", "gelf", "journald", "json-file", "splunk", "syslog"];
const FARGATE_DRIVERS: [&str; 3] = ["awslogs", "splunk", "awsfirelens"];
const MANAGED_DRIVERS: [&str; 4] = ["awslogs", "splunk", "awsfirelens", "json-file"];

pub(super) fn check(task: Task<'_>, found: &mut Findings) {
    for container in task.containers {
        if let Some(log) = container.object("logConfiguration") {
            driver(task, &log, found);
            options(task, &log, found);
        }
        if let Some(router) = container.object("firelensConfiguration") {
            routing(task, &router, found);
        }
    }
}

/// R121, R122
fn routing(task: Task<'_>, router: &Place<'_>, found: &mut Findings) {
    if router.has("type") {
        one_of("R121", router, "type", &["fluentd", "fluentbit"], found);
    } else {
        found
            .refuse("R121", router.at("type"), "fluentd or fluentbit.")
            .fix_by_setting("Use fluentbit", "fluentbit");
    }
    let Some(options) = router.object("options") else { return };
    if options.text("config-file-type") == "s3" && task.facts.fargate {
        let said = "Fargate is said to take the type file only: put the file into the image.";
        found.warn("R122", options.at("config-file-type"), said);
    } else {
        one_of("R122", &options, "config-file-type", &["s3", "file"], found);
    }
}

fn driver(task: Task<'_>, log: &Place<'_>, found: &mut Findings) {
    let driver = log.text("logDriver");
    let path = || log.at("logDriver");
    let routed = || task.containers.iter().any(|one| one.has("firelensConfiguration"));
    // R109, R110
    if driver.is_empty() {
        found.refuse("R109", path(), "Choose a log driver.");
    } else if !DRIVERS.contains(&driver) {
        found.refuse("R109", path(), format!("{}.", listed(&DRIVERS)));
    } else if task.facts.fargate && !FARGATE_DRIVERS.contains(&driver) {
        let said = format!("Fargate offers {}.", FARGATE_DRIVERS.join(", "));
        found.refuse("R110", path(), said).fix("Use awslogs", use_awslogs(task, log));
    } else if task.facts.managed && !MANAGED_DRIVERS.contains(&driver) {
        // R111
        let said = format!("Managed Instances offer {}.", MANAGED_DRIVERS.join(", "));
        found.refuse("R111", path(), said).fix("Use awslogs", use_awslogs(task, log));
    } else if driver == "awsfirelens" && !routed() {
        // R120
        let said = "awsfirelens needs a container with a firelensConfiguration in this task.";
        found.refuse("R120", path(), said);
    }
}

/// The options of another driver mean nothing to awslogs; its own are filled in where they are
/// plain.
fn use_awslogs(task: Task<'_>, log: &Place<'_>) -> Vec<Edit> {
    let mut edits = vec![
        Edit::Remove(log.at("options")),
        Edit::Set(log.at("logDriver"), "awslogs".into()),
        Edit::Set(log.at("options.awslogs-stream-prefix"), "ecs".into()),
    ];
    let family = task.root.text("family");
    if !family.is_empty() {
        let group = format!("/ecs/{family}");
        edits.push(Edit::Set(log.at("options.awslogs-group"), group.into()));
    }
    if let Some(region) = region(task) {
        edits.push(Edit::Set(log.at("options.awslogs-region"), region.into()));
    }
    edits
}

fn options(task: Task<'_>, log: &Place<'_>, found: &mut Findings) {
    let driver = log.text("logDriver");
    let options = log.object("options");
    let has = |name: &str| options.as_ref().is_some_and(|options| options.has(name));
    let option = |name: &str| log.at(&format!("options.{name}"));
    match driver {
        "awslogs" => {
            awslogs(task, &has, &option, found);
            // R116
            if has("awslogs-datetime-format") && has("awslogs-multiline-pattern") {
                let path = option("awslogs-multiline-pattern");
                found
                    .refuse("R116", path, "Not together with awslogs-datetime-format.")
                    .fix_by_removing("Keep the date format only");
            }
        }
        // R119
        "splunk" => {
            let secret = |name: &str| log.items("secretOptions").any(|s| s.text("name") == name);
            for name in ["splunk-token", "splunk-url"] {
                if !has(name) && !secret(name) {
                    found.refuse("R119", option(name), format!("splunk needs {name}."));
                }
            }
        }
        _ => {}
    }
    let Some(options) = options.filter(|_| driver != "awsfirelens") else { return };
    // R117
    one_of("R117", &options, "mode", &["blocking", "non-blocking"], found);
    // R118
    if options.text("mode") == "blocking" && options.has("max-buffer-size") {
        found
            .warn("R118", option("max-buffer-size"), "A buffer is for the mode non-blocking only.")
            .fix_by_removing("Take it away");
    }
}

/// R112 to R114
fn awslogs(
    task: Task<'_>,
    has: &impl Fn(&str) -> bool,
    option: &impl Fn(&str) -> String,
    found: &mut Findings,
) {
    if !has("awslogs-group") {
        let finding = found.refuse("R112", option("awslogs-group"), "Name the log group.");
        let family = task.root.text("family");
        if !family.is_empty() {
            let group = format!("/ecs/{family}");
            finding.fix_by_setting(format!("Use {group}"), group);
        }
    }
    if !has("awslogs-region") {
        let said = "Name the region of the log group.";
        let finding = found.refuse("R112", option("awslogs-region"), said);
        if let Some(region) = region(task) {
            finding.fix_by_setting(format!("Use {region}"), region);
        }
    }
    if task.facts.fargate {
        if !has("awslogs-stream-prefix") {
            let said = "Fargate needs a prefix for the log streams.";
            found
                .refuse("R113", option("awslogs-stream-prefix"), said)
                .fix_by_setting("Use ecs", "ecs");
        }
        task.needs_execution_role("R114", "awslogs on Fargate needs an execution role.", found);
    }
}

/// A region that the document itself names: another container's logs, an image in ECR, the ARN of
/// a secret.
fn region(task: Task<'_>) -> Option<&str> {
    let logs =
        |it: &Place<'_>| it.value.pointer("/logConfiguration/options/awslogs-region").is_some();
    let of_logs = task
        .containers
        .iter()
        .find(|it| logs(it))
        .and_then(|it| it.value.pointer("/logConfiguration/options/awslogs-region")?.as_str());
    let of_image = || {
        task.containers
            .iter()
            .find_map(|it| it.text("image").split_once(".dkr.ecr.")?.1.split('.').next())
    };
    let of_secret = || {
        let secrets = task.containers.iter().flat_map(|it| it.items("secrets"));
        secrets.into_iter().find_map(|it| {
            let arn = it.text("valueFrom");
            arn.starts_with("arn:").then(|| arn.split(':').nth(3)).flatten()
        })
    };
    of_logs.or_else(of_image).or_else(of_secret).filter(|region| !region.is_empty())
}
