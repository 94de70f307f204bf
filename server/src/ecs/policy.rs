//! What the console's identity must be allowed to do, and no more.

use serde_json::json;

/// Every ECS operation that the gateway calls.
const OPERATIONS: [&str; 17] = [
    "CreateCluster",
    "CreateService",
    "DeleteCluster",
    "DeleteService",
    "DeregisterTaskDefinition",
    "DescribeClusters",
    "DescribeServices",
    "DescribeTaskDefinition",
    "DescribeTasks",
    "ListClusters",
    "ListServices",
    "ListTaskDefinitions",
    "ListTasks",
    "RegisterTaskDefinition",
    "RunTask",
    "StopTask",
    "UpdateService",
];

/// Asked for by AWS when something is created with tags; never called on its own.
const WITH_TAGS: &str = "TagResource";

/// Every ECS operation that the gateway calls, by name.
pub fn operations() -> Vec<String> {
    OPERATIONS.map(str::to_owned).to_vec()
}

/// The least policy, as the JSON text that IAM takes.
pub fn policy() -> String {
    let mut actions: Vec<String> =
        OPERATIONS.iter().chain([&WITH_TAGS]).map(|name| format!("ecs:{name}")).collect();
    actions.sort();
    actions.push("sts:GetCallerIdentity".to_owned());
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": actions, "Resource": "*" },
            {
                // The roles that a task definition names, for tasks and nothing else.
                "Effect": "Allow",
                "Action": "iam:PassRole",
                "Resource": "*",
                "Condition": { "StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
            },
        ],
    });
    format!("{policy:#}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// What is called on the variable `client` in a source text, as AWS writes it.
    fn called(source: &str) -> BTreeSet<String> {
        let dense: String = source.chars().filter(|c| !c.is_whitespace()).collect();
        let methods =
            dense.split(concat!("client", ".")).skip(1).filter_map(|rest| rest.split_once('('));
        let names = methods.map(|(method, _)| method).filter(|method| *method != "clone");
        let fits = |name: &&str| name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        names.filter(fits).map(pascal).collect()
    }

    fn pascal(snake: &str) -> String {
        let word = |word: &str| format!("{}{}", word[..1].to_uppercase(), &word[1..]);
        snake.split('_').map(word).collect()
    }

    fn sources(folder: &Path) -> String {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let text = |path: std::path::PathBuf| match path.is_dir() {
            true => sources(&path),
            false if path.ends_with("tests.rs") => String::new(),
            false => std::fs::read_to_string(path).unwrap(),
        };
        entries.map(text).collect()
    }

    #[test]
    fn the_policy_allows_what_is_called_and_nothing_else() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ecs");
        let mut wanted: BTreeSet<String> = OPERATIONS.map(str::to_owned).into();
        wanted.insert("GetCallerIdentity".to_owned());
        assert_eq!(called(&sources(&folder)), wanted);
    }

    #[test]
    fn the_readme_shows_the_policy() {
        let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
        let readme = std::fs::read_to_string(readme).unwrap();
        let shown = format!("```json\n{}\n```", policy());
        assert!(readme.contains(&shown), "put this into README.md:\n{shown}");
    }
}
