//! A variable becomes a secret: its value leaves the document, and is handed back to be stored
//! where secrets are kept.

use serde_json::{Value, json};

use super::shell_words;
use crate::document::Document;

/// A value that was taken out of the document. It is in nobody's hands but the holder's now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenOut {
    /// The variable.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// The name of a parameter for a variable: `/family/container/NAME`.
pub fn parameter_name(family: &str, container: &str, variable: &str) -> String {
    let part = |text: &str| -> String {
        let fits = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
        text.chars().map(|c| if fits(c) { c } else { '-' }).collect()
    };
    let mut family = if family.is_empty() { "task".to_owned() } else { part(family) };
    // Names under /aws and /ssm belong to AWS.
    let lower = family.to_ascii_lowercase();
    if lower.starts_with("aws") || lower.starts_with("ssm") {
        family.insert_str(0, "my-");
    }
    let parts = [family, part(container), part(variable)];
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts.fold(String::new(), |name, part| format!("{name}/{part}"))
}

/// Makes the variable at a place of a container a secret, kept at `kept_at`. Its further members
/// stay with it. None when there is no such variable.
pub fn into_secret(
    document: &mut Document,
    container: &str,
    place: usize,
    kept_at: &str,
) -> Option<TakenOut> {
    let path = format!("{container}.environment");
    let mut item = document.items(&path).get(place)?.as_object()?.clone();
    let text = |value: Option<Value>| match value {
        Some(Value::String(text)) => text,
        None | Some(Value::Null) => String::new(),
        Some(other) => other.to_string(),
    };
    let name = text(item.get("name").cloned());
    let value = text(item.shift_remove("value"));
    item.insert("valueFrom".to_owned(), json!(kept_at));
    let last = document.items(&path).len() == 1;
    document.remove(&if last { path } else { format!("{path}.{place}") });
    document.insert(&format!("{container}.secrets"), usize::MAX, Value::Object(item));
    Some(TakenOut { name, value })
}

/// A command that stores a value where it is kept: as a new parameter, or as a secret's next version.
/// It asks for the value, so that no shell's history and no list of processes shows it. None for one
/// member of a secret, which no command writes without the others.
pub fn store_command(kept_at: &str) -> Option<String> {
    let parts: Vec<&str> = kept_at.splitn(7, ':').collect();
    let store = match parts.as_slice() {
        [_, _, "secretsmanager", _, _, "secret", name] => {
            if name.contains(':') {
                return None;
            }
            let id = shell_words::join(&[kept_at]);
            format!("secretsmanager put-secret-value --secret-id {id} --secret-string")
        }
        _ => {
            let name = shell_words::join(&[parameter_of(kept_at)]);
            format!("ssm put-parameter --type SecureString --name {name} --value")
        }
    };
    Some(format!("read -rs VALUE && aws {store} \"$VALUE\""))
}

/// The name of a parameter, which is all that `PutParameter` takes: in an ARN the slash that a path
/// begins with is the one after `parameter`.
fn parameter_of(kept_at: &str) -> String {
    let named = kept_at.split_once(":parameter/").filter(|(arn, _)| arn.contains(":ssm:"));
    match named {
        Some((_, path)) if path.contains('/') => format!("/{path}"),
        Some((_, name)) => name.to_owned(),
        None => kept_at.to_owned(),
    }
}
