//! What a container does once it runs. An imaginary image has no program, so
//! its tag, or the variable `SANDBOX_BEHAVIOUR`, says how it behaves.

use serde::{Deserialize, Serialize};

/// How a container behaves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Behaviour {
    /// Runs until it is told to stop, then ends with 0.
    Runs,
    /// Ends by itself.
    Exits { code: i32, after_seconds: i64 },
    /// Is killed for using too much memory.
    OutOfMemory { after_seconds: i64 },
    /// Its image cannot be pulled.
    CannotPull(Pull),
    /// The first of its secrets cannot be fetched.
    NoSecret(Secret),
    /// Its health checks never pass.
    Unhealthy,
    /// Needs this long until it is healthy.
    SlowStart { seconds: i64 },
    /// Does not end on SIGTERM and is killed after its stop timeout.
    IgnoresSigterm,
}

/// Why an image cannot be pulled.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Pull {
    NotFound,
    Denied,
    /// The registry cannot be reached from the task's subnet.
    NoRoute,
}

/// Why a secret cannot be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Secret {
    Denied,
    NotFound,
}

impl Behaviour {
    /// The behaviour named by the variable, else by the end of the image's tag.
    pub(crate) fn of(image: &str, variable: Option<&str>) -> Self {
        if let Some(behaviour) = variable.and_then(Self::parse) {
            return behaviour;
        }
        let name = image.split('@').next().unwrap_or_default();
        let tag = name.rsplit('/').next().and_then(|last| last.split_once(':')).map(|(_, tag)| tag);
        let Some(tag) = tag else {
            return Self::Runs;
        };
        // "2.4.1-crash-1-after-20s": the behaviour is the longest known ending.
        std::iter::once(tag)
            .chain(tag.match_indices('-').filter_map(|(at, _)| tag.get(at + 1..)))
            .find_map(Self::parse)
            .unwrap_or(Self::Runs)
    }

    fn parse(word: &str) -> Option<Self> {
        match word {
            "runs" => return Some(Self::Runs),
            "image-not-found" => return Some(Self::CannotPull(Pull::NotFound)),
            "image-denied" => return Some(Self::CannotPull(Pull::Denied)),
            "image-no-route" => return Some(Self::CannotPull(Pull::NoRoute)),
            "secret-denied" => return Some(Self::NoSecret(Secret::Denied)),
            "secret-not-found" => return Some(Self::NoSecret(Secret::NotFound)),
            "unhealthy" => return Some(Self::Unhealthy),
            "ignores-sigterm" => return Some(Self::IgnoresSigterm),
            _ => {}
        }
        if let Some(rest) = word.strip_prefix("slow-start-") {
            return Some(Self::SlowStart { seconds: seconds(rest)? });
        }
        if let Some(rest) = word.strip_prefix("oom-after-") {
            return Some(Self::OutOfMemory { after_seconds: seconds(rest)? });
        }
        let rest = word.strip_prefix("exit-").or_else(|| word.strip_prefix("crash-"))?;
        let (code, after) = rest.split_once("-after-")?;
        Some(Self::Exits { code: code.parse::<u8>().ok()?.into(), after_seconds: seconds(after)? })
    }

    /// When and how the container ends by itself: seconds, exit code, reason.
    pub(crate) fn end(self) -> Option<(i64, i32, Option<&'static str>)> {
        match self {
            Self::Exits { code, after_seconds } => Some((after_seconds, code, None)),
            Self::OutOfMemory { after_seconds } => Some((
                after_seconds,
                137,
                Some("OutOfMemoryError: Container killed due to memory usage"),
            )),
            _ => None,
        }
    }

    /// Seconds from start until health checks pass; `None` if they never do.
    pub(crate) fn healthy_after(self) -> Option<i64> {
        match self {
            Self::Unhealthy => None,
            Self::SlowStart { seconds } => Some(seconds),
            _ => Some(0),
        }
    }
}

/// "30s" to 30, at most a day: a longer wish is a typing error.
fn seconds(text: &str) -> Option<i64> {
    let number: u32 = text.strip_suffix('s')?.parse().ok()?;
    (number <= 86_400).then_some(i64::from(number))
}

#[cfg(test)]
mod tests {
    use super::{Behaviour, Pull, Secret};

    #[test]
    fn the_tag_names_the_behaviour() {
        let table = [
            ("redis", Behaviour::Runs),
            ("redis:7.2", Behaviour::Runs),
            ("host:5000/redis", Behaviour::Runs),
            ("shop/job:1.4-exit-0-after-30s", Behaviour::Exits { code: 0, after_seconds: 30 }),
            ("job:crash-1-after-20s", Behaviour::Exits { code: 1, after_seconds: 20 }),
            ("job:oom-after-60s", Behaviour::OutOfMemory { after_seconds: 60 }),
            ("job:v2-image-not-found", Behaviour::CannotPull(Pull::NotFound)),
            ("job:v2-image-denied", Behaviour::CannotPull(Pull::Denied)),
            ("job:v2-image-no-route", Behaviour::CannotPull(Pull::NoRoute)),
            ("job:secret-denied", Behaviour::NoSecret(Secret::Denied)),
            ("job:secret-not-found", Behaviour::NoSecret(Secret::NotFound)),
            ("job:unhealthy", Behaviour::Unhealthy),
            ("job:slow-start-60s", Behaviour::SlowStart { seconds: 60 }),
            ("job:ignores-sigterm", Behaviour::IgnoresSigterm),
            ("job:exit-0-after-99999999s", Behaviour::Runs),
            ("job:exit-900-after-3s", Behaviour::Runs),
        ];
        for (image, wanted) in table {
            assert_eq!(Behaviour::of(image, None), wanted, "{image}");
        }
    }

    #[test]
    fn the_variable_wins_over_the_tag() {
        assert_eq!(Behaviour::of("job:unhealthy", Some("runs")), Behaviour::Runs);
    }
}
