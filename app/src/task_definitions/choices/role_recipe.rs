//! How a role is made: commands to copy. The console itself makes no roles.

use serde_json::{Value, json};

use crate::task_definitions::document::Document;

/// What a role is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleUse {
    /// ECS starts the task with it.
    Execution,
    /// The programs in the containers call AWS with it.
    Task,
}

/// Who may assume it.
pub(super) fn trust_policy() -> Value {
    json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow",
        "Principal": {"Service": "ecs-tasks.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }]})
}

/// The commands of the AWS CLI that make a role for this document.
pub(super) fn commands(document: &Document, role: RoleUse) -> String {
    let family = document.text_at("family");
    let family: String = family
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter))
        .collect();
    let end = match role {
        RoleUse::Execution => "execution",
        RoleUse::Task => "task",
    };
    // IAM takes 64 characters.
    let family: String = family.chars().take(64 - end.len() - 1).collect();
    let name = if family.is_empty() { format!("ecs-{end}") } else { format!("{family}-{end}") };
    let mut lines = vec![format!(
        "aws iam create-role --role-name {name} \\\n  --assume-role-policy-document {}",
        quoted(&trust_policy())
    )];
    if role == RoleUse::Execution {
        lines.push(format!(
            "aws iam attach-role-policy --role-name {name} \\\n  --policy-arn \
             arn:{}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
            partition(document)
        ));
        if let Some(policy) = further_rights(document) {
            lines.push(format!(
                "aws iam put-role-policy --role-name {name} \\\n  --policy-name further-rights --policy-document {}",
                quoted(&policy)
            ));
        }
    }
    lines.join("\n")
}

/// What the execution role must be allowed beside AWS's own policy: to read the secrets, parameters
/// and environment files that the containers name, to make the log groups that they want made, and
/// nothing else.
pub(super) fn further_rights(document: &Document) -> Option<Value> {
    let partition = partition(document);
    let mut needs = Needs::default();
    for container in document.items("containerDefinitions") {
        needs.take(container, partition);
    }
    let statements: Vec<Value> = [
        statement("secretsmanager:GetSecretValue", needs.secrets),
        statement("ssm:GetParameters", needs.parameters),
        statement("s3:GetObject", needs.files),
        statement("s3:GetBucketLocation", needs.buckets),
        statement("logs:CreateLogGroup", needs.log_groups),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!statements.is_empty()).then(|| json!({"Version": "2012-10-17", "Statement": statements}))
}

/// What must be allowed, as ARNs.
#[derive(Default)]
struct Needs {
    secrets: Vec<String>,
    parameters: Vec<String>,
    files: Vec<String>,
    buckets: Vec<String>,
    log_groups: Vec<String>,
}

impl Needs {
    fn take(&mut self, container: &Value, partition: &str) {
        let items = |pointer: &str| {
            container.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
        };
        let text = |pointer: &str| container.pointer(pointer).and_then(Value::as_str);
        let named = items("/secrets").chain(items("/logConfiguration/secretOptions"));
        let sources = named.filter_map(|one| one.get("valueFrom").and_then(Value::as_str));
        for from in sources.chain(text("/repositoryCredentials/credentialsParameter")) {
            let parts: Vec<&str> = from.split(':').collect();
            match parts.as_slice() {
                // Behind the name of a secret stand its key and version.
                [_, _, "secretsmanager", ..] => {
                    self.secrets.push(parts.iter().take(7).copied().collect::<Vec<_>>().join(":"));
                }
                [_, _, "ssm", ..] => self.parameters.push(from.to_owned()),
                [name] if !name.is_empty() => {
                    let slash = if name.starts_with('/') { "" } else { "/" };
                    self.parameters.push(format!("arn:{partition}:ssm:*:*:parameter{slash}{name}"));
                }
                _ => {}
            }
        }
        let files = items("/environmentFiles").filter_map(|file| file.get("value")?.as_str());
        for file in files.filter(|file| file.starts_with("arn:")) {
            self.files.push(file.to_owned());
            self.buckets.extend(file.split_once('/').map(|(bucket, _)| bucket.to_owned()));
        }
        if text("/logConfiguration/options/awslogs-create-group") == Some("true") {
            let region = text("/logConfiguration/options/awslogs-region").unwrap_or("*");
            let group = text("/logConfiguration/options/awslogs-group");
            self.log_groups.extend(
                group.map(|group| format!("arn:{partition}:logs:{region}:*:log-group:{group}*")),
            );
        }
    }
}

fn statement(action: &str, mut resources: Vec<String>) -> Option<Value> {
    resources.sort();
    resources.dedup();
    (!resources.is_empty())
        .then(|| json!({"Effect": "Allow", "Action": action, "Resource": resources}))
}

/// The part of AWS that the document's ARNs and regions name: China and GovCloud are parts of their
/// own.
fn partition(document: &Document) -> &'static str {
    let text = document.value().to_string();
    let names = |beginnings: &[&str]| beginnings.iter().any(|beginning| text.contains(beginning));
    if names(&["\"arn:aws-cn:", "\"cn-north"]) {
        "aws-cn"
    } else if names(&["\"arn:aws-us-gov:", "\"us-gov-"]) {
        "aws-us-gov"
    } else {
        "aws"
    }
}

/// For a POSIX shell: nothing inside single quotes means anything, but a quote.
fn quoted(policy: &Value) -> String {
    format!("'{}'", policy.to_string().replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(value: Value) -> Document {
        Document::new(value).unwrap()
    }

    #[test]
    fn the_commands_make_a_role_that_tasks_may_assume() {
        let made = commands(&document(json!({"family": "web"})), RoleUse::Execution);
        let lines: Vec<&str> = made.lines().collect();
        assert_eq!(lines.len(), 4, "{made}");
        assert!(lines[0].starts_with("aws iam create-role --role-name web-execution "), "{made}");
        assert!(lines[1].contains(r#""Service":"ecs-tasks.amazonaws.com""#), "{made}");
        assert!(lines[3].ends_with("service-role/AmazonECSTaskExecutionRolePolicy"), "{made}");
        let made = commands(&document(json!({"family": "$(rm -rf /)"})), RoleUse::Task);
        assert!(
            made.starts_with("aws iam create-role --role-name rm-rf-task ")
                && made.lines().count() == 2,
            "{made}"
        );
        let long = commands(&document(json!({"family": "x".repeat(255)})), RoleUse::Task);
        assert!(long.contains(&format!("--role-name {}-task ", "x".repeat(59))), "{long}");
    }

    #[test]
    fn only_the_secrets_that_are_named_may_be_read() {
        let arn = "arn:aws:secretsmanager:eu-west-1:1:secret:db-Ab12Cd";
        let policy = further_rights(&document(json!({"containerDefinitions": [
            {"secrets": [
                {"name": "A", "valueFrom": format!("{arn}:user::")},
                {"name": "B", "valueFrom": format!("{arn}:password::")},
                {"name": "C", "valueFrom": "arn:aws:ssm:eu-west-1:1:parameter/key"},
                {"name": "D", "valueFrom": "it's"},
            ]},
            {"repositoryCredentials": {"credentialsParameter": "arn:aws:secretsmanager:eu-west-1:1:secret:hub-Ab12Cd"}},
        ]})))
        .unwrap();
        assert_eq!(
            policy["Statement"][0]["Resource"],
            json!([arn, "arn:aws:secretsmanager:eu-west-1:1:secret:hub-Ab12Cd"])
        );
        assert_eq!(
            policy["Statement"][1]["Resource"],
            json!(["arn:aws:ssm:*:*:parameter/it's", "arn:aws:ssm:eu-west-1:1:parameter/key"])
        );
        assert!(quoted(&policy).contains("it'\\''s"));
        assert_eq!(further_rights(&document(json!({"containerDefinitions": [{}]}))), None);
    }

    #[test]
    fn what_the_containers_want_beside_secrets_is_allowed_too() {
        let policy = further_rights(&document(json!({"containerDefinitions": [{
            "environmentFiles": [{"type": "s3", "value": "arn:aws-cn:s3:::shop/web/app.env"}],
            "logConfiguration": {"logDriver": "awslogs", "options": {
                "awslogs-create-group": "true", "awslogs-group": "/ecs/web", "awslogs-region": "cn-north-1"}},
            "secrets": [{"name": "A", "valueFrom": "key"}],
        }]})))
        .unwrap();
        let allowed: Vec<(&str, &str)> = policy["Statement"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["Action"].as_str().unwrap(), one["Resource"][0].as_str().unwrap()))
            .collect();
        assert_eq!(
            allowed,
            [
                ("ssm:GetParameters", "arn:aws-cn:ssm:*:*:parameter/key"),
                ("s3:GetObject", "arn:aws-cn:s3:::shop/web/app.env"),
                ("s3:GetBucketLocation", "arn:aws-cn:s3:::shop"),
                ("logs:CreateLogGroup", "arn:aws-cn:logs:cn-north-1:*:log-group:/ecs/web*"),
            ]
        );
    }
}
