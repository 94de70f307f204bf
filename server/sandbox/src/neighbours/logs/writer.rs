//! What a container writes: a start, a line now and then, an end. The lines are
//! a function of the task, so that nothing has to be kept.

use crate::ids::digest;
use crate::tasks::model::{Container, ContainerStatus, Task};

/// A container that writes.
pub(super) struct Writer<'w> {
    container: &'w Container,
    /// A number of its own, from which its habits follow.
    habit: u64,
    /// In milliseconds since the epoch, as all times here.
    pub(super) started: i64,
    /// When it was told to end, or ended.
    stopping: Option<i64>,
    ended: Option<i64>,
}

/// A line of a stream.
pub(super) struct Line {
    pub(super) at: i64,
    pub(super) message: String,
}

/// From the first line to the second.
const READY_MS: i64 = 850;
/// A line of the regular ones comes up to this much before its turn.
const EARLIEST_MS: i64 = 2_000;

const PATHS: [&str; 6] = ["/", "/health", "/items", "/items/41", "/cart", "/search?q=lamp"];

impl<'w> Writer<'w> {
    /// The writer of a container; none before its container has started.
    pub(super) fn of(task: &'w Task, container: &'w Container) -> Option<Self> {
        container.runtime_id.as_ref()?;
        let stopped = container.status == ContainerStatus::Stopped;
        Some(Self {
            container,
            habit: digest(&format!("{} {}", task.id, container.name)),
            started: task.at.pull_stopped?,
            stopping: task.at.stopping,
            ended: task.at.execution_stopped.or(task.at.stopping).filter(|_| stopped),
        })
    }

    /// Milliseconds between two lines.
    fn pace(&self) -> i64 {
        5_000 + i64::try_from(self.habit % 20_000).unwrap_or(0)
    }

    /// How many lines stand before the end at `now`: none of them is in the future.
    fn body(&self, now: i64) -> usize {
        let until = self.stopping.map_or(now, |stopping| stopping.min(now));
        if until < self.started + READY_MS {
            return 1;
        }
        let sure = ((until - self.started - EARLIEST_MS) / self.pace()).max(0);
        let regular = sure + i64::from(self.regular(sure + 1).at <= until);
        usize::try_from(regular).unwrap_or(0) + 2
    }

    /// How many lines there are at `now`.
    pub(super) fn len(&self, now: i64) -> usize {
        self.body(now) + usize::from(self.ended.is_some())
    }

    /// The line at a place, counted from the first.
    pub(super) fn line(&self, place: usize) -> Line {
        if let Some(ended) = self.ended
            && place >= self.body(ended)
        {
            return Line { at: ended, message: self.farewell() };
        }
        let image = &self.container.image;
        match place {
            0 => Line { at: self.started, message: format!("starting {image}") },
            1 => Line {
                at: self.started + READY_MS,
                message: "configuration read, ready".to_owned(),
            },
            _ => self.regular(i64::try_from(place).unwrap_or(i64::MAX) - 1),
        }
    }

    fn regular(&self, number: i64) -> Line {
        let luck = digest(&format!("{} {number}", self.habit));
        let early = i64::try_from(luck % EARLIEST_MS.unsigned_abs()).unwrap_or(0);
        let at = self
            .started
            .saturating_add(EARLIEST_MS)
            .saturating_add(self.pace().saturating_mul(number));
        let pick = usize::try_from(luck >> 20).unwrap_or(0) % PATHS.len();
        let path = PATHS.get(pick).copied().unwrap_or("/");
        let took = 2 + (luck >> 8) % 90;
        let message = match (luck >> 32) % 40 {
            0 => format!("WARN slow answer path={path} duration={}ms", took * 40),
            1..=4 => format!("INFO queue drained jobs={}", took / 4),
            _ => format!("INFO request method=GET path={path} status=200 duration={took}ms"),
        };
        Line { at: at - early, message }
    }

    fn farewell(&self) -> String {
        match self.container.exit_code {
            Some(0) if self.container.behaviour.end().is_some() => "done".to_owned(),
            Some(0) | None => "received SIGTERM, shutting down".to_owned(),
            Some(137) => "killed".to_owned(),
            Some(code) => format!("ERROR fatal: giving up, exit code {code}"),
        }
    }
}
