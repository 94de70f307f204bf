//! One type for every moment: milliseconds since 1970-01-01 UTC, as AWS and the store count them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// A moment from milliseconds since 1970 (UTC).
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since 1970 (UTC).
    pub const fn ms(self) -> i64 {
        self.0
    }

    /// The same moment, `ms` milliseconds later (earlier when negative).
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment; never negative.
    pub fn ms_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).max(0)
    }

    /// `2026-11-21T09:30:05Z`, for `<time datetime>` and for machines.
    pub fn rfc3339(self) -> String {
        let (date, time) = self.parts();
        format!("{date}T{time}Z")
    }

    /// `2026-11-21 09:30:05 UTC`, the exact time a person reads on hover.
    pub fn exact(self) -> String {
        let (date, time) = self.parts();
        format!("{date} {time} UTC")
    }

    /// How long ago, in the largest fitting unit: `just now`, `12 s ago`, `5 min ago`, `3 h ago`,
    /// `2 d ago`. A moment in the future (clocks differ a little) reads `just now`.
    pub fn ago(self, now: Self) -> String {
        let seconds = now.ms_since(self) / 1000;
        if seconds < 1 { "just now".to_owned() } else { format!("{} ago", span_text(seconds)) }
    }

    /// How long it still takes, as [`Self::ago`]: `in 12 s`, or `now`.
    pub fn ahead(self, now: Self) -> String {
        let seconds = (self.ms_since(now) + 999) / 1000;
        if seconds < 1 { "now".to_owned() } else { format!("in {}", span_text(seconds)) }
    }

    /// How long from `earlier` to this moment: `8 s`, `5 min`, `3 h`, `2 d`.
    pub fn span_since(self, earlier: Self) -> String {
        span_text(self.ms_since(earlier) / 1000)
    }

    fn parts(self) -> (String, String) {
        // Out of the calendar's range only for absurd input; the epoch is an honest "unknown".
        let at = OffsetDateTime::from_unix_timestamp(self.0.div_euclid(1000))
            .unwrap_or(OffsetDateTime::UNIX_EPOCH);
        (
            format!("{:04}-{:02}-{:02}", at.year(), u8::from(at.month()), at.day()),
            format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second()),
        )
    }
}

/// A length of time in its largest fitting unit, rounded down.
fn span_text(seconds: i64) -> String {
    match seconds {
        ..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..86_400 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_a_person_would_say_it() {
        let then = Timestamp::from_ms(1_700_000_000_000);
        for (later_ms, said) in [
            (-5_000, "just now"),
            (0, "just now"),
            (999, "just now"),
            (1_000, "1 s ago"),
            (59_999, "59 s ago"),
            (60_000, "1 min ago"),
            (3_599_000, "59 min ago"),
            (3_600_000, "1 h ago"),
            (86_400_000, "1 d ago"),
            (86_400_000 * 40, "40 d ago"),
        ] {
            assert_eq!(then.ago(then.plus_ms(later_ms)), said);
        }
    }

    #[test]
    fn counts_down_to_now() {
        let then = Timestamp::from_ms(1_700_000_000_000);
        for (earlier_ms, said) in
            [(-1, "now"), (0, "now"), (1, "in 1 s"), (1_001, "in 2 s"), (60_000, "in 1 min")]
        {
            assert_eq!(then.ahead(then.plus_ms(-earlier_ms)), said);
        }
    }

    #[test]
    fn writes_the_exact_moment() {
        for (ms, rfc3339) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (1_709_210_096_999, "2024-02-29T12:34:56Z"),
        ] {
            assert_eq!(Timestamp::from_ms(ms).rfc3339(), rfc3339);
        }
        assert_eq!(Timestamp::from_ms(1_709_210_096_999).exact(), "2024-02-29 12:34:56 UTC");
    }
}
