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
                if !quoted(letter, &mut letters, &mut reader.word, &mut line) {
                    return Err(Trouble::at(
                        begun,
                        1,
                        format!("A quotation that begins with {letter} in this line has no end."),
                    ));
                }
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
}

impl Reader {
    fn begin(&mut self) {
        self.in_word = true;
    }

    fn end_word(&mut self) {
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
    letters: &mut std::iter::Peekable<std::str::Chars>,
    word: &mut String,
    line: &mut usize,
) -> bool {
    while let Some(letter) = letters.next() {
        *line += usize::from(letter == '\n');
        match letter {
            letter if letter == quote => return true,
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

/// Lines that go on in the next, as the shells of Unix, PowerShell and Windows have it.
fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        let end = line.trim_end();
        match end.strip_suffix(['\\', '`', '^']) {
            Some(begun) => {
                joined.push_str(begun);
                joined.push(' ');
            }
            None => {
                joined.push_str(line);
                joined.push('\n');
            }
        }
    }
    joined
}
