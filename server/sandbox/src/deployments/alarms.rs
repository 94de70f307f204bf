//! Deployment alarms: those of CloudWatch, and for a try the end of an alarm's
//! name says when it goes off, counted from the start of the service deployment.

use serde_json::{Value, json};

use super::ending;
use crate::neighbours::cloudwatch::alarms;
use crate::services::history::Progress;
use crate::services::poke;
use crate::world::World;

/// An alarm whose name ends so goes off after half a minute.
const GOES_OFF: &str = "-goes-off";

const GOES_OFF_MS: i64 = 30_000;

/// At most so many seconds can be named: a day.
const MOST_SECONDS: i64 = 86_400;

/// Milliseconds after which an alarm goes off: `…-goes-off` or `…-goes-off-after-90s`.
fn goes_off(name: &str) -> Option<i64> {
    let (_, tail) = name.rsplit_once(GOES_OFF)?;
    if tail.is_empty() {
        return Some(GOES_OFF_MS);
    }
    let seconds: i64 = tail.strip_prefix("-after-")?.strip_suffix('s')?.parse().ok()?;
    (0..=MOST_SECONDS).contains(&seconds).then_some(seconds * 1_000)
}

/// Looks at the alarms of a service deployment that is under way: one that goes off makes it fail
/// (R239).
pub(crate) fn watch(world: &mut World, key: &str) {
    let now = world.now;
    let newest = world.services.get(key).and_then(|service| service.history.front());
    let Some(newest) = newest.filter(|item| item.status == Progress::Running) else {
        return;
    };
    let Some(watched) = newest.configuration.get("alarms") else {
        return;
    };
    let is = |member: &str| watched.get(member) == Some(&json!(true));
    if !is("enable") {
        return;
    }
    let rolls_back = is("rollback");
    let started = newest.started_at.unwrap_or(now);
    let names = watched.get("alarmNames").and_then(Value::as_array).into_iter().flatten();
    let named = names.filter_map(Value::as_str);
    let (off, later): (Vec<_>, Vec<_>) = named
        .filter_map(|name| {
            let due = if alarms::is_off(world, name) { now } else { started + goes_off(name)? };
            Some((due, name.to_owned()))
        })
        .partition(|(due, _)| *due <= now);
    let triggered: Vec<String> = off.into_iter().map(|(_, name)| name).collect();
    let fails = !triggered.is_empty();
    let newest = world.services.get_mut(key).and_then(|service| service.history.front_mut());
    if let Some(newest) = newest {
        newest.triggered = triggered;
    }
    if fails {
        ending::fail(world, key, ending::Failure { rolls_back, ..ending::ALARMS });
    } else if let Some(due) = later.into_iter().map(|(due, _)| due).min() {
        poke(world, key, due - now);
    }
}

#[cfg(test)]
mod tests {
    use super::goes_off;

    #[test]
    fn an_alarms_name_says_when_it_goes_off() {
        for (name, wanted) in [
            ("errors", None),
            ("errors-goes-off", Some(30_000)),
            ("errors-goes-off-after-90s", Some(90_000)),
            ("errors-goes-off-after-s", None),
            ("errors-goes-off-after-99999s", None),
            ("errors-goes-off-later", None),
        ] {
            assert_eq!(goes_off(name), wanted, "{name}");
        }
    }
}
