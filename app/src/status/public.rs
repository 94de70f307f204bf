//! What a status page tells the public: these few members, and nothing else ever.
//!
//! The structs are an allow-list. What is not a member here can't reach a visitor: no ARN, account,
//! cluster, service name, revision, image, count, variable or reason.

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;
use crate::ui::Tone;

/// A reading older than this says nothing about the present: two minutes, in milliseconds.
pub const STALE_MS: i64 = 120_000;

/// A status page in public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicStatus {
    /// The page's title.
    pub title: String,
    /// The sentence on top.
    pub overall: Overall,
    /// The services, in the page's order.
    pub services: Vec<PublicService>,
    /// When the services were last looked at; absent before the first time.
    pub checked_at: Option<Timestamp>,
}

/// A service in public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicService {
    /// Its public name, unique on the page.
    pub name: String,
    /// How it stands.
    pub state: ServiceState,
    /// When its newest version began to go out.
    pub deployed_at: Option<Timestamp>,
}

/// How a service stands, for those who use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceState {
    /// All of it runs.
    Operational,
    /// As much of it runs as must, and a new version goes out.
    Deploying,
    /// Less of it runs than should, or nothing of it lasts.
    Degraded,
    /// None of it runs, although it should.
    Down,
    /// None of it shall run.
    Paused,
    /// It can't be seen now.
    Unknown,
}

impl ServiceState {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Operational,
        Self::Deploying,
        Self::Degraded,
        Self::Down,
        Self::Paused,
        Self::Unknown,
    ];

    /// The state in a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Operational => "Operational",
            Self::Deploying => "Deploying",
            Self::Degraded => "Degraded",
            Self::Down => "Down",
            Self::Paused => "Paused",
            Self::Unknown => "Unknown",
        }
    }

    /// What the word means to somebody who knows nothing of the system.
    pub const fn says(self) -> &'static str {
        match self {
            Self::Operational => "Running as it should.",
            Self::Deploying => "A new version is going out.",
            Self::Degraded => "Running, but not as it should.",
            Self::Down => "Not running at the moment.",
            Self::Paused => "Switched off on purpose.",
            Self::Unknown => "Its state can't be seen at the moment.",
        }
    }

    /// How it feels.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Operational => Tone::Good,
            Self::Deploying => Tone::Busy,
            Self::Degraded => Tone::Warn,
            Self::Down => Tone::Bad,
            Self::Paused => Tone::Idle,
            Self::Unknown => Tone::Unknown,
        }
    }
}

/// How everything on the page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each variant's sentence says what it is")]
pub enum Overall {
    Operational,
    Deploying,
    Paused,
    PartlyPaused,
    Degraded,
    PartialOutage,
    MajorOutage,
    PartlyUnknown,
    Unknown,
}

impl Overall {
    /// The one sentence for all services; the worst news wins.
    pub fn of(services: &[PublicService]) -> Self {
        let count = |state: ServiceState| services.iter().filter(|one| one.state == state).count();
        let (down, paused) = (count(ServiceState::Down), count(ServiceState::Paused));
        let unknown = count(ServiceState::Unknown);
        if unknown == services.len() {
            Self::Unknown
        } else if down > 0 && down * 2 >= services.len() - paused {
            Self::MajorOutage
        } else if down > 0 {
            Self::PartialOutage
        } else if count(ServiceState::Degraded) > 0 {
            Self::Degraded
        } else if unknown > 0 {
            Self::PartlyUnknown
        } else if count(ServiceState::Deploying) > 0 {
            Self::Deploying
        } else if paused == services.len() {
            Self::Paused
        } else if paused > 0 {
            Self::PartlyPaused
        } else {
            Self::Operational
        }
    }

    /// The sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Operational => "All systems operational",
            Self::Deploying => "Being deployed",
            Self::Paused => "All systems paused",
            Self::PartlyPaused => "Some systems paused",
            Self::Degraded => "Some systems degraded",
            Self::PartialOutage => "Partial outage",
            Self::MajorOutage => "Major outage",
            Self::PartlyUnknown => "Some systems can’t be checked",
            Self::Unknown => "Current state unknown",
        }
    }

    /// One line more.
    pub const fn says(self) -> &'static str {
        match self {
            Self::Operational => "Everything on this page runs as it should.",
            Self::Deploying => "A new version is going out. Everything else goes on meanwhile.",
            Self::Paused => "Everything on this page is switched off on purpose.",
            Self::PartlyPaused => "What is not paused runs as it should.",
            Self::Degraded => "Something on this page runs, but not as it should.",
            Self::PartialOutage => "Something on this page does not run at the moment.",
            Self::MajorOutage => "Much of what is on this page does not run at the moment.",
            Self::PartlyUnknown => "What can be checked runs as it should.",
            Self::Unknown => "The last check is too old to tell how things stand now.",
        }
    }

    /// How it feels.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Operational => Tone::Good,
            Self::Deploying => Tone::Busy,
            Self::Paused | Self::PartlyPaused => Tone::Idle,
            Self::Degraded | Self::PartialOutage => Tone::Warn,
            Self::MajorOutage => Tone::Bad,
            Self::PartlyUnknown | Self::Unknown => Tone::Unknown,
        }
    }
}

impl PublicStatus {
    /// Whether it is too old to say anything about `now`.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        self.checked_at.is_none_or(|at| now.ms_since(at) > STALE_MS)
    }

    /// The same status as it reads at `now`: too old, and nothing on it is known any more. A page
    /// that lost its server must not go on claiming that all is well.
    pub fn aged(mut self, now: Timestamp) -> Self {
        if self.is_stale(now) {
            for service in &mut self.services {
                service.state = ServiceState::Unknown;
            }
            self.overall = Overall::Unknown;
        }
        self
    }

    /// Whether both say the same, whenever they were checked.
    pub fn says_the_same(&self, other: &Self) -> bool {
        (&self.title, self.overall, &self.services)
            == (&other.title, other.overall, &other.services)
    }
}

/// What a public event stream carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublicEvent {
    /// It says something else now.
    Status(PublicStatus),
    /// It says the same, as of this check.
    Checked(Option<Timestamp>),
    /// There is no such page any more.
    Gone,
    /// The server goes down: come back a little later.
    Bye,
}

#[cfg(test)]
mod tests {
    use super::ServiceState::{Degraded, Deploying, Down, Operational, Paused, Unknown};
    use super::*;

    fn services(states: &[ServiceState]) -> Vec<PublicService> {
        let service = |state: &ServiceState| PublicService {
            name: "Shop".into(),
            state: *state,
            deployed_at: None,
        };
        states.iter().map(service).collect()
    }

    #[test]
    fn the_worst_news_makes_the_sentence() {
        for (states, overall) in [
            (&[][..], Overall::Unknown),
            (&[Operational, Operational], Overall::Operational),
            (&[Operational, Deploying], Overall::Deploying),
            (&[Operational, Paused], Overall::PartlyPaused),
            (&[Paused, Paused], Overall::Paused),
            (&[Deploying, Degraded], Overall::Degraded),
            (&[Operational, Unknown], Overall::PartlyUnknown),
            (&[Unknown, Unknown], Overall::Unknown),
            (&[Degraded, Unknown], Overall::Degraded),
            (&[Down, Operational, Operational], Overall::PartialOutage),
            (&[Down, Operational], Overall::MajorOutage),
            (&[Down, Operational, Paused], Overall::MajorOutage),
            (&[Down], Overall::MajorOutage),
        ] {
            assert_eq!(Overall::of(&services(states)), overall, "{states:?}");
        }
    }

    #[test]
    fn what_is_too_old_is_unknown() {
        let status = PublicStatus {
            title: "Shop".into(),
            overall: Overall::Operational,
            services: services(&[Operational]),
            checked_at: Some(Timestamp::from_ms(0)),
        };
        assert_eq!(status.clone().aged(Timestamp::from_ms(STALE_MS)), status);
        let old = status.clone().aged(Timestamp::from_ms(STALE_MS + 1));
        assert_eq!((old.overall, old.services[0].state), (Overall::Unknown, Unknown));
        let never = PublicStatus { checked_at: None, ..status };
        assert_eq!(never.aged(Timestamp::from_ms(0)).overall, Overall::Unknown);
    }
}
