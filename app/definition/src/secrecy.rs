//! What of a document is for operators only: values that may be secret, and where secrets are kept.
//!
//! A place is a path in which `*` stands for any item of a list.

use serde_json::Value;

use crate::log_options::is_plain_option;
use crate::rules::is_credential;

/// Places with values of the author's own, or that say where a secret is kept.
const PLACES: [&str; 7] = [
    "containerDefinitions.*.environment.*.value",
    "containerDefinitions.*.environmentFiles.*.value",
    "containerDefinitions.*.secrets.*.valueFrom",
    "containerDefinitions.*.repositoryCredentials.credentialsParameter",
    "containerDefinitions.*.logConfiguration.secretOptions.*.valueFrom",
    "volumes.*.fsxWindowsFileServerVolumeConfiguration.authorizationConfig.credentialsParameter",
    // Mounts of CIFS name user and password in one of them.
    "volumes.*.dockerVolumeConfiguration.driverOpts.*",
];

/// Objects of options, some of which hold credentials: what is not known to be plain is hidden.
const OPTIONS: [&str; 2] = [
    "containerDefinitions.*.logConfiguration.options.",
    "containerDefinitions.*.firelensConfiguration.options.",
];

/// Whether whatever stands at a place is hidden.
pub fn is_hidden_place(place: &str) -> bool {
    let fits = |hidden: &&str| match hidden.strip_suffix(".*") {
        Some(above) => place.strip_prefix(above).is_some_and(|name| name.starts_with('.')),
        None => place == *hidden,
    };
    PLACES.iter().any(fits)
        || OPTIONS
            .iter()
            .find_map(|options| place.strip_prefix(options))
            .is_some_and(|name| !is_plain_option(name))
}

/// Whether a value is one that services give out as credentials, or an address with a password in
/// it, wherever it stands.
pub fn holds_credential(value: &Value) -> bool {
    match value {
        Value::String(text) => is_credential(text),
        Value::Array(items) => items.iter().any(holds_credential),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_are_hidden_or_not() {
        for (place, hidden) in [
            ("family", false),
            ("containerDefinitions.*.image", false),
            ("containerDefinitions.*.environment.*.name", false),
            ("containerDefinitions.*.environment.*.value", true),
            ("containerDefinitions.*.logConfiguration.options.awslogs-group", false),
            ("containerDefinitions.*.logConfiguration.options.splunk-url", false),
            ("containerDefinitions.*.logConfiguration.options.splunk-token", true),
            ("containerDefinitions.*.logConfiguration.options.HTTP_Passwd", true),
            ("containerDefinitions.*.logConfiguration.options.Shared_Key", true),
            ("containerDefinitions.*.logConfiguration.options.URI", true),
            ("containerDefinitions.*.logConfiguration.options.a.b", true),
            ("containerDefinitions.*.logConfiguration.options", false),
            ("containerDefinitions.*.firelensConfiguration.options.config-file-type", false),
            ("containerDefinitions.*.firelensConfiguration.options.licenseKey", true),
            ("volumes.*.dockerVolumeConfiguration.driver", false),
            ("volumes.*.dockerVolumeConfiguration.driverOpts", false),
            ("volumes.*.dockerVolumeConfiguration.driverOpts.o", true),
        ] {
            assert_eq!(is_hidden_place(place), hidden, "{place}");
        }
    }

    #[test]
    fn credentials_are_known_anywhere() {
        for (value, known) in [
            (json!("https://logs"), false),
            (json!("https://user:hunter2@logs"), true),
            (json!(["--dsn", "postgres://app:hunter2@db/app"]), true),
            (json!({"a": "b"}), false),
            (json!(7), false),
        ] {
            assert_eq!(holds_credential(&value), known, "{value}");
        }
    }
}
