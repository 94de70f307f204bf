//! IAM: the roles that tasks may assume, and what is attached to them.

use berth_app::task_definitions::model::Choice;
use serde_json::Value;

use super::super::budget::Budget;
use super::super::errors::Failure;
use super::host::Service;
use super::question::{Asked, Question};
use super::{Line, Listed, pages, read};

const VERSION: &str = "2010-05-08";
/// Pages of a thousand roles; an account has a thousand, unless AWS was asked for more.
const MOST_PAGES: usize = 5;
/// Who must be trusted.
const TASKS: &str = "ecs-tasks.amazonaws.com";

fn question(operation: &'static str, fields: Vec<(&'static str, String)>) -> Question {
    Question { service: Service::Iam, operation, asked: Asked::Form { version: VERSION, fields } }
}

/// Roles that trust ECS tasks (iam:ListRoles).
pub(super) async fn roles(line: &Line, budget: &Budget) -> Result<Listed, Failure> {
    const OPERATION: &str = "ListRoles";
    let (mut items, more) = pages(MOST_PAGES, |marker: Option<String>| async move {
        let mut fields = vec![("MaxItems", "1000".to_owned())];
        fields.extend(marker.map(|marker| ("Marker", marker)));
        let text = line.ask(budget, question(OPERATION, fields)).await?;
        let document = read::xml(OPERATION, &text)?;
        let roles = read::elements(&document, "Roles", "member").filter_map(role);
        Ok((roles.collect(), read::first_text(&document, "Marker")))
    })
    .await?;
    items.sort_by(|one: &Choice, other| one.name.cmp(&other.name));
    Ok(Listed { items, more })
}

/// The policies attached to a role (iam:ListAttachedRolePolicies); those written into it are not
/// among them.
pub(super) async fn policies(line: &Line, budget: &Budget, role: &str) -> Result<Listed, Failure> {
    const OPERATION: &str = "ListAttachedRolePolicies";
    let fields = vec![("RoleName", role.to_owned()), ("MaxItems", "100".to_owned())];
    let text = line.ask(budget, question(OPERATION, fields)).await?;
    let document = read::xml(OPERATION, &text)?;
    let policy = |node| {
        let [name, arn] = ["PolicyName", "PolicyArn"].map(|member| read::text_of(node, member));
        Some(Choice { value: arn?.to_owned(), name: name?.to_owned(), ..Choice::default() })
    };
    let items = read::elements(&document, "AttachedPolicies", "member").filter_map(policy);
    Ok(Listed { items: items.collect(), more: read::first_text(&document, "Marker").is_some() })
}

/// A role, if it trusts tasks.
fn role(node: roxmltree::Node<'_, '_>) -> Option<Choice> {
    let member = |name| read::text_of(node, name);
    let trust = member("AssumeRolePolicyDocument")?;
    if !trusts_tasks(&percent_decoded(trust)) {
        return None;
    }
    Some(Choice {
        value: member("Arn")?.to_owned(),
        name: member("RoleName")?.to_owned(),
        about: member("Description").unwrap_or_default().to_owned(),
        ..Choice::default()
    })
}

/// Whether a trust policy lets ECS tasks assume the role. Its conditions are not weighed: most name
/// the account or the cluster.
fn trusts_tasks(policy: &str) -> bool {
    let Ok(policy) = serde_json::from_str::<Value>(policy) else { return false };
    let statements = one_or_many(policy.get("Statement"));
    statements.iter().any(|statement| {
        let allows = read::text(statement, "Effect") == "Allow";
        let services = one_or_many(statement.pointer("/Principal/Service"));
        let actions = one_or_many(statement.get("Action"));
        let assumes = actions.iter().filter_map(|action| action.as_str());
        allows
            && services.iter().any(|service| service.as_str() == Some(TASKS))
            && assumes.into_iter().any(|action| {
                ["sts:assumerole", "sts:*", "*"].contains(&action.to_lowercase().as_str())
            })
    })
}

/// IAM writes a list of one without its brackets.
fn one_or_many(value: Option<&Value>) -> Vec<&Value> {
    match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (first, escaped) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_roles_for_tasks_are_offered() {
        let assume = "sts:AssumeRole";
        for (statement, wanted) in [
            (json!({"Effect": "Allow", "Principal": {"Service": TASKS}, "Action": assume}), true),
            (
                json!([{"Effect": "Allow", "Principal": {"Service": ["ec2.amazonaws.com", TASKS]}, "Action": [assume, "sts:TagSession"]}]),
                true,
            ),
            (
                json!([{"Effect": "Allow", "Principal": {"Federated": "x"}, "Action": "sts:AssumeRoleWithWebIdentity"}, {"Effect": "Allow", "Principal": {"Service": TASKS}, "Action": "sts:*"}]),
                true,
            ),
            (json!({"Effect": "Deny", "Principal": {"Service": TASKS}, "Action": assume}), false),
            (
                json!({"Effect": "Allow", "Principal": {"Service": "ecs.amazonaws.com"}, "Action": assume}),
                false,
            ),
            (
                json!({"Effect": "Allow", "Principal": {"Service": TASKS}, "Action": "sts:TagSession"}),
                false,
            ),
            (json!({"Effect": "Allow", "Principal": "*", "Action": assume}), false),
            (json!(null), false),
        ] {
            let policy = json!({"Statement": statement}).to_string();
            assert_eq!(trusts_tasks(&policy), wanted, "{policy}");
        }
        assert!(!trusts_tasks("no policy"));
    }

    #[test]
    fn a_policy_is_decoded() {
        for (text, wanted) in
            [("%7B%22a%22%7D", "{\"a\"}"), ("100%", "100%"), ("%zz+", "%zz+"), ("%C3%A9", "é")]
        {
            assert_eq!(percent_decoded(text), wanted);
        }
    }
}
