//! How often ECS is read: often while something moves, within a share of the account's quota.

use std::time::Duration;

/// Between two readings while something moves.
const HOT: Duration = Duration::from_secs(2);
/// Between two readings while all is steady.
const STEADY: Duration = Duration::from_secs(10);
/// Calls per second that the console allows itself: a quarter of the 20 per second that ECS
/// sustains for reading services and tasks, and which deploy tools share.
const BUDGET: f64 = 5.0;

/// The pause after a reading that took `calls` calls. After throttling the budget is halved.
pub(super) fn pause(moving: bool, calls: u64, throttled: bool) -> Duration {
    let wanted = if moving { HOT } else { STEADY };
    let budget = if throttled { BUDGET / 2.0 } else { BUDGET };
    let calls = f64::from(u32::try_from(calls).unwrap_or(u32::MAX));
    wanted.max(Duration::from_secs_f64(calls / budget))
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
    fn the_pace_follows_the_world_and_the_budget() {
        for (moving, calls, throttled, seconds) in [
            (true, 6, false, 2.0),
            (false, 6, false, 10.0),
            (true, 157, false, 31.4),
            (false, 157, false, 31.4),
            (true, 14, true, 5.6),
        ] {
            let pause = pause(moving, calls, throttled).as_secs_f64();
            assert!((pause - seconds).abs() < 0.001, "{calls}: {pause}");
        }
    }

    #[test]
    fn failures_slow_it_down() {
        let seconds: Vec<u64> = (1..7).map(|n| pause_after_failure(n).as_secs()).collect();
        assert_eq!(seconds, [5, 10, 20, 40, 40, 40]);
    }
}
