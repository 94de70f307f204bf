//! Reading an expression, with the place where it stops making sense.

use regex_lite::Regex;

use super::{Query, Test};

/// Why an expression cannot be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("at character {at}: {what}")]
pub(crate) struct Unreadable {
    /// Counted from 1.
    at: usize,
    what: &'static str,
}

/// Deeper nesting than anyone writes by hand.
const DEEPEST: usize = 32;

/// Operators by their sign and their word, the longer signs first.
const OPERATORS: [(&str, &str); 10] = [
    ("==", "equals"),
    ("!=", "not_equals"),
    (">=", "greater_than_equal"),
    ("<=", "less_than_equal"),
    ("=~", "matches"),
    ("!~", "not_matches"),
    (">", "greater_than"),
    ("<", "less_than"),
    ("!in", "not_in"),
    ("!exists", "not_exists"),
];

/// What is left of an expression's text.
pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    pub(super) fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn error(&self, what: &'static str) -> Unreadable {
        let before = self.text.get(..self.at).unwrap_or_default();
        Unreadable { at: before.chars().count() + 1, what }
    }

    pub(super) fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Takes a sign if it comes next.
    fn sign(&mut self, sign: &str) -> bool {
        self.space();
        let there = self.rest().starts_with(sign);
        if there {
            self.at += sign.len();
        }
        there
    }

    /// Takes a whole word, in any case, if it comes next.
    fn word(&mut self, word: &str) -> bool {
        self.space();
        let rest = self.rest();
        let there = rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
            && !rest.get(word.len()..).unwrap_or_default().starts_with(in_word);
        if there {
            self.at += word.len();
        }
        there
    }

    pub(super) fn any(&mut self) -> Result<Query, Unreadable> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error("too many parentheses"));
        }
        let mut parts = vec![self.all()?];
        while self.sign("||") || self.word("or") {
            parts.push(self.all()?);
        }
        self.depth -= 1;
        Ok(alone(parts, Query::Any))
    }

    fn all(&mut self) -> Result<Query, Unreadable> {
        let mut parts = vec![self.part()?];
        while self.sign("&&") || self.word("and") {
            parts.push(self.part()?);
        }
        Ok(alone(parts, Query::All))
    }

    fn part(&mut self) -> Result<Query, Unreadable> {
        let mut negated = false;
        while self.word("not") || self.sign("!") {
            negated = !negated;
        }
        let part = if self.sign("(") {
            let inner = self.any()?;
            if !self.sign(")") {
                return Err(self.error("expected )"));
            }
            inner
        } else {
            self.test()?
        };
        Ok(if negated { Query::Not(Box::new(part)) } else { part })
    }

    fn test(&mut self) -> Result<Query, Unreadable> {
        let begin = self.at;
        let subject = self.value("expected a subject, such as attribute:ecs.instance-type")?;
        let known = ["agentConnected", "agentVersion", "ec2InstanceId", "registeredAt"];
        let known = known.contains(&subject.as_str())
            || ["runningTasksCount", "task:group"].contains(&subject.as_str())
            || subject.strip_prefix("attribute:").is_some_and(|name| !name.is_empty());
        if !known {
            self.at = begin;
            self.space();
            return Err(self.error("not a subject that can be asked for"));
        }
        let (test, negated) = self.operator()?;
        let test = Query::Test { subject, test };
        Ok(if negated { Query::Not(Box::new(test)) } else { test })
    }

    fn operator(&mut self) -> Result<(Test, bool), Unreadable> {
        for (at, (sign, word)) in OPERATORS.iter().enumerate() {
            let named = sign.ends_with(char::is_alphabetic);
            let signed = if named {
                sign.strip_prefix('!').is_some_and(|rest| self.negated_word(rest))
            } else {
                self.sign(sign)
            };
            if !signed && !self.word(word) {
                continue;
            }
            return Ok(match at {
                0 => (Test::Is(self.argument()?), false),
                1 => (Test::Is(self.argument()?), true),
                2 => (Test::GreaterOrIs(self.argument()?), false),
                3 => (Test::LessOrIs(self.argument()?), false),
                4 => (Test::Matches(self.pattern()?), false),
                5 => (Test::Matches(self.pattern()?), true),
                6 => (Test::Greater(self.argument()?), false),
                7 => (Test::Less(self.argument()?), false),
                8 => (Test::In(self.listed()?), true),
                _ => (Test::Exists, true),
            });
        }
        if self.word("exists") {
            return Ok((Test::Exists, false));
        }
        if self.word("in") {
            return Ok((Test::In(self.listed()?), false));
        }
        Err(self.error("expected an operator, such as == or in"))
    }

    /// `!in` and `!exists`: one sign and one word.
    fn negated_word(&mut self, word: &str) -> bool {
        let begin = self.at;
        let there = self.sign("!") && self.word(word);
        if !there {
            self.at = begin;
        }
        there
    }

    fn argument(&mut self) -> Result<String, Unreadable> {
        self.value("expected a value")
    }

    fn listed(&mut self) -> Result<Vec<String>, Unreadable> {
        if !self.sign("[") {
            return Err(self.error("expected [ and a list"));
        }
        let mut list = vec![self.argument()?];
        while self.sign(",") {
            list.push(self.argument()?);
        }
        if self.sign("]") { Ok(list) } else { Err(self.error("expected , or ]")) }
    }

    /// A quoted text, or everything up to what cannot be in a plain one.
    fn value(&mut self, missing: &'static str) -> Result<String, Unreadable> {
        self.space();
        if let Some(quoted) = self.quoted()? {
            return Ok(quoted);
        }
        let rest = self.rest();
        let end = rest.find(|c: char| !in_word(c)).unwrap_or(rest.len());
        let value = rest.get(..end).unwrap_or_default().to_owned();
        if value.is_empty() {
            return Err(self.error(missing));
        }
        self.at += end;
        Ok(value)
    }

    fn quoted(&mut self) -> Result<Option<String>, Unreadable> {
        let rest = self.rest();
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '\'' | '"')) else {
            return Ok(None);
        };
        let inner = rest.get(1..).unwrap_or_default();
        let Some(end) = inner.find(quote) else {
            return Err(self.error("the quote does not end"));
        };
        let value = inner.get(..end).unwrap_or_default().to_owned();
        self.at += end + 2;
        Ok(Some(value))
    }

    /// A pattern: quoted, or up to the next space or a parenthesis that closes
    /// one outside of it. It must match the whole value.
    fn pattern(&mut self) -> Result<Regex, Unreadable> {
        self.space();
        let begin = self.at;
        let pattern = match self.quoted()? {
            Some(quoted) => quoted,
            None => {
                let mut open = 0_i32;
                let rest = self.rest();
                let ends = |c: char| {
                    open += i32::from(c == '(') - i32::from(c == ')');
                    open < 0 || c.is_whitespace()
                };
                let end = rest.find(ends).unwrap_or(rest.len());
                let plain = rest.get(..end).unwrap_or_default().to_owned();
                self.at += end;
                plain
            }
        };
        let whole = format!("^(?:{pattern})$");
        Regex::new(&whole).ok().filter(|_| !pattern.is_empty()).ok_or_else(|| {
            self.at = begin;
            self.error("not a regular expression")
        })
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || "_-.:/*+".contains(c)
}

/// A single part needs no company.
fn alone(mut parts: Vec<Query>, together: fn(Vec<Query>) -> Query) -> Query {
    match parts.pop() {
        Some(part) if parts.is_empty() => part,
        Some(part) => {
            parts.push(part);
            together(parts)
        }
        None => together(parts),
    }
}
