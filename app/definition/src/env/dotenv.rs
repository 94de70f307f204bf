//! Files of `KEY=VALUE` lines, as shells, containers and frameworks read them.
//!
//! What is written is read back to the same variables, by this reader and by the common ones: a value
//! is quoted only where it has to be, and in single quotes when it holds a dollar sign, which many
//! readers would take for another variable.

use super::Trouble;

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Names and values, in their order; a name can come twice.
    pub variables: Vec<(String, String)>,
    /// What could not be read.
    pub troubles: Vec<Trouble>,
}

/// Reads lines: empty ones and comments are passed over, a leading `export` and the quotes around a
/// value are taken off. A quoted value can go over several lines; in double quotes `\n`, `\r`, `\t`,
/// `\"`, `\\` and `\$` stand for what they name.
pub fn read(text: &str) -> Lines {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let chars: Vec<char> = text.chars().collect();
    let mut reader = Reader { chars, at: 0, line: 1 };
    let mut lines = Lines::default();
    while reader.peek().is_some() {
        let line = reader.line;
        match reader.entry() {
            Ok(None) => {}
            Ok(Some(variable)) => lines.variables.push(variable),
            Err(said) => lines.troubles.push(Trouble::new(line, said)),
        }
    }
    lines
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    line: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// The next character; line ends of every kind come as `\n`.
    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += 1;
        if next == '\r' {
            if self.peek() == Some('\n') {
                self.at += 1;
            }
            self.line += 1;
            return Some('\n');
        }
        if next == '\n' {
            self.line += 1;
        }
        Some(next)
    }

    fn rest_of_line(&mut self) -> String {
        std::iter::from_fn(|| self.next().filter(|c| *c != '\n')).collect()
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(|c| c != '\n' && c != '\r' && c.is_whitespace()) {
            self.at += 1;
        }
    }

    /// One line, or the lines of one quoted value.
    fn entry(&mut self) -> Result<Option<(String, String)>, String> {
        self.skip_blanks();
        if matches!(self.peek(), Some('#' | '\n' | '\r') | None) {
            self.rest_of_line();
            return Ok(None);
        }
        let mut name = String::new();
        loop {
            match self.peek() {
                Some('=') => {
                    self.at += 1;
                    break;
                }
                Some('\n' | '\r') | None => {
                    self.next();
                    return Err(format!(
                        "There is no = sign after {}.",
                        shown(name.trim().trim_start_matches("export "))
                    ));
                }
                Some(other) => {
                    name.push(other);
                    self.at += 1;
                }
            }
        }
        let exported =
            name.trim().strip_prefix("export").filter(|rest| rest.starts_with(char::is_whitespace));
        let name = exported.unwrap_or(&name).trim().to_owned();
        let said = if name.is_empty() {
            Some("The name before the = sign is missing.".to_owned())
        } else if name.contains(char::is_whitespace) {
            Some(format!("A name holds no space: {}.", shown(&name)))
        } else {
            None
        };
        if let Some(said) = said {
            self.rest_of_line();
            return Err(said);
        }
        self.skip_blanks();
        let value = match self.peek() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote)?,
            _ => bare(&self.rest_of_line()),
        };
        Ok(Some((name, value)))
    }

    fn quoted(&mut self, quote: char) -> Result<String, String> {
        let (at, line) = (self.at, self.line);
        self.at += 1;
        let mut value = String::new();
        loop {
            match self.next() {
                Some(end) if end == quote => break,
                Some('\\') if quote == '"' => match self.next() {
                    Some('n') => value.push('\n'),
                    Some('r') => value.push('\r'),
                    Some('t') => value.push('\t'),
                    Some(own @ ('"' | '\\' | '$' | '`')) => value.push(own),
                    Some(other) => value.extend(['\\', other]),
                    None => value.push('\\'),
                },
                Some(other) => value.push(other),
                None => {
                    // Only this line is lost to the slip: the next ones are read as lines again.
                    (self.at, self.line) = (at, line);
                    self.rest_of_line();
                    return Err(format!("The quote {quote} is not closed."));
                }
            }
        }
        let rest = self.rest_of_line();
        let rest = rest.trim();
        if rest.is_empty() || rest.starts_with('#') {
            Ok(value)
        } else {
            Err(format!("After the closing quote stands {}.", shown(rest)))
        }
    }
}

/// A value without quotes: up to a comment, without the spaces around it.
fn bare(rest: &str) -> String {
    let mut before = ' ';
    let mut end = rest.len();
    for (at, c) in rest.char_indices() {
        if c == '#' && before.is_whitespace() {
            end = at;
            break;
        }
        before = c;
    }
    rest[..end].trim().to_owned()
}

/// The beginning of what stands there. Values never come into a message: only names and what
/// stands outside of quotes, and no more than a few characters of that.
fn shown(text: &str) -> String {
    let short: String = text.chars().take(24).collect();
    if short.len() < text.len() { format!("“{short}…”") } else { format!("“{short}”") }
}

/// Writes variables as lines. The names that no line can hold are answered too: they are empty, or
/// hold a space or an equals sign.
pub fn write(variables: &[(String, String)]) -> (String, Vec<String>) {
    let (mut text, mut left_out) = (String::new(), Vec::new());
    for (name, value) in variables {
        let odd = name.is_empty()
            || name.starts_with(['#', '\u{feff}'])
            || name.contains(|c: char| c == '=' || c.is_whitespace());
        if odd {
            left_out.push(name.clone());
            continue;
        }
        text.push_str(name);
        text.push('=');
        text.push_str(&written(value));
        text.push('\n');
    }
    (text, left_out)
}

fn written(value: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !"\"'#$`\\".contains(c);
    if value.chars().all(plain) {
        return value.to_owned();
    }
    let one_line = !value.contains(['\n', '\r']);
    if one_line && !value.contains('\'') {
        return format!("'{value}'");
    }
    let mut quoted = String::from("\"");
    for c in value.chars() {
        match c {
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '"' | '\\' | '$' | '`' => quoted.extend(['\\', c]),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
