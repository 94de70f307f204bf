//! Whether an expression of the cluster query language can be read:
//! `attribute:ecs.instance-type =~ t3.* and not (task:group == service:db)`.

/// The most characters of an expression (R200).
const CHARACTERS_MAX: usize = 2_000;

/// What can be asked about an instance, besides `attribute:` and a name.
const SUBJECTS: [&str; 6] = [
    "agentConnected",
    "agentVersion",
    "ec2InstanceId",
    "registeredAt",
    "runningTasksCount",
    "task:group",
];

/// What an operator is followed by.
#[derive(Clone, Copy)]
enum Argument {
    Nothing,
    Value,
    Pattern,
    List,
}

/// Operators by their sign and their word; a sign that begins with another stands before it.
const OPERATORS: [(&str, &str, Argument); 12] = [
    ("==", "equals", Argument::Value),
    ("!=", "not_equals", Argument::Value),
    (">=", "greater_than_equal", Argument::Value),
    ("<=", "less_than_equal", Argument::Value),
    (">", "greater_than", Argument::Value),
    ("<", "less_than", Argument::Value),
    ("=~", "matches", Argument::Pattern),
    ("!~", "not_matches", Argument::Pattern),
    ("in", "in", Argument::List),
    ("!in", "not_in", Argument::List),
    ("exists", "exists", Argument::Nothing),
    ("!exists", "not_exists", Argument::Nothing),
];

/// Why an expression can't be read, as a sentence for its field.
pub(super) fn unreadable(expression: &str) -> Option<String> {
    if expression.chars().count() > CHARACTERS_MAX {
        return Some(format!("At most {CHARACTERS_MAX} characters."));
    }
    let mut rest = Rest(expression);
    let missing = rest.expression().err()?;
    let at = expression.len() - rest.0.len();
    let character = expression.get(..at).unwrap_or_default().chars().count() + 1;
    Some(format!("{missing} must stand at character {character}."))
}

/// What is missing at the place that was reached.
type Read = Result<(), &'static str>;

/// What was not read yet.
struct Rest<'t>(&'t str);

impl Rest<'_> {
    fn expression(&mut self) -> Read {
        let mut open = 0_usize;
        loop {
            loop {
                if self.sign("(") {
                    open += 1;
                } else if !self.sign("!") && !self.word("not") {
                    break;
                }
            }
            self.test()?;
            while open > 0 && self.sign(")") {
                open -= 1;
            }
            let joined = self.sign("&&") || self.word("and") || self.sign("||") || self.word("or");
            if joined {
                continue;
            }
            return match (self.0.is_empty(), open) {
                (true, 0) => Ok(()),
                (false, 0) => Err("\"and\", \"or\" or the end"),
                _ => Err("A closing parenthesis"),
            };
        }
    }

    fn test(&mut self) -> Read {
        const SUBJECT: &str = "What is asked for, such as attribute:ecs.instance-type,";
        self.space();
        let before = self.0;
        let subject = self.value(SUBJECT)?;
        let attribute = subject.strip_prefix("attribute:").is_some_and(|name| !name.is_empty());
        if !attribute && !SUBJECTS.contains(&subject) {
            self.0 = before;
            return Err(SUBJECT);
        }
        let operator =
            OPERATORS.iter().find(|(sign, word, _)| self.operator(sign) || self.word(word));
        let (.., argument) = operator.ok_or("An operator, such as == or in,")?;
        match argument {
            Argument::Nothing => Ok(()),
            Argument::Value => self.value("A value").map(|_| ()),
            Argument::Pattern => self.pattern(),
            Argument::List => self.list(),
        }
    }

    /// Takes an operator's sign: `!` may stand apart from the word after it.
    fn operator(&mut self, sign: &str) -> bool {
        let before = self.0;
        let word = sign.trim_start_matches('!');
        let taken = if word.starts_with(char::is_alphabetic) {
            (word == sign || self.sign("!")) && self.word(word)
        } else {
            self.sign(sign)
        };
        if !taken {
            self.0 = before;
        }
        taken
    }

    fn list(&mut self) -> Read {
        if !self.sign("[") {
            return Err("A list in brackets");
        }
        loop {
            self.value("A value")?;
            if self.sign("]") {
                return Ok(());
            }
            if !self.sign(",") {
                return Err("A comma or a closing bracket");
            }
        }
    }

    /// Quoted, or up to the next space or a parenthesis that closes one outside of it.
    fn pattern(&mut self) -> Read {
        self.space();
        if self.quoted()?.is_none() {
            let mut open = 0_i32;
            let end = self.0.find(|c: char| {
                open += i32::from(c == '(') - i32::from(c == ')');
                open < 0 || c.is_whitespace()
            });
            if self.take(end).is_empty() {
                return Err("A pattern");
            }
        }
        Ok(())
    }
}

impl<'t> Rest<'t> {
    /// Quoted, or up to what no plain value holds.
    fn value(&mut self, missing: &'static str) -> Result<&'t str, &'static str> {
        self.space();
        if let Some(quoted) = self.quoted()? {
            return Ok(quoted);
        }
        let value = self.take(self.0.find(|c| !in_word(c)));
        if value.is_empty() { Err(missing) } else { Ok(value) }
    }

    fn quoted(&mut self) -> Result<Option<&'t str>, &'static str> {
        let Some(quote) = self.0.chars().next().filter(|c| matches!(c, '\'' | '"')) else {
            return Ok(None);
        };
        let inner = self.0.get(1..).unwrap_or_default();
        let (value, rest) = inner.split_once(quote).ok_or("A text whose quote ends")?;
        self.0 = rest;
        Ok(Some(value))
    }

    /// What stands before `end`; without one, everything.
    fn take(&mut self, end: Option<usize>) -> &'t str {
        let (taken, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest;
        taken
    }

    fn space(&mut self) {
        self.0 = self.0.trim_start();
    }

    fn sign(&mut self, sign: &str) -> bool {
        self.space();
        let rest = self.0.strip_prefix(sign);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Takes a whole word, in any case.
    fn word(&mut self, word: &str) -> bool {
        self.space();
        let Some((start, rest)) = self.0.split_at_checked(word.len()) else { return false };
        let there = start.eq_ignore_ascii_case(word) && !rest.starts_with(in_word);
        if there {
            self.0 = rest;
        }
        there
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || "_-.:/*+".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_read() {
        for text in [
            "attribute:ecs.instance-type == m7i.large",
            "attribute:ecs.instance-type==m7i.large",
            "attribute:ecs.instance-type EQUALS m7i.xlarge",
            "attribute:ecs.instance-type =~ m7i.*",
            "(attribute:ecs.instance-type matches (t3|m7i)\\..*)",
            "attribute:ecs.instance-type !~ 't3.*'",
            "attribute:rack !exists and attribute:rack not_exists and attribute:rack ! exists",
            "attribute:ecs.availability-zone in [eu-central-1a, 'eu-central-1b']",
            "attribute:ecs.availability-zone !in [eu-central-1a]",
            "not (task:group == service:db) && ! (runningTasksCount <= 2)",
            "((agentConnected == true) or not not ((agentVersion >= 1.100.0)))",
            "registeredAt less_than 2026-10-01 || ec2InstanceId == \"i-0abc\" ",
        ] {
            assert_eq!(unreadable(text), None, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_pointed_at() {
        let long = format!("attribute:a == {}", "x".repeat(2_000));
        for (text, said) in [
            (
                "color == red",
                "What is asked for, such as attribute:ecs.instance-type, must stand at character 1.",
            ),
            (
                "not  attribute: == red",
                "What is asked for, such as attribute:ecs.instance-type, must stand at character 6.",
            ),
            ("attribute:ä is b", "An operator, such as == or in, must stand at character 13."),
            ("attribute:a =", "An operator, such as == or in, must stand at character 13."),
            ("attribute:a ==", "A value must stand at character 15."),
            ("attribute:a =~ ", "A pattern must stand at character 16."),
            ("attribute:a in b", "A list in brackets must stand at character 16."),
            ("attribute:a in []", "A value must stand at character 17."),
            ("attribute:a in [b", "A comma or a closing bracket must stand at character 18."),
            (
                "attribute:a exists and",
                "What is asked for, such as attribute:ecs.instance-type, must stand at character 23.",
            ),
            ("(attribute:a exists", "A closing parenthesis must stand at character 20."),
            ("(attribute:a exists exists)", "A closing parenthesis must stand at character 21."),
            ("attribute:a exists )", "\"and\", \"or\" or the end must stand at character 20."),
            ("attribute:a == 'b", "A text whose quote ends must stand at character 16."),
            ("attribute:a existsx", "An operator, such as == or in, must stand at character 13."),
            (&long, "At most 2000 characters."),
        ] {
            assert_eq!(unreadable(text).as_deref(), Some(said), "{text}");
        }
    }
}
