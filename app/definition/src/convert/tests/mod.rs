//! What people paste, and what becomes of it.

mod cloudformation;
mod compose;
mod docker_run;
mod plain;
mod recognised;
mod terraform;

use serde_json::Value;

use super::{Candidate, Fate, Started, read};

fn started(text: &str) -> Started {
    read(text).unwrap_or_else(|trouble| panic!("{trouble}\n{text}"))
}

/// The only candidate of a text.
fn only(text: &str) -> Candidate {
    let mut started = started(text);
    assert_eq!(started.documents.len(), 1, "{text}");
    started.documents.remove(0)
}

/// What stands at the paths of a candidate; `null` where there is nothing.
#[track_caller]
fn holds(candidate: &Candidate, expected: &[(&str, Value)]) {
    for (path, value) in expected {
        let found = candidate.document.get(path).cloned().unwrap_or_default();
        assert_eq!(&found, value, "{path} of {}", candidate.document.pretty());
    }
}

/// The paths that are noted with a fate.
fn noted(candidate: &Candidate, fate: Fate) -> Vec<&str> {
    let notes = candidate.left_out.iter().filter(|note| note.fate == fate);
    notes.map(|note| note.path.as_str()).collect()
}

fn refused(text: &str) -> String {
    match read(text) {
        Err(trouble) => trouble.to_string(),
        Ok(started) => panic!("{started:?}"),
    }
}
