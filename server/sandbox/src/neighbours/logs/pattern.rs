//! Filter patterns of unstructured lines: every plain term must be there, one of
//! the `?optional` ones, and none of the `-excluded` ones.

use crate::refusal::Refusal;

/// A pattern, read.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Pattern {
    all: Vec<String>,
    any: Vec<String>,
    none: Vec<String>,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// InvalidParameterException for a quote without its end, and for the patterns of JSON and
    /// of columns, which the sandbox does not know.
    pub(super) fn read(text: &str) -> Result<Self, Refusal> {
        let mut pattern = Self::default();
        let mut rest = text.trim();
        if rest.starts_with(['{', '[']) {
            return Err(Refusal::invalid("Invalid filter pattern: only terms are known here."));
        }
        while !rest.is_empty() {
            let (list, after) = match rest.split_at_checked(1) {
                Some(("?", after)) => (&mut pattern.any, after),
                Some(("-", after)) => (&mut pattern.none, after),
                _ => (&mut pattern.all, rest),
            };
            let (term, more) = match after.strip_prefix('"') {
                Some(quoted) => quoted
                    .split_once('"')
                    .ok_or_else(|| Refusal::invalid("Invalid filter pattern"))?,
                None => after.split_once(' ').unwrap_or((after, "")),
            };
            if !term.is_empty() {
                list.push(term.to_owned());
            }
            rest = more.trim_start();
        }
        Ok(pattern)
    }

    /// Whether a line is meant.
    pub(super) fn fits(&self, line: &str) -> bool {
        let has = |term: &String| line.contains(term.as_str());
        self.all.iter().all(has)
            && (self.any.is_empty() || self.any.iter().any(has))
            && !self.none.iter().any(has)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn terms_are_needed_optional_or_excluded() {
        let line = "ERROR fatal: giving up, exit code 1";
        for (pattern, fits) in [
            ("", true),
            ("ERROR", true),
            ("error", false),
            ("ERROR code", true),
            ("ERROR WARN", false),
            ("?ERROR ?WARN", true),
            ("?INFO ?WARN", false),
            ("ERROR -fatal", false),
            ("\"giving up\"", true),
            ("\"up giving\"", false),
            ("-\"giving up\"", false),
            ("ERROR -", true),
        ] {
            let read = Pattern::read(pattern).expect(pattern);
            assert_eq!(read.fits(line), fits, "{pattern}");
        }
        for pattern in ["{ $.level = 1 }", "[a, b]", "\"open"] {
            assert!(Pattern::read(pattern).is_err(), "{pattern}");
        }
    }
}
