//! Numbers with their nouns, right in the singular too.

use std::fmt::Display;

/// `1 service`, `3 services`; for nouns whose plural adds an s.
pub fn counted<N: Display + PartialEq + From<u8>>(count: N, noun: &str) -> String {
    let plural = if count == N::from(1) { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// `1 task`, `3 tasks`.
pub fn tasks<N: Display + PartialEq + From<u8>>(count: N) -> String {
    counted(count, "task")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular() {
        for (count, said) in [(0_u32, "0 tasks"), (1, "1 task"), (2, "2 tasks"), (21, "21 tasks")] {
            assert_eq!(tasks(count), said);
        }
        assert_eq!(counted(1_usize, "older revision"), "1 older revision");
    }
}
