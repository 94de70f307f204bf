//! What is found in a text, at the lines where it can be mended.

use super::state::ReadText;
use crate::task_definitions::document::Document;
use crate::task_definitions::finding::{Findings, Severity};
use crate::task_definitions::rules::unknown_members;
use crate::task_definitions::text::Span;

/// One thing at its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    /// Its line, from 1.
    pub line: usize,
    /// Where it is, in bytes.
    pub at: Span,
    /// How much it weighs.
    pub severity: Severity,
    /// What it says, as a sentence.
    pub said: String,
}

/// How the style sheets call a weight.
pub(super) fn key(severity: Severity) -> &'static str {
    match severity {
        Severity::Refused => "refused",
        Severity::Wrong => "wrong",
        Severity::Advice => "advice",
    }
}

/// Everything that is found in a text, from the top; in a line the heaviest first.
pub(super) fn marks(read: &ReadText, findings: &Findings) -> Vec<Mark> {
    let reading = &read.reading;
    let slip = |severity, trouble: &crate::task_definitions::text::Trouble| Mark {
        line: reading.lines.line_of(trouble.at.start),
        at: trouble.at,
        severity,
        said: sentence(&trouble.said),
    };
    let at_path = |path: &str, severity, said: String| {
        let at = reading.place_of(&format!("{}{path}", read.prefix()));
        Mark { line: reading.lines.line_of(at.start), at, severity, said }
    };
    let mut found: Vec<Mark> = reading
        .troubles
        .iter()
        .map(|trouble| slip(Severity::Refused, trouble))
        .chain(reading.doubts.iter().map(|doubt| slip(Severity::Wrong, doubt)))
        .chain(findings.iter().map(|f| at_path(&f.path, f.severity, f.said.clone())))
        .collect();
    let unknown = read.document.as_ref().map(unknown).unwrap_or_default();
    found.extend(unknown.into_iter().map(|(path, said)| at_path(&path, Severity::Advice, said)));
    found.sort_by_key(|mark| (mark.line, mark.severity));
    found
}

fn unknown(document: &Document) -> Vec<(String, String)> {
    let said = |meant: Option<&str>| match meant {
        Some(name) => format!("Not known to this console; did you mean {name}?"),
        None => "Not known to this console. It is sent as typed.".to_owned(),
    };
    unknown_members(document).into_iter().map(|found| (found.path, said(found.meant))).collect()
}

/// Words of the reader as a sentence.
fn sentence(said: &str) -> String {
    let mut letters = said.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}
