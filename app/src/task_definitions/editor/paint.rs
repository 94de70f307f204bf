//! The colours of the lines in sight, and their numbers, as HTML. Everything of the text is
//! escaped. Only what is in sight is written: a long document costs no more than a short one.

use std::fmt::Write;
use std::ops::Range;

use super::marks::{Mark, key};
use crate::task_definitions::text::Span;
use crate::ui::{class_of, escaped, pieces};

/// The lines in `window`, counted from 0, in colours, with what is found underlined.
pub(super) fn lines_html(text: &str, window: Range<usize>, marks: &[Mark]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, line) in text.split('\n').enumerate().take(window.end) {
        if window.contains(&at) {
            let here = marks.iter().filter(|mark| mark.at.start < start + line.len() + 1);
            let here: Vec<(Span, &str)> = here
                .filter_map(|mark| Some((within(mark.at, start, line)?, key(mark.severity))))
                .collect();
            let mut html = String::new();
            line_html(line, &here, &mut html);
            lines.push(html);
        }
        start += line.len() + 1;
    }
    lines
}

/// The part of a mark in a line, in bytes of the line. What has no width gets that of a letter.
fn within(at: Span, start: usize, line: &str) -> Option<Span> {
    let end = start + line.len();
    if at.end < start || at.start > end || (at.start < start && at.end == start) {
        return None;
    }
    let mut from = at.start.max(start) - start;
    let mut to = at.end.min(end) - start;
    if from == to {
        // Where something is missing, the letter before it is shown.
        from = line[..from].char_indices().next_back().map_or(0, |(at, _)| at);
        to = line[from..].chars().next().map_or(from, |letter| from + letter.len_utf8());
    }
    (from < to).then(|| Span::new(from, to))
}

fn line_html(line: &str, marks: &[(Span, &str)], html: &mut String) {
    let mut start = 0;
    for (kind, piece) in pieces(line) {
        let end = start + piece.len();
        let mut cuts: Vec<usize> = marks.iter().flat_map(|(at, _)| [at.start, at.end]).collect();
        cuts.retain(|cut| (start + 1..end).contains(cut));
        cuts.extend([start, end]);
        cuts.sort_unstable();
        cuts.dedup();
        for cut in cuts.windows(2) {
            let mark = marks.iter().find(|(at, _)| at.start <= cut[0] && cut[1] <= at.end);
            let words = escaped(&line[cut[0]..cut[1]]);
            let _ = match (class_of(kind), mark) {
                (None, None) => write!(html, "{words}"),
                (Some(class), None) => write!(html, "<span class=\"{class}\">{words}</span>"),
                (class, Some((_, key))) => {
                    let class = class.unwrap_or_default();
                    write!(
                        html,
                        "<span class=\"{class} json-found\" data-mark=\"{key}\">{words}</span>"
                    )
                }
            };
        }
        start = end;
    }
}

/// The numbers of the lines in `window`, with the heaviest mark of each.
pub(super) fn numbers_html(window: Range<usize>, marks: &[Mark], caret: usize) -> String {
    let mut html = String::new();
    for line in window {
        let number = line + 1;
        let mark = marks.iter().find(|mark| mark.line == number);
        let _ = write!(html, "<span class=\"json-number-of\"");
        if let Some(mark) = mark {
            let _ = write!(
                html,
                " data-mark=\"{}\" title=\"{}\"",
                key(mark.severity),
                escaped(&mark.said)
            );
        }
        let here = if number == caret { " data-here" } else { "" };
        let _ = write!(html, "{here}>{number}</span>");
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task_definitions::finding::Severity;

    fn mark(line: usize, start: usize, end: usize) -> Mark {
        let at = Span::new(start, end);
        Mark { line, at, severity: Severity::Refused, said: "A \"bad\" <b>.".into() }
    }

    #[test]
    fn only_lines_in_sight_are_written_and_nothing_of_the_text_is_markup() {
        let text = "{\n\"<b>\": 1,\n\"c\": true\n}";
        assert_eq!(
            lines_html(text, 1..3, &[]),
            [
                "<span class=\"json-key\">&quot;&lt;b&gt;&quot;</span>: <span class=\"json-number\">1</span>,",
                "<span class=\"json-key\">&quot;c&quot;</span>: <span class=\"json-word\">true</span>"
            ]
        );
        assert_eq!(lines_html(text, 3..9, &[]), ["}"]);
    }

    #[test]
    fn what_is_found_is_underlined_at_its_place() {
        let found = |words: &str| {
            format!("<span class=\" json-found\" data-mark=\"refused\">{words}</span>")
        };
        let text = "{\n},é\n,";
        for (start, end, html) in [
            (2, 3, format!("{{\n{},é\n,", found("}"))),
            // Something is missing behind a letter, also at the end of a line.
            (6, 6, format!("{{\n}},{}\n,", found("é"))),
            (3, 8, format!("{{\n}}{}\n{}", found(",é"), found(","))),
            (0, 0, format!("{}\n}},é\n,", found("{"))),
        ] {
            let lines = lines_html(text, 0..3, &[mark(1, start, end)]);
            assert_eq!(lines.join("\n"), html, "{start} {end}");
        }
    }

    #[test]
    fn lines_with_findings_have_a_mark() {
        assert_eq!(
            numbers_html(1..3, &[mark(2, 0, 1)], 3),
            "<span class=\"json-number-of\" data-mark=\"refused\" title=\"A &quot;bad&quot; &lt;b&gt;.\">2</span>\
             <span class=\"json-number-of\" data-here>3</span>"
        );
    }
}
