//! Looks for credentials in plain variables (R100): everybody who may read a task definition reads
//! them. A name alone does not tell, nor does a value; both are read as people write them.

use super::{Place, Task};
use crate::finding::Findings;

/// Words in a name that say a secret follows.
const NAMES: [&str; 12] = [
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "SECRET",
    "TOKEN",
    "API_KEY",
    "APIKEY",
    "PRIVATE_KEY",
    "ACCESS_KEY",
    "CREDENTIALS",
    "CREDENTIAL",
    "PWD",
];

/// Words behind them that say the value is something about the secret, not the secret.
const ABOUT: [&str; 16] = [
    "ARN", "URL", "URI", "NAME", "FILE", "PATH", "ID", "TTL", "EXPIRY", "EXPIRES", "LENGTH",
    "HEADER", "ENDPOINT", "REGION", "TYPE", "ENABLED",
];

/// Beginnings of values that services give out as credentials.
const VALUES: [&str; 13] = [
    "AKIA",
    "ASIA",
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "sk_live_",
    "rk_live_",
    "AIza",
    "SG.",
];

pub(super) fn check(task: Task<'_>, found: &mut Findings) {
    for container in task.containers {
        for variable in container.items("environment") {
            if tells(&variable) {
                found.advise(
                    "R100",
                    variable.at("value"),
                    "This looks like a credential. Everybody who may read the task definition reads it here: keep it in Secrets Manager or Parameter Store, and refer to it as a secret.",
                );
            }
        }
    }
}

fn tells(variable: &Place<'_>) -> bool {
    let (name, value) = (variable.text("name"), variable.text("value"));
    is_credential(value) || (is_secret_name(name) && is_filled(value))
}

/// Whether the value is one, and no switch, number or stand-in.
fn is_filled(value: &str) -> bool {
    let plain = matches!(value.to_ascii_lowercase().as_str(), "" | "true" | "false" | "none");
    let number = value.len() < 6 && value.bytes().all(|byte| byte.is_ascii_digit());
    let reference = value.starts_with("arn:") || value.starts_with('/');
    !plain && !number && !reference && !value.contains(['<', '$', '{'])
}

fn is_secret_name(name: &str) -> bool {
    // Names are short; hundreds of them are read after every key.
    let last = name.rsplit(['_', '-', '.']).next().unwrap_or_default();
    if ABOUT.iter().any(|about| last.eq_ignore_ascii_case(about)) {
        return false;
    }
    NAMES.iter().any(|word| ends_in_word(name, word))
}

/// Whether a name holds a word of its own: `DB_PASSWORD`, `dbPassword`, but no `TOKENIZER`.
fn ends_in_word(name: &str, word: &str) -> bool {
    let same = |a: u8, b: u8| {
        let a = if matches!(a, b'-' | b'.') { b'_' } else { a };
        a.eq_ignore_ascii_case(&b)
    };
    let (name, word) = (name.as_bytes(), word.as_bytes());
    let mut windows = name.windows(word.len()).enumerate();
    windows.any(|(at, window)| {
        let fits = window.iter().zip(word).all(|(a, b)| same(*a, *b));
        let after = name.get(at + word.len());
        let ends = after
            .is_none_or(|next| !next.is_ascii_lowercase() && !next.is_ascii_uppercase())
            || after
                .is_some_and(|next| next.is_ascii_uppercase() && window[0].is_ascii_lowercase());
        fits && ends
    })
}

/// Whether a value is one that a service gave out as a credential, or an address with a password.
pub fn is_credential(value: &str) -> bool {
    let long = |start: &str| value.starts_with(start) && value.len() >= 16 && !value.contains(' ');
    VALUES.iter().any(|start| long(start))
        || (value.contains("-----BEGIN") && value.contains("PRIVATE KEY"))
        || url_with_password(value)
}

/// `scheme://user:password@host`
fn url_with_password(value: &str) -> bool {
    let Some((_, rest)) = value.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((user, _)) = authority.rsplit_once('@') else { return false };
    user.split_once(':').is_some_and(|(_, password)| is_filled(password))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell() {
        for name in [
            "PASSWORD",
            "DB_PASSWORD",
            "dbPassword",
            "API_KEY",
            "api-key",
            "GITHUB_TOKEN",
            "AWS_SECRET_ACCESS_KEY",
            "PASSWORD_1",
            "tokenValue",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "TOKENIZER",
            "SECRET_ARN",
            "PASSWORD_FILE",
            "TOKEN_TTL",
            "API_KEY_NAME",
            "PATH",
            "KEY",
            "",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn values_tell() {
        for value in [
            "AKIAIOSFODNN7EXAMPLE",
            "postgres://app:hunter2@db/app",
            "-----BEGIN RSA PRIVATE KEY-----\nMII",
            "ghp_0123456789abcdef0123",
        ] {
            assert!(is_credential(value), "{value}");
        }
        for value in [
            "AKIA",
            "https://example.com/a:b@c",
            "postgres://app@db",
            "amqp://u:${PASS}@mq",
            "-----BEGIN CERTIFICATE-----",
        ] {
            assert!(!is_credential(value), "{value}");
        }
        for value in ["", "true", "30", "arn:aws:ssm:x", "/app/key", "${PASS}", "<secret>"] {
            assert!(!is_filled(value), "{value}");
        }
    }
}
