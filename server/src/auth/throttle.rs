//! Slows guessing down: ten tries in five minutes, by email and by address.
//!
//! A browser in which the email's member has signed in before has ten tries of its own instead:
//! whoever locks the email or the address from elsewhere does not lock the member out.
//!
//! In memory and bounded: a restart forgets it, and with several replicas each counts alone.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use berth_app::timestamp::Timestamp;

use super::device::Device;

/// Tries that are let through in [`WINDOW_MS`].
pub const TRIES: usize = 10;
/// How long a try counts.
pub const WINDOW_MS: i64 = 5 * 60 * 1000;
/// Keys that are remembered; the quietest go when one more comes. About 2 MB.
const KEYS_MAX: usize = 10_000;

/// Who tries.
#[derive(Clone, Copy, Debug)]
pub enum Tryer<'a> {
    /// Nobody known: it counts for the email, from wherever it is tried, and for the address.
    Stranger(&'a str, IpAddr),
    /// A browser in which the email's member has signed in before.
    Known(Device),
}

impl Tryer<'_> {
    /// What the try counts for.
    fn keys(self) -> Vec<(Lock, Key)> {
        match self {
            Self::Stranger(email, address) => vec![
                (Lock::Email, Key::Email(email.to_owned())),
                (Lock::Address, Key::Address(network_of(address))),
            ],
            Self::Known(device) => vec![(Lock::Device, Key::Device(device))],
        }
    }
}

/// Whose tries are counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Email(String),
    Address(IpAddr),
    Device(Device),
}

/// What is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// The email, from wherever it is tried.
    Email,
    /// The address, whatever email is tried.
    Address,
    /// A browser in which the member has signed in before, and no other.
    Device,
}

/// A try that was turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TurnedAway {
    /// How many milliseconds to wait.
    pub wait_ms: i64,
    /// What is locked, the first time in [`WINDOW_MS`] that it turns a try away.
    pub news: Option<Lock>,
}

/// The tries of one key.
#[derive(Debug, Default)]
struct Tries {
    /// The moments of the last tries, the oldest first, at most [`TRIES`].
    times: Vec<Timestamp>,
    /// When it was last told that the key is locked.
    told_at: Option<Timestamp>,
}

/// Counts tries.
#[derive(Debug, Default)]
pub struct Throttle {
    tries: Mutex<HashMap<Key, Tries>>,
}

impl Throttle {
    /// Counts a try before it is checked, so that many at once count too.
    ///
    /// # Errors
    /// [`TurnedAway`]; such a try does not count.
    pub fn admit(&self, who: Tryer<'_>, now: Timestamp) -> Result<(), TurnedAway> {
        let keys = who.keys();
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let mut turned_away: Option<TurnedAway> = None;
        for (lock, key) in &keys {
            let Some(known) = tries.get_mut(key) else { continue };
            let Some(wait_ms) = wait_ms(&known.times, now) else { continue };
            let told = known.told_at.is_some_and(|told| now.ms_since(told) < WINDOW_MS);
            if !told {
                known.told_at = Some(now);
            }
            let all = turned_away.get_or_insert(TurnedAway { wait_ms, news: None });
            all.wait_ms = all.wait_ms.max(wait_ms);
            all.news = all.news.or((!told).then_some(*lock));
        }
        if let Some(turned_away) = turned_away {
            return Err(turned_away);
        }
        for (_, key) in keys {
            make_room(&mut tries, &key, now);
            let times = &mut tries.entry(key).or_default().times;
            times.retain(|time| now.ms_since(*time) < WINDOW_MS);
            times.push(now);
        }
        Ok(())
    }

    /// Forgets the tries of an email or browser whose member has signed in, and this one try of the
    /// address: an office that starts its day behind one address is no attack. The address's other
    /// tries stay: one account of one's own must not buy more guesses at others. Those of the email
    /// stay when a known browser signs in: they were a stranger's.
    pub fn forgive(&self, who: Tryer<'_>) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        for (lock, key) in who.keys() {
            match (lock, tries.get_mut(&key)) {
                (Lock::Address, Some(known)) => drop(known.times.pop()),
                (Lock::Address, None) => {}
                (Lock::Email | Lock::Device, _) => drop(tries.remove(&key)),
            }
        }
    }
}

/// How long the key must wait, if it must.
fn wait_ms(times: &[Timestamp], now: Timestamp) -> Option<i64> {
    let counted = times.iter().filter(|time| now.ms_since(**time) < WINDOW_MS);
    let first = counted.clone().next()?;
    (counted.count() >= TRIES).then(|| WINDOW_MS - now.ms_since(*first))
}

/// Keeps the map within [`KEYS_MAX`].
fn make_room(tries: &mut HashMap<Key, Tries>, key: &Key, now: Timestamp) {
    if tries.len() < KEYS_MAX || tries.contains_key(key) {
        return;
    }
    tries.retain(|_, known| known.times.last().is_some_and(|last| now.ms_since(*last) < WINDOW_MS));
    if tries.len() >= KEYS_MAX {
        // A tenth at once, so that a flood does not pay for a search at each try. Whoever floods
        // the map pushes his own single tries out first.
        let mut quiet: Vec<_> = tries
            .iter()
            .map(|(key, known)| (known.times.len(), known.times.last().copied(), key.clone()))
            .collect();
        quiet.select_nth_unstable_by_key(KEYS_MAX / 10, |(count, last, _)| (*count, *last));
        for (_, _, key) in quiet.drain(..KEYS_MAX / 10) {
            tries.remove(&key);
        }
    }
}

/// One home or office counts as one: an IPv6 network hands out 2⁶⁴ addresses to each of them.
fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & !u128::from(u64::MAX)).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_ms(1_795_000_000_000);

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    /// How long a try must wait.
    fn admit(throttle: &Throttle, email: &str, from: IpAddr, now: Timestamp) -> Result<(), i64> {
        throttle.admit(Tryer::Stranger(email, from), now).map_err(|turned_away| turned_away.wait_ms)
    }

    #[test]
    fn ten_tries_for_an_email_from_anywhere() {
        let throttle = Throttle::default();
        for n in 0..10 {
            let from = address(&format!("10.0.0.{n}"));
            assert_eq!(admit(&throttle, "a", from, NOW.plus_ms(n * 1_000)), Ok(()));
        }
        let elsewhere = address("10.0.1.1");
        assert_eq!(admit(&throttle, "a", elsewhere, NOW.plus_ms(10_000)), Err(WINDOW_MS - 10_000));
        assert_eq!(admit(&throttle, "b", elsewhere, NOW.plus_ms(10_000)), Ok(()));
        // The first try has left the window.
        assert_eq!(admit(&throttle, "a", elsewhere, NOW.plus_ms(WINDOW_MS)), Ok(()));
        assert_eq!(admit(&throttle, "a", elsewhere, NOW.plus_ms(WINDOW_MS)), Err(1_000));
        throttle.forgive(Tryer::Stranger("a", elsewhere));
        assert_eq!(admit(&throttle, "a", elsewhere, NOW.plus_ms(WINDOW_MS)), Ok(()));
    }

    #[test]
    fn ten_tries_from_an_address_for_anyone() {
        let throttle = Throttle::default();
        for n in 0..10 {
            // Neighbours in one IPv6 network are one.
            let from = address(&format!("2001:db8::{n}"));
            assert_eq!(admit(&throttle, &format!("m{n}"), from, NOW), Ok(()));
        }
        assert_eq!(admit(&throttle, "new", address("2001:db8::ffff"), NOW), Err(WINDOW_MS));
        assert_eq!(admit(&throttle, "new", address("2001:db8:0:1::1"), NOW), Ok(()));
        // A success gives back its own try and no more.
        throttle.forgive(Tryer::Stranger("m1", address("2001:db8::1")));
        assert_eq!(admit(&throttle, "m1", address("2001:db8::1"), NOW), Ok(()));
        assert_eq!(admit(&throttle, "m1", address("2001:db8::1"), NOW), Err(WINDOW_MS));
    }

    #[test]
    fn a_known_browser_has_tries_of_its_own() {
        let throttle = Throttle::default();
        let (office, home) = (Tryer::Known(Device::new()), Tryer::Known(Device::new()));
        let from = address("10.0.0.1");
        for _ in 0..10 {
            admit(&throttle, "a", from, NOW).unwrap();
        }
        for _ in 0..10 {
            throttle.admit(office, NOW).unwrap();
        }
        let turned_away = throttle.admit(office, NOW).unwrap_err();
        assert_eq!(turned_away, TurnedAway { wait_ms: WINDOW_MS, news: Some(Lock::Device) });
        assert_eq!(throttle.admit(home, NOW), Ok(()));
        // Its sign-in opens nothing for the stranger.
        throttle.forgive(home);
        assert_eq!(admit(&throttle, "a", address("10.0.0.2"), NOW), Err(WINDOW_MS));
        throttle.forgive(office);
        assert_eq!(throttle.admit(office, NOW), Ok(()));
    }

    #[test]
    fn a_lock_is_news_once() {
        let throttle = Throttle::default();
        let news = |email: &str, from: &str, now| {
            throttle.admit(Tryer::Stranger(email, address(from)), now).unwrap_err().news
        };
        for n in 0..10 {
            admit(&throttle, "a", address(&format!("10.0.0.{n}")), NOW).unwrap();
            admit(&throttle, &format!("m{n}"), address("10.0.9.9"), NOW).unwrap();
        }
        assert_eq!(news("a", "10.0.1.1", NOW), Some(Lock::Email));
        assert_eq!(news("a", "10.0.1.2", NOW.plus_ms(1)), None);
        assert_eq!(news("a", "10.0.9.9", NOW.plus_ms(2)), Some(Lock::Address));
        assert_eq!(news("b", "10.0.9.9", NOW.plus_ms(3)), None);
        let later = NOW.plus_ms(WINDOW_MS);
        for _ in 0..10 {
            admit(&throttle, "a", address("10.0.2.1"), later).unwrap();
        }
        assert_eq!(news("a", "10.0.1.1", later), Some(Lock::Email));
    }

    #[test]
    fn an_address_is_the_same_in_both_its_forms() {
        assert_eq!(network_of(address("::ffff:10.0.0.1")), address("10.0.0.1"));
    }

    #[test]
    fn memory_is_bounded_and_the_blocked_stay_blocked() {
        let throttle = Throttle::default();
        for n in 0..10 {
            admit(&throttle, "victim", address(&format!("10.9.0.{n}")), NOW).unwrap();
        }
        for n in 0..u32::try_from(KEYS_MAX).unwrap() {
            let from = IpAddr::V4(n.into());
            let _ = admit(&throttle, &format!("flood-{n}"), from, NOW.plus_ms(1));
        }
        assert!(throttle.tries.lock().unwrap().len() <= KEYS_MAX);
        assert!(admit(&throttle, "victim", address("10.9.1.1"), NOW.plus_ms(2)).is_err());
        admit(&throttle, "victim", address("10.9.1.2"), NOW.plus_ms(WINDOW_MS)).unwrap();
    }
}
