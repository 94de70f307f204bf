//! When a scheduled action runs: `at(…)`, `rate(…)` or `cron(…)`, in UTC.

use serde::{Deserialize, Serialize};

use crate::wire::time;

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

/// No schedule is looked for further ahead than this: a leap day is at most
/// eight years away.
const FAR_DAYS: i64 = 8 * 366;

/// A schedule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Schedule {
    At(i64),
    Every(i64),
    Cron(Box<Cron>),
}

/// The fields of a cron expression, as the numbers that they allow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Cron {
    minutes: Vec<i64>,
    hours: Vec<i64>,
    days: Option<Vec<i64>>,
    months: Vec<i64>,
    /// From Sunday, which is 1.
    weekdays: Option<Vec<i64>>,
    years: Vec<i64>,
}

impl Schedule {
    /// Reads an expression; none when it makes no sense.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.trim().split_once('(')?;
        let inner = rest.strip_suffix(')')?;
        match kind {
            "at" => time::read(&format!("{inner}Z").into()).map(Self::At),
            "rate" => {
                let (value, unit) = inner.split_once(' ')?;
                let value: i64 = value.parse().ok().filter(|it| (1..=100_000).contains(it))?;
                let unit = match unit.trim_end_matches('s') {
                    "minute" => MINUTE_MS,
                    "hour" => 60 * MINUTE_MS,
                    "day" => DAY_MS,
                    _ => return None,
                };
                Some(Self::Every(value * unit))
            }
            "cron" => Cron::parse(inner).map(|cron| Self::Cron(Box::new(cron))),
            _ => None,
        }
    }

    /// The first time after `now` and not before `begin`; none when it is over.
    pub(super) fn next(&self, now: i64, begin: i64) -> Option<i64> {
        match self {
            Self::At(at) => (*at > now).then_some(*at),
            Self::Every(every) => {
                let turns = (now - begin).div_euclid(*every) + 1;
                Some(begin + turns.max(1) * every)
            }
            Self::Cron(cron) => cron.next(now.max(begin - 1)),
        }
    }
}

impl Cron {
    fn parse(text: &str) -> Option<Self> {
        const MONTHS: [&str; 12] =
            ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
        const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minutes, hours, days, months, weekdays, years] = fields.as_slice() else {
            return None;
        };
        // One of the two must be left open, or they might contradict each other.
        if (*days == "?") == (*weekdays == "?") {
            return None;
        }
        Some(Self {
            minutes: field(minutes, 0, 59, &[])?,
            hours: field(hours, 0, 23, &[])?,
            days: if *days == "?" { None } else { Some(field(days, 1, 31, &[])?) },
            months: field(months, 1, 12, &MONTHS)?,
            weekdays: if *weekdays == "?" { None } else { Some(field(weekdays, 1, 7, &WEEKDAYS)?) },
            years: field(years, 1970, 2199, &[])?,
        })
    }

    fn next(&self, after: i64) -> Option<i64> {
        let first = after.div_euclid(DAY_MS);
        (first..first + FAR_DAYS).find_map(|day| {
            let (year, month, of_month) = time::civil(day);
            // The first of January 1970 was a Thursday.
            let weekday = (day + 4).rem_euclid(7) + 1;
            let allowed = |list: &Option<Vec<i64>>, it: i64| {
                list.as_ref().is_none_or(|list| list.contains(&it))
            };
            let fits = self.years.contains(&year)
                && self.months.contains(&month)
                && allowed(&self.days, of_month)
                && allowed(&self.weekdays, weekday);
            if !fits {
                return None;
            }
            let times = self.hours.iter().flat_map(|hour| {
                self.minutes.iter().map(move |minute| (hour * 60 + minute) * MINUTE_MS)
            });
            times.map(|time| day * DAY_MS + time).find(|at| *at > after)
        })
    }
}

/// `*`, `5`, `MON-FRI`, `0/15` and lists of them, as the numbers in ascending order.
fn field(text: &str, low: i64, high: i64, names: &[&str]) -> Option<Vec<i64>> {
    let number = |word: &str| -> Option<i64> {
        let named = names.iter().position(|name| name.eq_ignore_ascii_case(word));
        let number = match named {
            Some(at) => low + i64::try_from(at).ok()?,
            None => word.parse().ok()?,
        };
        (low..=high).contains(&number).then_some(number)
    };
    let mut all = Vec::new();
    for part in text.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse::<usize>().ok().filter(|step| *step > 0)?),
            None => (part, 1),
        };
        let (from, to) = match (range, range.split_once('-')) {
            ("*", _) => (low, high),
            (_, Some((from, to))) => (number(from)?, number(to)?),
            (_, None) if part.contains('/') => (number(range)?, high),
            _ => (number(range)?, number(range)?),
        };
        if from > to {
            return None;
        }
        all.extend((from..=to).step_by(step));
    }
    all.sort_unstable();
    all.dedup();
    Some(all)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Schedule;
    use crate::wire::time;

    fn at(text: &str) -> i64 {
        time::read(&json!(text)).expect("a time")
    }

    #[test]
    fn the_table_of_schedules() {
        let now = "2026-11-26T10:07:30Z";
        for (text, wanted) in [
            ("at(2026-12-24T18:00:00)", Some("2026-12-24T18:00:00Z")),
            ("at(2026-01-01T00:00:00)", None),
            ("rate(5 minutes)", Some("2026-11-26T10:12:30Z")),
            ("rate(1 hour)", Some("2026-11-26T11:07:30Z")),
            ("rate(1 day)", Some("2026-11-27T10:07:30Z")),
            ("cron(0 9 * * ? *)", Some("2026-11-27T09:00:00Z")),
            ("cron(0/15 * * * ? *)", Some("2026-11-26T10:15:00Z")),
            ("cron(30 18 ? * MON-FRI *)", Some("2026-11-26T18:30:00Z")),
            ("cron(0 8 ? * SUN *)", Some("2026-11-29T08:00:00Z")),
            ("cron(0 0 1 JAN,JUL ? *)", Some("2027-01-01T00:00:00Z")),
            ("cron(0 0 29 2 ? *)", Some("2028-02-29T00:00:00Z")),
            ("cron(0 0 1 1 ? 2020)", None),
        ] {
            let schedule = Schedule::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(schedule.next(at(now), at(now)), wanted.map(at), "{text}");
        }
        for odd in [
            "",
            "at()",
            "at(soon)",
            "rate(0 minutes)",
            "rate(5 weeks)",
            "cron(0 9 * * *)",
            "cron(0 9 * * * *)",
            "cron(0 9 ? * ? *)",
            "cron(60 9 * * ? *)",
            "cron(9-5 9 * * ? *)",
            "cron(0/0 9 * * ? *)",
            "every(5 minutes)",
        ] {
            assert_eq!(Schedule::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_rate_counts_from_its_begin() {
        let (begin, hour) = (at("2026-11-26T10:07:30Z"), 3_600_000);
        let schedule = Schedule::parse("rate(1 hour)").expect("a schedule");
        assert_eq!(schedule.next(begin + hour, begin), Some(begin + 2 * hour));
        assert_eq!(schedule.next(begin - 5 * hour, begin), Some(begin + hour));
    }
}
