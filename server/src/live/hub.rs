//! The picture that everybody shares, and the way from older pictures to it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use berth_app::error::AppError;
use berth_app::live::{LiveEvent, Patch, Topic};
use berth_app::reading::{Fresh, Health, Outage, Reading, Trouble};
use berth_app::timestamp::Timestamp;
use berth_app::weather::model::Weather;
use serde_json::Value;
use tokio::sync::watch;

/// Older pictures that are kept, so that a stream which was cut can go on from where it was. At the
/// fastest pace (2 s) these are two minutes. Pictures share what did not change.
const KEPT: usize = 64;
/// Patches that are kept for other viewers of the same topic.
const PATCHES: usize = 1_024;

/// Keeps the present picture and some older ones.
pub struct Hub {
    /// Tells this run of the server from others: their marks mean nothing here.
    epoch: String,
    state: RwLock<State>,
    /// Counts the times that ECS was read (or could not be).
    beat: watch::Sender<u64>,
    patches: Mutex<HashMap<Way, Option<Arc<str>>>>,
}

/// A topic's way between two pictures.
type Way = (Topic, Option<u64>, u64);

struct State {
    pictures: VecDeque<(u64, Arc<Reading>)>,
    health: Health,
}

/// Where a stream stands in a topic: the number of the picture it has, if it has one.
pub type Mark = Option<u64>;

impl Hub {
    /// A hub that has read nothing yet. `epoch` differs between runs.
    pub fn new(epoch: String) -> Self {
        let first = (0, Arc::new(Reading::default()));
        let state = State { pictures: VecDeque::from([first]), health: Health::default() };
        Self {
            epoch,
            state: RwLock::new(state),
            beat: watch::Sender::new(0),
            patches: Mutex::new(HashMap::new()),
        }
    }

    /// Replaces the picture (when it differs) and tells everybody that ECS was read at `at`.
    pub fn publish(&self, reading: Arc<Reading>, at: Timestamp) {
        self.update(|state| {
            state.health.read_at = Some(at);
            state.health.outage = None;
            state.push(reading);
        });
        self.patches.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Replaces the picture (when it differs) by one of which only a part was read: it is as old as
    /// it was.
    pub fn show(&self, reading: Arc<Reading>) {
        self.update(|state| state.push(reading));
    }

    /// Keeps the picture and tells everybody why it grows old: ECS could not be read at `at` and is
    /// tried again at `retry_at`.
    pub fn trouble(&self, trouble: Trouble, at: Timestamp, retry_at: Timestamp) {
        self.update(|state| {
            let since = state.health.outage.as_ref().map_or(at, |outage| outage.since);
            state.health.outage = Some(Outage { since, retry_at, trouble });
        });
    }

    /// Tells everybody what goes wrong on purpose from now on.
    pub fn tell(&self, weather: Weather) {
        self.update(|state| state.health.weather = weather);
    }

    fn update(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.write().unwrap_or_else(PoisonError::into_inner));
        self.beat.send_modify(|beat| *beat += 1);
    }

    fn state(&self) -> std::sync::RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes whoever waits each time that ECS was read, or could not be.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.beat.subscribe()
    }

    /// The present picture with its mark.
    pub fn now(&self) -> Fresh<Arc<Reading>> {
        let state = self.state();
        let (number, reading) = state.present();
        Fresh { value: reading.clone(), mark: self.mark(number), health: state.health.clone() }
    }

    /// How fresh the picture is.
    pub fn health(&self) -> Health {
        self.state().health.clone()
    }

    /// What a topic shows now.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the picture has no such thing; [`AppError::Unavailable`] while
    /// there is no picture yet.
    pub fn fresh(&self, topic: &Topic) -> Result<Fresh<Value>, AppError> {
        let now = self.now();
        match topic.view(&now.value) {
            Some(value) => Ok(now.map(|_| value)),
            // Why not is said above every page, by the health that comes with it.
            None if now.health.read_at.is_none() => Err(AppError::not_read()),
            None => Err(AppError::NotFound("There is no such thing, or it is gone.".into())),
        }
    }

    /// The number of the present picture.
    pub fn number(&self) -> u64 {
        self.state().present().0
    }

    /// A picture's mark, as streams carry it.
    pub fn mark(&self, number: u64) -> String {
        format!("{}-{number}", self.epoch)
    }

    /// The picture that a mark names; `None` for marks of other runs and for nonsense.
    pub fn read_mark(&self, mark: &str) -> Mark {
        mark.strip_prefix(&self.epoch)?.strip_prefix('-')?.parse().ok()
    }

    /// The event that brings a topic from `from` to picture `to`; `None` when nothing changed. A
    /// picture that is kept no longer is as good as none: the topic comes whole.
    pub fn event(&self, topic: &Topic, from: Mark, to: u64) -> Option<Arc<str>> {
        if from == Some(to) {
            return None;
        }
        let way = (topic.clone(), from, to);
        let mut patches = self.patches.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = patches.get(&way) {
            return known.clone();
        }
        drop(patches);
        let event = self.make_event(topic, from, to);
        patches = self.patches.lock().unwrap_or_else(PoisonError::into_inner);
        if patches.len() >= PATCHES {
            patches.clear();
        }
        patches.insert(way, event.clone());
        event
    }

    fn make_event(&self, topic: &Topic, from: Mark, to: u64) -> Option<Arc<str>> {
        let (old, new) = {
            let state = self.state();
            (from.and_then(|number| state.picture(number)), state.picture(to)?)
        };
        let new = topic.view(&new);
        let patch = match old {
            Some(old) => Patch::between(topic.view(&old).as_ref(), new.as_ref())?,
            None => new.map_or(Patch::Gone, Patch::Whole),
        };
        let event = LiveEvent::Patch { topic: topic.text(), patch };
        serde_json::to_string(&event).ok().map(Arc::from)
    }
}

impl State {
    fn push(&mut self, reading: Arc<Reading>) {
        let (number, last) = self.present();
        if *last == reading {
            return;
        }
        self.pictures.push_back((number + 1, reading));
        while self.pictures.len() > KEPT {
            self.pictures.pop_front();
        }
    }

    /// There is always one: the first is empty.
    fn present(&self) -> (u64, &Arc<Reading>) {
        static EMPTY: std::sync::OnceLock<Arc<Reading>> = std::sync::OnceLock::new();
        match self.pictures.back() {
            Some((number, reading)) => (*number, reading),
            None => (0, EMPTY.get_or_init(Arc::default)),
        }
    }

    fn picture(&self, number: u64) -> Option<Arc<Reading>> {
        let (first, _) = self.pictures.front()?;
        let at = usize::try_from(number.checked_sub(*first)?).ok()?;
        self.pictures.get(at).map(|(_, reading)| reading.clone())
    }
}

#[cfg(test)]
mod tests {
    use berth_app::clusters::model::Cluster;
    use berth_app::listing::ListQuery;

    use super::*;

    fn reading(running: u32) -> Reading {
        let cluster = Cluster {
            name: "production".parse().unwrap(),
            arn: String::new(),
            status: "ACTIVE".into(),
            running_tasks: running,
            pending_tasks: 0,
            active_services: 0,
            instances: 0,
            capacity_providers: vec![],
            default_strategy: vec![],
            container_insights: String::new(),
            tags: vec![],
        };
        Reading { clusters: vec![Arc::new(cluster)], ..Reading::default() }
    }

    fn topic() -> Topic {
        Topic::Cluster("production".parse().unwrap())
    }

    #[test]
    fn the_same_picture_keeps_its_number() {
        let hub = Hub::new("e".into());
        hub.publish(reading(1).into(), Timestamp::from_ms(1));
        hub.publish(reading(1).into(), Timestamp::from_ms(2));
        assert_eq!(hub.number(), 1);
        assert_eq!(hub.health().read_at, Some(Timestamp::from_ms(2)));
        assert_eq!(*hub.subscribe().borrow(), 2);
    }

    #[test]
    fn a_stream_goes_on_from_its_mark() {
        let topic = || Topic::Clusters(ListQuery::default());
        let hub = Hub::new("e".into());
        hub.publish(reading(1).into(), Timestamp::from_ms(1));
        let mark = hub.fresh(&topic()).unwrap().mark;
        hub.publish(reading(2).into(), Timestamp::from_ms(2));
        assert_eq!(hub.event(&topic(), hub.read_mark(&mark), 1), None);
        let event = hub.event(&topic(), hub.read_mark(&mark), 2).unwrap();
        assert!(event.contains("\"running\":2"), "{event}");
        assert_eq!(hub.event(&topic(), hub.read_mark(&mark), 2), Some(event));
    }

    #[test]
    fn foreign_old_and_senseless_marks_get_the_whole() {
        let hub = Hub::new("e".into());
        for n in 0..(KEPT as u32 + 10) {
            hub.publish(reading(n).into(), Timestamp::from_ms(i64::from(n)));
        }
        let present = hub.number();
        for mark in ["other-1", "e-1", "e-999999", "e-", "", "e-x", "é-1"] {
            let event = hub.event(&topic(), hub.read_mark(mark), present).unwrap();
            assert!(event.contains("\"whole\""), "{mark}: {event}");
        }
    }

    #[test]
    fn what_is_gone_is_said_to_be_gone() {
        let hub = Hub::new("e".into());
        hub.publish(reading(1).into(), Timestamp::from_ms(1));
        hub.publish(Arc::default(), Timestamp::from_ms(2));
        assert!(hub.event(&topic(), Some(1), 2).unwrap().contains("\"gone\""));
        assert!(matches!(hub.fresh(&topic()), Err(AppError::NotFound(_))));
    }

    #[test]
    fn trouble_keeps_the_picture() {
        let hub = Hub::new("e".into());
        hub.publish(reading(1).into(), Timestamp::from_ms(1));
        let trouble = Trouble { said: "No answer.".into(), next: "Wait.".into() };
        hub.trouble(trouble.clone(), Timestamp::from_ms(2), Timestamp::from_ms(7));
        hub.trouble(trouble.clone(), Timestamp::from_ms(7), Timestamp::from_ms(17));
        let fresh = hub.fresh(&topic()).unwrap();
        assert_eq!(fresh.health.read_at, Some(Timestamp::from_ms(1)));
        let (since, retry_at) = (Timestamp::from_ms(2), Timestamp::from_ms(17));
        assert_eq!(fresh.health.outage, Some(Outage { since, retry_at, trouble }));
    }
}
