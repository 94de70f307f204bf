//! Capacity provider strategies: as typed, their rules (R191 to R193), and their split in words.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::model::StrategyItem;
use crate::error::FieldErrors;

/// The most capacity providers in one strategy.
pub const STRATEGY_MAX: usize = 20;
const WEIGHT_MAX: u32 = 1_000;
const BASE_MAX: u32 = 100_000;

/// One line of a strategy as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StrategyLine {
    /// The capacity provider.
    pub provider: String,
    /// Tasks that it runs first; empty reads as 0.
    pub base: String,
    /// Its share of the others; empty reads as 0.
    pub weight: String,
}

/// The strategy of `lines`. Errors stand at `strategy` and `strategy.0.provider`, `.base`, `.weight`.
/// With `allowed`, only these providers will do.
pub fn check_strategy(
    lines: &[StrategyLine],
    allowed: Option<&[String]>,
    errors: &mut FieldErrors,
) -> Vec<StrategyItem> {
    let mut items: Vec<StrategyItem> = Vec::new();
    let mut known = BTreeSet::new();
    let mut first_base = None;
    for (at, line) in lines.iter().enumerate() {
        let provider = line.provider.trim();
        let path = format!("strategy.{at}.provider");
        if provider.is_empty() {
            errors.add(path, "Choose a capacity provider.");
        } else if !known.insert(provider) {
            errors.add(path, format!("{provider} is in the strategy already."));
        } else if allowed.is_some_and(|allowed| !allowed.iter().any(|name| name == provider)) {
            errors.add(path, format!("{provider} is not a provider of the cluster."));
        }
        let weight =
            errors.take(&format!("strategy.{at}.weight"), number(&line.weight, WEIGHT_MAX));
        let base = errors.take(&format!("strategy.{at}.base"), number(&line.base, BASE_MAX));
        if base.is_some_and(|base| base > 0) {
            if first_base.is_some() {
                errors.add(
                    format!("strategy.{at}.base"),
                    "Only one provider may have a base above 0.",
                );
            }
            first_base = first_base.or(Some(at));
        }
        items.push(StrategyItem {
            provider: provider.to_owned(),
            weight: weight.unwrap_or_default(),
            base: base.unwrap_or_default(),
        });
    }
    if items.len() > STRATEGY_MAX {
        let count = items.len();
        errors.add("strategy", format!("At most {STRATEGY_MAX} providers; these are {count}."));
    }
    if items.len() > 1 && errors.is_empty() && items.iter().all(|item| item.weight == 0) {
        errors.add("strategy.0.weight", "At least one provider needs a weight above 0.");
    }
    items
}

/// A number that may be left empty.
fn number(text: &str, largest: u32) -> Result<u32, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(0);
    }
    text.parse()
        .ok()
        .filter(|number| *number <= largest)
        .ok_or_else(|| format!("A whole number from 0 to {largest}."))
}

/// How tasks are spread, in words: `The first 2 tasks go to FARGATE; of the others, 1 of 4 to
/// FARGATE and 3 of 4 to FARGATE_SPOT.`
pub fn split_words(items: &[StrategyItem]) -> String {
    let weighted: Vec<_> = items.iter().filter(|item| item.weight > 0).collect();
    let base = items.iter().find(|item| item.base > 0);
    let shares = shares(&weighted);
    match (base, weighted.as_slice()) {
        (_, []) => match items {
            [only] => format!("Every task goes to {}.", only.provider),
            _ => String::new(),
        },
        (Some(base), [only]) if base.provider == only.provider => {
            format!("Every task goes to {}.", only.provider)
        }
        (None, [only]) => format!("Every task goes to {}.", only.provider),
        (None, _) => format!("Of all tasks, {shares}."),
        (Some(base), [only]) => {
            format!("{} to {}; all others to {}.", firsts(base.base), base.provider, only.provider)
        }
        (Some(base), _) => {
            format!("{} to {}; of the others, {shares}.", firsts(base.base), base.provider)
        }
    }
}

fn firsts(count: u32) -> String {
    if count == 1 {
        "The first task goes".to_owned()
    } else {
        format!("The first {count} tasks go")
    }
}

/// `1 of 4 to FARGATE and 3 of 4 to FARGATE_SPOT`, in lowest terms.
fn shares(weighted: &[&StrategyItem]) -> String {
    let common = weighted.iter().fold(0, |so_far, item| gcd(so_far, item.weight)).max(1);
    let whole: u32 = weighted.iter().map(|item| item.weight / common).sum();
    let mut parts: Vec<String> = weighted
        .iter()
        .map(|item| format!("{} of {whole} to {}", item.weight / common, item.provider))
        .collect();
    match parts.pop() {
        Some(last) if parts.is_empty() => last,
        Some(last) => format!("{} and {last}", parts.join(", ")),
        None => String::new(),
    }
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &[(&str, &str, &str)]) -> Vec<StrategyLine> {
        let line = |(provider, base, weight): &(&str, &str, &str)| StrategyLine {
            provider: (*provider).to_owned(),
            base: (*base).to_owned(),
            weight: (*weight).to_owned(),
        };
        lines.iter().map(line).collect()
    }

    #[test]
    fn a_strategy_is_what_ecs_takes() {
        let allowed = ["FARGATE".to_owned(), "FARGATE_SPOT".to_owned()];
        for (typed, at, said) in [
            (&[("", "", "1")][..], "strategy.0.provider", Some("Choose a capacity provider.")),
            (
                &[("FARGATE", "", "1"), ("FARGATE", "", "1")],
                "strategy.1.provider",
                Some("FARGATE is in the strategy already."),
            ),
            (
                &[("mine", "", "1")],
                "strategy.0.provider",
                Some("mine is not a provider of the cluster."),
            ),
            (
                &[("FARGATE", "", "1001")],
                "strategy.0.weight",
                Some("A whole number from 0 to 1000."),
            ),
            (
                &[("FARGATE", "-1", "1")],
                "strategy.0.base",
                Some("A whole number from 0 to 100000."),
            ),
            (
                &[("FARGATE", "1", "1"), ("FARGATE_SPOT", "2", "1")],
                "strategy.1.base",
                Some("Only one provider may have a base above 0."),
            ),
            (
                &[("FARGATE", "1", "0"), ("FARGATE_SPOT", "", "")],
                "strategy.0.weight",
                Some("At least one provider needs a weight above 0."),
            ),
            (&[("FARGATE", "2", "1"), ("FARGATE_SPOT", "0", "3")], "strategy", None),
            (&[("FARGATE", "", "")], "strategy.0.weight", None),
            (&[], "strategy", None),
        ] {
            let mut errors = FieldErrors::new();
            check_strategy(&lines(typed), Some(&allowed), &mut errors);
            assert_eq!(errors.at(at), said, "{typed:?}");
            assert_eq!(errors.len(), usize::from(said.is_some()), "{typed:?}");
        }
    }

    #[test]
    fn the_split_reads_as_a_sentence() {
        for (typed, said) in [
            (&[][..], ""),
            (&[("A", "", "0")], "Every task goes to A."),
            (&[("A", "", "5")], "Every task goes to A."),
            (&[("A", "2", "5")], "Every task goes to A."),
            (&[("A", "1", "0"), ("B", "", "1")], "The first task goes to A; all others to B."),
            (&[("A", "", "10"), ("B", "", "30")], "Of all tasks, 1 of 4 to A and 3 of 4 to B."),
            (
                &[("A", "2", "1"), ("B", "", "1"), ("C", "", "2")],
                "The first 2 tasks go to A; of the others, 1 of 4 to A, 1 of 4 to B and 2 of 4 to C.",
            ),
        ] {
            let items = check_strategy(&lines(typed), None, &mut FieldErrors::new());
            assert_eq!(split_words(&items), said);
        }
    }
}
