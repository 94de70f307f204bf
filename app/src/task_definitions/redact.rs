//! What a viewer may see of a document: everything but values that may be secret, and where
//! secrets are kept.

use serde_json::Value;

use super::diff::Changes;
use super::document::Document;

/// What stands in place of a value that was taken out.
pub const HIDDEN: &str = "•••";

/// Words in the names of log driver options that hold credentials (`splunk-token`).
const SECRET_WORDS: [&str; 6] = ["token", "password", "secret", "apikey", "api-key", "api_key"];

/// The document without values: environment, references to secrets, and credentials in options.
/// Names and the document's shape stay.
pub fn redacted(document: &Value) -> Value {
    let mut document = document.clone();
    for container in items(&mut document, "containerDefinitions") {
        hide_each(container, "environment", "value");
        hide_each(container, "environmentFiles", "value");
        hide_each(container, "secrets", "valueFrom");
        hide(container.pointer_mut("/repositoryCredentials/credentialsParameter"));
        for options in ["/logConfiguration/options", "/firelensConfiguration/options"] {
            if let Some(Value::Object(options)) = container.pointer_mut(options) {
                for (name, value) in options.iter_mut() {
                    let name = name.to_lowercase();
                    if SECRET_WORDS.iter().any(|word| name.contains(word)) {
                        hide(Some(value));
                    }
                }
            }
        }
        if let Some(log) = container.get_mut("logConfiguration") {
            hide_each(log, "secretOptions", "valueFrom");
        }
    }
    for volume in items(&mut document, "volumes") {
        hide(volume.pointer_mut(
            "/fsxWindowsFileServerVolumeConfiguration/authorizationConfig/credentialsParameter",
        ));
    }
    document
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

fn items<'a>(value: &'a mut Value, member: &str) -> impl Iterator<Item = &'a mut Value> {
    value.get_mut(member).and_then(Value::as_array_mut).into_iter().flatten()
}

fn hide_each(value: &mut Value, list: &str, member: &str) {
    for item in items(value, list) {
        hide(item.get_mut(member));
    }
}

fn hide(value: Option<&mut Value>) {
    if let Some(value) = value {
        *value = Value::String(HIDDEN.to_owned());
    }
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
                "logConfiguration": {
                    "logDriver": "splunk",
                    "options": {"splunk-token": "hunter2", "splunk-url": "https://logs"},
                    "secretOptions": [{"name": "x", "valueFrom": "arn:hidden"}]
                }
            }],
            "volumes": [{"name": "v", "fsxWindowsFileServerVolumeConfiguration":
                {"authorizationConfig": {"credentialsParameter": "arn:creds"}}}]
        });
        let text = redacted(&document).to_string();
        for gone in ["hunter2", "parameter/key", "arn:creds", "arn:hidden"] {
            assert!(!text.contains(gone), "{gone} in {text}");
        }
        for stays in ["DB_PASSWORD", "KEY", "https://logs", "splunk-token"] {
            assert!(text.contains(stays), "{stays} not in {text}");
        }
        assert_eq!(
            redacted(&json!({"containerDefinitions": "odd"})),
            json!({"containerDefinitions": "odd"})
        );
    }
}
