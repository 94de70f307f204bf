//! Rules of environment variables and secrets.

use std::collections::BTreeSet;

use super::place::Place;
use crate::error::FieldErrors;

pub(super) fn check(root: &Place<'_>, errors: &mut FieldErrors) {
    for container in root.items("containerDefinitions") {
        let mut names = BTreeSet::new();
        for variable in container.items("environment") {
            let name = variable.text("name");
            if name.is_empty() {
                errors.add(variable.at("name"), "Give the variable a name, or remove its row.");
            } else if name.contains('=') {
                errors.add(variable.at("name"), "A name holds no = sign.");
            } else {
                names.insert(name);
            }
        }
        files(&container, errors);
        let mut secrets = container.items("secrets");
        for secret in &secrets {
            let name = secret.text("name");
            // R104
            if name.is_empty() {
                errors.add(secret.at("name"), "Give the variable a name, or remove its row.");
            } else if !names.insert(name) {
                // R108
                errors.add(secret.at("name"), "Another variable or secret has this name.");
            }
        }
        if let Some(log) = container.get("logConfiguration") {
            secrets.extend(log.items("secretOptions"));
        }
        for secret in &secrets {
            let from = secret.text("valueFrom");
            errors.take(&secret.at("valueFrom"), check_reference(from));
        }
        // R107, R123
        if !secrets.is_empty() && !root.has("executionRoleArn") {
            errors.add("executionRoleArn", "Secrets need an execution role that may read them.");
        }
    }
}

/// R104, R105, R106: an ARN of Secrets Manager or Parameter Store, or a parameter's name.
fn check_reference(from: &str) -> Result<(), String> {
    if from.is_empty() {
        return Err("Say where the secret is kept: its ARN, or the parameter's name.".into());
    }
    if from.chars().any(char::is_whitespace) && from.starts_with("arn:") {
        return Err("An ARN holds no space.".into());
    }
    if !from.starts_with("arn:") {
        return Ok(());
    }
    let parts: Vec<&str> = from.splitn(7, ':').collect();
    match (parts.get(2).copied(), parts.get(5).copied()) {
        (Some("ssm"), Some(rest)) if rest.starts_with("parameter/") => Ok(()),
        (Some("secretsmanager"), Some("secret")) => {
            // NAME, or NAME:json-key:version-stage:version-id with all three colons.
            match parts.get(6).unwrap_or(&"").matches(':').count() {
                0 | 3 => Ok(()),
                _ => Err("After the secret's name stand json-key:version-stage:version-id, with all three colons.".into()),
            }
        }
        _ => Err("This is neither a secret of Secrets Manager nor a parameter of SSM.".into()),
    }
}

/// R101
fn files(container: &Place<'_>, errors: &mut FieldErrors) {
    let files = container.items("environmentFiles");
    if files.len() > 10 {
        errors.add(container.at("environmentFiles"), "At most 10 files.");
    }
    for file in files {
        if !file.text("value").ends_with(".env") {
            errors.add(file.at("value"), "The ARN of an S3 object whose name ends in .env.");
        }
        if file.text("type") != "s3" {
            errors.add(file.at("type"), "s3 is the only type.");
        }
    }
}
