//! Numbers with their nouns, right in the singular too.

use std::fmt::Display;

/// A number as people read it: `5,000`.
pub fn number<N: Display>(count: N) -> String {
    let digits = count.to_string();
    let mut said = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

/// `1 service`, `3 services`; for nouns whose plural adds an s.
pub fn counted<N: Display + PartialEq + From<u8>>(count: N, noun: &str) -> String {
    let plural = if count == N::from(1) { "" } else { "s" };
    format!("{} {noun}{plural}", number(count))
}

/// `1 task`, `3 tasks`.
pub fn tasks<N: Display + PartialEq + From<u8>>(count: N) -> String {
    counted(count, "task")
}

/// `no containers`, `1 container: web`, `2 containers: web, db`.
pub fn container_words(names: &[String]) -> String {
    if names.is_empty() {
        return "no containers".to_owned();
    }
    let named = |name: &String| if name.is_empty() { "nameless".to_owned() } else { name.clone() };
    let list: Vec<String> = names.iter().map(named).collect();
    format!("{}: {}", counted(names.len(), "container"), list.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        for (count, said) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"), (1_234_567, "1,234,567")]
        {
            assert_eq!(number(count), said);
        }
    }

    #[test]
    fn one_is_singular() {
        for (count, said) in [(0_u32, "0 tasks"), (1, "1 task"), (2, "2 tasks"), (21, "21 tasks")] {
            assert_eq!(tasks(count), said);
        }
        assert_eq!(counted(1_usize, "older revision"), "1 older revision");
    }

    #[test]
    fn containers_are_counted_and_named() {
        for (names, said) in [
            (&[][..], "no containers"),
            (&["web"], "1 container: web"),
            (&["web", ""], "2 containers: web, nameless"),
        ] {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(container_words(&names), said);
        }
    }
}
