//! Rules of environment variables, their files and secrets.

use std::collections::BTreeSet;

use super::words::free_name;
use super::{Place, Task};
use crate::finding::{Edit, Findings};

pub(super) fn check(task: Task<'_>, found: &mut Findings) {
    for container in task.containers {
        let mut names = BTreeSet::new();
        for variable in container.items("environment") {
            let name = variable.text("name");
            if name.is_empty() {
                let said = "Give the variable a name, or remove its row.";
                found
                    .refuse("variable", variable.at("name"), said)
                    .fix("Remove its row", vec![Edit::Remove(variable.path())]);
            } else if name.contains('=') {
                found.refuse("variable", variable.at("name"), "A name holds no = sign.");
            } else {
                names.insert(name);
            }
        }
        files(container, found);
        secrets(container, &mut names, found);
        let log = container.object("logConfiguration");
        let of_log = || log.into_iter().flat_map(|log| log.items("secretOptions"));
        for secret in of_log() {
            // R123
            if secret.text("name").is_empty() {
                let said = "Name the option, or remove its row.";
                found.refuse("R123", secret.at("name"), said);
            }
            reference("R123", &secret, found);
        }
        // R107, R123
        if container.has("secrets") {
            let said = "Secrets need an execution role that may read them.";
            task.needs_execution_role("R107", said, found);
        } else if of_log().next().is_some() {
            let said = "Secret options of a log need an execution role that may read them.";
            task.needs_execution_role("R123", said, found);
        }
    }
}

fn secrets<'a>(container: &Place<'a>, names: &mut BTreeSet<&'a str>, found: &mut Findings) {
    for secret in container.items("secrets") {
        let name = secret.text("name");
        // R104
        if name.is_empty() {
            found
                .refuse("R104", secret.at("name"), "Give the variable a name, or remove its row.")
                .fix("Remove its row", vec![Edit::Remove(secret.path())]);
        } else if !names.insert(name) {
            // R108
            twice(container, &secret, found);
        }
        reference("R104", &secret, found);
    }
}

/// R108: the plain variable goes, for the secret is the better of the two.
fn twice(container: &Place<'_>, secret: &Place<'_>, found: &mut Findings) {
    let name = secret.text("name");
    let finding =
        found.refuse("R108", secret.at("name"), "Another variable or secret has this name.");
    if let Some(plain) = container.items("environment").find(|one| one.text("name") == name) {
        finding.fix("Remove the plain variable", vec![Edit::Remove(plain.path())]);
    } else {
        let taken = |name: &str| container.items("secrets").any(|one| one.text("name") == name);
        let free = free_name(name, taken).replace('-', "_");
        finding.fix_by_setting(format!("Call it {free}"), free);
    }
}

/// R104, R105, R106: an ARN of Secrets Manager or Parameter Store, or a parameter's name.
fn reference(rule: &'static str, secret: &Place<'_>, found: &mut Findings) {
    let from = secret.text("valueFrom");
    let path = || secret.at("valueFrom");
    if from.is_empty() {
        let said = "Say where the secret is kept: its ARN, or the parameter's name.";
        found.refuse(rule, path(), said);
        return;
    }
    if !from.starts_with("arn:") {
        let fits = |c: char| c.is_ascii_alphanumeric() || "/_.-:".contains(c);
        if let Some(wrong) = from.chars().find(|c| !fits(*c)).filter(|_| !placeholder(from)) {
            let wrong = if wrong == ' ' { "a space".to_owned() } else { format!("“{wrong}”") };
            let said = format!(
                "A parameter's name holds letters, digits and _ . - /; {wrong} is none of them."
            );
            found.refuse("R105", path(), said);
        }
        return;
    }
    if from.chars().any(char::is_whitespace) {
        found.refuse("R105", path(), "An ARN holds no space.");
        return;
    }
    let mut parts = from.splitn(7, ':').skip(2);
    let (service, kind, name) = (parts.next(), parts.nth(2), parts.next());
    match (service, kind) {
        (Some("ssm"), Some(rest)) if rest.starts_with("parameter/") => {}
        (Some("secretsmanager"), Some("secret")) => {
            // NAME, or NAME:json-key:version-stage:version-id with all three colons. ECS registers
            // anything else, and the task does not start.
            let colons = name.unwrap_or_default().matches(':').count();
            if !matches!(colons, 0 | 3) {
                let said = "After the secret's name stand json-key:version-stage:version-id, with all three colons.";
                let finding = found.warn("R106", path(), said);
                if colons < 3 {
                    let whole = format!("{from}{}", ":".repeat(3 - colons));
                    finding.fix_by_setting("Add the colons", whole);
                }
            }
        }
        _ => {
            let said = "This is neither a secret of Secrets Manager nor a parameter of SSM.";
            found.refuse("R105", path(), said);
        }
    }
}

/// `<name>`, `${NAME}` and the like stand for what is filled in before it is registered.
fn placeholder(text: &str) -> bool {
    text.contains(['<', '{', '$'])
}

/// R101, R102
fn files(container: &Place<'_>, found: &mut Findings) {
    if container.count("environmentFiles") > 10 {
        found.refuse("R101", container.at("environmentFiles"), "At most 10 files.");
    }
    for file in container.items("environmentFiles") {
        let value = file.text("value");
        if !value.ends_with(".env") || !value.starts_with("arn:") || !value.contains(":s3:::") {
            found.refuse(
                "R101",
                file.at("value"),
                "The ARN of an S3 object whose name ends in .env, as in arn:aws:s3:::bucket/app.env.",
            );
        }
        if file.text("type") != "s3" {
            found
                .refuse("R101", file.at("type"), "s3 is the only type.")
                .fix_by_setting("Use s3", "s3");
        }
    }
    if container.has("environmentFiles") && container.has("environment") {
        found.advise(
            "R102",
            container.at("environmentFiles"),
            "A variable written here wins over one of the same name in a file.",
        );
    }
}
