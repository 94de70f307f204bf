//! Rules about attributes of container instances.

use super::Check;
use crate::refusal::Refusal;

/// 1 to 128 letters, digits and `- _ / \ .`
pub(crate) fn name(name: &str) -> Check {
    let fine = |letter: char| letter.is_ascii_alphanumeric() || "-_/\\.".contains(letter);
    if (1..=128).contains(&name.len()) && name.chars().all(fine) {
        return Ok(());
    }
    Err(Refusal::invalid(
        "Attribute names must be between 1 and 128 letters, numbers, hyphens, underscores, slashes, back slashes and periods.",
    ))
}

/// 1 to 128 of the same, of `@ :` and of spaces, which stand at neither end.
pub(crate) fn value(value: &str) -> Check {
    let fine = |letter: char| letter.is_ascii_alphanumeric() || "-_./\\@: ".contains(letter);
    let spaced = value.starts_with(' ') || value.ends_with(' ');
    if (1..=128).contains(&value.len()) && value.chars().all(fine) && !spaced {
        return Ok(());
    }
    Err(Refusal::invalid(
        "Attribute values must be between 1 and 128 letters, numbers, hyphens, underscores, periods, at signs, slashes, back slashes, colons and spaces, and can't start or end with a space.",
    ))
}

#[cfg(test)]
mod tests {
    use super::{name, value};

    #[test]
    fn the_table_of_attributes() {
        let long = "x".repeat(129);
        for (text, as_name, as_value) in [
            ("stack", true, true),
            ("a/b\\c.d-e_f", true, true),
            ("a b", false, true),
            ("a@b:c", false, true),
            (" a", false, false),
            ("a ", false, false),
            ("", false, false),
            ("ä", false, false),
            (&long[1..], true, true),
            (&long, false, false),
        ] {
            assert_eq!(name(text).is_ok(), as_name, "{text}");
            assert_eq!(value(text).is_ok(), as_value, "{text}");
        }
    }
}
