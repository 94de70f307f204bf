//! The letters of a text: spaces, texts in quotes, and words without them.

use serde_json::Value;

use super::slip::{Slip, Trouble};
use super::tree::Span;

/// Characters that nobody sees, and that JSON does not count as spaces.
const INVISIBLE: [char; 5] = ['\u{FEFF}', '\u{A0}', '\u{200B}', '\u{2028}', '\u{2029}'];

/// A place in a text that moves on.
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) troubles: Vec<Trouble>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, troubles: Vec::new() }
    }

    pub(super) fn trouble(&mut self, slip: Slip, at: Span, said: String, mend: Option<String>) {
        let mend = mend.map(|right| (at, right));
        self.troubles.push(Trouble { slip, at, said, mend });
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        match self.text.as_bytes().get(self.at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.rest().chars().next(),
        }
    }

    /// Passes over spaces, and over comments and the like, which it names.
    pub(super) fn space(&mut self) {
        loop {
            let rest = self.rest();
            match self.peek() {
                Some(' ' | '\n' | '\r' | '\t') => self.at += 1,
                Some('/') if rest.starts_with("//") => self.comment(line_length(rest)),
                Some('/') if rest.starts_with("/*") => {
                    self.comment(rest.find("*/").map_or(rest.len(), |end| end + 2));
                }
                Some('#') if !rest.starts_with("#{") => self.comment(line_length(rest)),
                Some(letter) if INVISIBLE.contains(&letter) => {
                    let at = Span::new(self.at, self.at + letter.len_utf8());
                    let said = if letter == '\u{FEFF}' {
                        "an invisible byte order mark (BOM) stands here: remove it"
                    } else {
                        "an invisible character stands here: remove it, or write a plain space"
                    };
                    self.trouble(Slip::Invisible, at, said.to_owned(), Some(String::new()));
                    self.at = at.end;
                }
                _ => return,
            }
        }
    }

    fn comment(&mut self, length: usize) {
        let at = Span::new(self.at, self.at + length);
        let said = "JSON has no comments: remove it".to_owned();
        self.trouble(Slip::Comment, at, said, Some(String::new()));
        self.at = at.end;
    }

    /// Passes over a comma, if it is next; answers where it was.
    pub(super) fn comma(&mut self) -> Option<usize> {
        self.space();
        match self.peek() {
            Some(',') => {
                self.at += 1;
                Some(self.at - 1)
            }
            Some(';') => {
                let at = Span::new(self.at, self.at + 1);
                let said = "a comma belongs here, no semicolon".to_owned();
                self.trouble(Slip::MissingComma, at, said, Some(",".to_owned()));
                self.at += 1;
                Some(self.at - 1)
            }
            _ => None,
        }
    }

    /// A text in quotes of any kind, if one begins here.
    pub(super) fn text_value(&mut self) -> Option<String> {
        let close = match self.peek()? {
            '"' => return Some(self.quoted()),
            '\'' => &['\''][..],
            '`' => &['`'],
            '\u{201C}' | '\u{201D}' | '\u{201E}' => &['\u{201C}', '\u{201D}', '"'],
            '\u{2018}' | '\u{2019}' => &['\u{2018}', '\u{2019}', '\''],
            _ => return None,
        };
        let line = &self.rest()[..line_length(self.rest())];
        let mut letters = line.char_indices().skip(1);
        let start = letters.next().map_or(line.len(), |(at, _)| at);
        let end = line[start..].find(close).map_or(line.len(), |at| start + at);
        let length = line[end..].chars().next().map_or(end, |quote| end + quote.len_utf8());
        let content = line[start..end].to_owned();
        let at = Span::new(self.at, self.at + length);
        let mend = Some(Value::String(content.clone()).to_string());
        self.trouble(Slip::Quotes, at, "JSON takes double quotes (\") only".to_owned(), mend);
        self.at = at.end;
        Some(content)
    }

    /// A text in double quotes.
    fn quoted(&mut self) -> String {
        let rest = self.rest();
        let (length, plain, closed) = quoted_length(rest);
        let at = Span::new(self.at, self.at + length);
        self.at = at.end;
        let piece = &rest[..length];
        if !closed {
            let said = "this text has no closing quote in its line".to_owned();
            self.trouble(Slip::OpenText, at, said, None);
            return piece[1..].to_owned();
        }
        let inner = &piece[1..length - 1];
        if plain {
            return inner.to_owned();
        }
        serde_json::from_str(piece).unwrap_or_else(|_| {
            let has_tab = inner.contains('\t');
            let mended = inner.replace('\t', "\\t");
            let reads = serde_json::from_str::<String>(&format!("\"{mended}\"")).is_ok();
            let said = if has_tab && reads {
                "a tab inside of a text is written \\t"
            } else {
                "this text has a backslash or a character that JSON does not take: a backslash itself is written \\\\"
            };
            let mend = reads.then(|| format!("\"{mended}\""));
            self.trouble(Slip::Escape, at, said.to_owned(), mend);
            inner.to_owned()
        })
    }

    /// A name without quotes, if one begins here.
    pub(super) fn identifier(&mut self) -> Option<String> {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '.');
        let rest = self.rest();
        let length = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        (length > 0).then(|| {
            self.at += length;
            rest[..length].to_owned()
        })
    }

    /// Passes over what can't be part of anything else, to the end of the line at the furthest.
    pub(super) fn skip_bare(&mut self) {
        let rest = self.rest();
        let end = rest.find([',', '{', '}', '[', ']', '"', '\n']).unwrap_or(rest.len());
        self.at += rest[..end].trim_end().len();
    }

    /// A word without quotes: a number, a truth, null, or what is none of them.
    pub(super) fn bare_value(&mut self) -> Option<Value> {
        let start = self.at;
        let rest = self.rest();
        let end = rest.find([',', ';', '}', ']', ' ', '\t', '\r', '\n']).unwrap_or(rest.len());
        match &rest[..end] {
            "true" => return self.took(end, Value::Bool(true)),
            "false" => return self.took(end, Value::Bool(false)),
            "null" => return self.took(end, Value::Null),
            word => {
                if word.starts_with(|c: char| c.is_ascii_digit() || c == '-')
                    && let Ok(number) = serde_json::from_str::<serde_json::Number>(word)
                {
                    return self.took(end, Value::Number(number));
                }
            }
        }
        self.skip_bare();
        if self.at == start {
            self.at += self.peek().map_or(0, char::len_utf8);
        }
        let at = Span::new(start, self.at);
        let (slip, said, mend) = no_value(at.of(self.text));
        self.trouble(slip, at, said, mend);
        None
    }

    fn took(&mut self, length: usize, value: Value) -> Option<Value> {
        self.at += length;
        Some(value)
    }
}

/// What is wrong with a word, and what was probably meant.
fn no_value(word: &str) -> (Slip, String, Option<String>) {
    let right = match word {
        "True" | "TRUE" | "yes" | "Yes" | "on" => "true",
        "False" | "FALSE" | "no" | "No" | "off" => "false",
        "None" | "NULL" | "Null" | "nil" | "undefined" => "null",
        _ => "",
    };
    if !right.is_empty() {
        let said = format!("{word} is no JSON: write {right}");
        return (Slip::Word, said, Some(right.to_owned()));
    }
    if matches!(word.trim_start_matches(['-', '+']), "NaN" | "Infinity" | "inf" | "nan") {
        return (Slip::Number, format!("JSON has no {word}: write a number"), None);
    }
    let digits = word.trim_start_matches(['-', '+', '.']);
    if digits.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_hexdigit() || "+-._xeE".contains(c))
    {
        let plain = digits.trim_start_matches('0');
        let whole = !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit());
        let mend = (whole && !word.contains(['-', '.'])).then(|| plain.to_owned());
        return (Slip::Number, "JSON does not write numbers like this".to_owned(), mend);
    }
    let mend = word.chars().all(|c| c.is_alphanumeric() || "_-./:@ ".contains(c));
    let mend = mend.then(|| Value::String(word.to_owned()).to_string());
    (Slip::Value, "expected value: a text needs double quotes".to_owned(), mend)
}

fn line_length(text: &str) -> usize {
    text.find(['\n', '\r']).unwrap_or(text.len())
}

/// The bytes of the text in double quotes that begins here, whether it stands for itself, and
/// whether it ends in its line.
fn quoted_length(text: &str) -> (usize, bool, bool) {
    let bytes = text.as_bytes();
    let mut plain = true;
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return (at + 1, plain, true),
            b'\n' | b'\r' => break,
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii) && bytes[at + 1] != b'\n' => {
                plain = false;
                at += 2;
            }
            b'\\' | ..0x20 => {
                plain = false;
                at += 1;
            }
            _ => at += 1,
        }
    }
    (at.min(text.len()), plain, false)
}
