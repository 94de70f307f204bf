//! The rules as tables: a change to a good document, and what is said about it.

mod connections;
mod container;
mod list;
mod logs;
mod task;
mod unknown;

use serde_json::{Value, json};

use super::*;
use crate::finding::Severity;
use crate::import::import;

/// A document for Fargate that holds.
fn fargate() -> Document {
    Document::new(json!({
        "family": "web", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
        "cpu": "256", "memory": "512",
        "containerDefinitions": [{"name": "app", "image": "nginx:1.27", "essential": true}]
    }))
    .unwrap()
}

/// A document for EC2 that holds.
fn ec2() -> Document {
    Document::new(json!({
        "family": "web",
        "containerDefinitions": [{"name": "app", "image": "nginx:1.27", "memory": 128}]
    }))
    .unwrap()
}

/// The rule, what is changed, and the sentence (or a part of it) that is expected at a path.
type Row<'a> = (&'a str, &'a [(&'a str, Value)], &'a str, &'a str);

/// Applies changes (null takes away) and expects a sentence at a path; "" expects no complaint.
fn table(base: fn() -> Document, rows: &[Row<'_>]) {
    for (rule, changes, path, part) in rows {
        let mut document = base();
        for (at, value) in *changes {
            if value.is_null() {
                document.remove(at);
            } else {
                document.set(at, value.clone());
            }
        }
        let errors = check(&document);
        if part.is_empty() {
            assert!(errors.is_empty(), "{rule}: {errors:?}");
        } else {
            let said = errors.at(path);
            assert!(said.is_some_and(|said| said.contains(part)), "{rule}: {errors:?}");
        }
    }
}

#[test]
fn good_documents_hold() {
    assert_eq!(check(&fargate()), Findings::new());
    assert_eq!(check(&ec2()), Findings::new());
    assert_eq!(check(&Document::default()).at("family"), Some("Give the family a name."));
}

/// Real files, where a collection of them lies beside the checkout: those that ECS takes as they
/// are, without placeholders, must hold here too.
#[test]
fn collected_files_hold() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus");
    let Ok(index) = std::fs::read_to_string(format!("{folder}/taskdefs.jsonl")) else { return };
    for line in index.lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        if entry["kind"] != "input" {
            continue;
        }
        let file = entry["file"].as_str().unwrap();
        let text = std::fs::read_to_string(format!("{folder}/{file}")).unwrap();
        let found = check(&import(&text).unwrap().document);
        let refused: Vec<_> = found.refused().collect();
        assert!(refused.is_empty(), "{file}: {refused:?}");
    }
}
