//! Rules about variables and secrets.

use serde_json::Value;

use super::{Check, text};
use crate::ask::Ask;
use crate::refusal::Refusal;

/// R104, R107 and R108.
pub(super) fn check(document: &Value, container: &Value) -> Check {
    let environment = Ask(container).list("environment")?;
    let secrets = Ask(container).list("secrets")?;
    for pair in environment {
        let name = text(pair, "name").unwrap_or_default();
        if name.is_empty() || name.contains('=') {
            return Err(Refusal::client(format!(
                "Invalid name '{name}' of an environment variable."
            )));
        }
    }
    for (at, secret) in secrets.iter().enumerate() {
        let name = text(secret, "name").unwrap_or_default();
        if name.is_empty() || text(secret, "valueFrom").is_none_or(str::is_empty) {
            return Err(Refusal::client("Secrets must have a name and valueFrom."));
        }
        r105_reference(secret)?;
        let before = secrets.iter().take(at);
        if environment.iter().chain(before).any(|pair| text(pair, "name") == Some(name)) {
            return Err(Refusal::client(format!(
                "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '{name}'."
            )));
        }
    }
    if !secrets.is_empty() && text(document, "executionRoleArn").is_none_or(str::is_empty) {
        return Err(Refusal::client(
            "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
        ));
    }
    Ok(())
}

/// R105: an ARN of Secrets Manager or Parameter Store, or a parameter's name. What is chosen of a
/// secret (R106) is looked at when a task starts.
pub(super) fn r105_reference(secret: &Value) -> Check {
    let from = text(secret, "valueFrom").unwrap_or_default();
    let name = text(secret, "name").unwrap_or_default();
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || b"/_.-:".contains(&byte);
    let mut parts = from.split(':');
    let known = match (parts.next(), parts.nth(1), parts.nth(2)) {
        (Some("arn"), Some("ssm"), Some(rest)) => rest.starts_with("parameter/"),
        (Some("arn"), Some("secretsmanager"), Some(kind)) => kind == "secret",
        (Some("arn"), ..) => false,
        _ => from.bytes().all(fine),
    };
    if known && !from.contains(' ') {
        return Ok(());
    }
    Err(Refusal::client(format!("The parameter name or ARN of the secret '{name}' is invalid.")))
}
