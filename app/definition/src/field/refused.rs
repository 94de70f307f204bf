//! Choices that a document's other members rule out, each with the reason, so that they can be shown
//! and not be chosen. What ECS takes without a word is not ruled out here.

use crate::document::Document;
use crate::rules::{Facts, ULIMITS, refused_network_mode};
use crate::schema::Owner;

type Refused = Vec<(String, String)>;

const WINDOWS: &[&str] = &[
    "WINDOWS_SERVER_2025_CORE",
    "WINDOWS_SERVER_2025_FULL",
    "WINDOWS_SERVER_2022_CORE",
    "WINDOWS_SERVER_2022_FULL",
    "WINDOWS_SERVER_2019_CORE",
    "WINDOWS_SERVER_2019_FULL",
    "WINDOWS_SERVER_20H2_CORE",
    "WINDOWS_SERVER_2004_CORE",
    "WINDOWS_SERVER_2016_FULL",
];

/// The choices of a member that this document rules out. The empty one stands for leaving it out.
pub fn refused(document: &Document, owner: Owner, member: &str) -> Refused {
    let facts = Facts::of(document);
    match (owner, member) {
        (Owner::Task, "networkMode") => networks(facts),
        (Owner::Task, "runtimePlatform.cpuArchitecture") if facts.windows => {
            all(&["ARM64"], "Linux only")
        }
        (Owner::Task, "runtimePlatform.operatingSystemFamily")
            if document.text_at("runtimePlatform.cpuArchitecture") == "ARM64" =>
        {
            all(WINDOWS, "not on ARM")
        }
        (Owner::Task, "pidMode") if facts.windows => all(&["task", "host"], "not for Windows"),
        (Owner::Task, "pidMode") if facts.fargate => all(&["host"], "not on Fargate"),
        (Owner::Task, "ipcMode") if facts.windows => {
            all(&["task", "host", "none"], "not for Windows")
        }
        (Owner::Task, "ipcMode") if facts.fargate => {
            all(&["task", "host", "none"], "not on Fargate")
        }
        (Owner::Task, "trustedExecutionConfiguration.isolationMode") if !facts.managed => {
            all(&["SHARED", "ISOLATED_SANDBOX", "CONFIDENTIAL_SANDBOX"], "Managed Instances only")
        }
        (Owner::Container, "logConfiguration.logDriver") => drivers(facts),
        (Owner::Container, "ulimits.*.name") if facts.fargate => {
            let others: Vec<&str> = ULIMITS.into_iter().filter(|name| *name != "nofile").collect();
            all(&others, "not on Fargate")
        }
        (Owner::Container, "resourceRequirements.*.type") => {
            let mut refused = all(&["InferenceAccelerator"], "has ended");
            if facts.fargate {
                refused.extend(all(&["GPU", "NeuronDevice"], "not on Fargate"));
            }
            refused
        }
        _ => Vec::new(),
    }
}

fn networks(facts: Facts) -> Refused {
    let modes = ["", "bridge", "host", "awsvpc", "none"];
    let refused = |mode| {
        let refusal = refused_network_mode(facts, mode)?;
        Some((mode.to_owned(), refusal.reason.to_owned()))
    };
    modes.into_iter().filter_map(refused).collect()
}

/// R110, R111
fn drivers(facts: Facts) -> Refused {
    let elsewhere = ["fluentd", "gelf", "journald", "syslog"];
    let mut refused = Vec::new();
    if facts.fargate {
        refused.extend(all(&elsewhere, "not on Fargate"));
        refused.extend(all(&["json-file"], "not on Fargate"));
    } else if facts.managed && !facts.ec2 && !facts.external {
        refused.extend(all(&elsewhere, "not on Managed Instances"));
    }
    refused
}

/// The kinds of volume that this document rules out for the volume at a path (R165, R170, R172).
pub fn refused_kinds(document: &Document, volume: &str) -> Refused {
    let facts = Facts::of(document);
    let mut refused = Vec::new();
    if facts.fargate {
        refused.extend(all(&["host", "docker"], "not on Fargate"));
    }
    if facts.fargate || !facts.windows {
        refused.extend(all(&["fsx"], "for Windows on EC2"));
    }
    let place: Option<usize> = volume.rsplit('.').next().and_then(|place| place.parse().ok());
    let at_launch = |(at, other): (usize, &serde_json::Value)| {
        Some(at) != place
            && other.get("configuredAtLaunch").and_then(serde_json::Value::as_bool) == Some(true)
    };
    if document.items("volumes").iter().enumerate().any(at_launch) {
        refused.extend(all(&["launch"], "another volume is"));
    }
    refused
}

fn all(values: &[&str], reason: &str) -> Refused {
    values.iter().map(|value| ((*value).to_owned(), reason.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::rules::check;
    use crate::schema::{member_of, members};

    fn document(value: Value) -> Document {
        Document::new(value).unwrap()
    }

    #[test]
    fn what_does_not_go_together_is_refused_with_the_reason() {
        let windows = json!({"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"});
        for (value, owner, member, values) in [
            (json!({}), Owner::Task, "networkMode", ""),
            (json!({"requiresCompatibilities": ["EC2"]}), Owner::Task, "networkMode", ""),
            (
                json!({"requiresCompatibilities": ["EC2", "FARGATE"]}),
                Owner::Task,
                "networkMode",
                ",bridge,host,none",
            ),
            (
                json!({"requiresCompatibilities": ["EC2"], "runtimePlatform": windows}),
                Owner::Task,
                "networkMode",
                "bridge,host,none",
            ),
            (
                json!({"requiresCompatibilities": ["EXTERNAL"]}),
                Owner::Task,
                "networkMode",
                "awsvpc",
            ),
            (
                json!({"requiresCompatibilities": ["MANAGED_INSTANCES"]}),
                Owner::Task,
                "networkMode",
                ",bridge",
            ),
            (
                json!({"runtimePlatform": windows}),
                Owner::Task,
                "runtimePlatform.cpuArchitecture",
                "ARM64",
            ),
            (json!({"runtimePlatform": windows}), Owner::Task, "pidMode", "task,host"),
            (json!({"requiresCompatibilities": ["FARGATE"]}), Owner::Task, "pidMode", "host"),
            (
                json!({"requiresCompatibilities": ["FARGATE"]}),
                Owner::Task,
                "ipcMode",
                "task,host,none",
            ),
            (
                json!({"requiresCompatibilities": ["MANAGED_INSTANCES"]}),
                Owner::Task,
                "trustedExecutionConfiguration.isolationMode",
                "none of them",
            ),
            (json!({}), Owner::Container, "resourceRequirements.*.type", "InferenceAccelerator"),
            (
                json!({"requiresCompatibilities": ["MANAGED_INSTANCES"]}),
                Owner::Container,
                "logConfiguration.logDriver",
                "fluentd,gelf,journald,syslog",
            ),
            (
                json!({"requiresCompatibilities": ["EC2"]}),
                Owner::Container,
                "logConfiguration.logDriver",
                "none of them",
            ),
        ] {
            let found = refused(&document(value.clone()), owner, member);
            let found: Vec<_> = found.into_iter().map(|(value, _)| value).collect();
            let wanted =
                if matches!(values, "none of them") || (values.is_empty() && found.is_empty()) {
                    Vec::new()
                } else {
                    values.split(',').map(str::to_owned).collect()
                };
            assert_eq!(found, wanted, "{member} in {value}");
        }
    }

    #[test]
    fn only_choices_of_the_member_are_refused() {
        let documents = [
            json!({"requiresCompatibilities": ["FARGATE"], "runtimePlatform": {"cpuArchitecture": "ARM64"}}),
            json!({"requiresCompatibilities": ["EXTERNAL", "MANAGED_INSTANCES"]}),
            json!({"runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2019_FULL"}}),
        ];
        for value in documents {
            let document = document(value);
            for (owner, _, member) in members() {
                for (value, _) in refused(&document, owner, member.path) {
                    let choices = member_of(owner, member.path).unwrap().choices;
                    let known = value.is_empty() || choices.iter().any(|choice| choice.0 == value);
                    assert!(known, "{} has no {value}", member.path);
                }
            }
        }
    }

    #[test]
    fn the_rules_complain_of_what_is_refused_for_the_task() {
        for compatible in ["FARGATE", "EC2", "EXTERNAL", "MANAGED_INSTANCES"] {
            for system in ["LINUX", "WINDOWS_SERVER_2022_CORE"] {
                let base = document(json!({
                    "requiresCompatibilities": [compatible],
                    "runtimePlatform": {"operatingSystemFamily": system}
                }));
                for member in
                    ["networkMode", "pidMode", "ipcMode", "runtimePlatform.cpuArchitecture"]
                {
                    for (value, reason) in refused(&base, Owner::Task, member) {
                        let mut with = base.clone();
                        if !value.is_empty() {
                            with.set(member, json!(value));
                        }
                        assert!(check(&with).at(member).is_some(), "{member} {value}: {reason}");
                    }
                }
            }
        }
    }

    #[test]
    fn kinds_of_volume_follow_the_compatibility() {
        let kinds = |value| {
            let refused = refused_kinds(&document(value), "volumes.0");
            refused.into_iter().map(|(kind, _)| kind).collect::<Vec<_>>()
        };
        let fargate = json!({"requiresCompatibilities": ["FARGATE"]});
        let windows =
            json!({"runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}});
        assert_eq!(kinds(fargate), ["host", "docker", "fsx"]);
        assert_eq!(kinds(json!({})), ["fsx"]);
        assert!(kinds(windows).is_empty());
        let launched = json!({"configuredAtLaunch": true});
        assert_eq!(kinds(json!({"volumes": [{}, launched]})), ["fsx", "launch"]);
        assert_eq!(kinds(json!({"volumes": [launched]})), ["fsx"]);
    }
}
