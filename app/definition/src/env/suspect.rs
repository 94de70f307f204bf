//! What looks like a secret among plain variables. A guess with a reason: it is pointed out, and
//! nothing more is done about it.

/// Why a variable looks like a secret; none when it does not.
pub fn looks_secret(name: &str, value: &str) -> Option<&'static str> {
    if says_nothing(value) {
        return None;
    }
    by_shape(value).or_else(|| by_name(name, value)).or_else(|| by_chance(name, value))
}

/// Values that hide nothing, whatever the name says.
fn says_nothing(value: &str) -> bool {
    let value = value.trim();
    let small_number = value.len() < 6 && value.bytes().all(|b| b.is_ascii_digit());
    let word = matches!(
        value.to_ascii_lowercase().as_str(),
        "" | "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "none" | "changeme"
    );
    // References and places to be filled in.
    let elsewhere = value.starts_with("arn:")
        || (value.starts_with("${") && value.ends_with('}'))
        || (value.starts_with("{{") && value.ends_with("}}"))
        || (value.starts_with('<') && value.ends_with('>'));
    small_number || word || elsewhere
}

/// What no other value looks like.
fn by_shape(value: &str) -> Option<&'static str> {
    if value.contains("-----BEGIN ") && value.contains("PRIVATE KEY") {
        return Some("It holds a private key.");
    }
    let words = || value.split(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c)));
    if words().any(is_aws_key_id) {
        return Some("It looks like the id of an AWS access key.");
    }
    if words().any(is_jwt) {
        return Some("It looks like a signed token (JWT).");
    }
    let tokens = [
        "ghp_",
        "gho_",
        "ghs_",
        "github_pat_",
        "glpat-",
        "xoxb-",
        "xoxp-",
        "xapp-",
        "sk_live_",
        "rk_live_",
        "npm_",
        "pypi-",
        "dop_v1_",
        "shpat_",
        "SG.",
    ];
    if tokens.iter().any(|start| value.starts_with(start) && value.len() >= start.len() + 16) {
        return Some("It begins like an access token.");
    }
    if value.starts_with("https://hooks.slack.com/services/") {
        return Some("Whoever has this address can post to it.");
    }
    has_password(value).then_some("It is an address with a password in it.")
}

fn is_aws_key_id(word: &str) -> bool {
    word.len() == 20
        && (word.starts_with("AKIA") || word.starts_with("ASIA"))
        && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

fn is_jwt(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    parts.len() == 3
        && parts[0].starts_with("eyJ")
        && parts[1].starts_with("eyJ")
        && parts[0].len() > 10
}

/// `scheme://user:password@host`.
fn has_password(value: &str) -> bool {
    let Some((_, rest)) = value.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((user, _)) = authority.rsplit_once('@') else { return false };
    user.split_once(':').is_some_and(|(_, password)| !says_nothing(password))
}

/// Last words of names that tell about a secret, and are none.
const ABOUT: &[&str] = &[
    "FILE",
    "PATH",
    "DIR",
    "ARN",
    "NAME",
    "URL",
    "URI",
    "ENDPOINT",
    "HOST",
    "TTL",
    "EXPIRY",
    "EXPIRES",
    "EXPIRATION",
    "LIFETIME",
    "LENGTH",
    "ENABLED",
    "DISABLED",
    "HEADER",
    "TIMEOUT",
    "COUNT",
    "LIMIT",
    "TYPE",
    "ALGORITHM",
    "ISSUER",
    "AUDIENCE",
    "REGION",
    "PREFIX",
    "POLICY",
    "VERSION",
    "ID",
    "SECONDS",
    "MINUTES",
    "DAYS",
    "PROVIDER",
    "STORE",
    "MODE",
    "USER",
    "USERNAME",
    "FIELD",
    "PARAMETER",
    "BUCKET",
    "REQUIRED",
];
/// What a key can be for.
const KEYS: &[&str] =
    &["API", "PRIVATE", "ACCESS", "SECRET", "SIGNING", "ENCRYPTION", "AUTH", "MASTER", "LICENSE"];

/// What its name says of it.
fn by_name(name: &str, value: &str) -> Option<&'static str> {
    let words = words_of(name);
    let last = words.last()?.as_str();
    if ABOUT.contains(&last) || value.starts_with('/') {
        return None;
    }
    let has = |word: &str| words.iter().any(|own| own == word);
    let pair = |one: &str, two: &str| words.windows(2).any(|w| w[0] == one && w[1] == two);
    if has("PASSWORD") || has("PASSWD") || has("PASSPHRASE") || has("PASS") {
        return Some("Its name says that it is a password.");
    }
    // Alone it is the working directory.
    if has("PWD") && words.len() > 1 {
        return Some("Its name says that it is a password.");
    }
    if has("SECRET") || has("SECRETS") {
        return Some("Its name says that it is a secret.");
    }
    if has("TOKEN") {
        return Some("Its name says that it is a token.");
    }
    if has("CREDENTIAL") || has("CREDENTIALS") || has("CREDS") {
        return Some("Its name says that it is a credential.");
    }
    let key = has("APIKEY") || KEYS.iter().any(|kind| pair(kind, "KEY"));
    key.then_some("Its name says that it is a key.")
}

/// The words of a name, in capitals: `dbPassword`, `db-password` and `DB_PASSWORD` are the same.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let hump = c.is_ascii_uppercase() && before.is_ascii_lowercase();
        if (hump || !c.is_ascii_alphanumeric()) && words.last().is_some_and(|w| !w.is_empty()) {
            words.push(String::new());
        }
        if c.is_ascii_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(c.to_ascii_uppercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A long value that looks drawn by chance.
fn by_chance(name: &str, value: &str) -> Option<&'static str> {
    let words = words_of(name);
    // Versions and sums are drawn by chance too, and are for everybody to see.
    let shown = [
        "SHA",
        "COMMIT",
        "REVISION",
        "REV",
        "VERSION",
        "BUILD",
        "DIGEST",
        "HASH",
        "CHECKSUM",
        "ID",
        "TAG",
        "RELEASE",
        "FINGERPRINT",
    ];
    if words.iter().any(|word| shown.contains(&word.as_str())) || value.starts_with('/') {
        return None;
    }
    let (mut lower, mut upper, mut digit) = (false, false, false);
    for b in value.bytes() {
        match b {
            b'a'..=b'z' => lower = true,
            b'A'..=b'Z' => upper = true,
            b'0'..=b'9' => digit = true,
            b'+' | b'/' | b'=' | b'_' | b'-' => {}
            _ => return None,
        }
    }
    let hex = value.len() >= 32 && value.bytes().all(|b| b.is_ascii_hexdigit());
    let random = (hex && digit && bits(value) >= 3.0)
        || (value.len() >= 24 && lower && upper && digit && bits(value) >= 4.0);
    random.then_some("It is long and looks drawn by chance, as keys are.")
}

/// Bits that each character carries.
fn bits(value: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in value.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let all = value.len() as f64;
    let share = |count: &u32| f64::from(*count) / all;
    counts.iter().filter(|count| **count > 0).map(share).map(|p| -p * p.log2()).sum()
}
