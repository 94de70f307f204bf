//! What goes wrong on purpose.

use serde::{Deserialize, Serialize};

use crate::names::RequestToken;
use crate::words::number;

/// Every operation, where one may be named.
pub const EVERY: &str = "*";

/// Trouble for demos and training; all off by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Weather {
    /// ECS can't be reached.
    pub outage: bool,
    /// The operation that the console has no right to, or [`EVERY`].
    pub deny: Option<String>,
    /// The console's credentials have expired.
    pub expired: bool,
    /// The operation that is asked too often, or [`EVERY`].
    pub throttle: Option<String>,
    /// Requests over the quotas of ECS are throttled.
    pub quotas: bool,
    /// How late every answer is, in milliseconds.
    pub latency_ms: u64,
    /// How long a change is not seen by calls that only read, in milliseconds of the world.
    pub lag_ms: u64,
}

/// One kind of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members of Weather, in their order")]
pub enum Kind {
    Outage,
    Denied,
    Expired,
    Throttled,
    Quotas,
    Latency,
    Lag,
}

/// What a kind is set by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// On or off.
    Switch,
    /// The name of an operation, `all` or `none`.
    Operation,
    /// A time; 0 is off.
    Milliseconds,
}

impl Kind {
    /// Each of them.
    pub const ALL: [Self; 7] = [
        Self::Outage,
        Self::Denied,
        Self::Expired,
        Self::Throttled,
        Self::Quotas,
        Self::Latency,
        Self::Lag,
    ];

    /// The name of its field: that of the switch of `berth sandbox`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Outage => "outage",
            Self::Denied => "deny",
            Self::Expired => "expired",
            Self::Throttled => "throttle",
            Self::Quotas => "quotas",
            Self::Latency => "latency",
            Self::Lag => "lag",
        }
    }

    /// What it is set by.
    pub fn input(self) -> Input {
        match self {
            Self::Outage | Self::Expired | Self::Quotas => Input::Switch,
            Self::Denied | Self::Throttled => Input::Operation,
            Self::Latency | Self::Lag => Input::Milliseconds,
        }
    }
}

impl Weather {
    /// Whether nothing goes wrong on purpose.
    pub fn is_fair(&self) -> bool {
        *self == Self::default()
    }

    /// What a kind does now, in a few words; `None` while it is off.
    pub fn of(&self, kind: Kind) -> Option<String> {
        let operation = |name: &Option<String>, what: &str| {
            name.as_ref().map(|name| match name.as_str() {
                EVERY => format!("every operation {what}"),
                name => format!("{name} {what}"),
            })
        };
        let late = |ms: u64, what: &str| (ms > 0).then(|| format!("{what} {} ms late", number(ms)));
        match kind {
            Kind::Outage => self.outage.then(|| "outage".to_owned()),
            Kind::Denied => operation(&self.deny, "denied"),
            Kind::Expired => self.expired.then(|| "credentials expired".to_owned()),
            Kind::Throttled => operation(&self.throttle, "throttled"),
            Kind::Quotas => self.quotas.then(|| "request quotas".to_owned()),
            Kind::Latency => late(self.latency_ms, "answers"),
            Kind::Lag => late(self.lag_ms, "changes seen"),
        }
    }

    /// All of it in one line: `outage, StopTask denied`, or `fair`.
    pub fn said(&self) -> String {
        if self.is_fair() {
            return "fair".to_owned();
        }
        let words: Vec<String> = Kind::ALL.into_iter().filter_map(|kind| self.of(kind)).collect();
        words.join(", ")
    }

    /// A kind as its field holds it.
    pub fn value(&self, kind: Kind) -> String {
        let switch = |on: bool| if on { "on" } else { "off" }.to_owned();
        let operation = |name: &Option<String>| match name.as_deref() {
            None => "none".to_owned(),
            Some(EVERY) => "all".to_owned(),
            Some(name) => name.to_owned(),
        };
        match kind {
            Kind::Outage => switch(self.outage),
            Kind::Denied => operation(&self.deny),
            Kind::Expired => switch(self.expired),
            Kind::Throttled => operation(&self.throttle),
            Kind::Quotas => switch(self.quotas),
            Kind::Latency => self.latency_ms.to_string(),
            Kind::Lag => self.lag_ms.to_string(),
        }
    }
}

/// What the page needs beside the weather itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeatherData {
    /// The operations of ECS that the console calls.
    pub operations: Vec<String>,
    /// The token of this page's forms when they are posted without scripts.
    pub token: RequestToken,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_it_fits_in_one_line() {
        assert_eq!(Weather::default().said(), "fair");
        let weather = Weather {
            outage: true,
            deny: Some("StopTask".into()),
            throttle: Some(EVERY.into()),
            latency_ms: 1_500,
            lag_ms: 20,
            ..Weather::default()
        };
        assert_eq!(
            weather.said(),
            "outage, StopTask denied, every operation throttled, answers 1,500 ms late, \
             changes seen 20 ms late"
        );
    }
}
