//! What the member at the cursor is for, and what is found in its line.

use leptos::prelude::*;

use super::caret::Caret;
use super::marks::{Mark, key};
use super::state::{JsonState, ReadText};
use crate::task_definitions::finding::Severity;
use crate::task_definitions::text::{Span, byte_of, explain};

/// The id of the line.
pub(super) const ABOUT: &str = "document-about";

/// What is told of a place.
#[derive(Clone, Debug, PartialEq)]
struct About {
    line: usize,
    path: String,
    words: String,
    found: Vec<(Severity, String)>,
}

/// Tells of the member at an offset, and of what is found in its line.
fn about(read: &ReadText, marks: &[Mark], offset: usize) -> About {
    let path = read.reading.root.path_at(offset);
    let prefix = read.prefix();
    let path = path.strip_prefix(prefix).unwrap_or(&path).to_owned();
    let line = read.reading.lines.line_of(offset);
    let words = explain(&path).map(|words| words.to_string()).unwrap_or_default();
    let found = marks.iter().filter(|mark| mark.line == line);
    About { line, path, words, found: found.map(|m| (m.severity, m.said.clone())).collect() }
}

/// Where a line says something: its first name, or its first letter.
pub(super) fn offset_of_line(read: &ReadText, line: usize) -> usize {
    let start = read.reading.lines.start_of(line);
    let words = read.reading.lines.text_of(&read.text, line);
    let inside = words.find('"').map_or(words.len() - words.trim_start().len(), |at| at + 1);
    Span::new(start, start + inside).end
}

/// The line under the text: it follows the pointer, else the cursor.
#[component]
pub(super) fn AboutLine(
    /// The text.
    state: JsonState,
    /// The cursor.
    caret: Caret,
    /// The line under the pointer.
    hovered: RwSignal<Option<usize>>,
) -> impl IntoView {
    let told = Memo::new(move |_| {
        let read = state.read.read();
        let offset = match hovered.get() {
            Some(line) => offset_of_line(&read, line),
            None => byte_of(&read.text, caret.at.get()),
        };
        state.marks.with(|marks| about(&read, marks, offset))
    });
    let content = move || {
        let About { line, path, words, found } = told.get();
        let found = found.into_iter().map(|(severity, said)| {
            view! { <span class="json-about-found" data-mark=key(severity)>{said}" "</span> }
        });
        view! {
            <span class="json-about-line">{format!("Line {line}")}</span>
            {(!path.is_empty()).then(|| view! { " "<code>{path}</code> })}
            " "
            {found.collect_view()}
            {words}
        }
    };
    view! { <p class="json-about" id=ABOUT>{content}</p> }
}
