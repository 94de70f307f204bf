//! Which options of `docker run` take a value.

use crate::convert::started::Trouble;

/// Options without a value.
const SWITCHES: [&str; 12] = [
    "detach",
    "interactive",
    "tty",
    "rm",
    "privileged",
    "read-only",
    "init",
    "no-healthcheck",
    "oom-kill-disable",
    "publish-all",
    "quiet",
    "disable-content-trust",
];

/// Letters, with the option each stands for.
const LETTERS: [(char, &str); 16] = [
    ('d', "detach"),
    ('i', "interactive"),
    ('t', "tty"),
    ('P', "publish-all"),
    ('q', "quiet"),
    ('p', "publish"),
    ('e', "env"),
    ('v', "volume"),
    ('m', "memory"),
    ('u', "user"),
    ('w', "workdir"),
    ('l', "label"),
    ('h', "hostname"),
    ('c', "cpu-shares"),
    ('a', "attach"),
    ('n', "name"),
];

/// The options of a word, each with its value: `-it`, `-p80:80`, `--env=A=1`, `--name web`.
pub(super) fn split<'a>(
    word: &str,
    rest: &mut impl Iterator<Item = &'a String>,
) -> Result<Vec<(String, Option<String>)>, Trouble> {
    let mut wanted = |name: &str| match rest.next() {
        Some(value) => Ok(Some(value.clone())),
        None => Err(Trouble::whole(format!("The option --{name} has no value."))),
    };
    if let Some(long) = word.strip_prefix("--") {
        let (name, value) = match long.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (long, None),
        };
        let value = match value {
            None if !SWITCHES.contains(&name) => wanted(name)?,
            value => value,
        };
        return Ok(vec![(name.to_owned(), value)]);
    }
    let mut found = Vec::new();
    let mut letters = word.chars().skip(1);
    while let Some(letter) = letters.next() {
        let Some((_, name)) = LETTERS.iter().find(|(known, _)| *known == letter) else {
            return Err(Trouble::whole(format!("docker run has no option -{letter}.")));
        };
        if SWITCHES.contains(name) {
            found.push(((*name).to_owned(), None));
            continue;
        }
        let stuck: String = letters.by_ref().collect();
        let stuck = stuck.strip_prefix('=').map(str::to_owned).unwrap_or(stuck);
        let value = if stuck.is_empty() { wanted(name)? } else { Some(stuck) };
        found.push(((*name).to_owned(), value));
    }
    Ok(found)
}
