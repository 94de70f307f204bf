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
             arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
        ));
        if let Some(policy) = secrets_policy(document) {
            lines.push(format!(
                "aws iam put-role-policy --role-name {name} \\\n  --policy-name secrets --policy-document {}",
                quoted(&policy)
            ));
        }
    }
    lines.join("\n")
}

/// What the execution role must be allowed to read beside AWS's own policy: the secrets and the
/// parameters that the containers name, and no others.
pub(super) fn secrets_policy(document: &Document) -> Option<Value> {
    let containers = document.get("containerDefinitions").and_then(Value::as_array);
    let of = |container: &Value| {
        let secrets = container.get("secrets").and_then(Value::as_array).cloned();
        let options =
            container.pointer("/logConfiguration/secretOptions").and_then(Value::as_array).cloned();
        let registry = container.pointer("/repositoryCredentials/credentialsParameter").cloned();
        let values = secrets.into_iter().chain(options).flatten();
        let values = values.filter_map(|one| one.get("valueFrom").cloned());
        values.chain(registry).collect::<Vec<Value>>()
    };
    let (mut secrets, mut parameters) = (Vec::new(), Vec::new());
    for from in containers.into_iter().flatten().flat_map(of) {
        let Some(text) = from.as_str() else { continue };
        let parts: Vec<&str> = text.split(':').collect();
        match parts.as_slice() {
            [_, _, "secretsmanager", ..] => {
                secrets.push(parts.iter().take(7).copied().collect::<Vec<_>>().join(":"))
            }
            [_, _, "ssm", ..] => parameters.push(text.to_owned()),
            [name] if !name.is_empty() => {
                let slash = if name.starts_with('/') { "" } else { "/" };
                parameters.push(format!("arn:aws:ssm:*:*:parameter{slash}{name}"));
            }
            _ => {}
        }
    }
    let statement = |action: &str, mut resources: Vec<String>| {
        resources.sort();
        resources.dedup();
        (!resources.is_empty())
            .then(|| json!({"Effect": "Allow", "Action": action, "Resource": resources}))
    };
    let statements: Vec<Value> = [
        statement("secretsmanager:GetSecretValue", secrets),
        statement("ssm:GetParameters", parameters),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!statements.is_empty()).then(|| json!({"Version": "2012-10-17", "Statement": statements}))
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
        let policy = secrets_policy(&document(json!({"containerDefinitions": [
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
        assert_eq!(secrets_policy(&document(json!({"containerDefinitions": [{}]}))), None);
    }
}
