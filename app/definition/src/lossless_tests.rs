//! Nothing is lost on the way from a text through the document and back, whatever is in it.

use serde_json::{Value, json};

use crate::document::Document;
use crate::generate::{Chance, document, leaves};
use crate::import::{import, import_reading, rewrite};
use crate::text::read;

/// As many documents as the promise names.
const DOCUMENTS: u64 = 10_000;

/// Another value of the same kind.
fn touched(value: &Value) -> Value {
    match value {
        Value::String(text) => json!(format!("{text}x")),
        Value::Number(_) => json!(4_711),
        Value::Bool(truth) => json!(!truth),
        _ => json!("touched"),
    }
}

/// Touches one member and undoes it: only its path changes meanwhile, and nothing afterwards.
fn touch_and_undo(before: &Document, path: &str) {
    let mut document = before.clone();
    let own = document.get(path).cloned().unwrap_or_default();
    document.set(path, touched(&own));
    for other in leaves(before).iter().filter(|other| *other != path) {
        assert_eq!(document.get(other), before.get(other), "{path} changed {other}");
    }
    assert_ne!(document.get(path), Some(&own), "{path}");
    document.set(path, own);
    assert_eq!(document.value().to_string(), before.value().to_string(), "{path}");
}

/// Touches one member in a text and undoes it: the text is what it was, to the byte.
fn touch_and_undo_in_text(text: &str, path: &str) {
    let reading = read(text);
    let before = import_reading(text, &reading).unwrap().document;
    let mut after = before.clone();
    let own = before.get(path).cloned().unwrap_or_default();
    after.set(path, touched(&own));
    let (changed, read_again, meant) = rewrite(text, &reading, &before, &after);
    assert_ne!(changed, text, "{path}");
    assert_eq!(rewrite(&changed, &read_again, &meant, &before).0, text, "{path}");
}

#[test]
fn documents_of_chance_come_through_whole() {
    for seed in 0..DOCUMENTS {
        let made = document(seed);
        let written = made.value().to_string();
        let text = if seed % 2 == 0 { made.pretty() } else { written.clone() };
        let read = import(&text).unwrap();
        assert_eq!(read.left_out, [""; 0], "{seed}");
        // As text: the order of members counts too.
        assert_eq!(read.document.value().to_string(), written, "{seed}");
        let paths = leaves(&read.document);
        if let Some(path) = Chance::new(seed).pick(&paths) {
            touch_and_undo(&read.document, path);
            // Each is read three times more: some will do.
            if seed % 5 == 0 {
                touch_and_undo_in_text(&text, path);
            }
        }
    }
}

/// Real files, where a collection of them lies beside the checkout: every member of each.
#[test]
fn collected_documents_come_through_whole() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus/taskdefs");
    let Ok(files) = std::fs::read_dir(folder) else { return };
    for file in files {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let Ok(read) = import(&text) else { continue };
        for path in leaves(&read.document) {
            touch_and_undo(&read.document, &path);
            touch_and_undo_in_text(&text, &path);
        }
    }
}
