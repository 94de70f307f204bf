//! The cluster query language: which container instances an expression means.
//!
//! `attribute:ecs.instance-type =~ t3.* and not (task:group == service:db)`

mod reader;
#[cfg(test)]
mod tests;

use regex_lite::Regex;

use reader::{Reader, Unreadable};

/// An expression.
#[derive(Debug, Clone)]
pub(crate) enum Query {
    All(Vec<Query>),
    Any(Vec<Query>),
    Not(Box<Query>),
    Test { subject: String, test: Test },
}

/// What is asked of a subject.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    Exists,
    Is(String),
    In(Vec<String>),
    Matches(Regex),
    Greater(String),
    GreaterOrIs(String),
    Less(String),
    LessOrIs(String),
}

/// R200: an expression has at most so many characters.
const LONGEST: usize = 2_000;

impl Query {
    /// Reads an expression.
    ///
    /// # Errors
    /// Where it stops making sense.
    pub(crate) fn parse(text: &str) -> Result<Self, Unreadable> {
        let mut reader = Reader::new(text);
        if text.chars().count() > LONGEST {
            return Err(reader.error("an expression can have at most 2000 characters"));
        }
        let query = reader.any()?;
        reader.space();
        if reader.rest().is_empty() { Ok(query) } else { Err(reader.error("expected the end")) }
    }

    /// Whether the expression looks at a subject.
    pub(crate) fn asks_of(&self, wanted: &str) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.asks_of(wanted)),
            Self::Not(part) => part.asks_of(wanted),
            Self::Test { subject, .. } => subject == wanted,
        }
    }

    /// Whether the expression holds. `values` answers the values of a subject:
    /// `task:group` has one for each task, an absent attribute has none.
    pub(crate) fn holds(&self, values: &impl Fn(&str) -> Vec<String>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(values)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(values)),
            Self::Not(part) => !part.holds(values),
            Self::Test { subject, test } => values(subject).iter().any(|value| test.holds(value)),
        }
    }
}

impl Test {
    fn holds(&self, value: &str) -> bool {
        use std::cmp::Ordering::{Equal, Greater, Less};
        match self {
            Self::Exists => true,
            Self::Is(wanted) => value == wanted,
            Self::In(list) => list.iter().any(|wanted| wanted == value),
            Self::Matches(pattern) => pattern.is_match(value),
            Self::Greater(bound) => compared(value, bound) == Greater,
            Self::GreaterOrIs(bound) => matches!(compared(value, bound), Greater | Equal),
            Self::Less(bound) => compared(value, bound) == Less,
            Self::LessOrIs(bound) => matches!(compared(value, bound), Less | Equal),
        }
    }
}

/// Numbers and versions by their parts, everything else (dates are written
/// with the year first) letter by letter.
fn compared(one: &str, other: &str) -> std::cmp::Ordering {
    let parts = |text: &str| -> Option<Vec<u64>> {
        text.split('.').map(|part| part.parse().ok()).collect()
    };
    match (parts(one), parts(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => one.cmp(other),
    }
}
