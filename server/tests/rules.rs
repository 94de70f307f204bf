//! The house rules that neither the compiler nor clippy keeps: who may name whom.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, its helpers too")]

use std::fs;
use std::path::{Path, PathBuf};

/// Every source file below a folder of the workspace, with its path from there.
fn sources(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut open: Vec<PathBuf> = vec![root.join(folder)];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(!found.is_empty(), "{folder} holds no sources");
    found.sort();
    found
}

/// The code of a file without its tests and comments.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
    text[..end]
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Fails with every file below `folder` that has one of `words` and is not in one of `allowed`.
fn only_in(folder: &str, words: &[&str], allowed: &[&str], reason: &str) {
    let wrong: Vec<String> = sources(folder)
        .into_iter()
        .filter(|(name, _)| !allowed.iter().any(|place| name.starts_with(place)))
        .filter_map(|(name, text)| {
            let code = code(&text);
            let word = words.iter().find(|word| code.contains(**word))?;
            Some(format!("{name} has {word:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{reason}:\n  {}", wrong.join("\n  "));
}

#[test]
fn only_the_gateway_names_the_sdk() {
    only_in(
        "server/src",
        &["aws_sdk_", "aws_config", "aws_smithy", "aws_runtime"],
        &["server/src/ecs"],
        "the SDK has one place",
    );
    only_in(
        "app/src",
        &["aws_sdk_", "aws_config", "aws_smithy", "aws_runtime"],
        &[],
        "the app knows no SDK",
    );
}

#[test]
fn only_the_store_has_sql() {
    only_in(
        "server/src",
        &["sqlx::", "SELECT ", "INSERT INTO"],
        &["server/src/store"],
        "SQL has one place",
    );
}

#[test]
fn models_drafts_and_names_stand_alone() {
    let files = sources("app/src").into_iter().filter(|(name, _)| {
        ["/model.rs", "/draft.rs", "src/names.rs", "src/error.rs", "src/timestamp.rs"]
            .iter()
            .any(|end| name.ends_with(end))
    });
    let wrong: Vec<String> = files
        .filter(|(_, text)| {
            let code = code(text);
            ["leptos::", "crate::backend", "crate::ui", "crate::links", "view!"]
                .iter()
                .any(|word| code.contains(word))
        })
        .map(|(name, _)| name)
        .collect();
    assert!(wrong.is_empty(), "models and drafts know std, serde and each other: {wrong:?}");
}

#[test]
fn a_task_definition_as_a_document_is_pure() {
    only_in(
        "app/definition/src",
        &["leptos", "berth_app", "berth_server", "tokio::", "std::fs", "std::env", "std::net"],
        // Tests read collected files where they lie.
        &[
            "app/definition/src/lossless_tests.rs",
            "app/definition/src/convert/tests",
            "app/definition/src/export/tests.rs",
            "app/definition/src/rules/tests",
        ],
        "members, rules and text are functions of a document",
    );
}

#[test]
fn titles_are_plain_text() {
    only_in(
        "app/src",
        &["<Title text=move", "<Title text=Signal"],
        &[],
        "the server writes the title after the page's signals are gone",
    );
}

#[test]
fn only_functions_of_the_server_reach_the_backend() {
    let allowed = ["app/src/backend", "app/src/lib.rs", "app/src/routes.rs"];
    let wrong: Vec<String> = sources("app/src")
        .into_iter()
        .filter(|(name, _)| !allowed.iter().any(|place| name.starts_with(place)))
        // `*asked.rs` is the server's half of an `api.rs` that grew too long.
        .filter(|(name, _)| !name.ends_with("/api.rs") && !name.ends_with("asked.rs"))
        .filter(|(_, text)| code(text).contains("backend::"))
        .map(|(name, _)| name)
        .collect();
    assert!(wrong.is_empty(), "pages never name the backend; api.rs does: {wrong:?}");
}

#[test]
fn every_server_function_checks_the_role_first() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (name, text) in sources("app/src") {
        for part in text.split("\n#[server").skip(1) {
            seen += 1;
            let body = part.split_once("AppError> {").map_or("", |(_, body)| body);
            // Imports may stand before it; nothing that acts may.
            let first = body
                .lines()
                .map(str::trim)
                .find(|line| {
                    !line.is_empty() && !line.starts_with("use ") && !line.starts_with("//")
                })
                .unwrap_or_default();
            if !first.contains("Backend::for_role(") && !first.contains("Backend::for_anyone()") {
                wrong.push(format!("{name}: {first}"));
            }
        }
    }
    assert!(seen >= 10, "only {seen} server functions were found");
    assert!(wrong.is_empty(), "the role comes first:\n  {}", wrong.join("\n  "));
}

#[test]
fn a_feature_uses_no_other_features_doors() {
    let features = [
        "audit",
        "clusters",
        "services",
        "status",
        "task_definitions",
        "tasks",
        "team",
        "weather",
        "layout",
    ];
    let mut wrong = Vec::new();
    for feature in features {
        for (name, text) in sources(&format!("app/src/{feature}")) {
            for other in features.iter().filter(|other| **other != feature) {
                for part in ["api", "draft"] {
                    if code(&text).contains(&format!("crate::{other}::{part}")) {
                        wrong.push(format!("{name} names {other}::{part}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "api and draft are a feature's own: {wrong:?}");
}

#[test]
fn building_blocks_know_no_feature() {
    let words = [
        "crate::clusters",
        "crate::launch",
        "crate::services",
        "crate::tasks",
        "crate::task_definitions",
        "crate::status::",
        "crate::team",
        "crate::audit",
        "crate::weather",
        "crate::links",
        "crate::backend",
    ];
    only_in("app/src/ui", &words, &[], "ui knows neither features nor addresses");
}

#[test]
fn what_launches_share_knows_no_launch() {
    only_in(
        "app/src/launch",
        &["crate::services", "crate::tasks"],
        &[],
        "services and tasks use what they share, never the other way",
    );
}

#[test]
fn the_sandbox_stands_alone() {
    only_in(
        "server/sandbox/src",
        &["berth_app", "berth_server"],
        &[],
        "the sandbox is a crate of its own",
    );
}

#[test]
fn the_console_and_the_sandbox_know_the_same_members() {
    // Neither crate may name the other, so each has its copy.
    for (console, sandbox) in [
        (
            include_str!("../../app/definition/src/rules/shapes.rs"),
            include_str!("../sandbox/src/rules/shapes.rs"),
        ),
        (
            include_str!("../../app/definition/src/rules/ulimits.rs"),
            include_str!("../sandbox/src/rules/ulimits.rs"),
        ),
    ] {
        assert_eq!(console, sandbox);
    }
}

#[test]
fn files_stay_readable() {
    const MOST: usize = 400;
    let mut wrong = Vec::new();
    for folder in ["app", "server"] {
        for (name, text) in sources(folder) {
            let lines = text.lines().count();
            if lines > MOST {
                wrong.push(format!("{name}: {lines}"));
            }
        }
    }
    assert!(wrong.is_empty(), "files over {MOST} lines:\n  {}", wrong.join("\n  "));
}

#[test]
fn views_set_no_inline_style() {
    only_in("app/src", &["style=\"", "style=move"], &[], "the policy forbids inline styles");
}
