//! What a viewer may see of a document: everything but values that may be secret, and where
//! secrets are kept.

use serde_json::Value;

use super::diff::Changes;
use super::document::Document;
use super::secrecy::{holds_credential, is_hidden_place};

/// What stands in place of a value that was taken out.
pub const HIDDEN: &str = "•••";

/// The document without values: environment, references to secrets, and credentials wherever they
/// stand. Names and the document's shape stay.
pub fn redacted(document: &Value) -> Value {
    let mut document = document.clone();
    hide_below(&mut document, "");
    document
}

fn hide_below(value: &mut Value, place: &str) {
    if is_hidden_place(place) || holds_credential(value) && value.is_string() {
        *value = Value::String(HIDDEN.to_owned());
        return;
    }
    let inside =
        |step: &str| if place.is_empty() { step.to_owned() } else { format!("{place}.{step}") };
    match value {
        Value::Object(members) => {
            members.iter_mut().for_each(|(name, value)| hide_below(value, &inside(name)));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| hide_below(item, &inside("*"))),
        _ => {}
    }
}

/// What stands in place of a value that was taken out and is another than in the old document.
pub const HIDDEN_CHANGE: &str = "••• (another value)";

/// Two documents without values. A value that differs does not read as the same in both.
pub fn redacted_pair(old: &Document, new: &Document, changes: &Changes) -> (Document, Document) {
    let hide = |document: &Document| Document::new(redacted(document.value())).unwrap_or_default();
    let (old, mut new) = (hide(old), hide(new));
    for change in changes.real().filter(|change| change.secret && change.old_path.is_some()) {
        if let Some(path) = &change.new_path
            && new.get(path).and_then(Value::as_str) == Some(HIDDEN)
        {
            new.set(path, Value::String(HIDDEN_CHANGE.to_owned()));
        }
    }
    (old, new)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::task_definitions::diff::changes;

    #[test]
    fn values_that_differ_do_not_read_alike() {
        let document = |values: [&str; 2], parameter: &str| {
            Document::new(json!({"containerDefinitions": [{
                "name": "app",
                "environment": [{"name": "A", "value": values[0]}, {"name": "B", "value": values[1]}],
                "secrets": [{"name": "KEY", "valueFrom": parameter}],
                "repositoryCredentials": {"credentialsParameter": parameter},
                "logConfiguration": {"logDriver": "splunk", "options": {"splunk-token": parameter}}
            }]}))
            .unwrap()
        };
        let (old, new) = (document(["same", "1"], "arn:old"), document(["same", "2"], "arn:new"));
        let (left, right) = redacted_pair(&old, &new, &changes(&old, &new));
        let (left, right) = (left.pretty(), right.pretty());
        for text in [&left, &right] {
            assert!(!text.contains("arn:") && !text.contains("same"), "{text}");
        }
        assert_eq!(
            (left.matches(HIDDEN_CHANGE).count(), right.matches(HIDDEN_CHANGE).count()),
            (0, 4)
        );
        // Everything that is hidden is known to be, so that no change carries it to a viewer.
        let said = serde_json::to_string(&changes(&old, &new).without_secrets()).unwrap();
        assert!(!said.contains("arn:"), "{said}");
    }

    #[test]
    fn values_go_and_names_stay() {
        let document = json!({
            "family": "web",
            "containerDefinitions": [{
                "name": "app",
                "environment": [{"name": "DB_PASSWORD", "value": "hunter2"}],
                "secrets": [{"name": "KEY", "valueFrom": "arn:aws:ssm:eu-west-1:1:parameter/key"}],
                "repositoryCredentials": {"credentialsParameter": "arn:creds"},
                "command": ["serve", "--db", "postgres://app:hunter2@db/app"],
                "logConfiguration": {
                    "logDriver": "splunk",
                    "options": {"splunk-token": "hunter2", "splunk-url": "https://logs", "Shared_Key": "hunter2"},
                    "secretOptions": [{"name": "x", "valueFrom": "arn:hidden"}]
                }
            }],
            "volumes": [{"name": "nas", "dockerVolumeConfiguration":
                {"driver": "local", "driverOpts": {"type": "cifs", "o": "username=x,password=hunter2"}}},
                {"name": "v", "fsxWindowsFileServerVolumeConfiguration":
                {"authorizationConfig": {"credentialsParameter": "arn:creds"}}}]
        });
        let text = redacted(&document).to_string();
        for gone in ["hunter2", "parameter/key", "arn:creds", "arn:hidden"] {
            assert!(!text.contains(gone), "{gone} in {text}");
        }
        for stays in
            ["DB_PASSWORD", "KEY", "https://logs", "splunk-token", "driverOpts", "serve", "--db"]
        {
            assert!(text.contains(stays), "{stays} not in {text}");
        }
        assert_eq!(
            redacted(&json!({"containerDefinitions": "odd"})),
            json!({"containerDefinitions": "odd"})
        );
    }
}
