//! What the console's identity must be allowed to do, and no more.

use serde_json::json;

use super::neighbours::RIGHTS;

/// Every ECS operation that the gateway calls.
const OPERATIONS: [&str; 18] = [
    "CreateCluster",
    "CreateService",
    "DeleteCluster",
    "DeleteService",
    "DeleteTaskDefinitions",
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

/// Every operation that the gateway calls, by name: those of ECS, then its neighbours'.
pub fn operations() -> Vec<String> {
    let neighbours = RIGHTS.iter().filter_map(|right| Some(right.split_once(':')?.1));
    OPERATIONS.into_iter().chain(neighbours).map(str::to_owned).collect()
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

/// What the lists to choose from need, as a policy of its own: it is optional, whole and in parts.
pub fn optional_policy() -> String {
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [{ "Effect": "Allow", "Action": RIGHTS, "Resource": "*" }],
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
        for policy in [policy(), optional_policy()] {
            let shown = format!("```json\n{policy}\n```");
            assert!(readme.contains(&shown), "put this into README.md:\n{shown}");
        }
    }

    #[test]
    fn every_optional_right_is_of_use() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ecs/neighbours");
        let source = sources(&folder);
        let asked = source.split("\"").filter(|word| {
            ["List", "Describe"].iter().any(|verb| word.starts_with(verb))
                && word.chars().all(|c| c.is_ascii_alphanumeric())
        });
        let asked: BTreeSet<&str> = asked.collect();
        let granted = RIGHTS.iter().filter_map(|right| Some(right.split_once(':')?.1));
        assert_eq!(asked, granted.collect());
    }
}
