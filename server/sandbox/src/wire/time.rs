//! Times on the wire: a number in JSON and CBOR, a text in forms and XML.

use serde_json::Value;

/// Members that are times: CBOR and XML write them in their own way, and a
/// document has no other sign of it.
const NAMES: [&str; 5] = ["Timestamp", "Timestamps", "StartTime", "EndTime", "CreateDate"];

/// Whether a member of this name holds a time.
pub(crate) fn is(name: &str) -> bool {
    NAMES.contains(&name)
}

/// Milliseconds since the epoch: from seconds, or from `2026-01-31T12:00:00Z`.
pub(crate) fn read(value: &Value) -> Option<i64> {
    if let Some(text) = value.as_str() {
        return parsed(text);
    }
    let seconds = value.as_f64().filter(|seconds| seconds.abs() < 1e12)?;
    Some((seconds * 1_000.0) as i64)
}

fn parsed(text: &str) -> Option<i64> {
    let (date, clock) = text.split_once('T')?;
    let clock = clock.strip_suffix('Z').or_else(|| clock.strip_suffix("+00:00"))?;
    let clock = clock.split('.').next()?;
    let numbers = |text: &str, mark: char| -> Option<[i64; 3]> {
        let parts: Vec<i64> =
            text.split(mark).map(|part| part.parse().ok()).collect::<Option<_>>()?;
        parts.try_into().ok()
    };
    let [year, month, day] = numbers(date, '-')?;
    let [hour, minute, second] = numbers(clock, ':')?;
    let fits =
        (1970..10_000).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let fits = fits && (0..24).contains(&hour) && (0..60).contains(&minute);
    if !fits || !(0..=60).contains(&second) {
        return None;
    }
    // Days since the epoch, with years that begin in March (Howard Hinnant's algorithm).
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Some((((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000)
}

/// `2026-01-31T12:00:00Z` of seconds since the epoch.
pub(crate) fn text(seconds: i64) -> String {
    let second = seconds.rem_euclid(86_400);
    let (year, month, day) = civil(seconds.div_euclid(86_400));
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}Z", second % 60)
}

/// Year, month and day of a day since the epoch.
pub(crate) fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march + 2) / 5 + 1;
    let month = if march < 10 { march + 3 } else { march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{read, text};

    #[test]
    fn times_go_out_and_come_back() {
        for (seconds, shown) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_790_000_000, "2026-09-21T14:13:20Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
        ] {
            assert_eq!(text(seconds), shown);
            assert_eq!(read(&json!(shown)), Some(seconds * 1_000));
            assert_eq!(read(&json!(seconds)), Some(seconds * 1_000));
        }
        for odd in [json!("yesterday"), json!("2026-13-01T00:00:00Z"), json!(1e300), json!([])] {
            assert_eq!(read(&odd), None, "{odd}");
        }
        assert_eq!(read(&json!("2026-09-21T14:13:20.5+00:00")), Some(1_790_000_000_000));
    }
}
