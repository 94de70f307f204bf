//! Time as a parameter: the world knows only what its clock says.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Tells the world what time it is.
pub trait Clock: Send + Sync {
    /// Milliseconds since the Unix epoch.
    fn now_ms(&self) -> i64;
}

/// The machine's clock, optionally running faster from the moment it was made.
#[derive(Debug, Clone)]
pub struct SystemClock {
    started_ms: i64,
    speed: f64,
}

impl SystemClock {
    /// A clock at the machine's own pace.
    #[must_use]
    pub fn new() -> Self {
        Self::with_speed(1.0)
    }

    /// A clock that passes `speed` seconds in one real second. A speed that is
    /// not a positive number is taken as 1.
    #[must_use]
    pub fn with_speed(speed: f64) -> Self {
        let speed = if speed.is_finite() && speed > 0.0 { speed } else { 1.0 };
        Self { started_ms: machine_ms(), speed }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        let passed = (machine_ms() - self.started_ms) as f64;
        self.started_ms + (passed * self.speed) as i64
    }
}

fn machine_ms() -> i64 {
    // A machine set before 1970 is not worth an error: its time is the epoch.
    #[expect(clippy::disallowed_methods, reason = "the sandbox's one look at the machine's clock")]
    let now = SystemTime::now();
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// A clock that moves only when told to. Clones show the same time.
#[derive(Debug, Clone)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that stands at `ms` milliseconds since the Unix epoch.
    #[must_use]
    pub fn new(ms: i64) -> Self {
        Self(Arc::new(AtomicI64::new(ms)))
    }

    /// Moves the clock and all its clones forward.
    pub fn advance(&self, by: Duration) {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}
