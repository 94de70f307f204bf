//! What Enter writes: the next line begins where a person would begin it.

/// What to write at a cursor, and how many characters the cursor then goes back.
pub fn line_break(text: &str, offset: usize) -> (String, usize) {
    let before = text.get(..offset).unwrap_or_default();
    let after = text.get(offset..).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let opener = line.trim_end().chars().next_back();
    let closer = after.trim_start_matches([' ', '\t']).chars().next();
    match (opener, closer) {
        (Some('{'), Some('}')) | (Some('['), Some(']')) => {
            let end = format!("\n{indent}");
            (format!("\n{indent}{}{end}", unit(text)), end.chars().count())
        }
        (Some('{' | '['), _) => (format!("\n{indent}{}", unit(text)), 0),
        _ => (format!("\n{indent}"), 0),
    }
}

/// One level of indentation: that of the first line that has any.
fn unit(text: &str) -> &str {
    text.lines()
        .find_map(|line| {
            let length = line.len() - line.trim_start_matches([' ', '\t']).len();
            (length > 0 && length < line.len()).then(|| &line[..length])
        })
        .unwrap_or("  ")
}
