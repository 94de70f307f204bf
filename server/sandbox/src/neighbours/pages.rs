//! Pages of the neighbours' lists: the same everywhere but for the names.

use serde_json::{Value, json};

use crate::ask::Ask;
use crate::refusal::{Refusal, Reply};

/// How one list is cut into pages.
pub(crate) struct Pages {
    /// The member that says how many, and the most it may say.
    pub(crate) size: (&'static str, usize),
    /// The member that says where to go on, in the request and in the answer.
    pub(crate) token: (&'static str, &'static str),
    /// The exception for what is no token or no size.
    pub(crate) refusal: &'static str,
}

impl Pages {
    /// Answers `{member: [...]}` and the token, from items already in key order.
    pub(crate) fn answer(
        &self,
        ask: Ask<'_>,
        member: &str,
        items: impl Iterator<Item = (String, Value)>,
    ) -> Reply {
        let (size, after) = (self.size(ask)?, self.after(ask)?);
        let mut rest = items.skip_while(|(key, _)| after.as_ref().is_some_and(|at| key <= at));
        let page: Vec<(String, Value)> = rest.by_ref().take(size).collect();
        let last = page.last().map(|(key, _)| key.clone());
        let list: Vec<Value> = page.into_iter().map(|(_, value)| value).collect();
        let mut answer = json!({ member: list });
        if let (Some(last), Some(_), Some(map)) = (last, rest.next(), answer.as_object_mut()) {
            let token: String = last.bytes().map(|byte| format!("{byte:02x}")).collect();
            map.insert(self.token.1.to_owned(), Value::from(token));
        }
        Ok(answer)
    }

    fn size(&self, ask: Ask<'_>) -> Result<usize, Refusal> {
        let (name, most) = self.size;
        let size = match number(ask, name)? {
            None => most,
            Some(size) => usize::try_from(size).unwrap_or(0),
        };
        if (1..=most).contains(&size) {
            return Ok(size);
        }
        Err(Refusal::new(self.refusal, format!("{name} must be between 1 and {most}.")))
    }

    fn after(&self, ask: Ask<'_>) -> Result<Option<String>, Refusal> {
        let Some(token) = ask.text(self.token.0)? else {
            return Ok(None);
        };
        let bytes = (0..token.len()).step_by(2).map(|at| {
            let digits = token.get(at..at + 2)?;
            u8::from_str_radix(digits, 16).ok()
        });
        let key = bytes.collect::<Option<Vec<u8>>>().and_then(|key| String::from_utf8(key).ok());
        key.map(Some).ok_or_else(|| Refusal::new(self.refusal, "The token is not valid."))
    }
}

/// A whole number; forms send every value as a text.
pub(crate) fn number(ask: Ask<'_>, name: &str) -> Result<Option<i64>, Refusal> {
    match ask.get(name).and_then(Value::as_str) {
        None => ask.whole(name),
        Some(text) => text.parse().map(Some).map_err(|_| {
            Refusal::malformed(format!("Member '{name}' can not be converted to a Integer"))
        }),
    }
}
