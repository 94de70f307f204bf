//! Texts compared line by line, and lists word by word.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// Where a line or a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LineKind {
    /// In both.
    Kept,
    /// In the old one only.
    Gone,
    /// In the new one only.
    Come,
}

/// A line of one text or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands.
    pub kind: LineKind,
    /// Its number in the old text, from 1.
    pub old: Option<usize>,
    /// Its number in the new text, from 1.
    pub new: Option<usize>,
    /// The line.
    pub text: String,
}

/// A word of one list or of both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Where it stands.
    pub kind: LineKind,
    /// The word.
    pub text: String,
}

/// How to go from one list to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Keep(usize, usize),
    Gone(usize),
    Come(usize),
}

/// The lines of two texts, each once.
pub fn lines(old: &str, new: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let line = |step| match step {
        Step::Keep(a, b) => Line {
            kind: LineKind::Kept,
            old: Some(a + 1),
            new: Some(b + 1),
            text: new[b].to_owned(),
        },
        Step::Gone(a) => {
            Line { kind: LineKind::Gone, old: Some(a + 1), new: None, text: old[a].to_owned() }
        }
        Step::Come(b) => {
            Line { kind: LineKind::Come, old: None, new: Some(b + 1), text: new[b].to_owned() }
        }
    };
    steps(&old, &new).into_iter().map(line).collect()
}

/// The lines that differ, each with up to `around` lines before and after it, in groups: whatever
/// lies between two groups is alike.
pub fn hunks(lines: &[Line], around: usize) -> Vec<&[Line]> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for at in (0..lines.len()).filter(|at| lines[*at].kind != LineKind::Kept) {
        let (from, to) = (at.saturating_sub(around), (at + around + 1).min(lines.len()));
        match found.last_mut() {
            Some(last) if from <= last.1 => last.1 = to,
            _ => found.push((from, to)),
        }
    }
    found.into_iter().map(|(from, to)| &lines[from..to]).collect()
}

/// The words of two lists, each once.
pub(super) fn pieces(old: &[String], new: &[String]) -> Vec<Piece> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
    let piece = |step| {
        let (kind, text) = match step {
            Step::Keep(_, b) => (LineKind::Kept, new[b]),
            Step::Gone(a) => (LineKind::Gone, old[a]),
            Step::Come(b) => (LineKind::Come, new[b]),
        };
        Piece { kind, text: text.to_owned() }
    };
    steps(&old, &new).into_iter().map(piece).collect()
}

fn steps(old: &[&str], new: &[&str]) -> Vec<Step> {
    let mut steps = Vec::with_capacity(old.len().max(new.len()));
    between(old, new, (0, 0), &mut steps);
    steps
}

/// The most cells of a table that is filled to compare two stretches: 4 MB.
const MOST_CELLS: usize = 2_000_000;

/// What both begin and end with is kept. What lies between is compared by a table, or, when that
/// would be too large, in the stretches between lines that each side has once.
fn between(old: &[&str], new: &[&str], at: (usize, usize), steps: &mut Vec<Step>) {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    steps.extend((0..head).map(|n| Step::Keep(at.0 + n, at.1 + n)));
    let (old, new, at) = (&old[head..], &new[head..], (at.0 + head, at.1 + head));
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (inner_old, inner_new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    let anchors = || anchors(inner_old, inner_new);
    if inner_old.len() * inner_new.len() <= MOST_CELLS {
        table(inner_old, inner_new, at, steps);
    } else if let Some(anchors) = Some(anchors()).filter(|anchors| !anchors.is_empty()) {
        let mut from = (0, 0);
        for (a, b) in anchors {
            between(
                &inner_old[from.0..a],
                &inner_new[from.1..b],
                (at.0 + from.0, at.1 + from.1),
                steps,
            );
            steps.push(Step::Keep(at.0 + a, at.1 + b));
            from = (a + 1, b + 1);
        }
        between(&inner_old[from.0..], &inner_new[from.1..], (at.0 + from.0, at.1 + from.1), steps);
    } else {
        steps.extend((0..inner_old.len()).map(|n| Step::Gone(at.0 + n)));
        steps.extend((0..inner_new.len()).map(|n| Step::Come(at.1 + n)));
    }
    let end = (at.0 + inner_old.len(), at.1 + inner_new.len());
    steps.extend((0..tail).map(|n| Step::Keep(end.0 + n, end.1 + n)));
}

/// The longest common subsequence, by the table of the lengths of what is left.
fn table(old: &[&str], new: &[&str], at: (usize, usize), steps: &mut Vec<Step>) {
    let width = new.len() + 1;
    let mut left = vec![0_u16; (old.len() + 1) * width];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            left[a * width + b] = if old[a] == new[b] {
                left[(a + 1) * width + b + 1].saturating_add(1)
            } else {
                left[(a + 1) * width + b].max(left[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    while a < old.len() || b < new.len() {
        if a < old.len() && b < new.len() && old[a] == new[b] {
            steps.push(Step::Keep(at.0 + a, at.1 + b));
            (a, b) = (a + 1, b + 1);
        } else if b >= new.len()
            || (a < old.len() && left[(a + 1) * width + b] >= left[a * width + b + 1])
        {
            steps.push(Step::Gone(at.0 + a));
            a += 1;
        } else {
            steps.push(Step::Come(at.1 + b));
            b += 1;
        }
    }
}

/// Lines that each side has once, in an order that both have.
fn anchors(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let once = |lines: &[&str]| {
        let mut places: HashMap<String, Option<usize>> = HashMap::new();
        for (at, line) in lines.iter().enumerate() {
            places.entry((*line).to_owned()).and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    };
    let (before, now) = (once(old), once(new));
    let mut pairs: Vec<(usize, usize)> = before
        .iter()
        .filter_map(|(line, a)| Some(((*a)?, now.get(line).copied().flatten()?)))
        .collect();
    pairs.sort_unstable();
    rising(&pairs)
}

/// The longest run of pairs that rises on both sides.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The last pair of the best run of each length, and the pair before each.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < pair.1);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(place) = at {
        run.push(pairs[place]);
        at = before[place];
    }
    run.reverse();
    run
}
