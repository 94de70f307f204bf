//! Variables from lines of KEY=VALUE, as files for shells and containers hold them.

/// Reads lines: empty ones and comments are passed over, a leading `export` and quotes around a
/// value are taken off. The numbers of lines that can't be read come second.
pub fn read_lines(text: &str) -> (Vec<(String, String)>, Vec<usize>) {
    let (mut found, mut odd) = (Vec::new(), Vec::new());
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        match line.split_once('=') {
            Some((name, value)) if !name.trim().is_empty() && !name.trim().contains(' ') => {
                found.push((name.trim().to_owned(), unquoted(value.trim()).to_owned()));
            }
            _ => odd.push(at + 1),
        }
    }
    (found, odd)
}

fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote)) {
            return inner;
        }
    }
    value
}

/// Puts variables among those that are there; one of the same name takes the new value.
pub fn merge(rows: &mut Vec<(String, String)>, new: Vec<(String, String)>) {
    for (name, value) in new {
        match rows.iter_mut().find(|row| row.0 == name) {
            Some(row) => row.1 = value,
            None => rows.push((name, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read() {
        let text = "# a comment\n\nA=1\nexport B = \"two words\"\nURL=http://x/?a=b\nodd\nC='x'\n two words=1\nD=";
        let (found, odd) = read_lines(text);
        let found: Vec<_> = found.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(
            found,
            [("A", "1"), ("B", "two words"), ("URL", "http://x/?a=b"), ("C", "x"), ("D", "")]
        );
        assert_eq!(odd, [6, 8]);
    }

    #[test]
    fn the_same_name_takes_the_new_value() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let mut rows = vec![pair("A", "1"), pair("B", "2")];
        merge(&mut rows, vec![pair("B", "3"), pair("C", "4")]);
        assert_eq!(rows, [pair("A", "1"), pair("B", "3"), pair("C", "4")]);
    }
}
