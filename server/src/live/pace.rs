//! How often ECS is read: often while something moves, seldom while all is steady.

use std::time::Duration;

/// Between two readings while something moves.
const HOT: Duration = Duration::from_secs(2);
/// Between two readings while all is steady.
const STEADY: Duration = Duration::from_secs(10);

/// The pause after a reading. How fast the calls of one may follow each other is the gateway's
/// budget: a reading of a large account takes as long as that allows.
pub(super) fn pause(moving: bool) -> Duration {
    if moving { HOT } else { STEADY }
}

/// The pause after the `failures`th reading in a row that failed: longer each time, up to a minute,
/// so that an outage isn't made worse.
pub(super) fn pause_after_failure(failures: u32) -> Duration {
    Duration::from_secs(5 << failures.clamp(1, 4).saturating_sub(1)).min(Duration::from_secs(60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_slow_it_down() {
        let seconds: Vec<u64> = (1..7).map(|n| pause_after_failure(n).as_secs()).collect();
        assert_eq!(seconds, [5, 10, 20, 40, 40, 40]);
    }
}
