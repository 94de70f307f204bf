//! What the two percentages of a rolling deployment come to in tasks (R231, R232, R234).

use crate::words::tasks;

/// The fewest and the most tasks while rolling: ECS rounds the minimum up and the maximum down.
pub fn bounds(desired: u32, minimum_percent: u32, maximum_percent: u32) -> (u32, u32) {
    let share = |percent: u32| u64::from(desired) * u64::from(percent);
    let fewest = share(minimum_percent).div_ceil(100);
    let most = share(maximum_percent) / 100;
    let narrow = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    (narrow(fewest), narrow(most))
}

/// The same as a sentence, and whether it leaves a deployment no room to move.
pub fn rolling_words(desired: u32, minimum_percent: u32, maximum_percent: u32) -> (String, bool) {
    if desired == 0 {
        return ("With no tasks there is nothing to roll.".to_owned(), false);
    }
    let (fewest, most) = bounds(desired, minimum_percent, maximum_percent);
    if fewest >= desired && most <= desired {
        let said = format!(
            "No deployment can move: {desired} must stay healthy and {most} may exist, so ECS can neither stop an old task nor start a new one."
        );
        (said, true)
    } else if fewest == most {
        (format!("While rolling: always {}.", tasks(most)), false)
    } else {
        (format!("While rolling: between {fewest} and {}.", tasks(most)), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minimum_rounds_up_and_the_maximum_down() {
        for (desired, minimum, maximum, wanted) in [
            (2, 100, 200, (2, 4)),
            (3, 50, 150, (2, 4)),
            (1, 50, 150, (1, 1)),
            (4, 0, 100, (0, 4)),
            (10, 33, 125, (4, 12)),
            (0, 100, 200, (0, 0)),
            (u32::MAX, 100, 200, (u32::MAX, u32::MAX)),
        ] {
            assert_eq!(bounds(desired, minimum, maximum), wanted);
        }
    }

    #[test]
    fn what_can_not_move_says_so() {
        for (desired, minimum, maximum, words, stuck) in [
            (2, 100, 200, "While rolling: between 2 and 4 tasks.", false),
            (4, 50, 100, "While rolling: between 2 and 4 tasks.", false),
            (0, 100, 100, "With no tasks there is nothing to roll.", false),
            (
                1,
                50,
                150,
                "No deployment can move: 1 must stay healthy and 1 may exist, so ECS can neither stop an old task nor start a new one.",
                true,
            ),
        ] {
            assert_eq!(rolling_words(desired, minimum, maximum), (words.to_owned(), stuck));
        }
        assert!(rolling_words(4, 100, 100).1);
    }
}
