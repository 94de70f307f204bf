//! A command line as words: quotes, escapes, comments and lines that go on.

use crate::convert::started::Trouble;

/// Every command of a text as its words.
pub(super) fn commands(text: &str) -> Result<Vec<Vec<String>>, Trouble> {
    split(&joined(text), true)
}

/// The words of one line without a shell, to which `;` and `#` are letters like others.
pub(super) fn line(text: &str) -> Result<Vec<String>, Trouble> {
    let commands = split(&text.replace(['\n', '\r'], " "), false)?;
    Ok(commands.into_iter().flatten().collect())
}

fn split(text: &str, shell: bool) -> Result<Vec<Vec<String>>, Trouble> {
    let mut reader = Reader::default();
    let mut letters = text.chars().peekable();
    let mut line = 1;
    while let Some(letter) = letters.next() {
        match letter {
            '\'' | '"' => {
                let begun = line;
                reader.begin();
                if !quoted(letter, shell, &mut letters, &mut reader.word, &mut line) {
                    return Err(Trouble::at(
                        begun,
                        1,
                        format!("A quotation that begins with {letter} in this line has no end."),
                    ));
                }
            }
            '$' | '`' if shell => {
                reader.begin();
                let begun = line;
                if !filled_in(letter, &mut letters, &mut reader.word, &mut line) {
                    return Err(Trouble::at(
                        begun,
                        1,
                        format!("What begins with {letter} in this line has no end."),
                    ));
                }
            }
            // No shell of Unix has a use for a backslash in a path such as C:\data.
            // No shell of Unix has a use for a backslash in a path such as C:\data.
            '\\' if shell
                && reader.in_windows()
                && letters.peek().is_some_and(char::is_ascii_alphanumeric) =>
            {
                reader.word.push('\\');
            }
            '\\' => {
                reader.begin();
                reader.word.extend(letters.next());
            }
            '#' if shell && !reader.in_word => {
                while letters.next_if(|letter| *letter != '\n').is_some() {}
            }
            '\n' | ';' | '&' | '|' if shell => {
                reader.end_command();
                line += usize::from(letter == '\n');
            }
            letter if letter.is_whitespace() => reader.end_word(),
            letter => {
                reader.begin();
                reader.word.push(letter);
            }
        }
    }
    reader.end_command();
    Ok(reader.commands)
}

#[derive(Default)]
struct Reader {
    commands: Vec<Vec<String>>,
    words: Vec<String>,
    word: String,
    /// An empty word in quotes is a word.
    in_word: bool,
    /// A path of Windows has begun in the word.
    windows: bool,
}

impl Reader {
    fn begin(&mut self) {
        self.in_word = true;
    }

    /// Whether a backslash that comes now is one of a path of Windows.
    fn in_windows(&mut self) -> bool {
        self.windows |= match self.word.as_bytes() {
            [drive, b':'] | [.., b':' | b'=' | b',', drive, b':'] => drive.is_ascii_alphabetic(),
            word => word.starts_with(b"%"),
        };
        self.windows
    }

    fn end_word(&mut self) {
        self.windows = false;
        if std::mem::take(&mut self.in_word) {
            self.words.push(std::mem::take(&mut self.word));
        }
    }

    fn end_command(&mut self) {
        self.end_word();
        let words = std::mem::take(&mut self.words);
        if !words.is_empty() {
            self.commands.push(words);
        }
    }
}

/// The inside of a quotation; whether it ends.
fn quoted(
    quote: char,
    shell: bool,
    letters: &mut std::iter::Peekable<std::str::Chars>,
    word: &mut String,
    line: &mut usize,
) -> bool {
    while let Some(letter) = letters.next() {
        *line += usize::from(letter == '\n');
        match letter {
            letter if letter == quote => return true,
            '$' | '`' if shell && quote == '"' => {
                if !filled_in(letter, letters, word, line) {
                    return false;
                }
            }
            '\\' if quote == '"' => match letters.next() {
                Some(escaped @ ('"' | '\\' | '$' | '`')) => word.push(escaped),
                Some(other) => word.extend(['\\', other]),
                None => return false,
            },
            letter => word.push(letter),
        }
    }
    false
}

/// What the shell fills in, as it is written: `$(…)`, `${…}` or a command in backticks; whether it
/// ends.
fn filled_in(
    begin: char,
    letters: &mut std::iter::Peekable<std::str::Chars>,
    word: &mut String,
    line: &mut usize,
) -> bool {
    word.push(begin);
    let (open, close) = match (begin, letters.peek().copied()) {
        ('$', Some('(')) => ('(', ')'),
        ('$', Some('{')) => ('{', '}'),
        // One that stands alone is a letter.
        ('`', _) if letters.clone().any(|letter| letter == '`') => ('`', '`'),
        _ => return true,
    };
    let mut depth = usize::from(open == close);
    let mut quote = None;
    while let Some(letter) = letters.next() {
        *line += usize::from(letter == '\n');
        word.push(letter);
        match letter {
            '\\' => word.extend(letters.next()),
            _ if quote == Some(letter) => quote = None,
            _ if quote.is_some() => {}
            '\'' | '"' if open == '(' => quote = Some(letter),
            _ if letter == close => {
                depth -= 1;
                if depth == 0 {
                    return true;
                }
            }
            _ if letter == open => depth += 1,
            _ => {}
        }
    }
    false
}

/// Lines that go on in the next, as the shells of Unix, PowerShell and Windows have it.
fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        let end = line.trim_end();
        // The second of two backticks ends a command.
        let pairs = end.matches('`').count() % 2 == 0;
        match end.strip_suffix(['\\', '`', '^']) {
            Some(begun) if !(pairs && end.ends_with('`')) => {
                joined.push_str(begun);
                joined.push(' ');
            }
            _ => {
                joined.push_str(line);
                joined.push('\n');
            }
        }
    }
    joined
}
