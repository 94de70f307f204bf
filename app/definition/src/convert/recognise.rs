//! What a text is, by a look at it: enough to say so while somebody pastes, and to choose a reader.

use serde_json::Value;

use super::fit::normal;
use super::started::Kind;

/// What a text is.
pub fn recognise(text: &str) -> Kind {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Kind::Unknown;
    }
    if text.starts_with(['{', '[']) && !text.starts_with("{{") && !text.starts_with("{%") {
        return match serde_json::from_str::<Value>(text) {
            Ok(value) => of_value(&value),
            Err(_) => of_broken_json(text),
        };
    }
    let commands =
        || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    if commands().next().is_some_and(is_docker_run) {
        return Kind::DockerRun;
    }
    if is_terraform(text) {
        return Kind::Terraform;
    }
    let kind = of_yaml(text);
    if kind != Kind::Unknown {
        return kind;
    }
    if is_dockerfile(text) {
        return Kind::Dockerfile;
    }
    if commands().any(is_docker_run) {
        return Kind::DockerRun;
    }
    if super::marks::first(text).is_some() { Kind::Template } else { Kind::Unknown }
}

/// The kind of a value that was read, from JSON or YAML.
pub(super) fn of_value(value: &Value) -> Kind {
    if let Some(kind) = plain_kind(value) {
        return kind;
    }
    let has = |name: &str| value.get(name).is_some();
    if has("apiVersion") && has("kind") {
        Kind::Kubernetes
    } else if has("planned_values") || has("terraform_version") || has("root_module") {
        Kind::TerraformState
    } else if has("AWSTemplateFormatVersion") || value.to_string().contains("\"AWS::") {
        Kind::CloudFormation
    } else if value.get("services").is_some_and(Value::is_object) {
        Kind::Compose
    } else if has("task_definition") && (has("service_definition") || has("cluster"))
        || has("service_definition")
    {
        Kind::Ecspresso
    } else if is_copilot(value) {
        Kind::Copilot
    } else {
        Kind::Unknown
    }
}

/// The kind of a value that is a task definition of the API, or a part of one.
pub(super) fn plain_kind(value: &Value) -> Option<Kind> {
    let is_container = |value: &Value| {
        value.as_object().is_some_and(|members| {
            let has = |wanted: &str| members.keys().any(|name| normal(name) == wanted);
            has("image") && has("name") && !has("kind") && !has("resources")
        })
    };
    match value {
        Value::Array(items) => {
            (!items.is_empty() && items.iter().all(is_container)).then_some(Kind::Containers)
        }
        Value::Object(members) => {
            let spelled = |wanted: &str| members.keys().find(|name| normal(name) == wanted);
            if let Some(name) = spelled("taskdefinition")
                && members.get(name).is_some_and(Value::is_object)
            {
                return Some(Kind::Description);
            }
            let name = spelled("containerdefinitions").or_else(|| spelled("family"));
            match name {
                Some(name) if name.starts_with(char::is_uppercase) => Some(Kind::Capitals),
                Some(_) if members.contains_key("taskDefinitionArn") => Some(Kind::Description),
                Some(_) => Some(Kind::TaskDefinition),
                None => is_container(value).then_some(Kind::Containers),
            }
        }
        _ => None,
    }
}

/// Whether the page can read a text without the server's parsers.
pub fn is_plain_json(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(['{', '[']) && recognise(text).is_plain()
}

/// JSON that can't be read is what it looks like, or a template of it.
fn of_broken_json(text: &str) -> Kind {
    if super::marks::first(text).is_some() {
        Kind::Template
    } else if text.contains("\"AWS::") {
        Kind::CloudFormation
    } else {
        Kind::TaskDefinition
    }
}

/// The programs that start containers.
const PROGRAMS: [&str; 3] = ["docker", "podman", "nerdctl"];

fn is_docker_run(line: &str) -> bool {
    let mut words = line.split_whitespace().skip_while(|word| {
        matches!(*word, "$" | "sudo" | "exec" | ">" | "PS>") || word.contains('=')
    });
    let program = words.next().unwrap_or_default();
    let program = program.rsplit('/').next().unwrap_or(program);
    let mut verbs = words.filter(|word| *word != "container");
    PROGRAMS.contains(&program) && matches!(verbs.next(), Some("run" | "create"))
}

fn is_terraform(text: &str) -> bool {
    text.lines().map(str::trim_start).any(|line| {
        let block =
            ["resource", "data", "variable", "module", "provider", "output"].iter().any(|word| {
                line.strip_prefix(word).is_some_and(|rest| {
                    rest.trim_start().starts_with('"') && line.trim_end().ends_with(['{', '}'])
                })
            });
        let bare = ["locals", "terraform"].iter().any(|word| {
            line.strip_prefix(word).is_some_and(|rest| rest.trim_start().starts_with('{'))
        });
        block || bare
    })
}

/// What YAML is, by the names that stand at its margin.
fn of_yaml(text: &str) -> Kind {
    let names: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '"' || c == '\''))
        .filter_map(|line| line.split_once(':'))
        .map(|(name, _)| name.trim_matches(['"', '\'']))
        .collect();
    let has = |name: &str| names.contains(&name);
    if has("apiVersion") && has("kind") {
        Kind::Kubernetes
    } else if has("AWSTemplateFormatVersion")
        || text.contains("Type: AWS::")
        || text.contains("\"AWS::")
        || text.contains("'AWS::")
    {
        Kind::CloudFormation
    } else if has("services") {
        Kind::Compose
    } else if has("service_definition") || (has("task_definition") && has("cluster")) {
        Kind::Ecspresso
    } else if has("family") || has("containerDefinitions") {
        Kind::TaskDefinition
    } else if has("Family") || has("ContainerDefinitions") {
        Kind::Capitals
    } else if has("type") && has("image") && text.lines().any(is_copilot_type) {
        Kind::Copilot
    } else {
        Kind::Unknown
    }
}

/// What AWS Copilot calls its kinds of services.
const COPILOT: [&str; 6] = [
    "Load Balanced Web Service",
    "Backend Service",
    "Worker Service",
    "Scheduled Job",
    "Request-Driven Web Service",
    "Static Site",
];

fn is_copilot_type(line: &str) -> bool {
    let value = line.strip_prefix("type:").map(|value| value.trim().trim_matches(['"', '\'']));
    value.is_some_and(|value| COPILOT.iter().any(|kind| value.starts_with(kind)))
}

fn is_copilot(value: &Value) -> bool {
    let kind = value.get("type").and_then(Value::as_str);
    value.get("image").is_some() && kind.is_some_and(|kind| COPILOT.contains(&kind))
}

fn is_dockerfile(text: &str) -> bool {
    let starts = |word: &str| text.lines().any(|line| line.trim_start().starts_with(word));
    starts("FROM ") && ["RUN ", "CMD ", "COPY ", "ENTRYPOINT "].into_iter().any(starts)
}
