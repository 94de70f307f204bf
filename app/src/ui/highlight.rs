//! Colours for JSON: a small tokenizer that never fails and writes only escaped text.

use std::fmt::Write;

/// What a piece of JSON is, as the style sheets call it.
pub(crate) fn class_of(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Key => Some("json-key"),
        Kind::Text => Some("json-text"),
        Kind::Number => Some("json-number"),
        Kind::Word => Some("json-word"),
        Kind::Plain => None,
    }
}

/// The kinds of pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The name of a member.
    Key,
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true`, `false`, `null`.
    Word,
    /// Brackets, commas, white space, and whatever is not JSON.
    Plain,
}

/// `json` as HTML with a span around each coloured piece; everything of the text is escaped.
pub(super) fn json_html(json: &str) -> String {
    let mut html = String::with_capacity(json.len() * 2);
    for (kind, piece) in pieces(json) {
        let piece = escaped(piece);
        let _ = match class_of(kind) {
            Some(class) => write!(html, "<span class=\"{class}\">{piece}</span>"),
            None => write!(html, "{piece}"),
        };
    }
    html
}

/// `text` with the characters that mean something to HTML written as references.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

/// Cuts `json` into pieces; put together again they are the same text.
pub(crate) fn pieces(json: &str) -> Vec<(Kind, &str)> {
    let mut found = Vec::new();
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = match first {
            '"' => {
                let length = string_length(rest);
                let named = rest[length..].trim_start().starts_with(':');
                (if named { Kind::Key } else { Kind::Text }, length)
            }
            '-' | '0'..='9' => {
                (Kind::Number, run(rest, |l| l.is_ascii_alphanumeric() || "+-.".contains(l)))
            }
            'a'..='z' => (Kind::Word, run(rest, |l| l.is_ascii_alphanumeric())),
            _ => (Kind::Plain, run(rest, |l| !matches!(l, '"' | '-' | '0'..='9' | 'a'..='z'))),
        };
        let (piece, after) = rest.split_at(length);
        found.push((kind, piece));
        rest = after;
    }
    found
}

/// How many bytes from the start satisfy `fits`; the first letter always counts.
fn run(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.char_indices().skip(1).find(|(_, letter)| !fits(*letter)).map_or(text.len(), |(at, _)| at)
}

/// The bytes of the string that starts `text`, with both quotes; an open one reaches to the end.
fn string_length(text: &str) -> usize {
    let mut escaping = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaping => escaping = false,
            '\\' => escaping = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_keys_from_values() {
        let kinds: Vec<_> = pieces(r#"{"a" : "b\"", "n": -1.5e+3, "t": null}"#)
            .into_iter()
            .filter(|(kind, _)| *kind != Kind::Plain)
            .collect();
        assert_eq!(
            kinds,
            [
                (Kind::Key, r#""a""#),
                (Kind::Text, r#""b\"""#),
                (Kind::Key, r#""n""#),
                (Kind::Number, "-1.5e+3"),
                (Kind::Key, r#""t""#),
                (Kind::Word, "null"),
            ]
        );
    }

    #[test]
    fn loses_nothing_of_any_text() {
        for text in ["", "{", "\"open", "\"\\", "[1,2", "é\"ü\":1", "not json at all", "\u{1F6A2}1"]
        {
            let again: String = pieces(text).into_iter().map(|(_, piece)| piece).collect();
            assert_eq!(again, text);
        }
    }

    #[test]
    fn writes_no_markup_of_the_text() {
        let html = json_html(r#"{"<b>": "</code><script>alert('x')</script>&"}"#);
        assert!(!html.contains("<script"));
        assert!(!html.contains("<b>"));
        assert!(html.contains("&lt;script&gt;alert(&#39;x&#39;)"));
    }
}
