//! Two texts line by line.

use super::*;

#[test]
fn lines_are_kept_gone_or_come() {
    let old = "a\nb\nc\nd\ne\nf\ng\nh";
    let new = "a\nb\nX\nd\ne\nf\ng\nh\ni";
    let all = lines(old, new);
    let shown: String = all
        .iter()
        .map(|line| match line.kind {
            LineKind::Kept => '=',
            LineKind::Gone => '-',
            LineKind::Come => '+',
        })
        .collect();
    assert_eq!(shown, "==-+=====+");
    let groups: Vec<usize> = hunks(&all, 1).iter().map(|group| group.len()).collect();
    assert_eq!(groups, [4, 2]);
    assert!(hunks(&lines(old, old), 3).is_empty());
    assert_eq!((all[3].old, all[3].new), (None, Some(3)));
}

/// Numbers that look like chance and are the same in every run.
fn dice(seed: &mut u32) -> u32 {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    *seed >> 16
}

#[test]
fn the_lines_of_both_texts_come_back() {
    let mut seed = 7;
    // The last two are too large for one table.
    for length in [0, 1, 5, 40, 200, 2_000, 2_000] {
        let mut text = |range: u32| -> Vec<String> {
            (0..length)
                .map(|at| {
                    if dice(&mut seed).is_multiple_of(3) {
                        format!("line {}", dice(&mut seed) % range)
                    } else {
                        format!("own {at}")
                    }
                })
                .collect()
        };
        let (old, new) = (text(9), text(9));
        let all = lines(&old.join("\n"), &new.join("\n"));
        let side = |but: LineKind| -> Vec<String> {
            all.iter().filter(|line| line.kind != but).map(|line| line.text.clone()).collect()
        };
        assert_eq!(side(LineKind::Come), old);
        assert_eq!(side(LineKind::Gone), new);
    }
}
