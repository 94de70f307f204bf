//! Which options of `docker run` take a value.

use crate::convert::started::Trouble;

/// Options without a value: Docker's, then those of Podman and nerdctl.
const SWITCHES: [&str; 27] = [
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
    "sig-proxy",
    "use-api-socket",
    "help",
    "env-host",
    "http-proxy",
    "insecure-registry",
    "no-hostname",
    "no-hosts",
    "passwd",
    "read-only-tmpfs",
    "replace",
    "rmi",
    "rootfs",
    "tls-verify",
    "unsetenv-all",
];

/// Whether an option has no value.
pub(super) fn is_switch(name: &str) -> bool {
    SWITCHES.contains(&name)
}

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
pub(super) fn split(
    word: &str,
    rest: &mut std::slice::Iter<'_, String>,
) -> Result<Vec<(String, Option<String>)>, Trouble> {
    let wanted = |name: &str, rest: &mut std::slice::Iter<'_, String>| match rest.next() {
        Some(value) => Ok(Some(value.clone())),
        None => Err(Trouble::whole(format!("The option --{name} has no value."))),
    };
    if let Some(long) = word.strip_prefix("--") {
        let (name, value) = match long.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (long, None),
        };
        let value = match value {
            None if is_switch(name)
                || rest.as_slice().first().is_some_and(|next| is_option(next)) =>
            {
                None
            }
            None => wanted(name, rest)?,
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
        if is_switch(name) {
            found.push(((*name).to_owned(), None));
            continue;
        }
        let stuck: String = letters.by_ref().collect();
        let stuck = stuck.strip_prefix('=').map(str::to_owned).unwrap_or(stuck);
        let value = if stuck.is_empty() { wanted(name, rest)? } else { Some(stuck) };
        found.push(((*name).to_owned(), value));
    }
    Ok(found)
}

/// Whether a word is an option, not a value such as `-1`, or `-` for what is read from elsewhere.
fn is_option(word: &str) -> bool {
    word.strip_prefix('-')
        .is_some_and(|rest| !rest.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit()))
}
