//! Who started the tasks, as ECS is told.

/// How ECS shall call who started the tasks (R267): `berth/NAME`, in letters, digits and - / _ ,
/// 128 at most.
pub fn started_by(member: &str) -> String {
    let mut word = String::from("berth/");
    for letter in member.chars() {
        let fits = letter.is_ascii_alphanumeric() || "-_".contains(letter);
        let letter = if fits { letter } else { '-' };
        if word.len() < 128 && !(letter == '-' && word.ends_with(['-', '/'])) {
            word.push(letter);
        }
    }
    word.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_started_it_is_a_word_for_ecs() {
        for (name, word) in [
            ("Ada Lovelace", "berth/Ada-Lovelace"),
            ("Zoë  O'Neill", "berth/Zo-O-Neill"),
            ("ops_bot", "berth/ops_bot"),
            ("", "berth/"),
        ] {
            assert_eq!(started_by(name), word);
        }
        assert_eq!(started_by(&"x".repeat(300)).len(), 128);
    }
}
