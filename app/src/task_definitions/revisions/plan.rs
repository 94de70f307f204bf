//! What is done with which revision, and which are left alone and why: pure functions.

use crate::task_definitions::model::RevisionRow;
use crate::words::counted;

/// The most revisions in one DeleteTaskDefinitions.
pub const DELETED_AT_ONCE: usize = 10;

/// What can be done with many revisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// ACTIVE ones become INACTIVE.
    Deregister,
    /// INACTIVE ones are deleted.
    Delete,
}

impl Work {
    /// As the words of a button.
    pub fn label(self) -> &'static str {
        match self {
            Self::Deregister => "Deregister",
            Self::Delete => "Delete",
        }
    }

    /// What was done, behind a number of revisions.
    pub fn done(self) -> &'static str {
        match self {
            Self::Deregister => "inactive now",
            Self::Delete => "being deleted by ECS",
        }
    }
}

/// What is done and what is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The revisions it is done with, the oldest first.
    pub does: Vec<u32>,
    /// The revisions that are left alone, with the reason.
    pub leaves: Vec<(u32, String)>,
}

/// The plan for the revisions that were chosen.
pub fn plan(work: Work, chosen: &[RevisionRow]) -> Plan {
    let mut plan = Plan::default();
    for row in chosen {
        let reason = match work {
            _ if !row.used_by.is_none() => Some(format!("in use by {}", row.used_by)),
            Work::Deregister if !row.active => Some("inactive already".to_owned()),
            Work::Delete if row.active => Some("still active: deregister it first".to_owned()),
            _ => None,
        };
        match reason {
            Some(reason) => plan.leaves.push((row.number, reason)),
            None => plan.does.push(row.number),
        }
    }
    plan.does.sort_unstable();
    plan.leaves.sort_unstable();
    plan
}

/// What a clean-up means: all that nobody uses, but for the newest ACTIVE ones.
pub fn superfluous(work: Work, all: &[RevisionRow], keep: usize) -> Vec<RevisionRow> {
    let unused = all.iter().filter(|row| row.used_by.is_none());
    match work {
        Work::Delete => unused.filter(|row| !row.active).cloned().collect(),
        Work::Deregister => {
            let mut active: Vec<u32> =
                all.iter().filter(|row| row.active).map(|row| row.number).collect();
            active.sort_unstable_by(|a, b| b.cmp(a));
            let old = active.get(keep..).unwrap_or_default();
            unused.filter(|row| row.active && old.contains(&row.number)).cloned().collect()
        }
    }
}

/// Numbers as people say them: `1–4, 7`.
pub fn ranges(numbers: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*number) => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let said = runs.into_iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    });
    said.collect::<Vec<_>>().join(", ")
}

/// How long it takes at the console's share of what ECS allows; empty when it is no time.
pub fn duration_words(work: Work, count: usize) -> String {
    let seconds = match work {
        // Five at once, then one in two seconds.
        Work::Deregister => 2 * count.saturating_sub(5),
        // Ten in a call, a call in two seconds.
        Work::Delete => 2 * count.saturating_sub(1) / DELETED_AT_ONCE,
    };
    match seconds {
        0..10 => String::new(),
        10..90 => format!("It takes about {} seconds.", seconds.next_multiple_of(10)),
        _ => format!("It takes about {}.", counted(seconds.div_ceil(60), "minute")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task_definitions::model::Use;

    fn rows() -> Vec<RevisionRow> {
        let row = |number, active, tasks| RevisionRow {
            number,
            active,
            used_by: Use { services: Vec::new(), tasks },
        };
        vec![
            row(9, true, 0),
            row(8, true, 2),
            row(7, true, 0),
            row(6, true, 0),
            row(5, false, 0),
            row(4, false, 1),
        ]
    }

    #[test]
    fn what_is_in_use_or_not_ready_is_left_alone() {
        for (work, does, leaves) in [
            (
                Work::Deregister,
                &[6, 7, 9][..],
                "4 in use by 1 task; 5 inactive already; 8 in use by 2 tasks",
            ),
            (
                Work::Delete,
                &[5],
                "4 in use by 1 task; 6 still active: deregister it first; 7 still active: deregister it first; \
                 8 in use by 2 tasks; 9 still active: deregister it first",
            ),
        ] {
            let plan = plan(work, &rows());
            assert_eq!(plan.does, does);
            let said: Vec<_> = plan.leaves.iter().map(|(n, why)| format!("{n} {why}")).collect();
            assert_eq!(said.join("; "), leaves);
        }
    }

    #[test]
    fn a_clean_up_keeps_the_newest_and_what_is_used() {
        for (work, keep, numbers) in [
            (Work::Deregister, 0, &[9, 7, 6][..]),
            (Work::Deregister, 1, &[7, 6]),
            (Work::Deregister, 2, &[7, 6]),
            (Work::Deregister, 3, &[6]),
            (Work::Deregister, 99, &[]),
            (Work::Delete, 3, &[5]),
        ] {
            let found: Vec<u32> =
                superfluous(work, &rows(), keep).iter().map(|row| row.number).collect();
            assert_eq!(found, numbers, "{work:?} {keep}");
        }
    }

    #[test]
    fn numbers_are_said_in_ranges() {
        for (numbers, said) in [
            (&[][..], ""),
            (&[3], "3"),
            (&[3, 4], "3, 4"),
            (&[1, 2, 3, 7, 9, 10, 11], "1–3, 7, 9–11"),
        ] {
            assert_eq!(ranges(numbers), said);
        }
    }

    #[test]
    fn long_work_says_how_long() {
        for (work, count, said) in [
            (Work::Deregister, 5, ""),
            (Work::Deregister, 12, "It takes about 20 seconds."),
            (Work::Deregister, 1_000, "It takes about 34 minutes."),
            (Work::Delete, 10, ""),
            (Work::Delete, 1_000, "It takes about 4 minutes."),
        ] {
            assert_eq!(duration_words(work, count), said, "{work:?} {count}");
        }
    }
}
