use serde_json::json;

use super::document;
use crate::document::Document;
use crate::together::*;

#[test]
fn typing_in_one_member_is_one_step() {
    let mut document = document(json!({"family": "", "containerDefinitions": [{"name": "a"}]}));
    let first = document.clone();
    let mut steps = Steps::new(document.clone());
    for text in ["w", "we", "web"] {
        document.set("family", json!(text));
        steps.record(&document);
    }
    let typed = document.clone();
    assert_eq!(steps.depth(), 1);
    document.set("containerDefinitions.0.image", json!("n"));
    steps.record(&document);
    steps.record(&document);
    assert_eq!((steps.depth(), steps.undo_words()), (2, Some("Changed Image")));
    assert_eq!(steps.undo(), Some(typed.clone()));
    assert_eq!(
        (steps.redo_words(), steps.undo_words()),
        (Some("Changed Image"), Some("Changed Family"))
    );
    assert_eq!(steps.undo(), Some(first.clone()));
    assert_eq!(steps.undo(), None);
    assert_eq!(steps.redo(), Some(typed.clone()));
    assert_eq!(steps.redo(), Some(document.clone()));
    assert_eq!(steps.redo(), None);

    // Another field in between, or back to the same one later, makes a step of its own.
    steps.undo();
    let mut other = typed.clone();
    other.set("family", json!("webs"));
    steps.record(&other);
    assert_eq!((steps.depth(), steps.redo()), (2, None));
    other.set("family", json!("webshop"));
    steps.record(&other);
    assert_eq!(steps.depth(), 2);
    steps.seal();
    other.set("family", json!("shop"));
    steps.record(&other);
    assert_eq!(steps.depth(), 3);
}

#[test]
fn what_somebody_else_changes_is_not_taken_back() {
    let mut document = document(json!({"family": "web", "cpu": "256", "memory": "512"}));
    let mut steps = Steps::new(document.clone());
    for cpu in ["512", "1024"] {
        document.set("cpu", json!(cpu));
        steps.record(&document);
        steps.seal();
    }
    steps.undo();
    document.set("cpu", json!("512"));
    document.set("memory", json!("2048"));
    steps.take_over(&document);
    let state = |document: Option<Document>| {
        document.map(|document| (document.text_at("cpu"), document.text_at("memory")))
    };
    let said = |cpu: &str, memory: &str| Some((cpu.to_owned(), memory.to_owned()));
    assert!(!steps.record(&document));
    assert_eq!(state(steps.undo()), said("256", "2048"));
    assert_eq!(state(steps.redo()), said("512", "2048"));
    assert_eq!(state(steps.redo()), said("1024", "2048"));
    // What both have changed stays as it was in a state of one's own.
    document.set("cpu", json!("4096"));
    steps.take_over(&document);
    assert_eq!(state(steps.undo()), said("512", "2048"));
}

#[test]
fn every_change_of_a_list_is_a_step_and_only_so_many_are_kept() {
    let mut document = document(json!({"family": "web", "volumes": []}));
    let mut steps = Steps::new(document.clone());
    for at in 0..105 {
        document.insert("volumes", at, json!({"name": "v"}));
        steps.record(&document);
    }
    assert_eq!(steps.depth(), 100);
    let mut last = None;
    while let Some(state) = steps.undo() {
        last = Some(state);
    }
    assert_eq!(last.unwrap().items("volumes").len(), 5);
}

#[test]
fn a_container_is_told_in_one_line() {
    for (container, said) in [
        (json!({}), "no image yet"),
        (
            json!({"image": "nginx:1.27", "portMappings": [{"containerPort": 80}],
                "environment": [{}, {}], "secrets": [{}], "logConfiguration": {"logDriver": "awslogs"}}),
            "nginx:1.27 · port 80 · 2 variables · 1 secret · awslogs",
        ),
        (
            json!({"image": "a", "essential": false, "mountPoints": [{}],
                "portMappings": [{"containerPort": 80}, {"containerPortRange": "1-2"}],
                "dependsOn": [{"containerName": "db"}]}),
            "a · not essential · ports 80, 1-2 · 1 mount · waits for db",
        ),
    ] {
        assert_eq!(line(&container), said);
    }
}
