//! What is sent to change the weather, and what of it holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::{EVERY, Kind, Weather};
use crate::error::{AppError, FieldErrors};

/// The field that sets everything back.
pub const CLEAR: &str = "clear";
/// Ten minutes: far longer than anything waits.
pub const MS_MAX: u64 = 600_000;

/// Kinds of weather with what they shall become, by [`Kind::key`]; what is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WeatherDraft(BTreeMap<String, String>);

impl WeatherDraft {
    /// One kind.
    pub fn of(kind: Kind, value: impl Into<String>) -> Self {
        Self(BTreeMap::from([(kind.key().to_owned(), value.into())]))
    }

    /// Everything back to fair.
    pub fn clear() -> Self {
        Self(BTreeMap::from([(CLEAR.to_owned(), "all".to_owned())]))
    }

    /// The weather after it, when it is `now` before; `operations` are those that may be named.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with a message at each field.
    pub fn check(&self, now: &Weather, operations: &[String]) -> Result<Weather, AppError> {
        let mut errors = FieldErrors::new();
        let mut weather = if self.0.contains_key(CLEAR) { Weather::default() } else { now.clone() };
        if self.0.is_empty() {
            errors.add("form", "Say what to change.");
        }
        for (name, value) in self.0.iter().filter(|(name, _)| *name != CLEAR) {
            let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.key() == name) else {
                errors.add("form", "The sandbox knows no such weather.");
                continue;
            };
            match kind {
                Kind::Outage => put(&mut weather.outage, &mut errors, name, switch(value)),
                Kind::Expired => put(&mut weather.expired, &mut errors, name, switch(value)),
                Kind::Quotas => put(&mut weather.quotas, &mut errors, name, switch(value)),
                Kind::Denied => {
                    put(&mut weather.deny, &mut errors, name, operation(value, operations));
                }
                Kind::Throttled => {
                    put(&mut weather.throttle, &mut errors, name, operation(value, operations));
                }
                Kind::Latency => {
                    put(&mut weather.latency_ms, &mut errors, name, milliseconds(value));
                }
                Kind::Lag => put(&mut weather.lag_ms, &mut errors, name, milliseconds(value)),
            }
        }
        errors.or(weather)
    }
}

fn put<T>(place: &mut T, errors: &mut FieldErrors, name: &str, value: Result<T, String>) {
    if let Some(value) = errors.take(name, value) {
        *place = value;
    }
}

fn switch(text: &str) -> Result<bool, String> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("It is on or off.".into()),
    }
}

fn operation(text: &str, known: &[String]) -> Result<Option<String>, String> {
    match text {
        "none" => Ok(None),
        "all" => Ok(Some(EVERY.to_owned())),
        name if known.iter().any(|known| known == name) => Ok(Some(name.to_owned())),
        _ => Err("The console calls no operation of that name.".into()),
    }
}

fn milliseconds(text: &str) -> Result<u64, String> {
    match text.trim().parse() {
        Ok(ms) if ms <= MS_MAX => Ok(ms),
        _ => Err(format!("A whole number of milliseconds, 0 to {MS_MAX}.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operations() -> Vec<String> {
        vec!["ListTasks".to_owned(), "StopTask".to_owned()]
    }

    fn storm() -> Weather {
        Weather {
            outage: true,
            deny: Some("StopTask".into()),
            expired: true,
            throttle: Some(EVERY.into()),
            quotas: true,
            latency_ms: MS_MAX,
            lag_ms: 1,
        }
    }

    #[test]
    fn every_kind_becomes_what_its_field_holds() {
        for (from, to) in [(Weather::default(), storm()), (storm(), Weather::default())] {
            let mut weather = from;
            for kind in Kind::ALL {
                let draft = WeatherDraft::of(kind, to.value(kind));
                weather = draft.check(&weather, &operations()).unwrap();
                assert_eq!(weather.of(kind), to.of(kind));
            }
            assert_eq!(weather, to);
        }
    }

    #[test]
    fn one_kind_leaves_the_others_and_clearing_leaves_none() {
        let draft = WeatherDraft::of(Kind::Outage, "off");
        let weather = draft.check(&storm(), &operations()).unwrap();
        assert_eq!(weather, Weather { outage: false, ..storm() });
        assert_eq!(WeatherDraft::clear().check(&storm(), &[]), Ok(Weather::default()));
    }

    #[test]
    fn what_does_not_hold_is_said_at_its_field() {
        for (kind, value) in [
            (Kind::Outage, ""),
            (Kind::Denied, "DeleteEverything"),
            (Kind::Throttled, "*"),
            (Kind::Latency, "600001"),
            (Kind::Latency, "1.5"),
            (Kind::Lag, "-1"),
        ] {
            let wrong = WeatherDraft::of(kind, value).check(&Weather::default(), &operations());
            let errors = wrong.unwrap_err().field_errors();
            assert!(errors.at(kind.key()).is_some(), "{kind:?} {value}");
        }
        let odd = WeatherDraft(BTreeMap::from([("hail".to_owned(), "on".to_owned())]));
        for draft in [odd, WeatherDraft::default()] {
            let wrong = draft.check(&Weather::default(), &operations()).unwrap_err();
            assert!(wrong.field_errors().at("form").is_some(), "{draft:?}");
        }
    }
}
