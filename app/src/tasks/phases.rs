//! A task's life as a line of phases, each with how long it took.

use super::model::TaskTimes;
use crate::timestamp::Timestamp;

/// One phase that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phase {
    /// What began.
    pub name: &'static str,
    /// When it began.
    pub at: Timestamp,
    /// When the next one began; `None` for the last.
    pub until: Option<Timestamp>,
    /// Whether the task stays here for good.
    pub is_end: bool,
}

/// The phases that were reached, in the order of their moments. ECS leaves out what a task never
/// came to, and a task that fails early goes from any phase straight to its stop.
pub fn phases(times: &TaskTimes) -> Vec<Phase> {
    let mut reached: Vec<(&'static str, Timestamp)> = [
        ("Accepted", times.created_at),
        ("Network connected", times.connectivity_at),
        ("Pulling images", times.pull_started_at),
        ("Images pulled", times.pull_stopped_at),
        ("Running", times.started_at),
        ("Stopping", times.stopping_at),
        ("Containers ended", times.execution_stopped_at),
        ("Stopped", times.stopped_at),
    ]
    .into_iter()
    .filter_map(|(name, at)| Some((name, at?)))
    .collect();
    // Stable: phases of the same moment keep the order of a task's life.
    reached.sort_by_key(|(_, at)| *at);
    (0..reached.len())
        .map(|at| Phase {
            name: reached[at].0,
            at: reached[at].1,
            until: reached.get(at + 1).map(|next| next.1),
            is_end: reached[at].0 == "Stopped",
        })
        .collect()
}

/// A length of time with its two largest units, for phases: `3 min 20 s`, `1 h 5 min`, `0.4 s`.
pub fn length_words(ms: i64) -> String {
    let seconds = ms / 1000;
    let two = |large: i64, large_unit: &str, small: i64, small_unit: &str| {
        if small == 0 {
            format!("{large} {large_unit}")
        } else {
            format!("{large} {large_unit} {small} {small_unit}")
        }
    };
    match seconds {
        0 if ms >= 100 => format!("0.{} s", ms / 100),
        0 => "no time".to_owned(),
        1..60 => format!("{seconds} s"),
        60..3_600 => two(seconds / 60, "min", seconds % 60, "s"),
        3_600..86_400 => two(seconds / 3_600, "h", seconds % 3_600 / 60, "min"),
        _ => two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Option<Timestamp> {
        Some(Timestamp::from_ms(seconds * 1000))
    }

    #[test]
    fn phases_follow_each_other() {
        let times = TaskTimes {
            created_at: at(0),
            connectivity_at: at(9),
            pull_started_at: at(10),
            pull_stopped_at: at(31),
            started_at: at(32),
            ..TaskTimes::default()
        };
        let line = phases(&times);
        let names: Vec<_> = line.iter().map(|phase| phase.name).collect();
        assert_eq!(
            names,
            ["Accepted", "Network connected", "Pulling images", "Images pulled", "Running"]
        );
        assert_eq!(line[2].until, at(31));
        assert_eq!(line[4].until, None);
        assert!(!line[4].is_end);
    }

    #[test]
    fn a_task_that_never_ran_goes_straight_to_its_stop() {
        let times = TaskTimes {
            created_at: at(0),
            stopping_at: at(40),
            stopped_at: at(55),
            ..TaskTimes::default()
        };
        let line = phases(&times);
        let names: Vec<_> = line.iter().map(|phase| phase.name).collect();
        assert_eq!(names, ["Accepted", "Stopping", "Stopped"]);
        assert!(line[2].is_end);
        assert!(phases(&TaskTimes::default()).is_empty());
    }

    #[test]
    fn lengths_read_as_people_say_them() {
        for (ms, said) in [
            (0, "no time"),
            (430, "0.4 s"),
            (1_999, "1 s"),
            (60_000, "1 min"),
            (200_000, "3 min 20 s"),
            (3_900_000, "1 h 5 min"),
            (90_000_000, "1 d 1 h"),
        ] {
            assert_eq!(length_words(ms), said);
        }
    }
}
