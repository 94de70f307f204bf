//! How many tasks to start and stop: a pure function of a few numbers.

/// What a service wants.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    pub(super) desired: u32,
    /// Of the desired count, rounded up (R232).
    pub(super) minimum_percent: i64,
    /// Of the desired count, rounded down (R231).
    pub(super) maximum_percent: i64,
    /// The PRIMARY deployment has failed: it starts nothing more.
    pub(super) failed: bool,
}

/// Tasks that are wanted, and how many of them are healthy.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Group {
    pub(super) wanted: u32,
    pub(super) ready: u32,
}

/// What to do.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Plan {
    pub(super) start: u32,
    pub(super) stop_old: u32,
    pub(super) stop_extra: u32,
}

/// Plans one look at a service whose PRIMARY deployment has the tasks `mine`
/// and whose tasks to be replaced are `old`.
pub(super) fn plan(sizes: Sizes, mine: Group, old: Group) -> Plan {
    let percent = |percent: i64| u64::from(sizes.desired) * u64::try_from(percent).unwrap_or(0);
    let whole = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let floor = whole(percent(sizes.minimum_percent).div_ceil(100));
    let ceiling = whole(percent(sizes.maximum_percent) / 100);
    if sizes.failed {
        return Plan { stop_extra: mine.wanted.saturating_sub(sizes.desired), ..Plan::default() };
    }
    let stop_old = if mine.ready >= sizes.desired {
        old.wanted
    } else {
        let healthy = mine.ready + old.ready;
        let spare = healthy.saturating_sub(floor).min(old.ready);
        (old.wanted - old.ready) + spare
    };
    let present = mine.wanted + old.wanted;
    let missing = sizes.desired.saturating_sub(mine.wanted);
    Plan {
        start: missing.min(ceiling.saturating_sub(present)),
        stop_old,
        stop_extra: mine.wanted.saturating_sub(sizes.desired),
    }
}

#[cfg(test)]
mod tests {
    use super::{Group, Plan, Sizes, plan};

    fn sizes(desired: u32, minimum_percent: i64, maximum_percent: i64) -> Sizes {
        Sizes { desired, minimum_percent, maximum_percent, failed: false }
    }

    fn group(wanted: u32, ready: u32) -> Group {
        Group { wanted, ready }
    }

    fn does(start: u32, stop_old: u32, stop_extra: u32) -> Plan {
        Plan { start, stop_old, stop_extra }
    }

    #[test]
    fn the_table_of_plans() {
        let none = group(0, 0);
        let table = [
            ("first start", sizes(3, 100, 200), none, none, does(3, 0, 0)),
            ("settled", sizes(3, 100, 200), group(3, 3), none, does(0, 0, 0)),
            ("scale in", sizes(1, 100, 200), group(3, 3), none, does(0, 0, 2)),
            ("roll begins", sizes(2, 100, 200), none, group(2, 2), does(2, 0, 0)),
            ("roll ends", sizes(2, 100, 200), group(2, 2), group(2, 2), does(0, 2, 0)),
            ("half may go", sizes(4, 50, 100), none, group(4, 4), does(0, 2, 0)),
            ("minimum rounds up", sizes(3, 50, 100), none, group(3, 3), does(0, 1, 0)),
            ("maximum rounds down", sizes(3, 100, 150), none, group(3, 3), does(1, 0, 0)),
            ("blocked", sizes(1, 100, 150), none, group(1, 1), does(0, 0, 0)),
            ("unready old go first", sizes(2, 100, 200), none, group(2, 0), does(2, 2, 0)),
            ("daemon", sizes(3, 0, 100), none, group(3, 3), does(0, 3, 0)),
        ];
        for (name, sizes, mine, old, wanted) in table {
            assert_eq!(plan(sizes, mine, old), wanted, "{name}");
        }
    }

    #[test]
    fn a_failed_deployment_starts_nothing() {
        let failed = Sizes { failed: true, ..sizes(2, 100, 200) };
        assert_eq!(plan(failed, group(0, 0), group(2, 2)), does(0, 0, 0));
    }
}
