//! The words of a shell line, by the shell's rules of quoting, and back. Nothing is put in for
//! variables and no file is looked for: ECS starts the program without a shell.

/// Splits a line into words. A quote that is not closed is an error.
pub fn split(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next() {
                        Some('\'') => break,
                        Some(inner) => word.push(inner),
                        None => return Err("The quote ' is not closed.".to_owned()),
                    }
                }
            }
            '"' => double_quoted(&mut chars, word.get_or_insert_default())?,
            '\\' => match chars.next() {
                // A line that goes on.
                Some('\n') => {}
                Some(next) => word.get_or_insert_default().push(next),
                None => return Err("Nothing stands after the last \\.".to_owned()),
            },
            space if space.is_whitespace() => words.extend(word.take()),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    Ok(words)
}

fn double_quoted(chars: &mut std::str::Chars<'_>, word: &mut String) -> Result<(), String> {
    loop {
        match chars.next() {
            Some('"') => return Ok(()),
            Some('\\') => match chars.next() {
                Some('\n') => {}
                Some(own @ ('"' | '\\' | '$' | '`')) => word.push(own),
                Some(other) => word.extend(['\\', other]),
                None => return Err("The quote \" is not closed.".to_owned()),
            },
            Some(other) => word.push(other),
            None => return Err("The quote \" is not closed.".to_owned()),
        }
    }
}

/// The line that splits into these words.
pub fn join<T: AsRef<str>>(words: &[T]) -> String {
    words.iter().map(|word| quoted(word.as_ref())).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,~^{}".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// What in a line only a shell understands: the program would get it as it is.
pub fn shell_only(line: &str) -> Option<&'static str> {
    let mut quote = None;
    let mut before = ' ';
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let found = match (quote, c) {
            (None, '\'' | '"') => {
                quote = Some(c);
                None
            }
            (Some(open), close) if open == close => {
                quote = None;
                None
            }
            (Some('\''), _) => None,
            (_, '\\') => {
                chars.next();
                None
            }
            (_, '$') if chars.peek().is_some_and(|c| c.is_alphabetic() || "_{(".contains(*c)) => {
                Some("$")
            }
            (_, '`') => Some("`"),
            (None, '|') => Some("|"),
            (None, ';') => Some(";"),
            (None, '>') => Some(">"),
            (None, '<') => Some("<"),
            (None, '&') => Some("&"),
            (None, '*') if before.is_whitespace() || before == '/' => Some("*"),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        before = c;
    }
    None
}
